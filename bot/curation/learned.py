"""The learned ranker: what the subscription asks for, and what the model of its team's taste says, with the reasons."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.curation.asked import Asked, Fact
from bot.curation.features import AuthorHistory
from bot.curation.model import Model, Reading
from bot.curation.phrases import name_line
from bot.curation.prior import Prior, shipped
from bot.curation.ranking import Act, Ranked, Taste
from bot.curation.telling import telling
from bot.curation.topics import About
from bot.editions import Reason, ReasonKind
from bot.papers import Paper
from bot.teams import Interests

BARRED = -100.0
"""Puts what may not be picked below everything else."""
MOST_REASONS = 3
FEWEST = 2
"""A term shared with a single judged paper tells a reader nothing."""
MUCH_ALIKE = 0.3
"""From this cosine on a saved paper is named as much like a new one."""


def rank(pool: Sequence[Paper], interests: Interests, taste: Taste, prior: Prior | None = None) -> list[Ranked]:
    """A `Ranker`. Papers with the same score are ordered by id; without signals, the prior (by default the one that is
    shipped) and the interests decide alone."""
    return ranked(Model(taste, prior or shipped()), pool, interests, taste)


def ranked(model: Model, pool: Sequence[Paper], interests: Interests, taste: Taste) -> list[Ranked]:
    """As `rank`, by a model that was made of the same taste."""
    if not pool:
        return []
    asked, readings = Asked(interests), [model.read(paper) for paper in pool]
    opinion = _Opinion(model, readings, taste)
    places = [_place(row, reading, asked, opinion) for row, reading in enumerate(readings)]
    return sorted(places, key=lambda place: (-place.score, place.paper.id))


def _place(row: int, reading: Reading, asked: Asked, opinion: "_Opinion") -> Ranked:
    paper, text, found = reading.paper, reading.text, reading.found
    brings_in = asked.brings_in(paper, text, found)
    wanted = [*brings_in, *asked.words(text)]
    raised, lowered = opinion.facts(row)
    reasons = _weightiest([*wanted, *raised])
    if not reasons and found.about is not About.NO:
        reasons = (Reason(ReasonKind.LANGUAGE_MODELS, found.evidence[0]),)
    reasons = reasons or _weightiest(opinion.elsewhere(row))
    barred = asked.barred(paper, text)
    return Ranked(
        paper=paper,
        score=sum(points for points, _ in wanted) + opinion.logits[row] + (BARRED if barred else 0.0),
        topic=found.topic,
        on_topic=not barred and asked.asked_for(brings_in, found),
        reasons=reasons,
        against=_weightiest(lowered),
        novelty=opinion.novelty[row],
        barred=barred,
    )


def _weightiest(facts: Sequence[Fact]) -> tuple[Reason, ...]:
    return tuple(reason for _, reason in sorted(facts, key=lambda fact: -fact[0])[:MOST_REASONS])


class _Opinion:
    """What a model says of the papers of a pool, and by which facts of the team's it came to that."""

    def __init__(self, model: Model, readings: Sequence[Reading], taste: Taste) -> None:
        self._model = model
        self._readings = readings
        whole = model.whole_rows(readings)
        self.logits: list[float] = (whole @ (model.base + model.moved)).tolist()
        self._terms = whole[:, : len(model.vocabulary)].tocsr()
        words = zip(model.vocabulary.terms, model.vocabulary.idf.tolist(), strict=True)
        self._telling = np.array([telling(term, idf) for term, idf in words], bool)
        self._known = {reading.paper.id: row for row, reading in enumerate(model.judged)}
        saved = {one.paper.id for one in taste.judged if one.act in (Act.SAVED, Act.LIKED)}
        self._saved = np.array([reading.paper.id in saved for reading in model.judged], bool)
        self._passed = ~model.liked
        self._holding_saved = _holding(model.rows, self._saved)
        self._holding_passed = _holding(model.rows, self._passed)
        judged = _holding(model.rows, np.ones(len(model.judged), bool)) > 0
        self.novelty: list[float] = (1 - self._terms.power(2) @ judged).clip(0, 1).tolist()
        place_in_pool = {reading.paper.id: row for row, reading in enumerate(readings)}
        self._likeness = (self._terms @ model.rows[self._saved].T).toarray()
        self._saved_papers = [model.judged[row].paper for row in np.flatnonzero(self._saved)]
        for column, paper in enumerate(self._saved_papers):
            if (row := place_in_pool.get(paper.id)) is not None:
                self._likeness[row, column] = 0.0  # being itself is no likeness
        first = len(model.base) - AuthorHistory.COLUMNS
        self._author_part: NDArray[np.float64] = whole[:, first:] @ model.moved[first:]
        self._authors_saved: dict[str, int] = {}
        for name, count in taste.saved_authors.items():
            self._authors_saved[name_line(name)] = self._authors_saved.get(name_line(name), 0) + count

    def facts(self, row: int) -> tuple[list[Fact], list[Fact]]:
        """What the team did that raised the paper of a row, and what lowered it."""
        raised = [*self._author(row), *self._shared(row, 1.0), *self._like(row)]
        return raised, [*self._passed_author(row), *self._shared(row, -1.0)]

    def elsewhere(self, row: int) -> list[Fact]:
        """The telling term of the paper that the prior speaks for most, if the team does not speak against it more."""
        columns, values = self._held(row)
        speaks = (
            values
            * self._telling[columns]
            * np.minimum(self._model.base[columns], (self._model.base + self._model.moved)[columns])
        )
        best = int(np.argmax(speaks)) if len(speaks) else 0
        if not len(speaks) or speaks[best] <= 0:
            return []
        return [(float(speaks[best]), Reason(ReasonKind.ELSEWHERE, self._model.vocabulary.terms[columns[best]]))]

    def _shared(self, row: int, sign: float) -> Iterator[Fact]:
        """The telling term that the team's acts moved most in one direction, with the papers that moved it."""
        columns, values = self._held(row)
        held = self._holding_saved if sign > 0 else self._holding_passed
        counts = held[columns] - self._itself(row, sign)
        named = (counts >= FEWEST) & self._telling[columns]
        moved = np.where(named, sign * values * self._model.moved[columns], 0.0)
        best = int(np.argmax(moved)) if len(moved) else 0
        if len(moved) and moved[best] > 0:
            kind = ReasonKind.SAVED_TERMS if sign > 0 else ReasonKind.PASSED_TERMS
            yield float(moved[best]), Reason(kind, self._model.vocabulary.terms[columns[best]], int(counts[best]))

    def _like(self, row: int) -> Iterator[Fact]:
        likeness = self._likeness[row]
        best = int(np.argmax(likeness)) if len(likeness) else 0
        if len(likeness) and likeness[best] >= MUCH_ALIKE:
            yield float(likeness[best]), Reason(ReasonKind.SAVED_PAPER, self._saved_papers[best].title)

    def _author(self, row: int) -> Iterator[Fact]:
        reading = self._readings[row]
        counts = [self._authors_saved.get(author, 0) for author in reading.text.authors]
        most = max(counts, default=0)
        if most and self._author_part[row] > 0:
            name = reading.paper.authors[counts.index(most)].name
            yield float(self._author_part[row]), Reason(ReasonKind.SAVED_AUTHOR, name, most)

    def _passed_author(self, row: int) -> Iterator[Fact]:
        reading, history = self._readings[row], self._model.authors
        counts = [history.judged[a] - history.liked[a] - self._itself(row, -1.0) for a in reading.text.authors]
        most = max(counts, default=0)
        if most >= FEWEST and self._author_part[row] < 0:
            name = reading.paper.authors[counts.index(most)].name
            yield float(-self._author_part[row]), Reason(ReasonKind.PASSED_AUTHOR, name, most)

    def _held(self, row: int) -> tuple[Any, Any]:
        """The columns of a paper's terms, and their weights."""
        start, end = self._terms.indptr[row], self._terms.indptr[row + 1]
        return self._terms.indices[start:end], self._terms.data[start:end]

    def _itself(self, row: int, sign: float) -> bool:
        """Whether the paper is one of those that moved the model in a direction: it is no evidence for itself."""
        known = self._known.get(self._readings[row].paper.id)
        return known is not None and bool((self._saved if sign > 0 else self._passed)[known])


def _holding(rows: Any, which: NDArray[np.bool_]) -> Any:
    """In how many of the rows each column occurs."""
    return np.bincount(rows[which].indices, minlength=rows.shape[1])
