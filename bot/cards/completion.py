"""What a blank could be filled in with, while somebody types."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.cards.wording import dotted, first_author_and_year, long_date, shortened
from bot.commands import COMMANDS
from bot.messages import Choice, Form, Input, InputKind
from bot.papers import Paper
from bot.search import matches
from bot.summaries.languages import NAMES

MOST = 25
"""Choices offered at the most: what every platform can show."""
_LABEL, _AUTHOR = 100, 25
"""Characters."""


def offered(choices: Iterable[Choice]) -> Form:
    """The first MOST of these, as a form of one question, which is being answered."""
    return Form("", "", "", (Input("", "", InputKind.ONE_OF, choices=tuple(choices)[:MOST]),))


def paper_choice(paper: Paper, number: int | None) -> Choice:
    """A paper by its number in the channel, if it has one, and its title."""
    author = shortened(first_author_and_year(paper), _AUTHOR)
    title = shortened(paper.title, _LABEL - _AUTHOR - len("30 ·  · "))
    return Choice(dotted((str(number or ""), title, author)), str(paper.id))


def several(before: str, words: Sequence[str], separator: str) -> list[Choice]:
    """Each of `words` behind those that were typed before it."""
    lines = (f"{before}{separator}{word}" if before else word for word in words)
    return [Choice(line, line) for line in lines if len(line) <= _LABEL]


def languages(typed: str) -> list[Choice]:
    """Those with a name, and the way back to the settings' own."""
    named = [Choice(name, tag) for tag, name in sorted(NAMES.items(), key=lambda item: item[1])]
    return [
        one for one in (*named, Choice("As the bot is set up", "default")) if matches(typed, (one.label, one.value))
    ]


def day_choice(day: date) -> Choice:
    """A date."""
    return Choice(f"{long_date(day)} {day.year}", day.isoformat())


def verbs(typed: str) -> list[Choice]:
    """The verbs that people say, each with what it does."""
    rows = [
        Choice(shortened(f"{row.verb} · {row.summary}", _LABEL), row.verb) for row in COMMANDS.values() if row.listed
    ]
    everything = Choice("more · Every verb", "more")
    begun = [one for one in (*rows, everything) if one.value.startswith(typed.strip().casefold())]
    return begun or [one for one in rows if matches(typed, (one.label,))]
