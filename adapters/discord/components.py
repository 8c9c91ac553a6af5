"""What a message of Components V2 is made of: text in Discord's markdown, and its limits.

Source of the limits: docs.discord.com/developers/components/reference.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from discord.ui import ActionRow, Item, LayoutView, Section, TextDisplay

from adapters.plain import safe_link

Part: TypeAlias = Item[Any]
"""Text, a row of buttons, or both side by side."""

MOST_COMPONENTS = 40
"""Of a message, those inside others included."""
MOST_TEXT = 4000
"""Characters of a message, over all its texts, markdown included."""
LINK = 500
"""Discord allows 512 on a button; in text they count as characters."""

_MARKUP = re.compile(r"[\\*_~|`<>\[\]@]|:(?=\S)|^[-+#]|(?<=\d)\.(?=\s)")
"""What can begin formatting, a mention, an emoji or a link; at the start of a line, a list or a heading."""
_LINKABLE = re.compile(r"(?:[^\[\]]|\[[^\[\]]*\])*")
"""Text that can stand between the brackets of a link: Discord takes none that end where they should not."""


def layout() -> LayoutView:
    """A message with nothing in it yet. The SDK keeps nothing of it: what its buttons mean is written on them."""
    view = LayoutView(timeout=None)
    view.stop()
    return view


def escaped(text: str) -> str:
    """`text`, one line, so that it is shown as it is: Discord takes a backslash before any punctuation."""
    return _MARKUP.sub(r"\\\g<0>", text)


def bold(text: str) -> str:
    """`text`, which is escaped already and not empty, in bold."""
    return f"**{text}**"


def quiet(text: str) -> str:
    """A line in small, grey type, of text that is escaped already."""
    return f"-# {text}"


def linked(text: str, url: str) -> str:
    """`text` escaped, and a link where `url` is one that may be opened. No preview is made of it.

    Text that Discord would not take as a link's has the address behind it.
    """
    address = _address(url)
    if not address:
        return escaped(text)
    if _LINKABLE.fullmatch(text) and "://" not in text:
        return f"[{escaped(text)}](<{address}>)"
    return f"{escaped(text)} <{address}>"


def texts(lines: Iterable[str]) -> Iterator[Part]:
    """The lines, of less than MOST_TEXT characters each, in as few texts as hold them."""
    together = ""
    for line in lines:
        if together and len(together) + 1 + len(line) > MOST_TEXT:
            yield TextDisplay(together)
            together = ""
        together = f"{together}\n{line}" if together else line
    if together:
        yield TextDisplay(together)


def components(part: Part) -> int:
    """How many components a part is, with those inside it."""
    return 1 + len(list(part.walk_children())) if isinstance(part, ActionRow | Section) else 1


def characters(part: Part) -> int:
    """How many characters of text a part has, as Discord counts them."""
    if isinstance(part, TextDisplay):
        return len(part.content)
    return part.content_length() if isinstance(part, Section) else 0


def _address(url: str) -> str:
    address = safe_link(url)
    for character in '\\<>"':
        address = address.replace(character, f"%{ord(character):02X}")
    return address if len(address) <= LINK else ""
