"""arXiv's timetable, and what was missed of it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.announcements import (
    Answer,
    CategoryAnswer,
    CollectionRun,
    announces_on,
    batch_of,
    expected_batch,
    missed_batches,
    opens,
)

EASTERN = ZoneInfo("America/New_York")
MON, TUE, WED, THU, FRI, SAT, SUN = (date(2026, 1, day) for day in range(12, 19))
MOMENTS = some.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def eastern(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=EASTERN)


@pytest.mark.parametrize(
    ("now", "batch"),
    [
        (eastern(MON, 0), MON),
        (eastern(MON, 23, 59), MON),
        (eastern(TUE, 0, 1), TUE),
        (datetime(2026, 1, 13, 4, 59, tzinfo=UTC), MON),
        (datetime(2026, 1, 13, 5, 0, tzinfo=UTC), TUE),
        (eastern(SAT, 12), FRI),
        (eastern(SUN, 23), FRI),
    ],
)
def test_the_newest_batch_changes_at_midnight_eastern_and_rests_at_the_weekend(now: datetime, batch: date) -> None:
    assert expected_batch(now) == batch


@pytest.mark.parametrize(
    ("submitted", "batch"),
    [
        (eastern(MON, 13, 59), TUE),
        (eastern(MON, 14), WED),
        (eastern(TUE, 13, 59), WED),
        (eastern(WED, 14), FRI),
        (eastern(THU, 13, 59), FRI),
        (eastern(THU, 14), MON + timedelta(7)),
        (eastern(FRI, 13, 59), MON + timedelta(7)),
        (eastern(FRI, 14), TUE + timedelta(7)),
        (eastern(SAT, 9), TUE + timedelta(7)),
        (eastern(SUN, 23), TUE + timedelta(7)),
        (eastern(date(2026, 7, 6), 13, 59), date(2026, 7, 7)),  # summer time
    ],
)
def test_a_submission_belongs_to_the_batch_of_arxivs_timetable(submitted: datetime, batch: date) -> None:
    assert batch_of(submitted.astimezone(UTC)) == batch


@given(MOMENTS)
def test_a_batch_opens_at_or_before_each_of_its_submissions_and_after_those_of_the_batch_before(
    moment: datetime,
) -> None:
    batch = batch_of(moment)
    assert opens(batch) <= moment
    assert batch_of(opens(batch)) == batch
    assert batch_of(opens(batch) - timedelta(seconds=1)) < batch


@pytest.mark.parametrize(
    ("since", "seen", "now", "missed"),
    [
        pytest.param(MON, TUE, TUE, (), id="day by day"),
        pytest.param(TUE, TUE, TUE, (), id="a second time"),
        pytest.param(MON, None, TUE, (), id="today's is only late"),
        pytest.param(MON, THU, THU, (TUE, WED), id="two days of absence"),
        pytest.param(MON, WED, THU, (TUE,), id="what a stale feed holds is not missed"),
        pytest.param(THU, None, SAT, (FRI,), id="Friday is over on Saturday"),
        pytest.param(THU, FRI, SAT, (), id="Friday is still in the feed"),
        pytest.param(FRI, None, SUN, (), id="nothing at the weekend"),
        pytest.param(FRI, MON + timedelta(7), MON + timedelta(7), (), id="the weekend is no gap"),
        pytest.param(None, MON, MON, (), id="the first collection"),
        pytest.param(None, None, MON, (), id="the first collection, today's late"),
        pytest.param(None, None, SAT, (FRI,), id="the first collection, on a Saturday"),
        pytest.param(None, FRI, SAT, (), id="the first collection, on a Saturday with a feed"),
        pytest.param(FRI, FRI, WED, (), id="a clock that is behind"),
    ],
)
def test_what_was_missed(since: date | None, seen: date | None, now: date, missed: tuple[date, ...]) -> None:
    assert missed_batches(since, seen, eastern(now, 9)) == missed


@given(some.dates(date(2025, 1, 1), date(2027, 1, 1)), some.integers(0, 40), some.booleans())
def test_missed_batches_are_in_order_each_after_the_last_one_taken_in_and_none_is_due_today(
    today: date, days: int, fresh: bool
) -> None:
    since, now = today - timedelta(days), eastern(today, 9)
    seen = expected_batch(now) if fresh else None
    missed = missed_batches(since, seen, now)
    assert list(missed) == sorted(set(missed))
    assert all(since < day <= expected_batch(now) and announces_on(day) and day not in (seen, today) for day in missed)


@pytest.mark.parametrize(
    ("answer", "complete"),
    [
        (CategoryAnswer("cs.CL", Answer.FRESH, TUE, announced=3, found=3), True),
        (CategoryAnswer("cs.CL", Answer.NOTHING_DUE), True),
        (CategoryAnswer("cs.CL", Answer.FRESH, TUE, announced=3, found=2), False),
        (CategoryAnswer("cs.CL", Answer.STALE, MON), False),
        (CategoryAnswer("cs.CL", Answer.FAILED), False),
    ],
)
def test_a_run_is_complete_once_all_is_there_that_was_due(answer: CategoryAnswer, complete: bool) -> None:
    now = eastern(TUE, 9)
    fine = CategoryAnswer("cs.LG", Answer.FRESH, TUE)
    assert CollectionRun(now, now, (fine, answer)).complete is complete
