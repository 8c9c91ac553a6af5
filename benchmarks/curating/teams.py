"""Simulated teams: each likes what was picked on its topics, starts cold, and judges only what it is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zlib import crc32

import numpy as np

from benchmarks.curating import rivals
from benchmarks.curating.data import Announced, Data
from benchmarks.curating.full import EVERYTHING, read
from bot.curation.learned import ranked
from bot.curation.model import Model
from bot.curation.prior import Prior
from bot.curation.ranking import Act, Judged, Ranked, Taste
from bot.curation.selection import Exploration, select

TEAMS = (
    ("agents",),
    ("alignment",),
    ("multimodal",),
    ("agents", "code"),
    ("reasoning", "alignment"),
    ("safety", "evaluation"),
    ("efficiency", "architecture"),
    ("retrieval", "long context"),
)
"""What is on a topic is told by the product's own classification; the teams set no topics, so no ranker is told."""
SHOWN, WEEK, WEEKS = 8, 5, 4
"""Papers a day, announcement days a week, and weeks."""
BACKGROUND = 500
TOLERANCE = 1e-3
"""Of the SVM of each team and day: hundreds are fitted, and a finer one changes no place near the top."""


@dataclass
class Team:
    """What a team has done so far under one ranker."""

    topics: tuple[str, ...]
    judged: list[tuple[Announced, bool, date]] = field(default_factory=list)

    def likes(self, one: Announced) -> bool:
        return one.picked_on is not None and read(one.paper).found.topic in self.topics

    def answer(self, shown: Sequence[Announced], pool: Sequence[Announced], day: date) -> float:
        """Judges what it was shown, saves one other paper of its taste by itself; the share that it liked."""
        self.judged += [(one, self.likes(one), day) for one in shown]
        others = [one for one in pool if self.likes(one) and one not in shown]
        if others:
            self.judged.append((others[crc32(day.isoformat().encode()) % len(others)], True, day))
        return sum(map(self.likes, shown)) / SHOWN


Choose = Callable[[Team, date], Sequence[Announced]]


def _top(pool: Sequence[Announced], scores: Sequence[float]) -> list[Announced]:
    return [pool[row] for row in np.argsort(-np.array(scores), kind="stable")[:SHOWN]]


def by_ours(data: Data, prior: Prior, start: date, *, explore: bool) -> Choose:
    """The product: ranking and selection as they are, from the team's own judgements and recent papers."""

    def choose(team: Team, day: date) -> Sequence[Announced]:
        pool, before = data.on(day), [one for one in data.before(day) if one.day >= start]
        taste = Taste(
            judged=[
                Judged(one.paper, Act.SAVED if liked else Act.IGNORED, (day - then).days)
                for one, liked, then in team.judged
            ],
            background=[one.paper for one in before[-BACKGROUND:]],
        )
        places: list[Ranked] = ranked(Model(taste, prior, read), [one.paper for one in pool], EVERYTHING, taste)
        exploration = Exploration(f"{day} {team.topics}") if explore else None
        picks = select(places, SHOWN, exclude=set(), explore=exploration).picks
        by_id = {one.paper.id: one for one in pool}
        return [by_id[pick.paper_id] for pick in picks]

    return choose


class DailyRows:
    """What arxiv-sanity-lite reads on a day: what came before, and the day's pool, each made once."""

    def __init__(self, data: Data) -> None:
        self._data = data
        self._rows: dict[date, tuple[Any, Any]] = {}

    def on(self, day: date) -> tuple[Any, Any]:
        if day not in self._rows:
            fitted = rivals.Tfidf([one.paper for one in self._data.before(day)])
            self._rows[day] = fitted.known, fitted.rows([one.paper for one in self._data.on(day)])
        return self._rows[day]


def by_svm(data: Data, rows: DailyRows, start: date, *, full: bool) -> Choose:
    """arxiv-sanity-lite's: what the team saved against all else that came since `start`, or, in full information,
    everything of its taste against everything else that was ever announced."""

    def choose(team: Team, day: date) -> Sequence[Announced]:
        pool, before = data.on(day), data.before(day)
        known, new = rows.on(day)
        saved = {one.paper.id for one, liked, _ in team.judged if liked}
        used = np.array([full or one.day >= start for one in before])
        liked = np.array([one.known_by(day) and team.likes(one) if full else one.paper.id in saved for one in before])
        if not liked[used].any():
            return list(reversed(pool))[:SHOWN]
        return _top(pool, rivals.svm(known[used], liked[used], new, tolerance=TOLERANCE))

    return choose


def by_keywords(data: Data) -> Choose:
    return lambda _, day: _top(data.on(day), rivals.keywords([one.paper for one in data.on(day)]))


def weeks(choose: Choose, data: Data, days: Sequence[date], progress: Callable[[str], None]) -> list[float]:
    """The mean precision of what the teams were shown, week by week."""
    liked = np.zeros((len(TEAMS), len(days)))
    for number, topics in enumerate(TEAMS):
        progress(f"team {number + 1} of {len(TEAMS)}")
        team = Team(topics)
        for place, day in enumerate(days):
            liked[number, place] = team.answer(choose(team, day), data.on(day), day)
    return [float(liked[:, start : start + WEEK].mean()) for start in range(0, len(days), WEEK)]


def simulated_days(data: Data, test_from: date) -> tuple[date, ...]:
    """WEEKS weeks from `test_from` on; where the data ends before that, its last ones."""
    enough = WEEK * WEEKS
    days = [day for day in data.days if day >= test_from]
    return tuple(days[:enough] if len(days) >= enough else data.days[-enough:])
