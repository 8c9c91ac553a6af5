"""Weeks and months, and when their digests are due."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.periods import AFTERNOON, Period, digest_due, month_of, period_of, week_of
from bot.teams import EditionKind, Interests, Subscription

WEEKLY, MONTHLY = EditionKind.WEEKLY, EditionKind.MONTHLY
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/St_Johns")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def ordered(
    *,
    days: frozenset[int] = frozenset(range(5)),
    at: time = time(8),
    zone: str = "UTC",
    kinds: frozenset[EditionKind] = frozenset(EditionKind),
) -> Subscription:
    return Subscription(1, 1, 1, Interests(("cs.CL",)), days=days, at=at, zone=zone, kinds=kinds)


subscriptions = st.builds(
    ordered,
    days=st.frozensets(st.integers(0, 6), min_size=1),
    at=st.times(),
    zone=st.sampled_from(ZONES),
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_week_goes_from_monday_to_sunday_and_a_month_to_its_last_day() -> None:
    assert week_of(date(2026, 1, 1)) == Period(date(2025, 12, 29), date(2026, 1, 4))
    assert month_of(date(2024, 2, 29)) == Period(date(2024, 2, 1), date(2024, 2, 29))
    assert period_of(EditionKind.DAILY, date(2026, 1, 1)).days == (date(2026, 1, 1),)


def test_a_period_begins_and_ends_at_midnight_of_the_readers() -> None:
    march = month_of(date(2026, 3, 1))

    assert march.begins("Europe/Berlin") == moment("2026-02-28T23:00")
    assert march.ends("Europe/Berlin") == moment("2026-03-31T22:00")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-01-16T15:59", None),
        ("2026-01-16T16:00", date(2026, 1, 12)),
        ("2026-01-22T15:59", date(2026, 1, 12)),
        ("2026-01-22T16:00", None),
        ("2026-01-23T16:00", date(2026, 1, 19)),
    ],
)
def test_a_week_is_due_on_its_last_day_in_the_afternoon_and_for_six_days(now: str, due: date | None) -> None:
    found = digest_due(WEEKLY, ordered(), moment(now))

    assert (found.first if found else None) == due


def test_a_week_waits_for_an_hour_that_is_later_than_the_afternoon() -> None:
    evening = ordered(at=time(18, 30))

    assert digest_due(WEEKLY, evening, moment("2026-01-16T18:29")) is None
    assert digest_due(WEEKLY, evening, moment("2026-01-16T18:30")) == week_of(date(2026, 1, 16))


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-02-01T12:00", None),  # a Sunday
        ("2026-02-02T07:59", None),
        ("2026-02-02T08:00", date(2026, 1, 1)),
        ("2026-02-22T07:59", date(2026, 1, 1)),
        ("2026-02-22T08:00", None),
    ],
)
def test_a_month_is_due_on_the_first_day_after_it_and_for_twenty_days(now: str, due: date | None) -> None:
    found = digest_due(MONTHLY, ordered(), moment(now))

    assert (found.first if found else None) == due


def test_what_was_not_ordered_is_never_due() -> None:
    daily = ordered(kinds=frozenset({EditionKind.DAILY}))

    assert digest_due(WEEKLY, daily, moment("2026-01-16T16:00")) is None
    assert digest_due(MONTHLY, daily, moment("2026-02-02T08:00")) is None
    assert digest_due(EditionKind.DAILY, daily, moment("2026-01-16T16:00")) is None
    assert digest_due(WEEKLY, ordered(days=frozenset()), moment("2026-01-16T16:00")) is None


@pytest.mark.no_cover  # a hundred thousand moments; those above are one of each kind
@settings(max_examples=60, deadline=None)
@given(subscriptions, st.sampled_from([WEEKLY, MONTHLY]), st.dates(date(2024, 1, 1), date(2027, 1, 1)))
def test_each_period_is_due_in_one_stretch_that_begins_on_one_of_the_days(
    subscription: Subscription, kind: EditionKind, start: date
) -> None:
    moments = [datetime.combine(start, time(), UTC) + HOUR * number for number in range(24 * 75)]
    seen = [digest_due(kind, subscription, now) for now in moments]
    runs = [(now, found) for before, found, now in zip(seen, seen[1:], moments[1:], strict=False) if found != before]
    begun = [(now, found) for now, found in runs if found]

    assert len({found for _, found in begun}) == len(begun)  # none comes back
    assert all(after.first == before.last + DAY for (_, before), (_, after) in pairwise(begun))
    for now, period in begun:
        local = now.astimezone(ZoneInfo(subscription.zone))
        opened = local - HOUR  # the hour before this was not due yet
        assert {local.weekday(), opened.weekday()} & subscription.days
        assert kind is not WEEKLY or period.first <= opened.date() <= period.last + DAY
        assert kind is not WEEKLY or local.time() >= AFTERNOON or local.date() > opened.date()
        assert kind is not MONTHLY or opened.date() >= period.last


@settings(deadline=None)
@given(subscriptions, st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_a_digest_is_due_for_no_longer_than_its_reach(subscription: Subscription, now: datetime) -> None:
    for kind, reach in ((WEEKLY, 6 * DAY), (MONTHLY, 20 * DAY)):
        period = digest_due(kind, subscription, now)
        last = digest_due(kind, subscription, now - reach)

        assert last is None or period != last
