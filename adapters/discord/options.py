"""What follows a verb, as options of a slash command, and the line that they make."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.commands import Argument, Blank, Misunderstood, Row, Slip, parse
from bot.reading_list import Status
from bot.summaries.values import SummaryKind
from bot.teams import DIGESTS, MOST_PAPERS, Layout, Offers, OnNothing

CHANNEL = "channel"
"""The option that says where a command is meant; it stands in no line."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option. `written` says how its value stands in a line; what is chosen or completed need not be valid."""

    name: str
    written: Callable[[str], str] = str
    blank: Blank | None = None
    """What it is completed as."""
    choices: tuple[str, ...] = ()
    most: int = 0
    """It is a number from 1 to this."""
    required: bool = False


def _quoted(value: str) -> str:
    return '"{}"'.format(value.replace('"', " "))


def _named(name: str) -> Callable[[str], str]:
    return lambda value: f"{name}:{value}"


def _quoted_as(name: str) -> Callable[[str], str]:
    return lambda value: f"{name}:{_quoted(value)}"


def _setting(name: str, **more: object) -> Option:
    return Option(name, _named(name), **more)  # type: ignore[arg-type] # the fields of Option, as they are named


def _values(choices: Sequence[Enum]) -> tuple[str, ...]:
    return tuple(str(choice.value) for choice in choices)


_PAPER = Option("paper", blank=Blank.PAPER, required=True)
_FIRST_PAPER = Option("paper", _quoted, Blank.PAPER, required=True)
"""Where more follows it."""
_PAGE = Option("page", _named("page"), most=999)
_DATE = Option("date", blank=Blank.EDITION)
_PICKING = (
    _setting("topics", blank=Blank.TOPICS),
    _setting("wanted"),
    _setting("unwanted"),
    _setting("authors"),
    _setting("categories"),
    _setting("size", most=MOST_PAPERS),
)
_ORDER = (
    Option(CHANNEL),
    _setting("topics", blank=Blank.TOPICS),
    _setting("at"),
    _setting("days"),
    _setting("zone", blank=Blank.ZONE),
    _setting("size", most=MOST_PAPERS),
    _setting("layout", choices=_values([*Layout])),
)
_KINDS = (SummaryKind.TLDR, SummaryKind.INSIGHTS, SummaryKind.FULL)

OPTIONS: Mapping[Argument, tuple[Option, ...]] = {
    Argument.NOTHING: (),
    Argument.DATE: (_DATE,),
    Argument.UNTIL: (Option("until", blank=Blank.COMING),),
    Argument.NEXT_OR_TOMORROW: (Option("day", choices=("tomorrow",)),),
    Argument.PERIOD: (Option("period", choices=("week", "month")), _DATE),
    Argument.PAPER: (_PAPER,),
    Argument.PAPERS: (_PAPER,),
    Argument.PAPER_AND_KIND: (_FIRST_PAPER, Option("kind", choices=_values(_KINDS))),
    Argument.PAPER_AND_TAGS: (_FIRST_PAPER, Option("tags", blank=Blank.TAGS)),
    Argument.PAPER_AND_TEXT: (_FIRST_PAPER, Option("text")),
    Argument.FILTER: (
        Option("status", _named("status"), choices=_values([*Status])),
        Option("tag", _quoted_as("tag"), Blank.TAG),
        Option("by", _quoted_as("by")),
        Option("words"),
        _PAGE,
    ),
    Argument.TEXT: (Option("words", required=True), _PAGE),
    Argument.SETTINGS: _PICKING,
    Argument.ORDER: _ORDER,
    Argument.CHANGE: (
        *_ORDER,
        _setting("offers", choices=_values([*Offers])),
        _setting("digests", choices=(*_values(DIGESTS), "both", "none")),
        _setting("on_nothing", choices=_values([*OnNothing])),
    ),
    Argument.CODE: (Option("code"),),
    Argument.LANGUAGE: (Option("language", blank=Blank.LANGUAGE),),
    Argument.ME: (*_PICKING, Option("reset", choices=("reset",))),
    Argument.LAST_OR_CHANGE: (),
    Argument.VERB: (Option("verb", blank=Blank.VERB),),
}
"""What can follow a verb, by its row's argument. What only buttons say has no options."""


def options_of(row: Row) -> tuple[Option, ...]:
    """A verb of the group of channels can be said of another one: of a forum, in which nothing can be typed."""
    options = OPTIONS[row.argument]
    elsewhere = row.group == CHANNEL and not any(option.name == CHANNEL for option in options)
    return (*options, Option(CHANNEL)) if elsewhere else options


def line(row: Row, given: Mapping[str, str]) -> str:
    """The line that a row's verb makes with these options, by their names; they are read as if they had been typed.

    A verb that has a form for what was left out asks for it.
    """
    words = [option.written(given[option.name]) for option in OPTIONS[row.argument] if option.name in given]
    whole = " ".join((row.verb, *(["me"] if row.argument is Argument.ME else []), *words))
    meant = parse(whole)
    if isinstance(meant, Misunderstood) and meant.slip in (Slip.NO_TAG, Slip.NO_TEXT):
        return whole if isinstance(parse(f"ask {whole}"), Misunderstood) else f"ask {whole}"
    return whole
