"""What people can say: one frozen value a command."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from bot.commands.events import Complete, Discussed, Mention, React, Unreact
from bot.commands.linking import Link, Unlink
from bot.commands.slips import Misunderstood
from bot.papers import ArxivId
from bot.reading_list import ListFilter, Status, Tag
from bot.summaries.values import SummaryKind
from bot.teams import Adjustment, EditionKind, Order

PaperName: TypeAlias = int | ArxivId | str
"""How a paper is named: its number in the channel's latest edition, its id, or words of its title."""


@dataclass(frozen=True, slots=True)
class Today:
    """The channel's edition of `day`, or the latest."""

    day: date | None = None


@dataclass(frozen=True, slots=True)
class ShowDigest:
    """The digest of the week, or the round-up of the month, that `day` is in: by default of today, so far."""

    kind: EditionKind = EditionKind.WEEKLY
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Show:
    paper: PaperName


@dataclass(frozen=True, slots=True)
class Save:
    papers: tuple[PaperName, ...]


@dataclass(frozen=True, slots=True)
class Unsave:
    papers: tuple[PaperName, ...]


@dataclass(frozen=True, slots=True)
class ToggleSave:
    """Saves for an asker who has not, and takes the save back for one who has: what a button does that all share."""

    papers: tuple[PaperName, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Sets how far the team is with papers."""

    papers: tuple[PaperName, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class Like:
    papers: tuple[PaperName, ...]


@dataclass(frozen=True, slots=True)
class Dislike:
    papers: tuple[PaperName, ...]


@dataclass(frozen=True, slots=True)
class AddTags:
    paper: PaperName
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class RemoveTags:
    paper: PaperName
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class AddNote:
    paper: PaperName
    text: str


@dataclass(frozen=True, slots=True)
class ShowList:
    wanted: ListFilter = field(default_factory=ListFilter)
    page: int = 1


@dataclass(frozen=True, slots=True)
class Search:
    text: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class Summarise:
    paper: PaperName
    kind: SummaryKind = SummaryKind.INSIGHTS


@dataclass(frozen=True, slots=True)
class ShowUsage:
    """What models cost."""


@dataclass(frozen=True, slots=True)
class Language:
    """The language of the team's summaries: tells it, or makes it `tag` from now on; an empty one is the default."""

    tag: str | None = None


@dataclass(frozen=True, slots=True)
class Why:
    paper: PaperName


@dataclass(frozen=True, slots=True)
class Related:
    paper: PaperName


@dataclass(frozen=True, slots=True)
class Preview:
    """What the last weeks would have been with this adjustment of the channel's subscription. Changes nothing."""

    adjustment: Adjustment


@dataclass(frozen=True, slots=True)
class ForMe:
    """The asker's own pick of the day. An `adjustment` becomes the asker's own; an empty one takes it back."""

    adjustment: Adjustment | None = None


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Orders editions for this channel. Without an order, asks for one with a form."""

    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """Ends this channel's editions. What was posted and saved stays."""


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """Changes what a channel is brought, and when. Without an order, shows how it stands, with the form."""

    order: Order | None = None
    channel: int | None = None
    """The id of another channel of the team than the one it is said in."""


@dataclass(frozen=True, slots=True)
class PauseEditions:
    """No editions in this channel until the date, or until somebody resumes them."""

    until: date | None = None


@dataclass(frozen=True, slots=True)
class SkipEdition:
    """Leaves out this channel's next edition, or tomorrow's."""

    tomorrow: bool = False


@dataclass(frozen=True, slots=True)
class ResumeEditions:
    """Ends what keeps this channel's editions from coming: a pause, what is to be skipped, a halt."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is said of another channel of the team than the one it is said in."""

    channel: int
    """Its id."""
    command: PauseEditions | ResumeEditions | Unsubscribe


@dataclass(frozen=True, slots=True)
class Ask:
    """Asks, with a form, for what a verb still needs: `tag` or `note` for a paper, `subscribe`, `settings`."""

    verb: str
    paper: PaperName | None = None
    channel: int | None = None
    """As for `ChangeSettings`."""


class HomeTab(StrEnum):
    """The rooms of a person's own page."""

    MINE = "mine"
    """What this person saved."""
    TEAM = "team"
    WEEK = "week"
    """What the last seven days' editions brought, where this person may read them."""
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class ShowHome:
    """A person's own page, for platforms that have one."""

    tab: HomeTab = HomeTab.MINE
    wanted: ListFilter = field(default_factory=ListFilter)
    page: int = 1


@dataclass(frozen=True, slots=True)
class ShowStatus:
    pass


@dataclass(frozen=True, slots=True)
class Undo:
    """Takes back the asker's last change, or the one that a button stands under."""

    change: int | None = None
    """Its id."""


@dataclass(frozen=True, slots=True)
class Help:
    """`verb` for one verb's page; `everything` for those behind "more"."""

    verb: str = ""
    everything: bool = False


Command: TypeAlias = (
    Today
    | ShowDigest
    | Show
    | Save
    | Unsave
    | ToggleSave
    | Mark
    | Like
    | Dislike
    | AddTags
    | RemoveTags
    | AddNote
    | ShowList
    | Search
    | Summarise
    | ShowUsage
    | Language
    | Why
    | Related
    | Preview
    | ForMe
    | ShowStatus
    | Subscribe
    | Unsubscribe
    | ChangeSettings
    | PauseEditions
    | SkipEdition
    | ResumeEditions
    | Link
    | Unlink
    | Elsewhere
    | Ask
    | ShowHome
    | Undo
    | Help
    | React
    | Unreact
    | Mention
    | Discussed
    | Complete
    | Misunderstood
)
