"""Card, notice or reply -> what Slack shows. Pure; the only owner of layout, escaping and limits in Slack."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.plain import fitted
from adapters.slack.blocks import (
    ALT,
    DIVIDER,
    HEADER,
    LABEL,
    MOST_BLOCKS,
    MOST_BLOCKS_OF_VIEW,
    TEXT,
    Block,
    context,
    fits,
    header,
    image,
    rich_text,
    section,
    words,
)
from adapters.slack.blocks_actions import actions, with_ids
from bot.cards.wording import dotted, shortened
from bot.messages import Card, Field, Form, Image, Item, Line, Notice, Reply, Role

_RATIONS = (
    *((TEXT, paragraph) for paragraph in (TEXT, 1000, 700, 500, 300, 200, 100, 40)),
    *((text, 40) for text in (1000, 300, 100, 40)),
    (40, 0),
)
"""Characters that each text may have, and each paragraph below an item: the first of these with which all fits
together. Without any, a paragraph is left out with its links."""
_AT_ONCE = 10
"""Lines of one block, so that each block fits into a message."""
_FALLBACK = 40_000
"""Slack cuts longer ones."""


@dataclass(frozen=True, slots=True)
class Message:
    """What chat.postMessage and its kin take. `text` is the fallback: it says all that the blocks show, escaped."""

    blocks: list[Block]
    text: str


def message(shown: Card | Notice, picture: str = "") -> Message:
    """`shown` in one message within Slack's limits: its texts are cut as far as that takes, and what no message holds
    (of more than thirty papers or so) is left out at its end.

    `picture` is the id of the file that a card's image was uploaded to; without one, its words stand there. What it
    says is data: it cannot format, link or notify. Buttons carry their commands: `blocks_actions.command_of`.
    """
    blocks = next(_pages(_rationed([shown], MOST_BLOCKS, picture), MOST_BLOCKS))
    return _message(blocks)


def messages(reply: Reply) -> list[Message]:
    """The cards and notices of a reply in as few messages as hold them; a card is not torn if it fits into one.

    A form is not shown but opened: `render_forms.modal`.
    """
    pages: list[list[Block]] = []
    for part in _shown(reply):
        for blocks in _pages(_rationed([part], MOST_BLOCKS), MOST_BLOCKS):
            if pages and fits(together := [*pages[-1], DIVIDER, *blocks]):
                pages[-1] = together
            else:
                pages.append(blocks)
    return [_message(blocks) for blocks in pages]


def home(reply: Reply) -> dict[str, Any]:
    """A person's Home tab, as views.publish takes it. Its texts are cut as `message` cuts them."""
    blocks = next(_pages(_rationed(_shown(reply), MOST_BLOCKS_OF_VIEW), MOST_BLOCKS_OF_VIEW))
    return {"type": "home", "blocks": with_ids(blocks) or [DIVIDER]}


def shown_lines(lines: Sequence[Line]) -> list[Block]:
    """Lines by themselves, as above the questions of a form."""
    return list(_lines(lines, TEXT))


def _message(blocks: Sequence[Block]) -> Message:
    return Message(with_ids(blocks), _said(blocks))


def _shown(reply: Reply) -> list[Card | Notice]:
    return [part for part in reply.parts if not isinstance(part, Form)]


def _rationed(parts: Sequence[Card | Notice], most_blocks: int, picture: str = "") -> list[Block]:
    blocks: list[Block] = []
    for most, paragraph in _RATIONS:
        groups = [list(_blocks(part, most, paragraph, picture)) for part in parts]
        blocks = [block for group in groups for block in (DIVIDER, *group)][1:]
        if fits(blocks, most_blocks):
            break
    return blocks


def _pages(blocks: Sequence[Block], most_blocks: int) -> Iterator[list[Block]]:
    """One page, but more where even the shortest texts are too many."""
    page: list[Block] = []
    for block in blocks:
        if page and not fits([*page, block], most_blocks):
            yield page
            page = []
        page.append(block)
    yield page


