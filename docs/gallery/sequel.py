"""An arXiv that goes on: a part of the sample each day, days on which it is silent, and what became of its papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from adapters.sample.source import SampleSource
from bot.announcements import Answer, Batch, announces_on
from bot.papers import ArxivId, Paper
from bot.ports import Progress, silent

PARTS = 3
"""Days that the sample is spread over, Thursday the first; then it comes again."""


@dataclass
class Sequel:
    """Satisfies `bot.ports.Source`."""

    revised: Mapping[ArxivId, Paper] = field(default_factory=dict)
    """Papers as their records are by now."""
    answers: bool = True

    async def announced(self, categories: Sequence[str], *, now: datetime, progress: Progress = silent) -> Batch:
        """What the sample has for this day; nothing on a weekend."""
        batch = await SampleSource().announced(categories, now=now, progress=progress)
        if not self.answers:
            failed = (replace(one, answer=Answer.FAILED, batch=None) for one in batch.answers)
            return Batch((), (), tuple(failed))
        if not announces_on(now.date()):
            return Batch((), (), tuple(replace(one, answer=Answer.NOTHING_DUE) for one in batch.answers))
        papers = tuple(paper for paper in batch.papers if _number(paper) % PARTS == now.weekday() % PARTS)
        listed = {paper.id for paper in papers}
        return Batch(papers, tuple(one for one in batch.announcements if one.paper_id in listed), batch.answers)

    async def submitted(
        self,
        categories: Sequence[str],  # noqa: ARG002 - alike for all
        *,
        after: datetime,  # noqa: ARG002
        progress: Progress = silent,  # noqa: ARG002
    ) -> list[Paper]:
        """Nothing was missed but what comes again."""
        return []

    async def fetch(self, ids: Sequence[ArxivId]) -> list[Paper]:
        return [self.revised.get(paper.id, paper) for paper in await SampleSource().fetch(ids)]


def _number(paper: Paper) -> int:
    return int(paper.id.value.partition(".")[2])
