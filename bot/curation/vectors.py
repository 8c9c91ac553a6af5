"""Papers as rows of numbers: the weights of their terms by TF-IDF, each row of length 1.

Source of the weights: Manning, Raghavan, Schütze, Introduction to Information Retrieval, chapter 6 (sublinear tf, idf,
cosine normalisation).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from bot.curation.phrases import Text, line

TITLE = 2
"""How many mentions one in the title counts as."""

_GRAMMAR = """a about above across after all along also although am among an and any are as at be because been before
    being between both but by can cannot could did do does doing done down during each either et even every few for from
    further had has have having he her here hers him his how however i if in into is it its itself just may me might
    more most much must my namely nor not of off on once one only onto or other our out over own per rather same she
    should since so some such than that the their them then there therefore these they this those though through thus to
    too toward towards under until up upon us use used using very via was we well were what when where whereas whether
    which while who whom whose why will with within without would yet you your"""
_FUNCTION_WORDS = frozenset(line(_GRAMMAR).split())
"""They are no terms, and none stands next to them."""


def terms_of(text: Text) -> dict[str, int]:
    """The single terms and the pairs of neighbours that a paper holds, with their mentions. Grammar, single letters and
    bare numbers are skipped, so that those around them are neighbours."""
    counts: Counter[str] = Counter()
    for part, mentions in ((text.title, TITLE), (text.abstract, 1)):
        words = [word for word in part.split() if len(word) > 1 and word not in _FUNCTION_WORDS and not word.isdigit()]
        counts.update(words * mentions)
        counts.update([*map(" ".join, pairwise(words))] * mentions)
    # Collections of garbage, which stop every thread, go through each entry of a Counter, and pass over such a dict.
    return dict(counts.items())


class Vocabulary:
    """The terms that have a column, numbered in the order given, with their inverse document frequencies."""

    def __init__(self, idf: Mapping[str, float]) -> None:
        self.terms = tuple(idf)
        self._columns = {term: column for column, term in enumerate(idf)}
        self.idf = np.array([*idf.values()], np.float64)

    def __len__(self) -> int:
        return len(self.terms)

    def matrix(self, counted: Iterable[Mapping[str, int]]) -> Any:
        """A sparse row for each paper, given by its terms. Terms without a column are left out."""
        starts, columns, mentions = [0], list[int](), list[int]()
        for counts in counted:
            known = [term for term in counts if term in self._columns]
            columns.extend(map(self._columns.__getitem__, known))
            mentions.extend(map(counts.__getitem__, known))
            starts.append(len(columns))
        placed = np.array(columns, np.int32)
        weights = (1 + np.log(np.array(mentions, np.float64))) * self.idf[placed]
        rows = csr_array((weights, placed, np.array(starts, np.int32)), (len(starts) - 1, len(self)))
        lengths = np.sqrt(rows.power(2).sum(1))
        rows.data /= np.repeat(lengths, np.diff(rows.indptr))
        return rows


def document_frequencies(counted: Sequence[Mapping[str, int]]) -> Counter[str]:
    """In how many papers each term occurs."""
    return Counter(term for counts in counted for term in counts)
