"""The small words: counts, names, dates, ages, and text cut to a length."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.papers import Author, Paper
from bot.teams import DAYS

TEASER_LENGTH = 280
"""Characters of the abstract that a post shows at the most."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 paper`, `2 papers`, `1,204 papers`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`, `23rd`."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{suffix}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def dotted(parts: Iterable[str]) -> str:
    """What is there of `parts`, with a middle dot between."""
    return " · ".join(part for part in parts if part)


def people(authors: Sequence[Author], shown: int = 3) -> str:
    """Family names of the first authors, then how many more: `Okafor, Lindqvist, Tan and 4 more`."""
    names = [author.family_name for author in authors]
    rest = len(names) - shown
    return f"{', '.join(names[:shown])} and {rest:,} more" if rest > 0 else listed(names)


def first_author_and_year(paper: Paper) -> str:
    """`Okafor 2026`, as a reference is called in passing."""
    first = paper.authors[0].family_name if paper.authors else ""
    return f"{first} {paper.submitted.year}".strip()


def long_date(day: date) -> str:
    """`Thursday, 15 January`."""
    return f"{day:%A}, {day.day} {day:%B}"


def weekday_names(days: Iterable[int]) -> str:
    """`every day`, `Monday to Friday`, `Monday, Wednesday and Friday`; Monday is 0."""
    numbers = sorted(days)
    names = [DAYS[number].capitalize() for number in numbers]
    if len(names) == len(DAYS):
        return "every day"
    together = len(names) > 2 and numbers[-1] - numbers[0] == len(names) - 1
    return f"{names[0]} to {names[-1]}" if together else listed(names)


def clock_time(moment: datetime, zone: str, *, now: datetime) -> str:
    """`06:12` on the same local day, else `06:12 on Thursday, 15 January`."""
    local, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%H:%M} on {long_date(local.date())}"


def age(since: datetime, now: datetime) -> str:
    """`today`, `3 days`, `5 weeks`, `2 years`."""
    days = max(0, (now - since).days)
    if days == 0:
        return "today"
    for length, noun in ((365, "year"), (14, "week")):
        if days >= length:
            return counted(days // (365 if noun == "year" else 7), noun)
    return counted(days, "day")


def sentence_case(text: str) -> str:
    """With a capital letter at the beginning, the rest as it is."""
    return f"{text[:1].upper()}{text[1:]}"


def shortened(text: str, length: int) -> str:
    """`text` in at most `length` characters, cut at a word, with an ellipsis where something is missing."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    words = cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut
    return words.rstrip(" ,;:.-") + "…"
