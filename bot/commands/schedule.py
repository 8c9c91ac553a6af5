"""Days, times of day and time zones as people write them. Each raises Refused for what it cannot read."""

import re
from collections.abc import Iterator, Mapping
from datetime import time
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from zoneinfo import available_timezones

from bot.commands.refusal import Refused
from bot.commands.slips import Slip
from bot.teams import DAYS

_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE | re.ASCII)
_NO_PLACE = frozenset({"Factory", "localtime"})
"""In the database of zones, but not the same everywhere."""


def time_of_day(text: str) -> time:
    """`08:30`, `8:30`, `8.30`, `8`, `8am`, `8:30 pm`."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise Refused(Slip.BAD_TIME, text)
    hour, half = int(match[1]), (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise Refused(Slip.BAD_TIME, text)
    hour = hour % 12 + 12 * (half == "pm") if half else hour
    try:
        return time(hour, int(match[2] or 0))
    except ValueError:
        raise Refused(Slip.BAD_TIME, text) from None


def weekdays(text: str) -> frozenset[int]:
    """`mon-fri`, `mon,wed,fri`, `Monday and Friday`, `fri-mon`, `all`; Monday is 0."""
    if " ".join(text.lower().split()) in ("all", "daily", "every day"):
        return frozenset(range(len(DAYS)))
    parts = re.split(r"\s*,\s*|\s+and\s+|\s+", re.sub(r"\s*[-–]\s*", "-", text.strip()))
    found = frozenset(day for part in parts if part for day in _days(part))
    if not found:
        raise Refused(Slip.NO_DAY)
    return found


def _days(part: str) -> Iterator[int]:
    first, to, last = part.partition("-")
    start = _day(first)
    end = _day(last) if to else start
    yield from ((start + step) % 7 for step in range((end - start) % 7 + 1))


def _day(name: str) -> int:
    """Three letters of a day's name, or more."""
    found = [number for number, day in enumerate(DAYS) if len(name) >= 3 and day.startswith(name.lower())]
    if not found:
        raise Refused(Slip.BAD_DAYS, name)
    return found[0]


def zone(text: str) -> str:
    """The IANA zone of that name, whatever its case, as the database of zones spells it."""
    known = _zones().get(_spelled(text))
    if known is None:
        raise Refused(Slip.BAD_ZONE, text)
    return known


def nearest_zone(text: str) -> str:
    """The zone of that name, or the one whose name or city is most like it; "" where none is."""
    if known := _zones().get(_spelled(text)):
        return known
    cities = {name.rpartition("/")[2]: known for name, known in _zones().items() if "/" in name}
    given = _spelled(text)
    for names in (cities, _zones()):
        if near := get_close_matches(given, names, n=1, cutoff=0.75):
            return names[near[0]]
    return ""


def zones_named(text: str) -> list[str]:
    """The zones whose names have `text` in them, those whose city begins with it first."""
    given = _spelled(text)
    found = [
        (not name.rpartition("/")[2].startswith(given), known) for name, known in _zones().items() if given in name
    ]
    return [known for _, known in sorted(found)]


def _spelled(text: str) -> str:
    return "_".join(text.split()).casefold()


@cache
def _zones() -> Mapping[str, str]:
    """By name in lower case, in alphabetical order."""
    names = sorted(available_timezones() - _NO_PLACE)
    return MappingProxyType({name.casefold(): name for name in names})
