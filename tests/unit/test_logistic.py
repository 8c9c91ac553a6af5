"""The regression finds the optimum that it promises."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from bot.curation.logistic import fit

CHANCE = np.random.default_rng(5)
ROWS = csr_array(CHANCE.normal(size=(80, 6)) * (CHANCE.random((80, 6)) < 0.5))
LIKED = (ROWS @ np.array([2.0, -1.0, 0.5, 0.0, 0.0, 1.0]) + CHANCE.normal(size=80) > 0.5).astype(float)
WEIGHTS = CHANCE.random(80) * 4


def test_without_an_offset_it_is_the_plain_logistic_regression() -> None:
    found = fit(ROWS, LIKED, WEIGHTS, np.zeros(80), trust=2.0)
    plain = LogisticRegression(C=2.0, tol=1e-8, max_iter=1000).fit(ROWS, LIKED, WEIGHTS)
    assert found.change == pytest.approx(plain.coef_[0], abs=0.01)
    assert found.intercept == pytest.approx(plain.intercept_[0], abs=0.01)


def test_a_change_is_what_the_errors_that_are_left_pull_it_to() -> None:
    prior = np.array([1.0, 1.0, -2.0, 0.0, 0.5, 0.0])
    found = fit(ROWS, LIKED, WEIGHTS, ROWS @ prior, trust=2.0)
    errors = WEIGHTS * (LIKED - expit(ROWS @ (prior + found.change) + found.intercept))
    assert found.change == pytest.approx(2.0 * (ROWS.T @ errors), abs=0.02)
    assert errors.sum() == pytest.approx(0.0, abs=0.02)


def test_the_less_the_acts_are_trusted_the_less_is_changed() -> None:
    sizes = [np.abs(fit(ROWS, LIKED, WEIGHTS, np.zeros(80), trust=trust).change).sum() for trust in (4.0, 0.4, 1e-6)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == pytest.approx(0.0, abs=1e-3)
