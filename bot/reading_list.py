"""The team's reading list, and the record of every change to it that lets people take one back."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.papers import ArxivId, Paper


class Status(StrEnum):
    """How far the team is with a paper."""

    UNREAD = "unread"
    READING = "reading"
    READ = "read"


@dataclass(frozen=True, slots=True, order=True)
class Tag:
    """A team's label. Lower case; letters, digits and inner `-._+`, 1 to 40 of them; build it with `Tag.parse`."""

    name: str

    @classmethod
    def parse(cls, text: str) -> "Tag":
        """The tag that people mean by `#RLHF` or `rlhf`. Raises ValueError where no tag can be made of it."""
        name = text.strip().lstrip("#").casefold()
        if not re.fullmatch(r"[^\W_](?:[\w.+-]{0,38}[\w+])?", name):
            raise ValueError(text)
        return cls(name)

    def __str__(self) -> str:
        return self.name


NOTE_LENGTH = 4000
"""Characters of a note at the most: more than a screen, less than a chat message may hold."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a member wrote about a paper, for the team."""

    member_id: int
    author: str
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper on the team's list. It is there as long as somebody saves it; tags and notes outlive that and return."""

    paper: Paper
    status: Status
    savers: tuple[str, ...]
    """Names of those who save it, who came first first."""
    tags: tuple[Tag, ...]
    """In alphabetical order."""
    notes: tuple[Note, ...]
    """Oldest first."""
    added_at: datetime
    """When it was first saved."""


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which entries a reader asked for; every part that is given must hold."""

    status: Status | None = None
    tags: tuple[Tag, ...] = ()
    person: str = ""
    """Start of a saver's name, without regard to case or accents."""
    text: str = ""
    """Words in the title, the authors, the abstract, the notes or the tags; `bot.search` says what matches."""
    saver: int | None = None
    """The id of a member who saves it. What people write has names only: "me" is turned into this."""


class Field(StrEnum):
    """The facts of a team about a paper that a command can change."""

    SAVED = "saved"
    """By one member; value "yes" or None."""
    LIKED = "liked"
    DISLIKED = "disliked"
    HAS_READ = "has_read"
    OPENED = "opened"
    """They asked to be shown the paper. No command takes this back, nor the next two."""
    SUMMARISED = "summarised"
    """They asked for a summary."""
    DISCUSSED = "discussed"
    """They wrote in the thread of the paper's post. What they wrote is not kept."""
    STATUS = "status"
    """Of the entry; value a `Status`. None means that there is no entry yet."""
    TAG = "tag"
    """`name` is the tag; value "yes" or None."""
    NOTE = "note"
    """`name` is a note's id; value its text or None."""


PERSONAL = frozenset(Field) - {Field.STATUS, Field.TAG, Field.NOTE}
"""Fields that each member has for themselves: signals that a ranker learns from. The rest is the team's."""


@dataclass(frozen=True, slots=True)
class FactKey:
    """Names one fact within a team. `member_id` is the person for a personal field, else None."""

    paper_id: ArxivId
    field: Field
    name: str = ""
    member_id: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that a command changed, from what to what. None is "not so"."""

    key: FactKey
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What one command of one person did: the unit that `undo` takes back, and that a withdrawn emoji takes back.

    `facts` is empty when it was so already. `cause` is `command` or `reaction:NAME`; `id` is 0 until stored.
    """

    id: int
    team_id: int
    member_id: int
    verb: str
    cause: str
    papers: tuple[ArxivId, ...]
    facts: tuple[Fact, ...]
    made_at: datetime
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Signal:
    """What a member's action says about a paper: what rankers learn from. `field` is personal, `TAG` or `NOTE`."""

    member_id: int
    paper_id: ArxivId
    field: Field
    given_at: datetime
