"""An evaluation folder: papers by announcement day, and what people picked of them.

`pool.jsonl.gz` has a paper a line (`arxiv_id`, `date` of the announcement, `day_complete`, `title`, `abstract`,
`authors`, `primary`, `categories`); `picks.jsonl` a pick a line (`arxiv_id`, `date` or null, `source`), of which only
the dated ones of the source SOURCE are used; `history_picks.jsonl.gz` earlier picks with their text (`pick_date`);
`gold_topic.jsonl` labels (`arxiv_id`, `about_llm`: core, applied or no, `category`).
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.papers import ArxivId, Author, Paper

SOURCE = "hf_daily"
EARLIEST, LATEST = -1, 14
"""A pick counts for an announcement if it came so many days after it."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A paper of a day's pool."""

    paper: Paper
    day: date
    complete: bool
    """Whether the pool of its day is known in full."""
    picked_on: date | None
    """When it was picked, if that was from EARLIEST to LATEST days after the announcement."""

    def known_by(self, day: date) -> bool:
        """Whether it was known to be picked on the day before `day`."""
        return self.picked_on is not None and self.picked_on < day


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a person said that a paper is about."""

    paper: Paper
    about: str
    category: str | None


@dataclass(frozen=True)
class Data:
    """A folder's contents."""

    pool: tuple[Announced, ...]
    """In order of days, then of ids."""
    history: tuple[tuple[Paper, date], ...]
    """Papers that were picked before the first day, and when; the oldest first."""
    gold: tuple[Labelled, ...]

    @cached_property
    def days(self) -> tuple[date, ...]:
        return tuple(sorted({one.day for one in self.pool}))

    def on(self, day: date) -> tuple[Announced, ...]:
        """The pool of a day."""
        return self._by_day[day]

    def before(self, day: date) -> list[Announced]:
        """All that was announced before a day."""
        return [one for one in self.pool if one.day < day]

    @cached_property
    def _by_day(self) -> dict[date, tuple[Announced, ...]]:
        return {day: tuple(one for one in self.pool if one.day == day) for day in self.days}


def load(folder: Path) -> Data:
    """Raises OSError, KeyError or ValueError where the folder is not as described above."""
    picks = {
        pick["arxiv_id"]: date.fromisoformat(pick["date"])
        for pick in _lines(folder / "picks.jsonl")
        if pick["source"] == SOURCE and pick["date"]
    }
    announced = (_announced(line, picks) for line in _lines(folder / "pool.jsonl.gz"))
    pool = sorted(announced, key=lambda one: (one.day, one.paper.id))
    first = pool[0].day
    history = [
        (_paper(line, line["date"]), date.fromisoformat(line["pick_date"]))
        for line in _lines(folder / "history_picks.jsonl.gz")
    ]
    papers = {one.paper.id.value: one.paper for one in pool}
    return Data(
        pool=tuple(pool),
        history=tuple(sorted((h for h in history if h[1] < first), key=lambda h: (h[1], h[0].id))),
        gold=tuple(
            Labelled(papers[line["arxiv_id"]], line["about_llm"], line["category"])
            for line in _lines(folder / "gold_topic.jsonl")
            if line["arxiv_id"] in papers
        ),
    )


def _announced(line: dict[str, Any], picks: dict[str, date]) -> Announced:
    day = date.fromisoformat(line["date"])
    picked = picks.get(line["arxiv_id"])
    counts = picked is not None and EARLIEST <= (picked - day).days <= LATEST
    return Announced(_paper(line, line["date"]), day, line["day_complete"], picked if counts else None)


def _paper(line: dict[str, Any], day: str) -> Paper:
    at = datetime.combine(date.fromisoformat(day), time(), UTC)
    primary = line["primary"] or "cs.CL"
    return Paper(
        id=ArxivId(line["arxiv_id"]),
        version=1,
        title=line["title"],
        abstract=line["abstract"],
        authors=tuple(Author(name) for name in line["authors"]),
        primary_category=primary,
        categories=tuple(line["categories"] or (primary,)),
        submitted=at,
        updated=at,
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
