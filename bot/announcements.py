"""When arXiv announces, what it announced, and how each category answered."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.papers import ArxivId, Paper

ARXIV_ZONE = ZoneInfo("America/New_York")
"""arXiv keeps Eastern time: its feeds are renewed at midnight there, Monday to Friday."""

CUT_OFF = time(14)
"""What is submitted before this Eastern time, Monday to Friday, is announced the same evening, but on Friday: then it
is announced on Sunday. Source: https://info.arxiv.org/help/availability.html"""


def expected_batch(now: datetime) -> date:
    """The date of the newest batch that arXiv's feeds should hold at `now` (aware), holidays aside.

    A batch bears the Eastern date of the midnight at which the feeds are renewed, Monday to Friday.
    Source: https://info.arxiv.org/help/availability.html
    """
    day = now.astimezone(ARXIV_ZONE).date()
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day


def renewed(batch: date) -> datetime:
    """When arXiv's feeds begin to hold the batch of this date, if it is in time."""
    return datetime.combine(batch, time(), ARXIV_ZONE)


def announces_on(day: date) -> bool:
    """Whether arXiv renews its feeds on this Eastern date, holidays aside."""
    return day.weekday() < 5


def batch_of(submitted: datetime) -> date:
    """The date of the batch that a paper submitted at that moment (aware) belongs to, where neither a moderator nor a
    holiday holds it up."""
    local = submitted.astimezone(ARXIV_ZONE)
    closing = local.date() if local.time() < CUT_OFF else local.date() + timedelta(days=1)
    while not announces_on(closing):
        closing += timedelta(days=1)
    return _next_batch(closing)


def opens(batch: date) -> datetime:
    """The earliest moment whose submissions belong to the batch of this date: `batch_of` turned round."""
    return datetime.combine(_batch_before(_batch_before(batch)), CUT_OFF, ARXIV_ZONE)


def missed_batches(since: date | None, seen: date | None, now: datetime) -> tuple[date, ...]:
    """The dates of batches that the feeds no longer hold at `now` and that were not taken in, oldest first.

    `since` is the newest batch taken in before, None at the first collection; `seen` is the batch in the feed. A batch
    that is due today is not missed, only late. At the first collection, nothing is missed but the last batch of the
    week, at a weekend whose feed is empty.
    """
    last = expected_batch(now)
    if announces_on(now.astimezone(ARXIV_ZONE).date()):
        if since is None:
            return ()
        last = _batch_before(last)
    missed: list[date] = []
    while last > since if since else not missed:
        missed.insert(0, last)
        last = _batch_before(last)
    return tuple(day for day in missed if day != seen) if since or not seen else ()


def _next_batch(day: date) -> date:
    day += timedelta(days=1)
    return day if announces_on(day) else _next_batch(day)


def _batch_before(day: date) -> date:
    day -= timedelta(days=1)
    return day if announces_on(day) else _batch_before(day)


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
    """The date of the newest batch whose papers were seen; None when none could be seen."""
    announced: int = 0
    """Papers that the batch, and those caught up with it, list as new or cross-listed."""
    found: int = 0
    """Of these, how many have a full record."""
    new: int = 0
    """Of these, how many the store had not seen before."""
    problem: str = ""
    """What is wrong or still owed, in a few words for the operator."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What a source answered about some categories."""

    papers: tuple[Paper, ...]
    """Each paper once, replacements included: those are in no announcement."""
    announcements: tuple[Announcement, ...]
    answers: tuple[CategoryAnswer, ...]
    """One for each category asked. `found` and `new` are not known here and stay 0."""


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
        """Whether every category answered with what was due, and every paper has its full record."""
        return all(a.answer in (Answer.FRESH, Answer.NOTHING_DUE) and a.found == a.announced for a in self.answers)


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
