"""What a team's saved, liked and disliked papers say about a new one: their authors and their distinctive terms."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import fsum, log

from bot.curation.phrases import Text, name_line
from bot.curation.ranking import Taste
from bot.papers import Paper

FEWEST = 2
"""A term of a single paper is no taste yet."""
LIFT = 3.0
"""A term is distinctive if it is so many times more common in the team's papers than in the pool."""
SHORTEST = 3
"""Shorter terms, and bare numbers, tell a reader nothing."""


@dataclass(frozen=True, slots=True)
class SharedTerms:
    """The distinctive terms that a paper shares with those the team judged."""

    weight: float
    """Above 0 where they speak for the paper, below where they speak against it."""
    term: str = ""
    """The one that speaks most for it; empty if none does."""
    count: int = 0
    """How many other papers that the team saved or liked hold that term."""


class Leaning:
    """A team's taste, set against a pool.

    A term weighs (s - d) log(1 / p), where s, d and p are the shares of the saved or liked papers, of the disliked ones
    and of the pool that hold it: Rocchio's feedback formula on inverse document frequencies. Source: Manning, Raghavan,
    Schütze, Introduction to Information Retrieval, chapter 9. Only terms from the titles of judged papers count:
    abstracts hold too many words that are rare by chance.
    """

    def __init__(self, pool: Collection[Text], taste: Taste) -> None:
        saved, disliked = _Judged(taste.saved), _Judged(taste.disliked)
        in_pool = _frequencies(pool)
        self._saved_ids = {paper.id for paper in taste.saved}
        self._saved = saved.frequencies
        self._weights: dict[str, float] = {}
        for term in saved.titled | disliked.titled:
            p = (in_pool[term] + 1) / (len(pool) + 1)
            if weight := (saved.share(term, p) - disliked.share(term, p)) * log(1 / p):
                self._weights[term] = weight
        self._authors: Counter[str] = Counter()
        for name, count in taste.saved_authors.items():
            self._authors[name_line(name)] += count

    def terms(self, paper: Paper, text: Text) -> SharedTerms:
        """What the paper's terms say."""
        weights = {term: self._weights[term] for term in text.vocabulary & self._weights.keys()}
        itself = paper.id in self._saved_ids
        counts = {term: self._saved[term] - itself for term, weight in weights.items() if weight > 0}
        telling = [term for term, count in counts.items() if count >= FEWEST]
        best = min(telling, key=lambda term: (-weights[term], term), default="")
        return SharedTerms(fsum(weights.values()), best, counts.get(best, 0))

    def author(self, paper: Paper, text: Text) -> tuple[str, int]:
        """The author of whom the team saves most, named as on the paper, and how many papers; ("", 0) for none."""
        counts = [self._authors[author] for author in text.authors]
        most = max(counts, default=0)
        return (paper.authors[counts.index(most)].name, most) if most else ("", 0)


class _Judged:
    """The terms of papers that a team judged in one way."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        texts = [Text.of(paper) for paper in papers]
        self._papers = len(texts)
        self.frequencies = _frequencies(texts)
        self.titled = {
            term for text in texts for term in text.title.split() if len(term) >= SHORTEST and not term.isdigit()
        }

    def share(self, term: str, in_pool: float) -> float:
        """The share of the papers that hold a term; 0 unless that is distinctive."""
        holding = self.frequencies[term]
        share = holding / max(1, self._papers)
        return share if holding >= FEWEST and share >= LIFT * in_pool else 0.0


def _frequencies(texts: Collection[Text]) -> Counter[str]:
    """In how many texts each term occurs."""
    return Counter(term for text in texts for term in text.vocabulary)
