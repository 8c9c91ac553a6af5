"""The bundled sample as a `bot.ports.Source`, for those whom arXiv is out of reach of."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from bot.announcements import Announcement, Answer, Batch, CategoryAnswer, Listing, expected_batch
from bot.papers import ArxivId, Author, Paper
from bot.ports import Progress, silent

NOT_ASKED = "sample papers, invented; arXiv was not asked"


class SampleSource:
    """Invented papers, the same ones each day, in whichever of their categories are asked for.

    Their ids are of December 2099, so that none is ever a real paper's.
    """

    async def announced(self, categories: Sequence[str], *, now: datetime, progress: Progress = silent) -> Batch:
        batch = expected_batch(now)
        announcements = tuple(
            Announcement(
                paper.id, category, batch, Listing.NEW if category == paper.primary_category else Listing.CROSS
            )
            for category in categories
            for paper in _sample()
            if category in paper.categories
        )
        listed = {one.paper_id for one in announcements}
        progress("Reading the sample", len(categories), len(categories))
        return Batch(
            tuple(paper for paper in _sample() if paper.id in listed),
            announcements,
            tuple(
                CategoryAnswer(
                    category,
                    Answer.FRESH,
                    batch,
                    announced=sum(one.category == category for one in announcements),
                    problem=NOT_ASKED,
                )
                for category in categories
            ),
        )

    async def submitted(
        self, categories: Sequence[str], *, after: datetime, progress: Progress = silent
    ) -> list[Paper]:
        progress("Reading the sample", 1, 1)
        return [
            paper
            for paper in _sample()
            if paper.submitted >= after and not set(paper.categories).isdisjoint(categories)
        ]

    async def fetch(self, ids: Sequence[ArxivId]) -> list[Paper]:
        wanted = set(ids)
        return [paper for paper in _sample() if paper.id in wanted]


@cache
def _sample() -> tuple[Paper, ...]:
    sample = json.loads(files("adapters.sample").joinpath("papers.json").read_text(encoding="utf-8"))
    first = datetime.fromisoformat(sample["submitted"])
    return tuple(
        _paper(number, record, first + timedelta(minutes=17 * number))
        for number, record in enumerate(sample["papers"], start=1)
    )


def _paper(number: int, record: dict[str, Any], submitted: datetime) -> Paper:
    categories = tuple(record["categories"])
    return Paper(
        id=ArxivId(f"9912.{number:05d}"),
        version=1,
        title=record["title"],
        abstract=record["abstract"],
        authors=tuple(Author(name) for name in record["authors"]),
        primary_category=categories[0],
        categories=categories,
        submitted=submitted,
        updated=submitted,
        comment=record.get("comment", ""),
    )
