"""Batches that nobody was there to read: found again by when their papers were submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.announcements import Announcement, Listing, batch_of, opens
from bot.papers import Paper
from bot.ports import Progress, Source, Store

LONGEST = timedelta(days=14)
"""Nobody reads the news of a month at once: of a longer absence, only the last days are caught up."""

MODERATION = timedelta(days=7)
"""How far back of the first missed batch to look for papers that a moderator had held. Of the others, the slowest are
announced after some 78 hours: a weekend."""


@dataclass(frozen=True, slots=True)
class Found:
    """The papers of missed batches."""

    papers: tuple[Paper, ...]
    announcements: tuple[Announcement, ...]


async def catch_up(missed: Mapping[str, Sequence[date]], store: Store, source: Source, progress: Progress) -> Found:
    """What was announced in the `missed` batches of each category, as far as submission times tell.

    Each list of dates is not empty and in order. Raises SourceUnavailable.
    """
    first = min(days[0] for days in missed.values())
    found = await source.submitted(sorted(missed), after=opens(first) - MODERATION, progress=progress)
    batches = {paper.id: batch_of(paper.submitted) for paper in found}
    async with store() as tx:
        known = set(await tx.papers.many(list(batches)))
        taken_in = {
            (category, batch)
            for category, days in missed.items()
            for batch in set(batches.values())
            if batch < days[0] and await tx.papers.first_seen([category], batch)
        }
    announcements = []
    for paper in found:
        for category in missed.keys() & set(paper.categories):
            days, batch = missed[category], batches[paper.id]
            if paper.id not in known and (category, batch) in taken_in:
                batch = days[0]  # we were there for its own batch and did not see it: it was held up
            if batch in days:
                listing = Listing.NEW if category == paper.primary_category else Listing.CROSS
                announcements.append(Announcement(paper.id, category, batch, listing))
    listed = {announcement.paper_id for announcement in announcements}
    return Found(tuple(paper for paper in found if paper.id in listed), tuple(announcements))


def within_reach(missed: Sequence[date]) -> tuple[date, ...]:
    """Those of the `missed` batches, in order, that are caught up."""
    return tuple(day for day in missed if missed[-1] - day < LONGEST)
