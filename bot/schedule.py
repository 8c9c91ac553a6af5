"""When an edition is due: pure functions of a subscription, the editions that exist, and the time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.teams import Pause, Subscription

LATE = timedelta(hours=1)
"""An edition that is made so long after its hour says so."""
EVENING = timedelta(hours=4)
"""A date stays open at least so long after its hour, though midnight may come first: longer than an edition waits."""
REACH = timedelta(days=14)
"""How far back an edition goes at the most, however long there was none."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """An edition that is due."""

    day: date
    """In the subscription's zone."""
    hour: datetime
    """When it was to be made."""
    late: bool = False
    covers: date | None = None
    """The first date that it stands for, where due dates before its own had no edition."""


def local_date(subscription: Subscription, now: datetime) -> date:
    """The date at `now` in the subscription's zone."""
    return now.astimezone(ZoneInfo(subscription.zone)).date()


def hour_of(subscription: Subscription, day: date) -> datetime:
    """When the edition of a local date is due, in UTC.

    An hour that comes twice counts the first time; one that clocks skip is counted on from before the gap, as in
    RFC 5545, section 3.3.5: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.5
    """
    return datetime.combine(day, subscription.at, ZoneInfo(subscription.zone)).astimezone(UTC)


def has_edition(subscription: Subscription, day: date) -> bool:
    """Whether a local date is one of the subscription's days, and in no pause."""
    paused = subscription.pause is not None and subscription.pause.holds(day)
    return day.weekday() in subscription.days and not paused


def due(subscription: Subscription, exists: Mapping[date, datetime], now: datetime) -> Due | None:
    """The edition that is to be made at `now`, if one is.

    `exists` tells when the subscription's editions were made, by their dates; the last REACH is enough. Whatever the
    clock, the zone and the settings did meanwhile, a date whose edition exists is not due again, nor is one before an
    edition that was made already. A date is open from its hour to midnight, and for EVENING at the least.
    """
    today = local_date(subscription, now)
    return next((found for day in (today, today - _DAY) if (found := _due_on(day, subscription, exists, now))), None)


def by_hand(subscription: Subscription, exists: Mapping[date, datetime], now: datetime) -> Due:
    """The edition of the local date at `now`, which is nobody's hour: it is never late."""
    today = local_date(subscription, now)
    return Due(today, hour_of(subscription, today), covers=_covers(today, subscription, exists))


def next_due(subscription: Subscription, exists: Mapping[date, datetime], now: datetime) -> date | None:
    """The date of the next edition that will come by itself; None while nobody has ended the pause."""
    if found := due(subscription, exists, now):
        return found.day
    today, pause = local_date(subscription, now), subscription.pause
    away = max((pause.last - today).days, 0) if pause and pause.last else 0
    days = (today + _DAY * number for number in range(away + 9))
    return next((day for day in days if has_edition(subscription, day) and hour_of(subscription, day) > now), None)


def comes_again(subscription: Subscription) -> date | None:
    """The first date after the subscription's pause that has an edition; None where no pause ends."""
    last = subscription.pause.last if subscription.pause else None
    days = (last + _DAY * number for number in range(1, 8)) if last else ()
    return next((day for day in days if has_edition(subscription, day)), None)


def is_over(pause: Pause, today: date) -> bool:
    """Whether all its dates have passed."""
    return pause.last is not None and pause.last < today


def skipping(subscription: Subscription, day: date, today: date) -> Pause:
    """The subscription's pause with `day` in it as well; one that is over by `today` is forgotten."""
    skipped, standing = Pause(day, day), subscription.pause
    return skipped if standing is None or is_over(standing, today) else standing.joined(skipped)


def ended(pause: Pause, today: date) -> Pause | None:
    """What is left of a pause that is ended on `today`, which has an edition again: the dates before it had none."""
    last = today - _DAY if pause.last is None else min(pause.last, today - _DAY)
    return Pause(pause.first, last) if pause.first <= last else None


def _due_on(day: date, subscription: Subscription, exists: Mapping[date, datetime], now: datetime) -> Due | None:
    hour = hour_of(subscription, day)
    midnight = datetime.combine(day + _DAY, datetime.min.time(), ZoneInfo(subscription.zone)).astimezone(UTC)
    if not has_edition(subscription, day) or not hour <= now < max(midnight, hour + EVENING):
        return None
    # One of a later date that is still to be made was made by a clock that has been set right since.
    if day in exists or any(other > day and made_at <= now for other, made_at in exists.items()):
        return None
    late = bool(exists) and now - hour >= LATE
    return Due(day, hour, late, _covers(day, subscription, exists))


def _covers(day: date, subscription: Subscription, exists: Mapping[date, datetime]) -> date | None:
    """The first due date after the edition before `day`, where that is not `day` itself."""
    before = max((other for other in exists if other < day), default=None)
    if before is None:
        return None
    missed = max(before + _DAY, day - REACH)
    while missed < day and not has_edition(subscription, missed):
        missed += _DAY
    return missed if missed < day else None
