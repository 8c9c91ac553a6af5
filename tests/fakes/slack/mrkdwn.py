"""What readers see in blocks: texts, labels, links, and who would be notified."""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

_PING = re.compile(r"<!(?:channel|here|everyone)(?:\|[^>]*)?>|<@[UW][A-Z0-9]+(?:\|[^>]*)?>|<!subteam\^[^>]*>")
_LINK = re.compile(r"<((?:https?://|mailto:)[^|>]*)(?:\|[^>]*)?>")
_BARE_LINK = re.compile(r"https?://[^\s<>]+")


def pings(text: str, blocks: Sequence[dict[str, Any]] = ()) -> list[str]:
    """What in these would notify somebody, as written: `<!here>`, `<@U…>`, `<!subteam^…>` and the like."""
    found = _PING.findall(text)
    for part in _parts(list(blocks)):
        if part.get("type") == "mrkdwn" or (part.get("type") == "markdown" and isinstance(part.get("text"), str)):
            found += _PING.findall(part["text"])
        elif part.get("type") == "user" and "user_id" in part:
            found.append(f"<@{part['user_id']}>")
        elif part.get("type") == "usergroup":
            found.append(f"<!subteam^{part.get('usergroup_id')}>")
        elif part.get("type") == "broadcast":
            found.append(f"<!{part.get('range')}>")
    return found


def links(text: str, blocks: Sequence[dict[str, Any]] = ()) -> list[str]:
    """The addresses in these, in order: of links in mrkdwn, of rich text, of buttons."""
    found = [html.unescape(link) for link in _LINK.findall(text)]
    for part in _parts(list(blocks)):
        if part.get("type") == "mrkdwn":
            found += [html.unescape(link) for link in _LINK.findall(part["text"])]
        elif isinstance(part.get("url"), str):
            found.append(part["url"])
    return found


def texts(blocks: Sequence[dict[str, Any]]) -> list[str]:
    """Every text object of the blocks in order, as written, with the alt texts of pictures."""
    found = []
    for part in _parts(list(blocks)):
        if isinstance(part.get("text"), str):
            found.append(part["text"])
        elif part.get("type") == "image":
            found.append(part.get("alt_text", ""))
    return found


def labels(blocks: Sequence[dict[str, Any]]) -> list[str]:
    """What is written on the buttons."""
    return [part["text"]["text"] for part in _parts(list(blocks)) if part.get("type") == "button"]


def as_typed(text: str) -> str:
    """What Slack makes of a line that a person typed: escaped, its addresses between angle brackets."""
    escaped = html.escape(text, quote=False)
    return _BARE_LINK.sub(lambda link: f"<{link[0]}>", escaped)


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object within `value`, outer ones first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _parts(inner)
