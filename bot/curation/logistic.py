"""Logistic regression around a prior: weights stay where they were believed to be unless what was observed moves them.

scikit-learn's has no offset, which is what carries the belief (docs/adr/0010); the loss, the penalty and the solver are
the same.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

MOST_STEPS = 200
PRECISE = 1e-5
"""The relative decrease of the loss, and the gradient a hundred times that, at which it is found."""


class Fit(NamedTuple):
    """What was learned: the change of each column's weight, and the intercept."""

    change: NDArray[np.float64]
    intercept: float


def fit(
    rows: Any,
    liked: NDArray[np.float64],
    weights: NDArray[np.float64],
    offset: NDArray[np.float64],
    *,
    trust: float,
) -> Fit:
    """The change d and the intercept b that minimise trust * sum(weights * log loss(offset + rows d + b)) + |d|² / 2.

    `rows` is sparse, one a paper; `liked` is 1 or 0 a row; `offset` is what the prior says of it, in logits. It is the
    posterior mode under a Gaussian prior of variance `trust` on the change; the intercept is free. Source: Bishop,
    Pattern Recognition and Machine Learning, sections 4.3 and 4.5. Deterministic.
    """
    sign = 2 * liked - 1
    columns = rows.T.tocsr()

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        change, intercept = point[:-1], point[-1]
        margin = sign * (offset + rows @ change + intercept)
        pull = -weights * sign * expit(-margin)
        value = trust * float(weights @ np.logaddexp(0, -margin)) + float(change @ change) / 2
        return value, np.append(trust * (columns @ pull) + change, trust * pull.sum())

    found = minimize(
        loss,
        np.zeros(rows.shape[1] + 1),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": MOST_STEPS, "ftol": PRECISE, "gtol": 100 * PRECISE},
    )
    return Fit(found.x[:-1], float(found.x[-1]))
