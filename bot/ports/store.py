"""The database: its repositories, the unit of work that holds them, and the store that opens one."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Protocol

from bot.announcements import Announcement, CategoryState, CollectionRun
from bot.digests.values import AnyDigest
from bot.editions import Edition, MessageRef, Post
from bot.papers import ArxivId, Paper
from bot.ports.connections import Inbox, Installations, Links, Mentions, Reactions, Tickets
from bot.ports.delivery import Interruptions, Ledger, Restoration
from bot.ports.lists import Changes, ReadingLists
from bot.ports.revisions import Revisions
from bot.ports.work import Holds
from bot.summaries.ports import Shortlists, Spending, Summaries
from bot.teams import Adjustment, Channel, EditionKind, Member, Sender, Subscription, Team


class Teams(Protocol):
    """Teams, members, channels and subscriptions."""

    async def identify(self, sender: Sender) -> tuple[Member, Channel]:
        """The member and channel that `sender` means, made at their first word; names are kept up to date."""

    async def team(self, team_id: int) -> Team: ...

    async def set_language(self, team_id: int, language: str | None) -> None:
        """Makes it the team's language; None takes that back."""

    async def channel(self, channel_id: int) -> Channel: ...

    async def channel_changed(self, platform: str, external_id: str, *, name: str, private: bool) -> None:
        """A channel is called so now, and is private or not. One that nobody spoke in is not made."""

    async def member(self, member_id: int) -> Member: ...

    async def first_member(self, team_id: int) -> int:
        """The id of who spoke first of a team: in whose name a model is asked where nobody did."""

    async def subscriptions(self) -> list[Subscription]:
        """All that stand, by id."""

    async def team_subscriptions(self, team_id: int) -> list[tuple[Subscription, Channel]]:
        """The team's that stand, each with its channel, by id; those of all workspaces that share its list."""

    async def subscription(self, subscription_id: int) -> Subscription:
        """One by its id, ended ones too."""

    async def subscription_of(self, channel_id: int) -> Subscription | None:
        """The channel's, if one stands."""

    async def is_subscribed(self, channel_id: int) -> bool:
        """Whether the channel has a subscription that stands."""

    async def ever_subscribed(self, channel_id: int) -> bool:
        """Whether the channel has or had a subscription."""

    async def subscribe(self, subscription: Subscription) -> Subscription:
        """Stores it as its channel's subscription, in place of an earlier one, whose id it keeps; its pause and halt
        too, which are changed by `Interruptions` alone."""

    async def unsubscribe(self, channel_id: int, *, at: datetime) -> bool:
        """Ends the channel's subscription, if one stands, and says whether one did. Its editions stay, and
        subscribing again revives it."""

    async def adjustment(self, member_id: int) -> Adjustment:
        """What the member asks for in place of what the channel does; an empty one until they said so."""

    async def adjust(self, member_id: int, adjustment: Adjustment) -> None:
        """Makes it the member's, in place of an earlier one."""


