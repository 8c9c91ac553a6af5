"""What must be remembered of the platforms themselves: their events, installations, codes, other people's messages."""

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
