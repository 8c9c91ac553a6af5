"""A source of papers that tests fill and switch off."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.announcements import Announcement, Answer, Batch, CategoryAnswer, Listing, expected_batch
from bot.errors import SourceUnavailable
from bot.papers import ArxivId, Paper
from bot.ports import Progress, silent


class FakeSource:
    """A `bot.ports.Source` that announces all of `papers` in each batch, and answers nothing while it is `down`."""

    def __init__(self, papers: Iterable[Paper] = ()) -> None:
        self.papers = {paper.id: paper for paper in papers}
        self.down = False
        self.asked: list[ArxivId] = []

    async def announced(self, categories: Sequence[str], *, now: datetime, progress: Progress = silent) -> Batch:
        if self.down:
            failed = (CategoryAnswer(category, Answer.FAILED, problem="no answer") for category in categories)
            return Batch((), (), tuple(failed))
        batch = expected_batch(now)
        announcements = tuple(
            Announcement(
                paper.id, category, batch, Listing.NEW if category == paper.primary_category else Listing.CROSS
            )
            for paper in self.papers.values()
            for category in paper.categories
            if category in categories
        )
        listed = {announcement.paper_id for announcement in announcements}
        answers = (
            CategoryAnswer(
                category, Answer.FRESH, batch, announced=sum(one.category == category for one in announcements)
            )
            for category in categories
        )
        return Batch(tuple(self.papers[paper_id] for paper_id in sorted(listed)), announcements, tuple(answers))

    async def submitted(
        self, categories: Sequence[str], *, after: datetime, progress: Progress = silent
    ) -> list[Paper]:
        if self.down:
            raise SourceUnavailable("no answer")
        wanted = set(categories)
        return [one for one in self.papers.values() if one.submitted >= after and wanted & set(one.categories)]

    async def fetch(self, ids: Sequence[ArxivId]) -> list[Paper]:
        if self.down:
            raise SourceUnavailable("no answer")
        self.asked.extend(ids)
        return [self.papers[paper_id] for paper_id in ids if paper_id in self.papers]
