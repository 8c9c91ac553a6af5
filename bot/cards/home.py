"""A person's own page: what they and their team saved, what the week brought, and what they may change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.cards.lists import PAGE_SIZE, about, entry_item, narrowed, standing, statuses, turning
from bot.cards.wording import counted, first_author_and_year, long_date
from bot.commands import HomeTab, ShowHome, written
from bot.messages import Action, Card, Item, Line, Notice, Role
from bot.papers import Paper
from bot.reading_list import Entry, ListFilter, Status, Tag

MOST_TAGS = 5
"""Tags offered as filters, besides those that are on: the ones used most."""

_LABELS = {HomeTab.MINE: "Mine", HomeTab.TEAM: "Team", HomeTab.WEEK: "This week", HomeTab.SETTINGS: "Settings"}


@dataclass(frozen=True, slots=True)
class Brought:
    """A paper that an edition brought, where and when."""

    paper: Paper
    channel: str
    day: date
    saved: bool


def tabs(shown: HomeTab) -> Card:
    """The ways to the other rooms."""
    return Card(
        title="Paper Round",
        actions=tuple(Action(label, written(ShowHome(tab)), pressed=tab is shown) for tab, label in _LABELS.items()),
    )


def list_page(
    entries: Sequence[Entry],
    counts: Mapping[Status, int],
    tags: Sequence[Tag],
    asked: ShowHome,
    *,
    now: datetime,
) -> Card | Notice:
    """One page of what the person or the team saved; `tags` are the team's, most used first."""
    wanted = asked.wanted
    total = counts.get(wanted.status, 0) if wanted.status else sum(counts.values())
    if not total and wanted == ListFilter():
        return Notice(_EMPTY[asked.tab])
    pages = max(1, -(-total // PAGE_SIZE))
    if not entries and total:
        return Notice(
            f"The list ends at page {pages}.", actions=(Action("Last page", written(replace(asked, page=pages))),)
        )
    return Card(
        title="Saved by you" if asked.tab is HomeTab.MINE else "Your team's list",
        aside=standing(counts),
        lines=about(wanted) if total else (Line("Nothing here matches.", Role.QUIET),),
        items=tuple(entry_item(entry, {}, wanted, now=now) for entry in entries),
        actions=(*turning(asked, pages), *statuses(asked), *_tags(asked, tags)),
    )


_EMPTY = {
    HomeTab.MINE: "You have saved no paper yet. Save under a paper, or the emoji for it, puts it here.",
    HomeTab.TEAM: "Your team's list is empty. Save under a paper, or the emoji for it, starts it.",
}


def _tags(asked: ShowHome, tags: Sequence[Tag]) -> tuple[Action, ...]:
    """The tags as buttons; one that is on takes itself off."""
    wanted = asked.wanted
    off = (tag for tag in tags[:MOST_TAGS] if tag not in wanted.tags)
    return (
        *(
            narrowed(asked, f"#{tag}", replace(wanted, tags=tuple(one for one in wanted.tags if one != tag)), on=True)
            for tag in wanted.tags
        ),
        *(narrowed(asked, f"#{tag}", replace(wanted, tags=(*wanted.tags, tag)), on=False) for tag in off),
    )


def week_page(brought: Sequence[Brought], asked: ShowHome) -> Card | Notice:
    """One page of what the last seven days brought; `brought` is all of it, the last first."""
    if not brought:
        return Notice("No edition came to a public channel of your team in the last seven days.")
    pages = -(-len(brought) // PAGE_SIZE)
    page = min(asked.page, pages)
    shown = brought[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Card(
        title="This week",
        aside=counted(len(brought), "paper"),
        items=tuple(_brought_item(one) for one in shown),
        actions=turning(replace(asked, page=page), pages),
    )


def _brought_item(one: Brought) -> Item:
    details = (
        first_author_and_year(one.paper),
        one.channel,
        long_date(one.day),
        "on your list" if one.saved else "",
        str(one.paper.id),
    )
    return Item(one.paper.title, url=one.paper.id.url, details=tuple(part for part in details if part))
