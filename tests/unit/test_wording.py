"""The small words that readers see."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import wording
from bot.papers import Author
from tests.factories import NOON


@pytest.mark.parametrize(("number", "text"), [(0, "0 papers"), (1, "1 paper"), (1204, "1,204 papers")])
def test_counts_have_units(number: int, text: str) -> None:
    assert wording.counted(number, "paper") == text


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (112, "112th"), (23, "23rd")]
)
def test_ordinals(number: int, text: str) -> None:
    assert wording.ordinal(number) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, ""), (1, "A"), (2, "A and B"), (3, "A, B and C"), (4, "A, B, C and 1 more"), (3003, "A, B, C and 3,000 more")],
)
def test_authors_are_the_first_three_and_how_many_more(count: int, text: str) -> None:
    names = ["Xi A", "Xi B", "Xi C", *["Xi D"] * 3000]
    assert wording.people([Author(name) for name in names[:count]]) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "today"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (364, "52 weeks"),
        (365, "1 year"),
        (800, "2 years"),
    ],
)
def test_ages_are_in_the_unit_that_people_would_use(days: int, text: str) -> None:
    assert wording.age(NOON - timedelta(days=days), NOON) == text


def test_times_are_of_the_channels_zone_and_name_the_day_when_it_is_another() -> None:
    at = datetime(2026, 1, 15, 23, 30, tzinfo=UTC)
    assert wording.clock_time(at, "Asia/Tokyo", now=at + timedelta(hours=2)) == "08:30"
    assert wording.clock_time(at, "UTC", now=at + timedelta(hours=2)) == "23:30 on Thursday, 15 January"


@given(st.text(), st.integers(2, 100))
def test_a_shortened_text_keeps_its_length_and_its_beginning(text: str, length: int) -> None:
    short = wording.shortened(text, length)
    assert len(short) <= length
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


def test_text_is_cut_at_a_word() -> None:
    assert wording.shortened("sparse attention for long documents", 20) == "sparse attention…"
