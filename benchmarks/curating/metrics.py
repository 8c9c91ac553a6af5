"""How good an order is, and how sure a mean over days.

Source of the measures: Manning, Raghavan, Schütze, Introduction to Information Retrieval, chapter 8 (binary gain).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

RESAMPLES = 4000
SEED = 0


class Quality(NamedTuple):
    """Of one day's order, from 0 to 1 each."""

    p10: float
    r20: float
    ndcg10: float
    auc: float


class Mean(NamedTuple):
    """A mean with the ends of its 95 % interval, by bootstrap over days."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def quality(scores: Sequence[float], liked: Sequence[bool]) -> Quality:
    """Of the order by falling score; papers with the same score stay in the order given. At least one paper is liked,
    and one is not."""
    gains = np.array(liked, float)[np.argsort(-np.array(scores, float), kind="stable")]
    discounts = 1 / np.log2(np.arange(2, 12))
    top = gains[:10]
    ideal = discounts[: min(10, int(gains.sum()))].sum()
    return Quality(
        p10=float(top.sum() / 10),
        r20=float(gains[:20].sum() / gains.sum()),
        ndcg10=float(top @ discounts[: len(top)] / ideal),
        auc=float(roc_auc_score(liked, scores)),
    )


def mean_over_days(values: Sequence[float]) -> Mean:
    """Deterministic: the same values always give the same interval."""
    days: NDArray[np.float64] = np.array(values, float)
    chosen = np.random.default_rng(SEED).integers(0, len(days), (RESAMPLES, len(days)))
    low, high = np.percentile(days[chosen].mean(1), (2.5, 97.5))
    return Mean(float(days.mean()), float(low), float(high))
