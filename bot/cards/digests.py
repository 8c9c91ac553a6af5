"""Digests and round-ups as cards: the message above, then its replies, in the order in which they are posted."""

from collections.abc import Iterable, Iterator, Sequence

from bot.cards import retrospect
from bot.cards.summaries import section_lines
from bot.cards.wording import TEASER_LENGTH, counted, dotted, sentence_case, shortened
from bot.digests.values import AnyDigest, Digest, Listed, Missed, RoundUp, Told, Topic
from bot.messages import Action, Card, Item, Line, Link, Role

MOST_ITEMS, MOST_CHARACTERS = 20, 3500
"""What the list of one card holds at the most: less than any platform takes in one message."""
PARAGRAPH_LENGTH = 700
"""Characters that a paper has in a week's digest at the most."""


def digest_cards(digest: AnyDigest) -> tuple[Card, ...]:
    """The card above, then its replies. The same digest always gives the same."""
    return tuple(_week(digest) if isinstance(digest, Digest) else _month(digest))


def _week(digest: Digest) -> Iterator[Card]:
    sums = retrospect.sums(digest)
    name = retrospect.title(digest)
    yield Card(
        title=f"{name}: {sums}" if sums else name,
        lines=() if digest.topics else (Line(retrospect.nothing(digest)),),
        items=tuple(
            Item(sentence_case(topic.name), details=(counted(len(topic.papers), "paper"),)) for topic in digest.topics
        ),
        topics=tuple(topic.name for topic in digest.topics),
    )
    for topic in digest.topics:
        yield from _topic(topic)
    news = [Item(one.paper.title, url=one.paper.id.url, details=(retrospect.news(one),)) for one in digest.revised]
    yield from _in_parts(retrospect.REVISED, news)
    if digest.editions:
        yield _team(digest)


def _topic(topic: Topic) -> Iterator[Card]:
    items = [_item(told, shortened(told.text, PARAGRAPH_LENGTH)) for told in topic.papers]
    yield from _in_parts(sentence_case(topic.name), items)


def _team(digest: Digest) -> Card:
    items = (
        *(_listed(entry, retrospect.unread_since(entry)) for entry in digest.unread),
        *(_listed(entry, retrospect.most_saved(entry)) for entry in digest.most_saved),
        *(_listed(paper, retrospect.missed(paper)) for paper in digest.missed),
    )
    return Card(
        title=retrospect.TEAMS_LIST,
        lines=(Line(retrospect.teams_list(digest), Role.QUIET),),
        items=items,
        actions=(Action("Unread", "list unread"),) if digest.unread or digest.most_saved else (),
    )


def _listed(entry: Listed | Missed, detail: str) -> Item:
    return Item(entry.paper.title, url=entry.paper.id.url, details=(detail,))


def _month(round_up: RoundUp) -> Iterator[Card]:
    lines = (
        (retrospect.parts(round_up), retrospect.favourites(round_up))
        if round_up.leading
        else (retrospect.nothing(round_up),)
    )
    sums, name = retrospect.sums(round_up), retrospect.title(round_up)
    yield Card(
        title=f"{name}: {sums}" if sums else name,
        lines=tuple(Line(text, Role.QUIET) for text in lines if text),
        items=tuple(
            Item(_starred(told), url=told.paper.id.url, details=(retrospect.reception(told),))
            for told in round_up.leading
        ),
        image=round_up.chart,
        topics=tuple(name for name, _ in round_up.topics),
    )
    yield from (_leading(told) for told in round_up.leading)
    items = [_item(told, shortened(told.text, TEASER_LENGTH)) for told in round_up.others]
    yield from _in_parts(retrospect.also(round_up), items)


def _leading(told: Told) -> Card:
    name = str(told.paper.id)
    closing = dotted((retrospect.reception(told), retrospect.origin(told)))
    return Card(
        title=_starred(told),
        url=told.paper.id.url,
        lines=(
            Line(retrospect.byline(told.paper), Role.QUIET),
            *(line for section in told.sections for line in section_lines(section)),
            *((Line(closing, Role.QUIET),) if closing else ()),
        ),
        actions=(
            Action("Save", f"save {name}"),
            Action("Summarise", f"summary {name}"),
            *(Action(link.label, url=link.url) for link in _links(told)),
        ),
        paper_id=told.paper.id,
    )


def _item(told: Told, text: str) -> Item:
    details = (retrospect.byline(told.paper), retrospect.reception(told), retrospect.origin(told))
    return Item(
        _starred(told),
        url=told.paper.id.url,
        details=tuple(part for part in details if part),
        text=text,
        links=_links(told),
    )


def _links(told: Told) -> tuple[Link, ...]:
    return (Link(retrospect.FIRST_POST, told.link),) if told.link else ()


def _starred(told: Told) -> str:
    return f"{retrospect.STAR} {told.paper.title}" if told.starred else told.paper.title


def _in_parts(title: str, items: Sequence[Item]) -> Iterator[Card]:
    """One card, or as many as the items need; the title says which of how many it is."""
    parts = list(_fitted(items))
    for number, part in enumerate(parts, start=1):
        aside = dotted((counted(len(items), "paper"), f"{number} of {len(parts)}" if len(parts) > 1 else ""))
        yield Card(title=title, aside=aside, items=part)


def _fitted(items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    part: list[Item] = []
    held = 0
    for item in items:
        size = _size(item)
        if part and (len(part) == MOST_ITEMS or held + size > MOST_CHARACTERS):
            yield tuple(part)
            part, held = [], 0
        part.append(item)
        held += size
    if part:
        yield tuple(part)


def _size(item: Item) -> int:
    linked = sum(len(link.label) + len(link.url) for link in item.links)
    return len(item.title) + len(item.url) + sum(map(len, item.details)) + len(item.text) + linked
