"""Lists of papers: the team's reading list, what a search found, and which of several was meant."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.cards.wording import age, dotted, first_author_and_year, listed, people, shortened
from bot.commands import Command, Search, ShowHome, ShowList, written
from bot.messages import Action, Card, Item, Line, Notice, Role
from bot.papers import ArxivId, Paper
from bot.reading_list import Entry, ListFilter, Status

PAGE_SIZE = 10
"""Papers a page; nothing scrolls for ever."""

ME = "me"
"""The asker, where a saver's name is asked for."""

Numbers = Mapping[ArxivId, int]
"""The numbers that papers have in the channel's latest edition: the only numbers that a reader can name."""


def reading_list(
    entries: Sequence[Entry], counts: Mapping[Status, int], asked: ShowList, numbers: Numbers, *, now: datetime
) -> Card | Notice:
    """One page of the list. `counts` are over all pages and statuses, the rest of the filter being the same."""
    wanted = asked.wanted
    total = counts.get(wanted.status, 0) if wanted.status else sum(counts.values())
    if not total:
        return _empty_list(wanted)
    pages = -(-total // PAGE_SIZE)
    if not entries:
        return Notice(
            f"The list ends at page {pages}.", actions=(Action("Last page", written(replace(asked, page=pages))),)
        )
    return Card(
        title="Reading list",
        aside=standing(counts),
        lines=about(wanted),
        items=tuple(entry_item(entry, numbers, wanted, now=now) for entry in entries),
        actions=(*turning(asked, pages), *statuses(asked)),
    )


def standing(counts: Mapping[Status, int]) -> str:
    """How many are in each status: `Unread 12 · Reading 3 · Read 41`."""
    return " · ".join(f"{status.capitalize()} {counts.get(status, 0):,}" for status in Status)


def entry_item(entry: Entry, numbers: Numbers, wanted: ListFilter, *, now: datetime) -> Item:
    """An entry as one row. What the filter says of every row is not said again."""
    details = (
        first_author_and_year(entry.paper),
        "withdrawn" if entry.paper.withdrawn else "",
        entry.status if wanted.status is None else "",
        " ".join(f"#{tag}" for tag in entry.tags),
        listed(entry.savers),
        age(entry.added_at, now),
        str(entry.paper.id),
    )
    return Item(
        entry.paper.title,
        number=numbers.get(entry.paper.id),
        url=entry.paper.id.url,
        details=tuple(part for part in details if part),
    )


def about(wanted: ListFilter) -> tuple[Line, ...]:
    """What a list is narrowed to, if it is."""
    person = "you" if wanted.person.casefold() == ME else wanted.person
    parts = (
        wanted.status.value if wanted.status else "",
        *(f"#{tag}" for tag in wanted.tags),
        f"saved by {person}" if person else "",
        f'with "{wanted.text}"' if wanted.text else "",
    )
    text = dotted(parts)
    return (Line(f"Only {text}", Role.QUIET),) if text else ()


def _empty_list(wanted: ListFilter) -> Notice:
    if wanted == ListFilter():
        return Notice("Your team's list is empty. Save a paper of the latest edition to start it.", actions=_SAVING)
    return Notice("Nothing on your team's list matches.", actions=(Action("The whole list", "list"),))


_SAVING = (Action("Latest edition", "today"),)


def statuses(asked: ShowList | ShowHome) -> tuple[Action, ...]:
    """The filters as buttons; the one that is on takes itself off."""
    return tuple(
        narrowed(
            asked,
            status.capitalize(),
            replace(asked.wanted, status=None if asked.wanted.status is status else status),
            on=asked.wanted.status is status,
        )
        for status in Status
    )


def narrowed(asked: ShowList | ShowHome, label: str, wanted: ListFilter, *, on: bool) -> Action:
    """A button that shows the first page of what was asked for, narrowed to `wanted` instead."""
    return Action(label, written(replace(asked, wanted=wanted, page=1)), pressed=on)


def turning(asked: ShowList | ShowHome | Search, pages: int) -> tuple[Action, ...]:
    """To the pages before and after, where there are any."""
    before = (Action("Previous page", written(replace(asked, page=asked.page - 1))),) if asked.page > 1 else ()
    after = (Action("Next page", written(replace(asked, page=asked.page + 1))),) if asked.page < pages else ()
    return before + after


def found(
    papers: Sequence[Paper],
    asked: Search,
    saved: Collection[ArxivId],
    numbers: Numbers,
    *,
    named: ArxivId | None = None,
) -> Card | Notice:
    """One page of what a search found; `papers` may hold one more than a page, which tells that there is more.

    `named` is the paper whose id or link was searched for: there is only that one, and it may be had from arXiv.
    """
    show = (Action(f"Show {named}", f"show {named}"),) if named else ()
    if named and not papers:
        return Notice(f'I have not seen {named} yet. "show" asks arXiv for it.', actions=show)
    if not papers:
        text = f'Nothing about "{shortened(asked.text, 80)}" in the papers seen so far.'
        return Notice(text if asked.page == 1 else "There are no more papers.", actions=_fewer(asked))
    return Card(
        title=f'Papers about "{shortened(asked.text, 80)}"',
        aside=f"Page {asked.page}" if asked.page > 1 or len(papers) > PAGE_SIZE else "",
        items=tuple(paper_item(paper, saved, numbers) for paper in papers[:PAGE_SIZE]),
        actions=show or turning(asked, asked.page + (len(papers) > PAGE_SIZE)),
    )


def related(paper: Paper, alike: Sequence[Paper], saved: Collection[ArxivId], numbers: Numbers) -> Card | Notice:
    """The papers most like `paper`, the most first."""
    if not alike:
        return Notice(f"Nothing among the papers seen so far is like “{shortened(paper.title, 80)}”.")
    return Card(
        title=f"Papers like “{shortened(paper.title, 80)}”",
        items=tuple(paper_item(other, saved, numbers) for other in alike),
    )


def paper_item(paper: Paper, saved: Collection[ArxivId], numbers: Numbers) -> Item:
    """A paper as one row of a list."""
    details = (
        people(paper.authors, 1),
        str(paper.submitted.year),
        "withdrawn" if paper.withdrawn else "",
        "on your list" if paper.id in saved else "",
        str(paper.id),
    )
    return Item(
        paper.title,
        number=numbers.get(paper.id),
        url=paper.id.url,
        details=tuple(part for part in details if part),
    )


def _fewer(asked: Search) -> tuple[Action, ...]:
    """A way on where nothing was found: the first page, or a word less."""
    if asked.page > 1:
        return (Action("First page", written(replace(asked, page=1))),)
    words = asked.text.split()
    return (Action(f'Search "{" ".join(words[:-1])}"', written(Search(" ".join(words[:-1])))),) if words[1:] else ()


def which_paper(words: str, papers: Sequence[Paper], commands: Sequence[Command]) -> Card:
    """Several titles match: `commands` say the same of each of `papers`."""
    return Card(
        title=f'Which paper do you mean by "{shortened(words, 80)}"?',
        items=tuple(
            Item(paper.title, url=paper.id.url, details=(first_author_and_year(paper), str(paper.id)))
            for paper in papers
        ),
        actions=tuple(
            Action(shortened(paper.title, 60), written(command))
            for paper, command in zip(papers, commands, strict=True)
        ),
    )
