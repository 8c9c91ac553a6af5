"""A team's model: the prior, moved by what the team did. Rebuilt from its taste alone, the same each time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack

from bot.curation.features import AuthorHistory, features
from bot.curation.logistic import fit
from bot.curation.phrases import Text
from bot.curation.prior import Prior
from bot.curation.ranking import Act, Judged, Taste
from bot.curation.topics import Classification, classify
from bot.curation.vectors import Vocabulary, document_frequencies, terms_of
from bot.papers import Paper

WEIGHTS = {
    Act.SAVED: 4.0,
    Act.DISCUSSED: 4.0,
    Act.LIKED: 4.0,
    Act.READ: 3.0,
    Act.SUMMARISED: 2.0,
    Act.OPENED: 1.0,
    Act.IGNORED: -1.0,
    Act.DISLIKED: -4.0,
}
"""How much each act says for a paper, or against it. Liking outweighs passing over: most of what is shown is passed
over, whatever its worth."""
UNLABELLED = 0.1
"""What a background paper that nobody judged says against its like: few papers are to anyone's taste."""
HALF_LIFE = 30.0
"""Days after which an act counts half: what a field picks changes within months. Of 90, 45 and 30, measured on rolling
days of full information, 30 ranked best."""
TRUST = 2.0
"""The variance of the Gaussian prior on each weight's change: how readily what was done of late moves it."""
TRUST_IN_ALL = 0.5
"""The same for a second regression, which knows no prior and forgets nothing. Each errs where the other does not: over
25 days of full information the average precision of their sum was 0.484, of each alone 0.478 and 0.473."""
MOST_KEPT = 2500
"""Readings that are kept, of 25 kB each: a large pool, its background, and all that a team judged. They are as many as
one ranking holds at the most, so that keeping them takes no more memory than that."""
FEWEST, MOST_OWN = 2, 3000
"""Terms get a column of the team's own if so many papers that it answered hold them; at the most so many terms do."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper as the model reads it."""

    paper: Paper
    text: Text
    found: Classification
    terms: Mapping[str, int]
    form: tuple[float, ...]
    """Its `features`."""

    @classmethod
    def of(cls, paper: Paper) -> "Reading":
        text = Text.of(paper)
        found = classify(text)
        return cls(paper, text, found, terms_of(text), features(paper, found))


read_lately = lru_cache(maxsize=MOST_KEPT)(Reading.of)
"""`Reading.of` a paper. Reading is most of the work, and today's pool is what tomorrow's is set against."""


class Model:
    """Weights in logits for terms, features and authors."""

    def __init__(self, taste: Taste, prior: Prior, read: Callable[[Paper], Reading] = read_lately) -> None:
        """`read` gives a paper's `Reading`."""
        said = _loudest(taste.judged)
        self.read = read
        self.judged = [read(one.paper) for one in said]
        self.liked = np.array([WEIGHTS[one.act] > 0 for one in said], bool)
        self._prior = prior
        answered = [reading for reading, one in zip(self.judged, said, strict=True) if one.act is not Act.IGNORED]
        own = _own_terms(answered, prior)
        self.vocabulary = Vocabulary(
            {term: idf for term, (idf, _) in prior.terms.items()} | dict.fromkeys(own, prior.rare)
        )
        self.authors = AuthorHistory()
        self.rows = self.term_rows(self.judged)
        """The terms of the judged papers, a row each, in the order of `judged`."""
        self.base = np.array(
            [weight for _, weight in prior.terms.values()]
            + [0.0] * len(own)
            + [scaled.weight for scaled in prior.features.values()]
            + [0.0] * AuthorHistory.COLUMNS
        )
        """What the prior says of each column."""
        self.moved: NDArray[np.float64] = np.zeros(len(self.base))
        """How far the team's acts moved it."""
        if said:
            self._learn(said, taste.background)

    def _learn(self, said: Sequence[Judged], background: Sequence[Paper]) -> None:
        known = {one.paper.id for one in said}
        rest = [self.read(paper) for paper in background if paper.id not in known]
        authors = [*self._histories(), *(self.authors.features(reading.text) for reading in rest)]
        rows = self._rows(vstack([self.rows, self.term_rows(rest)], format="csr"), [*self.judged, *rest], authors)
        liked = np.concatenate([self.liked, np.zeros(len(rest))]).astype(float)
        days = np.array([one.days for one in said] + [0.0] * len(rest))
        weights = np.array([abs(WEIGHTS[one.act]) for one in said] + [UNLABELLED] * len(rest))
        faded = weights * 0.5 ** (days / HALF_LIFE)
        of_late = fit(rows, liked, faded, rows @ self.base, trust=TRUST).change
        # Of a time when nothing was passed over, what was taken up tells that time from others rather than a taste.
        told = days <= max(days[: len(said)][~self.liked], default=np.inf)
        in_all = fit(rows[told], liked[told], weights[told], np.zeros(told.sum()), trust=TRUST_IN_ALL).change
        self.moved = of_late + in_all

    def _histories(self) -> list[list[float]]:
        """What is known of each judged paper's authors but for the paper itself, as it will be of a new one's."""
        in_order = list(zip(self.judged, self.liked.tolist(), strict=True))
        for reading, liked in in_order:
            self.authors.add(reading.text, liked=liked)
        return [self.authors.features(reading.text, without=liked) for reading, liked in in_order]

    def term_rows(self, readings: Sequence[Reading]) -> Any:
        """The terms of papers: a sparse row of length 1 each, a column for each term of the vocabulary."""
        return self.vocabulary.matrix(reading.terms for reading in readings)

    def whole_rows(self, readings: Sequence[Reading]) -> Any:
        """All columns of papers: their terms, then their features, then what is known of their authors now."""
        authors = [self.authors.features(reading.text) for reading in readings]
        return self._rows(self.term_rows(readings), readings, authors)

    def _rows(self, terms: Any, readings: Sequence[Reading], authors: Sequence[Sequence[float]]) -> Any:
        scaled = self._prior.features.values()
        means, gains = np.array([one.mean for one in scaled]), np.array([one.gain for one in scaled])
        form = (np.array([reading.form for reading in readings]) - means) * gains
        return hstack([terms, csr_array(form), csr_array(np.array(authors))], format="csr")


def _loudest(judged: Sequence[Judged]) -> list[Judged]:
    """For each paper the act that says most, a liking before its opposite; what is longest ago first, then by id."""
    by_paper: dict[str, Judged] = {}
    for one in sorted(judged, key=lambda one: (abs(WEIGHTS[one.act]), WEIGHTS[one.act], -one.days, one.act)):
        by_paper[one.paper.id.value] = one
    return sorted(by_paper.values(), key=lambda one: (-one.days, one.paper.id))


def _own_terms(answered: Sequence[Reading], prior: Prior) -> list[str]:
    """Terms that the team's taste may turn on and the prior has not met."""
    holding = document_frequencies([reading.terms for reading in answered])
    new = [term for term, papers in holding.items() if papers >= FEWEST and term not in prior.terms]
    return sorted(new, key=lambda term: (-holding[term], term))[:MOST_OWN]
