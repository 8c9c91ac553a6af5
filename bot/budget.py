"""What models cost, and what may be spent on them. Money is in whole micro-dollars: a millionth of a US dollar."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

DOLLAR = 1_000_000
"""Micro-dollars."""
_PER = 1_000_000
"""Prices are for so many tokens."""


class Purpose(StrEnum):
    """What a model was asked for."""

    SUMMARY = "summary"
    """By a member."""
    EDITION = "edition"
    """By the clock, for the shortlist of an edition."""
    DIGEST = "digest"
    """By the clock, for the paragraphs of a digest."""


@dataclass(frozen=True, slots=True)
class Price:
    """Micro-dollars for a million tokens that go in, that come out, and that go in out of the provider's cache."""

    tokens_in: int
    tokens_out: int
    cached: int | None = None
    """None: as much as any that go in."""

    def of(self, tokens_in: int, tokens_out: int, cached: int = 0) -> int:
        """What so many tokens cost, rounded up; `cached` is the part of `tokens_in` that was in the cache."""
        cheaper = self.tokens_in if self.cached is None else self.cached
        exact = (tokens_in - cached) * self.tokens_in + cached * cheaper + tokens_out * self.tokens_out
        return -(-exact // _PER)


@dataclass(frozen=True, slots=True)
class Use:
    """One answer of a model: who pays for it, and how much. `member_id` is None where the clock asked."""

    team_id: int
    member_id: int | None
    day: date
    """In UTC."""
    model: str
    purpose: Purpose
    tokens_in: int
    tokens_out: int
    micro_dollars: int


@dataclass(frozen=True, slots=True)
class Spent:
    """What was used in some time."""

    tokens_in: int = 0
    tokens_out: int = 0
    micro_dollars: int = 0


class Cap(StrEnum):
    """The caps on spending. `bot.cards` has the sentence for each."""

    TEAM_DAY = "team_day"
    TEAM_MONTH = "team_month"
    PERSON_DAY = "person_day"
    PERSON_MONTH = "person_month"


@dataclass(frozen=True, slots=True)
class Budget:
    """Prices by model, and the caps in micro-dollars. A model without a price costs nothing; a cap of 0 is none."""

    prices: Mapping[str, Price]
    caps: Mapping[Cap, int]

    def cost(self, model: str, tokens_in: int, tokens_out: int, cached: int = 0) -> int:
        """What an answer of `model` cost; see `Price.of`."""
        price = self.prices.get(model)
        return price.of(tokens_in, tokens_out, cached) if price else 0

    def reached(self, spent: Mapping[Cap, int]) -> Cap | None:
        """The first cap that is used up, where `spent` says what counts towards each of those that apply."""
        return next((cap for cap, so_far in spent.items() if 0 < self.caps.get(cap, 0) <= so_far), None)


def month_of(now: datetime) -> date:
    """The first day of the month that `now`, in UTC, is in."""
    return now.date().replace(day=1)


def micro_dollars(dollars: Decimal) -> int:
    """An amount of dollars as it is counted here, rounded up."""
    return int(-(-dollars * DOLLAR // 1))


_DOLLARS = r"\s*(\d+(?:\.\d+)?)\s*"
_PRICE = re.compile(rf"(\S+)\s*={_DOLLARS}/{_DOLLARS}(?:/{_DOLLARS})?")


def parse_price(text: str) -> tuple[str, Price]:
    """A model and its price from `name=0.15/0.60/0.075`: dollars for a million tokens in, out and, if it is there, in
    out of the cache. Raises ValueError."""
    match = _PRICE.fullmatch(text.strip())
    if match is None:
        raise ValueError("write each price as model=0.15/0.60/0.075: dollars for a million tokens in, out and cached")
    model, *parts = match.groups()
    tokens_in, tokens_out, *cached = (micro_dollars(Decimal(part)) for part in parts if part)
    return model, Price(tokens_in, tokens_out, *cached)
