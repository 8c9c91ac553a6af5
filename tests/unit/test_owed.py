"""When arXiv is asked."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.announcements import Answer, CategoryAnswer, CategoryState
from jobs.owed import OWED, RETRY, collection_due, still_missing

THURSDAY = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 1, 17, 12, 0, tzinfo=UTC)


def state(answer: Answer, last_fresh: date | None, run_at: datetime) -> CategoryState:
    return CategoryState("cs.CL", CategoryAnswer("cs.CL", answer), run_at, run_at, last_fresh)


def due(now: datetime, *states: CategoryState, owed: bool = False) -> bool:
    return collection_due({"cs.CL"}, {one.category: one for one in states}, owed=owed, now=now)


def test_a_category_that_was_never_asked_for_is_due_at_once() -> None:
    assert due(THURSDAY)


def test_a_day_that_is_complete_is_left_alone_until_the_next_batch_is_due() -> None:
    complete = state(Answer.FRESH, THURSDAY.date(), THURSDAY)
    midnight_in_new_york = datetime(2026, 1, 16, 5, 0, tzinfo=UTC)
    assert not due(midnight_in_new_york - timedelta(seconds=1), complete)
    assert due(midnight_in_new_york, complete)


@pytest.mark.parametrize("answer", [Answer.FAILED, Answer.STALE])
def test_what_is_missing_is_asked_for_again_after_a_while(answer: Answer) -> None:
    missing = state(answer, date(2026, 1, 14), THURSDAY)
    assert not due(THURSDAY + RETRY - timedelta(seconds=1), missing)
    assert due(THURSDAY + RETRY, missing)


def test_full_records_alone_are_asked_for_more_seldom() -> None:
    complete = state(Answer.FRESH, THURSDAY.date(), THURSDAY)
    assert not due(THURSDAY + OWED - timedelta(seconds=1), complete, owed=True)
    assert due(THURSDAY + OWED, complete, owed=True)


def test_at_a_weekend_one_answer_is_enough_but_fridays_batch_is_still_fetched() -> None:
    assert not due(SATURDAY + RETRY, state(Answer.NOTHING_DUE, None, SATURDAY))
    assert due(SATURDAY + RETRY, state(Answer.FAILED, date(2026, 1, 15), SATURDAY))


def test_what_is_collected_again_is_named_with_its_reason() -> None:
    late = state(Answer.STALE, date(2026, 1, 14), THURSDAY)
    assert still_missing({"cs.CL": late}, now=THURSDAY) == "cs.CL stale"
    assert still_missing({"cs.CL": state(Answer.FRESH, THURSDAY.date(), THURSDAY)}, now=THURSDAY) == ""


def test_where_nobody_asks_for_papers_nothing_is_due() -> None:
    assert not collection_due(set(), {}, owed=True, now=THURSDAY)