class Papers(Protocol):
    """Every paper ever seen, and what was announced when."""

    async def add(self, papers: Sequence[Paper], *, seen_at: datetime) -> set[ArxivId]:
        """Stores what is new and returns those ids. A known paper is brought up to date when the given one has a
        newer version, completes the record, or says more; it is never set back. What that changes is noted for
        `Revisions`, and posts about a paper that was withdrawn since are outdated, whose ever they are. Each id may
        occur once in `papers`."""

    async def get(self, paper_id: ArxivId) -> Paper | None: ...

    async def many(self, ids: Sequence[ArxivId]) -> dict[ArxivId, Paper]: ...

    async def announce(self, announcements: Sequence[Announcement], *, seen_at: datetime) -> set[tuple[str, ArxivId]]:
        """Records announcements of stored papers; one that is known already keeps its first `seen_at`.
        Returns the (category, paper) pairs that were not known."""

    async def pool(self, categories: Sequence[str], *, after: datetime, until: datetime) -> list[Paper]:
        """Papers announced in any of `categories` and first seen there in (`after`, `until`], each once, by id.
        A paper that was announced in one of them before that is not in it."""

    async def before(self, categories: Sequence[str], moment: datetime, *, limit: int) -> list[Paper]:
        """The papers announced in any of `categories` and seen there not after `moment`: the last `limit`, by id."""

    async def latest_batch(self, categories: Sequence[str], *, until: datetime | None = None) -> date | None:
        """The newest batch date announced in any of `categories`, and seen there not after `until` if given."""

    async def first_seen(self, categories: Sequence[str], batch: date) -> datetime | None:
        """When the first announcement of `batch` in `categories` was stored."""

    async def announced_at(self, paper_id: ArxivId, categories: Sequence[str]) -> datetime | None:
        """When the paper was first seen in any of `categories`."""

    async def incomplete(self, *, limit: int) -> list[ArxivId]:
        """Papers whose full record is still owed, those seen last first."""

    async def search(self, query: str, *, limit: int, offset: int = 0) -> list[Paper]:
        """Papers whose title, authors or abstract match as in `bot.search`: matches in the title alone first, each
        part with the last stored first. Nothing for a query without terms."""

    async def titled(self, query: str, *, limit: int) -> list[Paper]:
        """Papers whose title matches as in `bot.search`, the last stored first."""


class Collections(Protocol):
    """What each collection saw."""

    async def record(self, run: CollectionRun) -> None: ...

    async def asked_last(self) -> list[str]:
        """The categories that the last collection asked for, in order."""

    async def states(self, categories: Sequence[str]) -> dict[str, CategoryState]:
        """For each category that was ever asked for, what is known of it."""


class Editions(Protocol):
    """Editions and the ledger of their posts."""

    async def add(self, edition: Edition, posts: Sequence[Post]) -> Edition | None:
        """Stores an edition with its planned posts (whose `edition_id` is ignored) and returns it with its id; None,
        and nothing stored, if there is one already for its (subscription, kind, date)."""

    async def of(self, subscription_id: int, kind: EditionKind, day: date) -> Edition | None: ...

    async def made_on(self, subscription_id: int, kind: EditionKind, *, limit: int) -> dict[date, datetime]:
        """When its editions with the `limit` greatest dates were made, by date."""

    async def get(self, edition_id: int) -> Edition | None: ...

    async def made_for(self, kind: EditionKind, day: date) -> set[int]:
        """Ids of the subscriptions that have an edition of that kind and date."""

    async def dated(self, subscription_id: int, kind: EditionKind, *, first: date, last: date) -> list[Edition]:
        """The subscription's editions of that kind with dates from `first` to `last`, by date."""

    async def latest(self, channel_id: int, *, until: date | None = None) -> Edition | None:
        """The channel's daily edition with the greatest date, not after `until` if given."""

    async def latest_with_picks(self, channel_id: int, *, until: date | None = None) -> Edition | None:
        """As `latest`, among editions that hold a paper: the one whose numbers people mean."""

    async def shown(self, subscription_id: int, *, before: datetime) -> dict[ArxivId, datetime]:
        """Every paper that a daily edition of this subscription made before that moment held, and when the last one
        was made that did."""

    async def made_since(self, subscription_id: int, moment: datetime, *, limit: int | None = None) -> list[Edition]:
        """The subscription's daily editions made at that moment or later, oldest first; the first `limit` if given."""

    async def pick_of(self, channel_id: int, paper_id: ArxivId) -> Edition | None:
        """The channel's latest daily edition that holds this paper."""


class Digests(Protocol):
    """What weekly and monthly editions hold, as it was when they were made."""

    async def keep(self, edition: Edition, digest: AnyDigest) -> None:
        """Stores the digest of a stored edition that has none."""

    async def of(self, edition: Edition) -> AnyDigest: ...


