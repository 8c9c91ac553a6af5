"""Teams, the people in them, the channels they read, and what each channel asked to be brought."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Sender:
    """Who said something and where, in the platform's own ids. The store turns it into a member and a channel."""

    platform: str
    workspace: str
    user: str
    user_name: str
    channel: str
    channel_name: str
    channel_private: bool = False
    """Whether only those who were let in can read it."""
    channel_forum: bool = False
    """Whether it holds nothing but threads."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a platform knows of a person in a channel."""

    manages: bool
    """May change what the channel is brought, by the platform's own rules."""
    bot_is_in: bool
    """Whether editions can be posted there."""
    zone: str = ""
    """The person's IANA time zone, where the platform tells it."""
    administers: bool = False
    """May speak for the whole workspace, by the platform's own rules."""
    lacking: tuple[str, ...] = ()
    """What the bot is not permitted there, though it must be to post, in the words of the platform's settings; empty
    where the platform does not tell."""


@dataclass(frozen=True, slots=True)
class Team:
    """Everyone who shares one reading list: the people of one workspace, or of several that were linked."""

    id: int
    name: str
    language: str | None = None
    """Of their summaries: a tag such as `de`; None is the settings' own."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a team on one platform."""

    id: int
    team_id: int
    platform: str
    external_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A place on a platform where editions are posted and commands are given."""

    id: int
    team_id: int
    platform: str
    external_id: str
    name: str
    workspace_id: int = 0
    """Of the workspace that it is in, which may share its team's list with others."""
    private: bool = False
    forum: bool = False
    """It holds nothing but threads: what is posted in it, under no other message, begins one."""

    def laid_out(self, wanted: "Layout") -> "Layout":
        """How editions are laid out here where `wanted` was ordered: in a forum, each is one thread."""
        return Layout.COMPACT if self.forum else wanted


@dataclass(frozen=True, slots=True)
class Topic:
    """Something a team follows: a topic of the taxonomy by its name (`reasoning`), or a phrase of their own."""

    name: str


def topics_named(names: Sequence[str]) -> tuple[Topic, ...]:
    """What these names ask to be followed: nothing in particular where one of them is `all`, or `none` is the only one,
    whatever their case."""
    said = {name.casefold() for name in names}
    if said & {"all", "everything"} or said == {"none"}:
        return ()
    return tuple(map(Topic, names))


@dataclass(frozen=True, slots=True)
class Interests:
    """What a subscription asks for."""

    categories: tuple[str, ...]
    topics: tuple[Topic, ...] = ()
    """Empty: everything about language models."""
    wanted: tuple[str, ...] = ()
    """Words or phrases that raise a paper."""
    unwanted: tuple[str, ...] = ()
    """Words or phrases that keep a paper out."""
    authors: tuple[str, ...] = ()
    """Full names of authors whose papers are always worth a look."""


DEFAULT_CATEGORIES = ("cs.CL", "cs.LG", "cs.AI")
"""Where most papers about language models are."""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""By their numbers."""
WORKING_DAYS = frozenset(range(5))
MOST_PAPERS = 30
"""Papers that one edition may hold."""


class EditionKind(StrEnum):
    """What is brought to a channel. With the subscription and a local date, an edition's identity."""

    DAILY = "daily"
    """New papers."""
    WEEKLY = "weekly"
    """The week's papers, and what became of them: one thread."""
    MONTHLY = "monthly"
    """The month's leading papers, and one line for each of the others."""
    NEWS = "news"
    """What became of papers that were posted before: replies under their posts. Nobody orders it by itself."""


DIGESTS = (EditionKind.WEEKLY, EditionKind.MONTHLY)
ALL_KINDS = frozenset({EditionKind.DAILY, *DIGESTS})


class Layout(StrEnum):
    """How an edition is laid out in its channel."""

    MESSAGES = "messages"
    """A header, then a message for each paper."""
    COMPACT = "compact"
    """One message that names the papers, which follow in its thread."""
    THREADS = "threads"
    """As MESSAGES, and each paper's message has a thread from the beginning."""


