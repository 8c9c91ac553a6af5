"""Full information: each day is ranked by all that was known on the day before about every paper."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from benchmarks.curating import rivals
from benchmarks.curating.data import Announced, Data
from benchmarks.curating.metrics import Quality, mean_over_days, quality
from bot.curation.features import AuthorHistory
from bot.curation.learned import ranked
from bot.curation.model import Model, Reading
from bot.curation.prior import Prior
from bot.curation.ranking import Act, Judged, Taste
from bot.papers import Paper
from bot.teams import Interests

read = lru_cache(maxsize=None)(Reading.of)
"""Papers are read once for all days: reading takes most of the time, and the cost is measured apart."""
EVERYTHING = Interests(("cs.CL",))
OURS, SVM, REGRESSION, KEYWORDS = "ours", "arxiv-sanity-lite", "logistic regression", "keywords"


def taste_before(day: date, data: Data, seen: Sequence[Announced]) -> Taste:
    """As if one team had been shown all that is in `seen`, and had saved on the day of the pick what was picked."""
    saved = [Judged(paper, Act.SAVED, (day - picked_on).days) for paper, picked_on in data.history]
    judged = [
        Judged(one.paper, Act.SAVED, (day - one.picked_on).days)
        if one.picked_on and one.known_by(day)
        else Judged(one.paper, Act.IGNORED, (day - one.day).days)
        for one in seen
    ]
    return Taste(judged=[*saved, *judged])


def scores_of_day(day: date, data: Data, prior: Prior) -> dict[str, list[float]]:
    """What each ranker gives each paper of the day, in the pool's order. Nothing dated on the day or later is used."""
    seen, pool = data.before(day), [one.paper for one in data.on(day)]
    return {
        OURS: ours(pool, taste_before(day, data, seen), prior),
        **_learned_by_rivals(day, data, seen, pool),
        KEYWORDS: rivals.keywords(pool),
    }


def ours(pool: Sequence[Paper], taste: Taste, prior: Prior) -> list[float]:
    by_id = {place.paper.id: place.score for place in ranked(Model(taste, prior, read), pool, EVERYTHING, taste)}
    return [by_id[paper.id] for paper in pool]


def _learned_by_rivals(
    day: date, data: Data, seen: Sequence[Announced], pool: Sequence[Paper]
) -> dict[str, list[float]]:
    liked = np.array([one.known_by(day) for one in seen])
    tfidf = rivals.Tfidf([one.paper for one in seen])
    new = tfidf.rows(pool)
    authors = _with_history(day, data, seen, pool)
    return {
        SVM: rivals.svm(tfidf.known, liked, new),
        REGRESSION: rivals.regression((tfidf.known, new), (authors[: len(seen)], authors[len(seen) :]), liked),
    }


def _with_history(day: date, data: Data, seen: Sequence[Announced], pool: Sequence[Paper]) -> Any:
    """Form and author history of each paper, each by what was known the day before its own announcement."""
    picked = [(picked_on, paper) for paper, picked_on in data.history]
    picked += [(one.picked_on, one.paper) for one in seen if one.picked_on and one.known_by(day)]
    history, coming = AuthorHistory(), iter(sorted(picked, key=lambda pick: (pick[0], pick[1].id)))
    upcoming = next(coming, None)
    rows = []
    for its_day, papers in [*_by_day(seen), (day, list(pool))]:
        while upcoming and upcoming[0] < its_day:
            history.add(read(upcoming[1]).text, liked=True)
            upcoming = next(coming, None)
        rows += [rivals.dense(read(paper), history) for paper in papers]
    return np.array(rows)


def _by_day(seen: Sequence[Announced]) -> Iterator[tuple[date, list[Paper]]]:
    for day in sorted({one.day for one in seen}):
        yield day, [one.paper for one in seen if one.day == day]


def measured(days: Mapping[date, Mapping[str, Sequence[float]]], data: Data) -> dict[str, list[Quality]]:
    """Each ranker's quality on each day that is complete and has something to find, in order."""
    by_ranker: dict[str, list[Quality]] = {}
    for day in sorted(days):
        pool = data.on(day)
        liked = [one.picked_on is not None for one in pool]
        if all(one.complete for one in pool) and any(liked) and not all(liked):
            for ranker, scores in days[day].items():
                by_ranker.setdefault(ranker, []).append(quality(scores, liked))
    return by_ranker


def report(by_ranker: Mapping[str, Sequence[Quality]]) -> dict[str, Any]:
    """The figures of `ours`, their difference to arxiv-sanity-lite's, and all rankers' beside them."""
    rows = {
        ranker: {name: mean_over_days([getattr(day, name) for day in days]) for name in Quality._fields}
        for ranker, days in by_ranker.items()
    }
    difference = {
        name: mean_over_days(
            [getattr(a, name) - getattr(b, name) for a, b in zip(by_ranker[OURS], by_ranker[SVM], strict=True)]
        )
        for name in ("p10", "ndcg10")
    }
    return {
        "days": len(by_ranker[OURS]),
        **{name: mean.mean for name, mean in rows[OURS].items()},
        **{f"{name}_ci": mean[1:] for name, mean in rows[OURS].items()},
        **{f"{name}_diff": mean.mean for name, mean in difference.items()},
        **{f"{name}_diff_ci": mean[1:] for name, mean in difference.items()},
        "rankers": {ranker: {name: mean.mean for name, mean in row.items()} for ranker, row in rows.items()},
    }
