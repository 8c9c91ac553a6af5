"""Three years of mornings in twenty zones, with downtimes anywhere: one edition for each date that had its chance."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.schedule import EVENING, LATE, REACH, Due, due
from bot.teams import Interests, Subscription

ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "America/Asuncion", "America/Los_Angeles", "America/New_York", "America/Nuuk",
    "America/Santiago", "America/St_Johns", "Antarctica/Troll", "Asia/Beirut", "Asia/Kathmandu", "Asia/Kolkata",
    "Asia/Tokyo", "Atlantic/Azores", "Australia/Lord_Howe", "Europe/Berlin", "Europe/London", "Pacific/Auckland",
    "Pacific/Chatham", "Pacific/Kiritimati",
)  # fmt: skip
FIRST, DATES = date(2025, 1, 1), 3 * 365
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
AROUND_CHANGES = [
    time(0),
    time(0, 30),
    time(1, 30),
    time(2),
    time(2, 30),
    time(3),
    time(23),
    time(23, 30),
    time(23, 59),
]
EVERY_DAY = frozenset(range(7))
Downtimes = Sequence[tuple[int, int]]
"""Minutes from the beginning to the start of each, and how many it lasts."""


def hours(day: date, at: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first and the last moment that could be called this hour of this date."""
    both = sorted(datetime.combine(day, at, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return both[0], both[1]


def ticks(at: time, zone: ZoneInfo, downtimes: Downtimes) -> Iterator[datetime]:
    """The minutes at which something may change, while the process is up."""
    start = datetime.combine(FIRST, time(), UTC)
    down = [(start + begin * MINUTE, start + (begin + length) * MINUTE) for begin, length in downtimes]
    moments = {end for _, end in down}
    for day in (FIRST + number * DAY for number in range(DATES)):
        for moment in hours(day, at, zone):
            moments |= {moment - MINUTE, moment, moment + MINUTE, moment + timedelta(minutes=47)}
        midnight = max(hours(day, time(), zone))
        moments |= {midnight - MINUTE, midnight}
    return (moment for moment in sorted(moments) if not any(begin <= moment < end for begin, end in down))


@pytest.mark.no_cover  # of the million moments that it looks at, tests/unit/test_schedule.py has one of each kind
@pytest.mark.parametrize("zone", ZONES)
@settings(max_examples=2, deadline=None)
@given(
    at=st.one_of(st.sampled_from(AROUND_CHANGES), st.times().map(lambda each: each.replace(second=0, microsecond=0))),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    downtimes=st.lists(
        st.tuples(st.integers(0, DATES * 24 * 60), st.one_of(st.integers(1, 3000), st.integers(1, 40_000))),
        max_size=40,
    ),
)
@example(at=time(23, 59), days=EVERY_DAY, downtimes=[(number * 10_007, number * 61 % 2900) for number in range(150)])
@example(at=time(2, 30), days=EVERY_DAY, downtimes=[(number * 100_003, number * 3001) for number in range(14)])
def test_each_date_that_had_its_chance_has_one_edition(
    zone: str, at: time, days: frozenset[int], downtimes: Downtimes
) -> None:
    local = ZoneInfo(zone)
    subscription = Subscription(1, 1, 1, Interests(("cs.CL",)), days=days, at=at, zone=zone)
    made: dict[date, tuple[datetime, Due]] = {}
    recent: dict[date, datetime] = {}
    had_a_chance: set[date] = set()
    for now in ticks(at, local, downtimes):
        today = now.astimezone(local).date()
        for day, closes in ((today, now + MINUTE), (today - DAY, hours(today - DAY, at, local)[0] + EVENING)):
            if day.weekday() in days and hours(day, at, local)[1] <= now < closes:
                had_a_chance.add(day)
        if found := due(subscription, recent, now):
            assert found.day not in made
            made[found.day] = now, found
            recent[found.day] = now
            recent = {day: recent[day] for day in sorted(recent)[-20:]}

    assert had_a_chance <= made.keys()
    before: date | None = None
    for day, (now, found) in made.items():
        first, last = hours(day, at, local)
        assert day.weekday() in days
        assert first <= now
        assert now.astimezone(local).date() == day or now < last + EVENING
        if found.late:
            assert now >= first + LATE
        elif before:
            assert now < last + LATE
        assert found.covers == _first_missed(before, day, days)
        assert before is None or before < day
        before = day


def _first_missed(before: date | None, day: date, days: frozenset[int]) -> date | None:
    if before is None:
        return None
    between = [before + number * DAY for number in range(1, (day - before).days)]
    return next((each for each in between if each.weekday() in days and day - each <= REACH), None)