class Offers(StrEnum):
    """What the bot does where somebody pastes a link to a paper."""

    EMOJI = "emoji"
    """Puts the emoji on it that saves the paper when others press it too."""
    NOTE = "note"
    """Asks that person alone whether to save it."""
    NONE = "none"


class OnNothing(StrEnum):
    """What becomes of a day on which arXiv announced nothing new."""

    SILENCE = "silence"
    LINE = "line"
    """One message that says so."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Local dates without editions, both ends among them; without a `last` one, until somebody ends it."""

    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether there is no edition on `day`."""
        return self.first <= day and (self.last is None or day <= self.last)

    def joined(self, other: "Pause") -> "Pause":
        """From the first date of both to the last."""
        last = None if self.last is None or other.last is None else max(self.last, other.last)
        return Pause(min(self.first, other.first), last)


@dataclass(frozen=True, slots=True)
class Halt:
    """That nothing can be posted for a subscription until somebody mends it and says so."""

    at: datetime
    why: str
    """What the platform said."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """An order for editions in one channel. `days` are weekdays, Monday = 0; `at` is local time in the IANA `zone`."""

    id: int
    team_id: int
    channel_id: int
    interests: Interests
    size: int = 5
    """How many papers an edition holds at the most."""
    days: frozenset[int] = field(default=WORKING_DAYS)
    at: time = time(8, 0)
    zone: str = "UTC"
    layout: Layout = Layout.MESSAGES
    offers: Offers = Offers.EMOJI
    kinds: frozenset[EditionKind] = ALL_KINDS
    made_by: int | None = None
    """The member who ordered it last, and who is told when it can no longer be delivered; None for the terminal's."""
    on_nothing: OnNothing = OnNothing.SILENCE
    pause: Pause | None = None
    """The last one; it may be over, or still to come."""
    halt: Halt | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What to ask for in place of what a subscription asks for; None leaves a part as it is."""

    categories: tuple[str, ...] | None = None
    topics: tuple[Topic, ...] | None = None
    wanted: tuple[str, ...] | None = None
    unwanted: tuple[str, ...] | None = None
    authors: tuple[str, ...] | None = None
    size: int | None = None

    def of(self, subscription: Subscription) -> Subscription:
        """The subscription with this put in place."""
        asked = subscription.interests
        return replace(
            subscription,
            interests=Interests(
                categories=asked.categories if self.categories is None else self.categories,
                topics=asked.topics if self.topics is None else self.topics,
                wanted=asked.wanted if self.wanted is None else self.wanted,
                unwanted=asked.unwanted if self.unwanted is None else self.unwanted,
                authors=asked.authors if self.authors is None else self.authors,
            ),
            size=subscription.size if self.size is None else self.size,
        )


@dataclass(frozen=True, slots=True)
class Order:
    """What to change of a subscription; None leaves a part as it is."""

    adjustment: Adjustment = field(default_factory=Adjustment)
    days: frozenset[int] | None = None
    at: time | None = None
    zone: str | None = None
    layout: Layout | None = None
    offers: Offers | None = None
    on_nothing: OnNothing | None = None
    digests: frozenset[EditionKind] | None = None
    """WEEKLY and MONTHLY, either, or neither."""

    def of(self, subscription: Subscription) -> Subscription:
        """The subscription with this put in place."""
        return replace(
            self.adjustment.of(subscription),
            days=subscription.days if self.days is None else self.days,
            at=subscription.at if self.at is None else self.at,
            zone=subscription.zone if self.zone is None else self.zone,
            layout=subscription.layout if self.layout is None else self.layout,
            offers=subscription.offers if self.offers is None else self.offers,
            on_nothing=subscription.on_nothing if self.on_nothing is None else self.on_nothing,
            kinds=subscription.kinds if self.digests is None else frozenset({EditionKind.DAILY}) | self.digests,
        )