def _blocks(part: Card | Notice, most: int, paragraph: int, picture: str) -> Iterator[Block]:
    if isinstance(part, Notice):
        yield from _lines([Line(part.text)], most)
    else:
        yield from _title(part, most)
        yield from _lines(part.lines, most)
        yield from _rows([_field(field, most) for field in part.fields])
        if part.image:
            yield _image(part.image, most, picture)
        yield from _items(part.items, most, paragraph)
    yield from actions(part.actions)


def _title(card: Card, most: int) -> Iterator[Block]:
    title = fitted(card.title, most) or fitted(card.url, most)
    if title and card.number is None and not card.url and len(title) <= HEADER:
        yield header(title)
    elif title:
        yield rich_text([section(*_number(card.number), words(title, card.url, bold=True))])
    if aside := fitted(card.aside, most):
        yield context(aside)


def _lines(lines: Sequence[Line], most: int) -> Iterator[Block]:
    """Text stands under its heading, in one block with it; what is quiet stands by itself."""
    together: list[Block] = []
    for line in lines:
        text = fitted(line.text, most)
        quiet, heading = line.role in (Role.QUIET, Role.WHY), line.role is Role.HEADING
        if quiet or heading:
            yield from _rows(together)
            together = []
        if text and quiet:
            yield context(text)
        elif text:
            together.append(section(words(text, bold=heading)))
    yield from _rows(together)


def _field(field: Field, most: int) -> Block:
    return section(words(f"{fitted(field.name, most)}  ", bold=True), words(fitted(field.value, most) or "–"))


def _image(shown: Image, most: int, picture: str) -> Block:
    alt = fitted(shown.alt, min(most, ALT)) or "…"
    return image(picture, alt) if picture else context(alt)


def _items(items: Sequence[Item], most: int, paragraph: int) -> Iterator[Block]:
    """Under a linked title stand its details in grey, while there is room; else they stand beside it. One with
    a paragraph is parted from the next."""
    together: list[Block] = []
    for item in items:
        details = shortened(dotted(fitted(detail, most) for detail in item.details), most)
        below = bool(details and item.url) and len(items) <= _AT_ONCE
        bold = bool(item.text) or not item.url
        title = words(fitted(item.title, most) or fitted(item.url, most) or "–", item.url, bold=bold)
        beside = [words(f"  {details}")] if details and not below else []
        together.append(section(*_number(item.number), title, *beside))
        if below:
            yield from _rows(together)
            yield context(details)
            together = []
        if said := _paragraph(item, paragraph):
            yield from _rows([*together, section(*said)])
            together = []
    yield from _rows(together)


def _paragraph(item: Item, most: int) -> list[Block]:
    """Its text, then its links, none of them broken between lines."""
    if not most:
        return []
    labels = [(fitted(link.label, LABEL).replace(" ", "\u00a0"), link.url) for link in item.links]
    labelled = [words(label, url) for label, url in labels if label]
    text = [words(said)] if (said := fitted(item.text, most)) else []
    return [part for each in (*text, *labelled) for part in (words("  "), each)][1:]


def _number(number: int | None) -> list[Block]:
    return [] if number is None else [words(f"{number}  ")]


def _rows(sections: Sequence[Block]) -> Iterator[Block]:
    for start in range(0, len(sections), _AT_ONCE):
        yield rich_text(sections[start : start + _AT_ONCE])


def _said(blocks: Sequence[Block]) -> str:
    said = html.escape("\n".join(line for block in blocks for line in _said_by(block)), quote=False)
    return said[:_FALLBACK] or "…"


def _said_by(block: Block) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield block["text"]["text"]
        case "image":
            yield block["alt_text"]
        case "context":
            yield block["elements"][0]["text"]
        case "rich_text":
            for line in block["elements"]:
                yield "".join(
                    f"{part['text']} ({part['url']})" if part["type"] == "link" else part["text"]
                    for part in line["elements"]
                )
