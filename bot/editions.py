"""Editions: what is published, in which slots, under which keys."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from bot.papers import ArxivId
from bot.teams import EditionKind, Layout

Day: TypeAlias = date
"""For classes that have a field called `date`."""


class ReasonKind(StrEnum):
    """The facts that can put a paper into an edition, or keep it out. `bot.cards` has the sentence for each."""

    TOPIC = "topic"
    """It matches a topic of the subscription; `value` is the topic's name."""
    WORD = "word"
    """It holds a wanted word or phrase; `value` is that phrase."""
    FOLLOWED_AUTHOR = "followed_author"
    """The subscription follows one of its authors; `value` is the author's name."""
    SAVED_AUTHOR = "saved_author"
    """The team saved `count` papers by its author `value`."""
    SAVED_TERMS = "saved_terms"
    """It shares the term `value` with `count` papers that the team saved or liked."""
    SAVED_PAPER = "saved_paper"
    """It is much like a paper that the team saved or liked; `value` is that paper's title."""
    ELSEWHERE = "elsewhere"
    """It holds the term `value`, which speaks for a paper by what readers elsewhere picked."""
    PASSED_TERMS = "passed_terms"
    """It shares the term `value` with `count` papers that the team passed over or wanted no more of."""
    PASSED_AUTHOR = "passed_author"
    """The team passed over, or wanted no more of, `count` papers by its author `value`."""
    EXPLORING = "exploring"
    """It was chosen to find out whether the team likes its kind."""
    LANGUAGE_MODELS = "language_models"
    """It is about language models, and nothing more particular is known; `value` is the weightiest phrase in it."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One true fact that speaks for a paper, or against it. Not a sentence: the words are chosen when it is shown."""

    kind: ReasonKind
    value: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Pick:
    """A paper chosen for an edition. `number` counts from 1 and is how people name it in the channel."""

    paper_id: ArxivId
    number: int
    topic: str
    """Its place in the taxonomy, such as `reasoning`."""
    reasons: tuple[Reason, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Edition:
    """What one subscription is brought on one local date. `id` is 0 until it is stored."""

    id: int
    subscription_id: int
    channel_id: int
    kind: EditionKind
    date: date
    """The date in the subscription's zone; of a weekly or monthly one, the first of its week or month."""
    made_at: datetime
    """Announcements seen until this moment were considered; the next edition starts after it."""
    considered: int
    """How many new papers in the subscription's categories were looked at."""
    picks: tuple[Pick, ...]
    """Of a daily one; of news, the papers that they are about. What a weekly or monthly one holds is its digest, which
    is stored with it."""
    missing: tuple[str, ...] = ()
    """Categories that arXiv had not answered for when the edition had to go out."""
    nearest: ArxivId | None = None
    """The best of the rest, where nothing was good enough to be picked."""
    layout: Layout = Layout.MESSAGES
    """The subscription's in its channel, when it was made."""
    late_since: datetime | None = None
    """Its hour, where it was made long after it."""
    covers: Day | None = None
    """The first of the dates that it stands for, where it catches up with some that had none."""


class PostState(StrEnum):
    """Where a slot of an edition stands on its way to the channel."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    """It may have been posted, and the platform cannot tell: somebody has to look."""
    DEAD = "dead"
    """Given up."""


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message on a platform, in the platform's own ids."""

    platform: str
    channel: str
    message: str


HEADER_SLOT = 0


@dataclass(frozen=True, slots=True)
class Post:
    """One row of the ledger: the only authority on whether a slot was posted.

    Slot 0 is the edition's header, slot n the pick with number n, or the nth reply of a digest. `key` is opaque and
    unique; platforms carry it, so that a post whose answer was lost can be found again.
    """

    key: str
    edition_id: int
    channel_id: int
    slot: int
    state: PostState
    planned_at: datetime
    attempts: int = 0
    lease_until: datetime | None = None
    """While it is being sent: whoever holds it has it until then."""
    retry_at: datetime | None = None
    """While it is planned: not before then, for it failed."""
    message: MessageRef | None = None
    last_error: str = ""
    outdated_at: datetime | None = None
    """When what it shows changed last, while that is not shown."""
