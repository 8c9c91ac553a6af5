"""Card, notice or reply -> what Discord shows. Pure; the only owner of layout, escaping and limits in Discord."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import discord
from discord import MediaGalleryItem
from discord.ui import Container, LayoutView, MediaGallery, TextDisplay

from adapters.discord.components import (
    MOST_COMPONENTS,
    MOST_TEXT,
    Part,
    bold,
    characters,
    components,
    escaped,
    layout,
    linked,
    quiet,
    texts,
)
from adapters.discord.components_actions import actions
from adapters.plain import fitted
from bot.cards.wording import dotted, shortened
from bot.messages import Card, Field, Form, Image, Item, Line, Notice, Reply, Role

_RATIONS = (3000, 1000, 300, 100, 40)
"""Characters that each text may have: the first of these with which all fits into a message."""
_PARAGRAPHS = (
    *((3000, paragraph) for paragraph in (3000, 1000, 500, 300, 200, 100)),
    *((most, 100) for most in _RATIONS[1:-1]),
    *((most, 0) for most in _RATIONS),
)
"""The same where items have paragraphs: those of each text, and of each paragraph. Without any, paragraphs are left out
with their links."""
_NAME = 100
_LINKS = 3
"""Links that stand in one line."""
_LINK_LABEL = 40
_ALT = 256
"""Characters of a picture's description."""
_TITLE = re.compile(r"#{2,3} (?:\d+  )?(?:\[(?P<linked>.*)\]\(<.*>\)|(?P<title>.*?)(?: <.*>)?)")
"""As `_title` writes it: what is escaped holds neither bracket."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands together: a card in its frame, a notice without, or what a message holds of a longer one."""

    parts: Sequence[Part]
    framed: bool


def message(shown: Card | Notice, key: str = "", picture: str = "") -> LayoutView:
    """`shown` in one message within Discord's limits: its texts are cut as far as that takes, and what no message holds
    (of more than thirty papers or so) is left out at its end.

    What it says is data: it cannot format or link. Send it with `AllowedMentions.none()`. With a `key`, a card can be
    told among others by `carries`. `picture` is the address of a card's image; without one, its words stand there.
    """
    view = _view(_pages(Reply((shown,)), picture)[0])
    if key:
        _mark(view, _ids(key))
    return view


def replacing(posted: Sequence[discord.Component], card: Card) -> LayoutView:
    """`card` as `message`, in place of the card with these components: it carries the same key."""
    view = message(card)
    frame = posted[0] if posted else None
    if isinstance(frame, discord.Container):
        _mark(view, _marks(frame))
    return view


def messages(reply: Reply) -> list[LayoutView]:
    """The cards and notices of a reply in as few messages as hold them; a card is not torn if it fits into one.

    A form is not shown but opened: `render_forms`.
    """
    return [_view(page) for page in _pages(reply)]


def carries(posted: Sequence[discord.Component], key: str) -> bool:
    """Whether these are the components of the message that `message` made of a card with this key."""
    frame = posted[0] if posted else None
    return isinstance(frame, discord.Container) and _marks(frame) == _ids(key)


def thread_name(card: Card) -> str:
    """What a thread or forum post about a card is called."""
    return fitted(card.title, _NAME) or fitted(card.url, _NAME) or "…"


def posted_name(posted: Sequence[discord.Component]) -> str:
    """As `thread_name`, of the components of the message that `message` made of a card."""
    frame = posted[0] if posted else None
    first = frame.children[0] if isinstance(frame, discord.Container) else None
    line = first.content.partition("\n")[0] if isinstance(first, discord.TextDisplay) else ""
    if title := _TITLE.fullmatch(line):
        return fitted(re.sub(r"\\(.)", r"\1", title["linked"] or title["title"]), _NAME) or "…"
    return "…"


def shown_lines(lines: Sequence[Line], most: int) -> Iterator[str]:
    """Lines by themselves, each text in at most `most` characters, as markdown."""
    for line in lines:
        text = escaped(fitted(line.text, most))
        if text:
            yield {Role.HEADING: bold, Role.QUIET: quiet, Role.WHY: quiet}.get(line.role, str)(text)


def shown_field(field: Field, most: int) -> str:
    """A name and its value, as markdown."""
    name = escaped(fitted(field.name, most))
    return f"{bold(name) + '  ' if name else ''}{escaped(fitted(field.value, most)) or '–'}"


def rationed(made: Callable[[int], list[Part]], frames: int) -> list[Part]:
    """What is made of texts of so many characters each: the first that fits into a message, in so many frames; where
    none fits, the shortest."""
    return _fitting(map(made, _RATIONS), frames)


def _ids(key: str) -> tuple[int, int]:
    """59 bits of the key's hash, as two numbers that are never equal: components take `id`s of 32 bits with a sign."""
    digest = hashlib.sha256(key.encode()).digest()
    first, second = (int.from_bytes(digest[start : start + 4]) for start in (0, 4))
    return 1 << 30 | first >> 2, 1 << 29 | second >> 3


