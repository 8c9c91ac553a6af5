"""When arXiv announces, what it announced, and how each category answered."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.papers import ArxivId, Paper

ARXIV_ZONE = ZoneInfo("America/New_York")
"""arXiv keeps Eastern time: its feeds are renewed at midnight there, Monday to Friday."""


def expected_batch(now: datetime) -> date:
    """The date of the newest batch that arXiv's feeds should hold at `now` (aware), holidays aside.

    A batch bears the Eastern date of the midnight at which the feeds are renewed, Monday to Friday.
    Source: https://info.arxiv.org/help/availability.html
    """
    day = now.astimezone(ARXIV_ZONE).date()
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day


def announces_on(day: date) -> bool:
    """Whether arXiv renews its feeds on this Eastern date, holidays aside."""
    return day.weekday() < 5


class Listing(StrEnum):
    """How a batch lists a paper in a category. Replacements are not news."""

    NEW = "new"
    CROSS = "cross"


@dataclass(frozen=True, slots=True)
class Announcement:
    """That a paper was announced in a category, in the batch of a date."""

    paper_id: ArxivId
    category: str
    batch: date
    listing: Listing


class Answer(StrEnum):
    """How a category answered. "Nothing today" and "no answer" are different things."""

    FRESH = "fresh"
    """Its batch is the one that was due, or newer."""
    NOTHING_DUE = "nothing_due"
    """It answered, and arXiv announces nothing on this day (a weekend)."""
    STALE = "stale"
    """It answered with an older batch, or an empty one: a delay or a holiday."""
    FAILED = "failed"
    """It did not answer, or with something that is no answer."""


@dataclass(frozen=True, slots=True)
class CategoryAnswer:
    """What one collection saw of one category."""

    category: str
    answer: Answer
    batch: date | None = None
    """The date of the batch that was seen; None when nothing could be seen."""
    announced: int = 0
    """Papers that the batch lists as new or cross-listed."""
    found: int = 0
    """Of these, how many have a full record."""
    new: int = 0
    """Of these, how many the store had not seen before."""
    problem: str = ""
    """For a failure, in a few words for the operator."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What a source answered about some categories."""

    papers: tuple[Paper, ...]
    """Each paper once, replacements included."""
    announcements: tuple[Announcement, ...]
    answers: tuple[CategoryAnswer, ...]
    """One for each category asked. `new` is not known here and stays 0."""


@dataclass(frozen=True, slots=True)
class CollectionRun:
    """The record of one collection."""

    started_at: datetime
    finished_at: datetime
    answers: tuple[CategoryAnswer, ...]
    new: int = 0
    """Papers stored for the first time, each counted once whatever its categories."""

    @property
    def complete(self) -> bool:
        """Whether every category answered with what was due."""
        return all(a.answer in (Answer.FRESH, Answer.NOTHING_DUE) for a in self.answers)


@dataclass(frozen=True, slots=True)
class CategoryState:
    """What is known of a category over all collections."""

    category: str
    last: CategoryAnswer
    last_run_at: datetime
    last_answered_at: datetime | None
    """When it last answered anything at all."""
    last_fresh: date | None
    """The newest batch that was taken in."""
    failing_since: datetime | None = field(default=None)
    """Start of the first failed run after the last answer; None while it answers."""
