"""Money is counted in whole micro-dollars."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.budget import DOLLAR, Budget, Cap, Price, micro_dollars, parse_price
from bot.cards.summaries import dollars

TOKENS = st.integers(0, 10**9)


def test_tokens_out_of_the_cache_have_a_price_of_their_own_if_one_is_named() -> None:
    model, price = parse_price("gpt-x = 0.15 / 0.60 / 0.075")
    assert (model, price) == ("gpt-x", Price(150_000, 600_000, 75_000))
    assert price.of(1_000_000, 0, 1_000_000) == 75_000
    assert Price(150_000, 600_000).of(1_000_000, 0, 1_000_000) == 150_000
    assert Price(150_000, 600_000, 0).of(1_000_000, 0, 600_000) == 60_000


def test_a_price_is_for_a_million_tokens_in_and_out() -> None:
    model, price = parse_price(" gpt-x = 0.15/0.60 ")
    assert (model, price) == ("gpt-x", Price(150_000, 600_000))
    assert price.of(1_000_000, 1_000_000) == 750_000


@pytest.mark.parametrize(
    "text", ["", "gpt-x", "gpt-x=1", "gpt-x=a/b", "gpt-x=-1/2", "=1/2", "gpt x=1/2", "gpt-x=1/2/", "gpt-x=1/2/3/4"]
)
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="model="):
        parse_price(text)


@given(TOKENS, TOKENS, TOKENS)
def test_a_cost_is_the_sum_of_its_parts_rounded_up_to_a_whole_micro_dollar(fresh: int, out: int, cached: int) -> None:
    exact = Decimal(fresh * 150_000 + out * 600_000 + cached * 75_000) / 1_000_000
    assert 0 <= Price(150_000, 600_000, 75_000).of(fresh + cached, out, cached) - exact < 1


def test_a_model_without_a_price_is_free() -> None:
    assert Budget({}, {}).cost("llama", 10**6, 10**6) == 0


def test_a_cap_is_reached_when_it_is_used_up_and_a_cap_of_nothing_never_is() -> None:
    budget = Budget({}, {Cap.TEAM_DAY: 100, Cap.PERSON_DAY: 0})
    assert budget.reached({Cap.TEAM_DAY: 99, Cap.PERSON_DAY: 10**9}) is None
    assert budget.reached({Cap.TEAM_DAY: 100}) is Cap.TEAM_DAY


@pytest.mark.parametrize(("amount", "text"), [("0", "$0.00"), ("0.0123", "$0.0123"), ("0.2", "$0.20"), ("1", "$1.00")])
def test_small_amounts_are_shown_to_a_hundredth_of_a_cent(amount: str, text: str) -> None:
    assert dollars(micro_dollars(Decimal(amount))) == text


def test_large_amounts_are_shown_to_the_cent() -> None:
    assert dollars(1234 * DOLLAR + 56_789) == "$1,234.06"
