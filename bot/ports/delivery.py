"""What keeps a subscription's editions from coming, and the ledger as its operator sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.editions import Post, PostState
from bot.ports.work import Queue
from bot.teams import EditionKind, Halt, Pause


class Interruptions(Protocol):
    """Pauses and halts of subscriptions. Subscribing anew changes neither."""

    async def pause(self, subscription_id: int, pause: Pause | None) -> None:
        """Makes it the subscription's pause, in place of an earlier one."""

    async def halt(self, subscription_id: int, halt: Halt) -> bool:
        """Halts the subscription, and says whether it was going until now."""

    async def resume(self, subscription_id: int) -> bool:
        """Ends the halt, and says whether there was one."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A post, and whose it is."""

    post: Post
    team: str
    channel: str
    """Its name."""
    kind: EditionKind
    """Of its edition, like the date."""
    date: date


@dataclass(frozen=True, slots=True)
class HaltedChannel:
    """A channel that nothing is posted in until somebody resumes it."""

    team: str
    channel: str
    """Its name."""
    halt: Halt


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is not in its channel, over all teams."""

    due: int
    """Posts that should be there by now and are not, but for those of halted subscriptions."""
    since: datetime | None
    """When the first of these was planned for."""
    unknown: int
    dead: int
    halted: int
    """Channels."""


class Restoration(Protocol):
    """What a database needs that was restored from a back-up: it does not know what happened after that was made."""

    async def last_trace(self, *, until: datetime) -> datetime | None:
        """When the last collection ended, or the last edition was made, of those not after `until`."""

    async def count_as_tried(self) -> int:
        """Lets every post that was never tried count as tried once, so that it is looked for on its platform before it
        is posted. Returns how many there were."""

    async def batches_seen(self, *, after: datetime) -> set[date]:
        """The batches of which an announcement was first seen after that moment."""

    async def count_as_seen(self, batch: date, *, at: datetime, after: datetime) -> None:
        """Lets announcements of the batch that were first seen after `after` count as first seen at `at`."""


class Ledger(Protocol):
    """The ledger of posts, looked at and mended by hand. An empty `team` means all; else it is a team's name."""

    async def counts(self, *, team: str = "") -> dict[PostState, int]:
        """How many posts are in each state; none for a state without any."""

    async def backlog(self, now: datetime) -> Backlog: ...

    async def queue(self) -> Queue | None:
        """The jobs that lead to posts, and who does them; None where one process does, and nobody else sees them."""

    async def unsent(self, *, team: str = "", limit: int) -> list[LedgerRow]:
        """The posts that are not sent, given up or not; of more than `limit`, those of the latest editions. In the
        order of edition and slot."""

    async def halted(self, *, team: str = "") -> list[HaltedChannel]:
        """Halted longest first."""

    async def stuck(self, key: str) -> list[Post]:
        """The unknown and dead posts whose key begins with `key`, by key."""

    async def retry(self, key: str, *, now: datetime) -> bool:
        """Plans an unknown or dead post for `now` again. What it was tried so far still counts, so that it is looked
        for on its platform before it is posted."""

    async def drop(self, key: str) -> bool:
        """Gives an unknown post up."""

    async def drop_planned(self, subscription_id: int, *, before: datetime, why: str) -> list[date]:
        """Gives up the subscription's posts that were planned before that moment and are still to be sent, with `why`
        as their error. Returns the dates of their editions, each once, in order."""
