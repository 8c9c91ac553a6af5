"""What the table says of a verb."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from bot.commands.values import Command


class Argument(StrEnum):
    """What follows a verb, and so what its row's `make` is called with."""

    NOTHING = "nothing"
    DATE = "date"
    """`date | None`"""
    PERIOD = "period"
    """`EditionKind` of a week or month, `date | None`"""
    UNTIL = "until"
    """`date | None`"""
    NEXT_OR_TOMORROW = "next or tomorrow"
    """whether it is tomorrow"""
    PAPER = "paper"
    """`PaperName`"""
    PAPERS = "papers"
    """`tuple[PaperName, ...]`, at least one"""
    PAPER_AND_KIND = "paper and kind"
    """`PaperName`, `SummaryKind`"""
    PAPER_AND_TAGS = "paper and tags"
    """`PaperName`, `tuple[Tag, ...]`"""
    PAPER_AND_TEXT = "paper and text"
    """`PaperName`, `str`"""
    FILTER = "filter"
    """`ListFilter`, the page from 1"""
    TEXT = "text"
    """`str`, the page from 1"""
    SETTINGS = "settings"
    """`Adjustment`"""
    ORDER = "order"
    """`Order | None`"""
    CHANGE = "change"
    """`Order | None`, a channel's id or None for this one"""
    THERE = "there"
    """a channel's id, a command for it"""
    FORM = "form"
    """a verb, the `PaperName` it is for or None, a channel's id or None"""
    HOME = "home"
    """`HomeTab`, `ListFilter`, the page from 1"""
    LANGUAGE = "language"
    """`str | None`: a language's tag, empty for the default"""
    CODE = "code"
    """`str`, empty where none is given, and whether its asker is sure"""
    ME = "me"
    """`Adjustment | None`, empty where the asker's own is taken back"""
    LAST_OR_CHANGE = "last or change"
    """a change's id or None for the last"""
    VERB = "verb"
    """a verb of the table or "", and whether everything is asked for"""


@dataclass(frozen=True, slots=True)
class Row:
    """A verb: what help says of it, what follows it, who sees the answer."""

    verb: str
    argument: Argument
    make: Callable[..., Command] = field(repr=False)
    """Builds the command from what `argument` says."""
    summary: str
    usage: str
    examples: tuple[str, ...]
    first: bool = False
    """Shown by `help` at once, not behind "more"."""
    private: bool = True
    """Whether the answer is for the asker's eyes only."""
    listed: bool = True
    """Whether people say it; else only buttons do."""
    group: str = ""
    """What it is filed under where a platform cannot show so many verbs side by side; "" for those used most."""