class Posts(Protocol):
    """The ledger. Each step is one compare-and-set, so that two workers never hold one post."""

    async def due(self, now: datetime, *, channel_id: int | None = None) -> list[Post]:
        """Posts that are planned, or being sent under a lease that has run out, in the order of edition and slot; not
        those that come after one of their edition which is in flight, or waits to be tried again, nor those of a halted
        subscription. In one channel, or in all."""

    async def channels_due(self, now: datetime) -> list[int]:
        """The channels in which `due` finds posts, by id."""

    async def in_flight(self, now: datetime, *, channel_id: int | None = None) -> list[Post]:
        """Posts that are being sent under a lease that still holds: another worker's, or one's that is no more."""

    async def claim(self, key: str, *, attempts: int, now: datetime, until: datetime) -> Post | None:
        """Takes a due post that was tried `attempts` times so far: sending, one attempt more, leased until `until`.
        None if someone else took it first, or its channel has no subscription that stands."""

    async def drop(self, key: str, *, attempts: int, now: datetime, error: str) -> None:
        """Gives up a due post that was tried `attempts` times so far, unless someone else took it first."""

    async def renew(self, key: str, *, attempts: int, now: datetime, until: datetime) -> bool:
        """Extends the lease if attempt number `attempts` still holds the post, and the lease has not run out."""

    async def sent(self, key: str, *, attempts: int, message: MessageRef, as_of: datetime | None = None) -> bool:
        """Records the message, if attempt number `attempts` still holds the post. `as_of` is the post's `outdated_at`,
        read before what the message shows: that change is shown, and a later one still counts as not shown."""

    async def failed(self, key: str, *, attempts: int, error: str, retry_at: datetime | None) -> bool:
        """Gives the post up until `retry_at`, or for good (dead) when that is None, if attempt number `attempts` still
        holds it."""

    async def refused(self, key: str, *, attempts: int, error: str) -> bool:
        """Plans the post anew if attempt number `attempts` still holds it. The platform refused it, so that nothing can
        have come of this attempt, and it counts no more: a post with no other is not looked for when it is sent."""

    async def lost(self, key: str, *, attempts: int, error: str) -> bool:
        """Parks the post (unknown), if attempt number `attempts` still holds it: nothing but `Ledger` moves it on."""

    async def of(self, edition_id: int) -> list[Post]:
        """The posts of an edition, by slot."""

    async def by_message(self, message: MessageRef) -> Post | None: ...

    async def of_paper(self, team_id: int, paper_id: ArxivId) -> list[Post]:
        """The sent posts about this paper in the team's channels, the last first."""

    async def sent_since(self, platform: str, moment: datetime) -> list[Post]:
        """The platform's sent posts that were planned at that moment or later, by channel, then by edition and slot."""

    async def outdate(self, team_id: int, papers: Sequence[ArxivId], *, at: datetime) -> None:
        """Marks the posts about these papers in the team's channels: what they show changed at that moment, or right
        after the change before it, if that is later."""

    async def outdated(self, platforms: Iterable[str], *, limit: int) -> list[Post]:
        """Sent posts on these platforms that no longer show how things stand. First the longest waiting of each
        channel, then the second of each, and so on."""

    async def put_back(self, key: str, *, at: datetime) -> None:
        """The post waits to be refreshed since `at`, no longer than that."""

    async def refreshed(self, key: str, *, as_of: datetime) -> None:
        """The post shows how things stood at `as_of`; a later change still counts as not shown."""


class UnitOfWork(Protocol):
    """One transaction. Nothing lasts without `commit`; no network call is made inside it."""

    teams: Teams
    papers: Papers
    collections: Collections
    editions: Editions
    digests: Digests
    posts: Posts
    lists: ReadingLists
    changes: Changes
    revisions: Revisions
    summaries: Summaries
    shortlists: Shortlists
    spending: Spending
    inbox: Inbox
    installations: Installations
    tickets: Tickets
    mentions: Mentions
    reactions: Reactions
    links: Links
    interruptions: Interruptions
    ledger: Ledger
    holds: Holds
    restoration: Restoration

    async def commit(self) -> None: ...


class Store(Protocol):
    """The database."""

    def __call__(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Opens a transaction that may write; leaving it without `commit` rolls back."""
