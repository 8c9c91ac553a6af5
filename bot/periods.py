"""Weeks and months, and when their digests are due: pure functions of a subscription and the time."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.teams import EditionKind, Subscription

AFTERNOON = time(16, 0)
"""A week's digest comes no sooner than this, local time: the day's papers have been seen by then."""
WEEK_REACH, MONTH_REACH = timedelta(days=6), timedelta(days=20)
"""So long after its hour a digest is still made, where nobody was there to make it."""

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Local dates, both ends among them."""

    first: date
    last: date

    @property
    def days(self) -> tuple[date, ...]:
        """Every date, in order."""
        return tuple(self.first + _DAY * number for number in range((self.last - self.first).days + 1))

    def begins(self, zone: str) -> datetime:
        """The first moment, in UTC."""
        return _moment(self.first, time(), zone)

    def ends(self, zone: str) -> datetime:
        """The first moment after it, in UTC."""
        return _moment(self.last + _DAY, time(), zone)


def week_of(day: date) -> Period:
    """Monday to Sunday."""
    monday = day - _DAY * day.weekday()
    return Period(monday, monday + _WEEK - _DAY)


def month_of(day: date) -> Period:
    """The first to the last of the month."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def period_of(kind: EditionKind, day: date) -> Period:
    """The dates that an edition of this kind, with `day` among them, stands for."""
    match kind:
        case EditionKind.WEEKLY:
            return week_of(day)
        case EditionKind.MONTHLY:
            return month_of(day)
        case EditionKind.DAILY | EditionKind.NEWS:
            return Period(day, day)


def digest_due(kind: EditionKind, subscription: Subscription, now: datetime) -> Period | None:
    """The week or month whose digest is to be made at `now`, unless it was made before; None where none is.

    A week's is due on the last of the subscription's days in it, in the AFTERNOON or at the subscription's hour if that
    is later; a month's on the first of the subscription's days in the month after it, at that hour. It stays due for
    WEEK_REACH or MONTH_REACH, which are shorter than from one to the next: there is never more than one.
    """
    if kind not in subscription.kinds or not subscription.days:
        return None
    today = now.astimezone(ZoneInfo(subscription.zone)).date()
    match kind:
        case EditionKind.WEEKLY:
            last = max(subscription.days)
            hour, reach = max(subscription.at, AFTERNOON), WEEK_REACH
            periods = [week_of(today), week_of(today - _WEEK)]
            due_on = [period.first + _DAY * last for period in periods]
        case EditionKind.MONTHLY:
            hour, reach = subscription.at, MONTH_REACH
            this_month = month_of(today)
            before = month_of(this_month.first - _DAY)
            periods = [before, month_of(before.first - _DAY)]
            due_on = [_first_of(subscription, month) for month in (this_month, before)]
        case EditionKind.DAILY | EditionKind.NEWS:
            return None
    for period, day in zip(periods, due_on, strict=True):
        due = _moment(day, hour, subscription.zone)
        if due <= now < due + reach:
            return period
    return None


def _first_of(subscription: Subscription, month: Period) -> date:
    """The first of the subscription's days in a month, which is in its first week."""
    week = (month.first + _DAY * number for number in range(7))
    return next(day for day in week if day.weekday() in subscription.days)


def _moment(day: date, at: time, zone: str) -> datetime:
    """In UTC. An hour that comes twice counts the first time; one that is skipped is counted on from before the gap."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