def _marks(frame: discord.Container) -> tuple[int | None, int | None]:
    return frame.id, getattr(frame.children[0], "id", None)


def _mark(view: LayoutView, marks: tuple[int | None, int | None]) -> None:
    frame = view.children[0]
    if isinstance(frame, Container):
        frame.id, frame.children[0].id = marks


def _view(page: Sequence[_Piece]) -> LayoutView:
    view = layout()
    for piece in page:
        for item in [Container(*piece.parts)] if piece.framed else piece.parts:
            view.add_item(item)
    return view


def _pages(reply: Reply, picture: str = "") -> list[list[_Piece]]:
    pages: list[list[_Piece]] = []
    numbers = count(1)
    for part in reply.parts:
        if isinstance(part, Form):
            continue
        for piece in _pieces(part, numbers, picture):
            if pages and _fits([*pages[-1], piece]):
                pages[-1].append(piece)
            else:
                pages.append([piece])
    return pages


def _pieces(part: Card | Notice, numbers: Iterator[int], picture: str) -> Iterator[_Piece]:
    """One piece, but more where even the shortest texts are too many."""
    buttons, framed = actions(part.actions, numbers), isinstance(part, Card)
    made = ([*_said(part, *ration, picture), *buttons] or [TextDisplay("…")] for ration in _rations(part))
    whole = _fitting(made, int(framed))
    fitting: list[Part] = []
    for each in whole:
        if fitting and not _fits([_Piece([*fitting, each], framed)]):
            yield _Piece(fitting, framed)
            fitting = []
        fitting.append(each)
    yield _Piece(fitting, framed)


def _fits(page: Sequence[_Piece]) -> bool:
    return _fit([part for piece in page for part in piece.parts], sum(piece.framed for piece in page))


def _fit(parts: Sequence[Part], frames: int) -> bool:
    return frames + sum(map(components, parts)) <= MOST_COMPONENTS and sum(map(characters, parts)) <= MOST_TEXT


def _fitting(made: Iterable[list[Part]], frames: int) -> list[Part]:
    parts: list[Part] = []
    for parts in made:
        if _fit(parts, frames):
            break
    return parts


def _rations(part: Card | Notice) -> Iterable[tuple[int, int]]:
    long = isinstance(part, Card) and any(item.text or item.links for item in part.items)
    return _PARAGRAPHS if long else ((most, 0) for most in _RATIONS)


def _said(part: Card | Notice, most: int, paragraph: int, picture: str) -> Iterator[Part]:
    if isinstance(part, Notice):
        yield from texts(shown_lines([Line(part.text)], most))
        return
    together = list(_title(part, most))
    for line in part.lines:
        if line.role is Role.HEADING:
            yield from texts(together)
            together = []
        together += shown_lines([line], most)
    yield from texts(together)
    yield from texts(shown_field(field, most) for field in part.fields)
    if part.image:
        yield from _image(part.image, most, picture)
    yield from texts(_items(part.items, most, paragraph))


def _title(card: Card, most: int) -> Iterator[str]:
    title = fitted(card.title, most) or fitted(card.url, most)
    if title:
        size = "##" if card.number is None and not card.url else "###"
        yield f"{size} {_number(card.number)}{linked(title, card.url)}"
    if aside := escaped(fitted(card.aside, most)):
        yield quiet(aside)


def _image(image: Image, most: int, picture: str) -> Iterator[Part]:
    if picture:
        yield MediaGallery(MediaGalleryItem(picture, description=fitted(image.alt, _ALT) or None))
    else:
        yield from texts(shown_lines([Line(image.alt, Role.QUIET)], most))


def _items(items: Sequence[Item], most: int, paragraph: int) -> Iterator[str]:
    """Those with paragraphs stand apart from what is above them."""
    for number, item in enumerate(items):
        if number and paragraph and item.text:
            yield ""
        yield from _item(item, most, paragraph)


def _item(item: Item, most: int, paragraph: int) -> Iterator[str]:
    """Under a linked title stand its details in grey; else they stand beside it. Then its paragraph and its links."""
    title = fitted(item.title, most) or fitted(item.url, most) or "–"
    shown = linked(title, item.url)
    details = escaped(shortened(dotted(fitted(detail, most) for detail in item.details), most))
    if item.url:
        yield _number(item.number) + shown
        if details:
            yield quiet(details)
    else:
        yield _number(item.number) + bold(shown) + (f"  {details}" if details else "")
    if paragraph:
        yield from shown_lines([Line(item.text)], paragraph)
        links = [linked(label, link.url) for link in item.links if (label := fitted(link.label, _LINK_LABEL))]
        for start in range(0, len(links), _LINKS):
            yield quiet(" · ".join(links[start : start + _LINKS]))


def _number(number: int | None) -> str:
    return "" if number is None else f"{number}  "
