"""The papers most like one: where to look for them, and how like they are."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

from bot.curation.phrases import Text
from bot.papers import Paper
from bot.search import terms

TELLING = 4
"""Letters from which on a term of a title is worth a question of its own; shorter ones are mostly small words."""
LEAST = 0.12
"""From this likeness on (0 to 1) two papers have something to do with one another."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A paper, and how like another one it is: 1 for the same words, 0 for none in common."""

    paper: Paper
    likeness: float


def questions(paper: Paper) -> tuple[str, ...]:
    """What to search for: each two terms next to one another in the title, then each single one that tells enough."""
    title = terms(paper.title)
    pairs = (" ".join(pair) for pair in pairwise(title))
    return tuple(dict.fromkeys([*pairs, *(term for term in title if len(term) >= TELLING)]))


def most_alike(paper: Paper, others: Collection[Paper], *, limit: int) -> list[Alike]:
    """The `limit` of `others` that are most like a paper, the most first; none that have nothing to do with it.

    Likeness is the cosine of the papers' terms, each counted once and weighted by its inverse document frequency among
    all these papers. Source: Manning, Raghavan, Schütze, Introduction to Information Retrieval, chapter 6.
    """
    texts = {other.id: Text.of(other).vocabulary for other in [*others, paper]}
    holding = Counter(term for vocabulary in texts.values() for term in vocabulary)
    weights = {term: (1 + log(len(texts) / count)) ** 2 for term, count in holding.items()}

    def weight(vocabulary: Collection[str]) -> float:
        return sum(weights[term] for term in sorted(vocabulary))

    own = texts[paper.id]
    lengths = {paper_id: sqrt(weight(vocabulary)) for paper_id, vocabulary in texts.items()}
    alike = [
        Alike(other, weight(own & texts[other.id]) / (lengths[paper.id] * lengths[other.id] or 1.0))
        for other in others
        if other.id != paper.id
    ]
    return _best(alike, limit)


def _best(alike: Sequence[Alike], limit: int) -> list[Alike]:
    near = [one for one in alike if one.likeness >= LEAST]
    return sorted(near, key=lambda one: (-one.likeness, one.paper.id))[:limit]
