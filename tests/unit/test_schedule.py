"""When an edition is due: by the clock on the wall of the subscription's zone, once for each of its dates."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.schedule import EVENING, LATE, REACH, Due, by_hand, due, ended, hour_of, next_due, skipping
from bot.teams import Interests, Pause, Subscription

THURSDAY = date(2026, 1, 15)
FRIDAY, SATURDAY, MONDAY, TUESDAY = (THURSDAY + timedelta(days=days) for days in (1, 2, 4, 5))
WEDNESDAY = THURSDAY - timedelta(days=1)
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
EVERY_DAY = frozenset(range(7))


def order(
    zone: str = "UTC", at: time = time(8), days: frozenset[int] = frozenset(range(5)), pause: Pause | None = None
) -> Subscription:
    return Subscription(1, 1, 1, Interests(("cs.CL",)), days=days, at=at, zone=zone, pause=pause)


def at_eight(day: date) -> datetime:
    return datetime.combine(day, time(8), UTC)


def made(*days: date) -> dict[date, datetime]:
    """Editions that were made at eight."""
    return {day: at_eight(day) for day in days}


def test_an_edition_is_due_from_its_hour_to_midnight() -> None:
    opens, closes = at_eight(THURSDAY), at_eight(THURSDAY) + 16 * HOUR
    asked = (opens - MINUTE, opens, closes - MINUTE, closes)
    assert [now for now in asked if due(order(), {}, now)] == [opens, closes - MINUTE]


@pytest.mark.parametrize("day", [SATURDAY, SATURDAY + DAY])
def test_nothing_is_due_on_other_days(day: date) -> None:
    assert due(order(), {}, at_eight(day)) is None


def test_what_exists_is_not_due_again() -> None:
    assert due(order(), made(THURSDAY), at_eight(THURSDAY) + MINUTE) is None


def test_an_edition_that_comes_after_its_hour_is_late() -> None:
    before = made(WEDNESDAY)
    for after, late in ((LATE - MINUTE, False), (LATE, True)):
        found = due(order(), before, at_eight(THURSDAY) + after)
        assert found == Due(THURSDAY, at_eight(THURSDAY), late)


def test_the_first_edition_is_never_late() -> None:
    assert due(order(), {}, at_eight(THURSDAY) + 9 * HOUR) == Due(THURSDAY, at_eight(THURSDAY))


def test_after_missed_days_one_edition_catches_up_with_all_of_them() -> None:
    found = due(order(), made(THURSDAY), at_eight(TUESDAY))
    assert found == Due(TUESDAY, at_eight(TUESDAY), covers=FRIDAY)


def test_a_weekend_is_not_missed() -> None:
    assert due(order(), made(FRIDAY), at_eight(MONDAY)) == Due(MONDAY, at_eight(MONDAY))


def test_a_catch_up_goes_back_no_further_than_editions_reach() -> None:
    found = due(order(days=EVERY_DAY), made(THURSDAY), at_eight(THURSDAY + 40 * DAY))
    assert found is not None
    assert found.covers == THURSDAY + 40 * DAY - REACH


def test_days_of_a_pause_are_neither_due_nor_missed() -> None:
    away = order(pause=Pause(FRIDAY, MONDAY))
    assert due(away, made(THURSDAY), at_eight(FRIDAY)) is None
    assert due(away, made(THURSDAY), at_eight(TUESDAY)) == Due(TUESDAY, at_eight(TUESDAY))


def test_an_edition_of_the_late_evening_may_still_come_after_midnight() -> None:
    owl = order(at=time(23, 59))
    opens = datetime.combine(THURSDAY, time(23, 59), UTC)
    for after in (timedelta(), 2 * HOUR, EVENING - MINUTE):
        found = due(owl, made(WEDNESDAY), opens + after)
        assert found is not None
        assert found.day == THURSDAY
    assert due(owl, made(WEDNESDAY), opens + EVENING) is None


@pytest.mark.parametrize(
    ("zone", "day", "at", "opens"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("Africa/Cairo", date(2026, 4, 24), time(0, 30), datetime(2026, 4, 23, 22, 30, tzinfo=UTC)),
        # Clocks go from 23:00 to midnight: this hour is not on this date at all.
        ("America/Nuuk", date(2026, 3, 28), time(23, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
)
def test_an_hour_that_is_skipped_or_comes_twice_is_due_once(zone: str, day: date, at: time, opens: datetime) -> None:
    subscription = order(zone, at, EVERY_DAY)
    assert hour_of(subscription, day) == opens
    exists = {day - DAY: opens - DAY}
    dates = []
    for minutes in range(-90, 150):
        if found := due(subscription, exists, opens + minutes * MINUTE):
            exists[found.day] = opens + minutes * MINUTE
            dates.append((found.day, minutes))
    assert dates == [(day, 0)]


def test_a_clock_that_is_set_back_repeats_nothing() -> None:
    exists = made(WEDNESDAY, THURSDAY)
    assert due(order(), exists, at_eight(THURSDAY) - HOUR) is None
    assert due(order(), exists, at_eight(WEDNESDAY) + HOUR) is None


def test_a_date_that_a_wrong_clock_made_in_advance_holds_up_none_before_it() -> None:
    exists = made(THURSDAY, TUESDAY)  # the clock was on Tuesday for a while, and is set right on Friday
    assert due(order(), exists, at_eight(FRIDAY)) == Due(FRIDAY, at_eight(FRIDAY))
    assert due(order(), exists | made(FRIDAY, MONDAY), at_eight(TUESDAY) + HOUR) is None


def test_who_moves_west_gets_no_edition_of_a_date_that_has_passed() -> None:
    in_tokyo = datetime(2026, 1, 15, 23, tzinfo=UTC)  # Friday at 08:00
    west = order("America/Los_Angeles")
    assert due(west, {FRIDAY: in_tokyo}, in_tokyo + HOUR) is None  # Thursday at 16:00
    assert due(west, {FRIDAY: in_tokyo}, in_tokyo + DAY) is None


def test_who_moves_east_gets_the_edition_of_the_date_there() -> None:
    in_los_angeles = datetime(2026, 1, 15, 16, tzinfo=UTC)  # Thursday at 08:00
    found = due(order("Asia/Tokyo"), {THURSDAY: in_los_angeles}, in_los_angeles + 7 * HOUR)
    assert found == Due(FRIDAY, in_los_angeles + 7 * HOUR)


def test_another_hour_brings_no_second_edition_of_a_date() -> None:
    for hour in (6, 9, 20):
        assert due(order(at=time(hour)), made(THURSDAY), at_eight(THURSDAY) + 13 * HOUR) is None


def test_an_edition_by_hand_is_never_late_but_catches_up() -> None:
    assert by_hand(order(), made(THURSDAY), at_eight(MONDAY) - HOUR) == Due(MONDAY, at_eight(MONDAY), covers=FRIDAY)


@pytest.mark.parametrize(
    ("pause", "exists", "now", "expected"),
    [
        (None, made(), at_eight(THURSDAY) - HOUR, THURSDAY),
        (None, made(), at_eight(THURSDAY) + HOUR, THURSDAY),
        (None, made(THURSDAY), at_eight(THURSDAY), FRIDAY),
        (None, made(FRIDAY), at_eight(FRIDAY), MONDAY),
        (Pause(FRIDAY, FRIDAY), made(THURSDAY), at_eight(THURSDAY), MONDAY),
        (Pause(THURSDAY, THURSDAY + 60 * DAY), made(), at_eight(THURSDAY), THURSDAY + 61 * DAY),
        (Pause(THURSDAY), made(), at_eight(THURSDAY), None),
    ],
)
def test_the_next_edition_is_the_one_that_will_be_due_first(
    pause: Pause | None, exists: dict[date, datetime], now: datetime, expected: date | None
) -> None:
    assert next_due(order(pause=pause), exists, now) == expected


def test_what_is_skipped_is_added_to_a_pause_that_is_not_over() -> None:
    assert skipping(order(), FRIDAY, THURSDAY) == Pause(FRIDAY, FRIDAY)
    assert skipping(order(pause=Pause(FRIDAY, FRIDAY)), THURSDAY, THURSDAY) == Pause(THURSDAY, FRIDAY)
    assert skipping(order(pause=Pause(WEDNESDAY, THURSDAY)), FRIDAY, THURSDAY) == Pause(WEDNESDAY, FRIDAY)
    assert skipping(order(pause=Pause(WEDNESDAY, WEDNESDAY)), FRIDAY, THURSDAY) == Pause(FRIDAY, FRIDAY)
    assert skipping(order(pause=Pause(WEDNESDAY)), FRIDAY, THURSDAY) == Pause(WEDNESDAY)


def test_of_a_pause_that_is_ended_the_past_days_stay() -> None:
    assert ended(Pause(WEDNESDAY), FRIDAY) == Pause(WEDNESDAY, THURSDAY)
    assert ended(Pause(WEDNESDAY, MONDAY), FRIDAY) == Pause(WEDNESDAY, THURSDAY)
    assert ended(Pause(FRIDAY, FRIDAY), FRIDAY) is None
