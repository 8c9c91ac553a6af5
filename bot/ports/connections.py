"""What must be remembered of the platforms themselves: their events, installations, codes, people's messages, emoji."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.editions import MessageRef
from bot.papers import ArxivId


class Inbox(Protocol):
    """The events that platforms sent, so that one that is sent again is not handled again."""

    async def begin(self, platform: str, event: str, *, now: datetime, until: datetime) -> bool:
        """Whether this event is to be handled now: it is new, or whoever began it had not finished by their `until`."""

    async def finish(self, platform: str, event: str) -> None: ...

    async def forget(self, *, before: datetime) -> None:
        """Drops events that were begun before that moment."""


class Installations(Protocol):
    """What platforms gave us for each workspace that installed the bot. Sealed: the store cannot read it."""

    async def put(self, platform: str, workspace: str, sealed: bytes, *, at: datetime) -> None:
        """Keeps it in place of what was there."""

    async def get(self, platform: str, workspace: str) -> bytes | None: ...

    async def all(self, platform: str) -> dict[str, bytes]:
        """By workspace."""

    async def remove(self, platform: str, workspace: str) -> bool:
        """Whether there was one."""


class Tickets(Protocol):
    """Codes that are good once, for a while: the `state` of a sign-in, a code that links two workspaces."""

    async def issue(self, purpose: str, code: str, payload: str, *, until: datetime) -> None:
        """Makes `code` good until then. Only a hash of it is kept."""

    async def redeem(self, purpose: str, code: str, *, now: datetime) -> str | None:
        """The payload, the first time and in time; else None."""

    async def peek(self, purpose: str, code: str, *, now: datetime) -> str | None:
        """What `redeem` would return; the code stays good."""

    async def forget(self, *, now: datetime) -> None:
        """Drops what is out of time."""


class Mentions(Protocol):
    """Which papers a person's message names, so that an emoji on it means them."""

    async def note(self, team_id: int, message: MessageRef, papers: Sequence[ArxivId], *, at: datetime) -> None:
        """Keeps them in place of those noted before. They need not be stored papers."""

    async def of(self, message: MessageRef) -> tuple[ArxivId, ...]:
        """In the order in which they were noted."""

    async def forget(self, *, before: datetime) -> None:
        """Drops what was noted before that moment."""


class Reactions(Protocol):
    """The emoji on messages about papers that were heard of and not taken back: `user` by the platform's own id, and
    the emoji by its name without colons or skin tone. Two who tell of the same at once wait for one another."""

    async def put(self, message: MessageRef, user: str, emoji: str) -> bool:
        """Whether it was not there."""

    async def take(self, message: MessageRef, user: str, emoji: str) -> bool:
        """Whether it was there."""

    async def on(self, message: MessageRef) -> set[tuple[str, str]]:
        """Each user with each of their emoji."""


class Links(Protocol):
    """Which workspaces share one reading list. A workspace is named by its `Channel.workspace_id`."""

    async def partners(self, workspace_id: int) -> list[tuple[int, str]]:
        """The other workspaces that share its list, each with its platform, by id."""

    async def join(self, workspace_id: int, other_id: int, *, at: datetime) -> bool:
        """Makes one list of the two, for all who share either, with all that either held; False if it is one already.

        Of what both hold, each fact is there once; what one of them read further, or began earlier, is so for both.
        Taking back what was done before works on. Posts in whose place another card belongs now are marked as by
        `Posts.outdate`.
        """

    async def leave(self, workspace_id: int) -> bool:
        """Gives the workspace a list of its own, and those who shared it keep theirs: both are as it stands. False if
        nobody shares it."""
