"""What lies outside, but for the database."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.announcements import Batch
from bot.commands import Command
from bot.editions import MessageRef
from bot.messages import Card, Image, Notice, Reply
from bot.papers import ArxivId, Paper
from bot.teams import Sender, Standing


class Clock(Protocol):
    """Where time comes from."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""

    async def sleep(self, seconds: float) -> None:
        """Returns once `seconds` have passed on this clock."""


class Progress(Protocol):
    """Told how long work goes on. Calls are cheap and never raise."""

    def __call__(self, doing: str, done: int, total: int) -> None:
        """`doing` in a few words; `done` of `total` steps are finished, 0 of 0 where that is not known."""


def silent(doing: str, done: int, total: int) -> None:
    """A `Progress` that nobody watches."""


class Source(Protocol):
    """Where papers come from."""

    async def announced(self, categories: Sequence[str], *, now: datetime, progress: Progress = silent) -> Batch:
        """The newest batch of each category.

        Its papers may be the short records of a feed (not `complete`), replacements among them. A category that did
        not answer, or is stale, says so in its `CategoryAnswer`; this never raises for an unreachable source.
        """

    async def submitted(
        self, categories: Sequence[str], *, after: datetime, progress: Progress = silent
    ) -> list[Paper]:
        """Full records of the papers of these categories, announced by now, whose first version was submitted at or
        after `after`; each once, in no particular order; of a very great number, the newest.

        Raises SourceUnavailable when the source does not answer.
        """

    async def fetch(self, ids: Sequence[ArxivId]) -> list[Paper]:
        """Full records by id, each once, in no particular order; an id that the source does not know is left out.

        Raises SourceUnavailable when the source does not answer.
        """


class Turnstile(Protocol):
    """Lets one request through at a time, and the next one no sooner than a set gap after it, over all processes."""

    def turn(self) -> AbstractAsyncContextManager[None]:
        """Waits for a turn and holds it inside the `async with`."""


class RateLimiter(Protocol):
    """Keeps a rate over all processes."""

    async def turn(self) -> None:
        """Waits for a turn. Raises StoreError where it cannot be known whose turn it is."""


class Platform(Protocol):
    """A place where editions are posted."""

    name: str

    def room(self) -> AbstractAsyncContextManager[None]:
        """Held while an edition is posted in a channel. Waits while that goes on in as many channels as the platform's
        limits have room for: to post in more at once would not be faster, and keep people waiting."""

    async def post(self, channel: str, card: Card, *, key: str, under: MessageRef | None = None) -> MessageRef:
        """Posts `card` once, marked with `key` so that `find` can see it. Raises PlatformError."""

    async def find(
        self, channel: str, key: str, *, since: datetime, under: MessageRef | None = None
    ) -> MessageRef | None:
        """The message that was posted with `key`, and with this `under`, at or after `since`, if there is one. Raises
        PlatformError when the platform cannot tell, which is not the same as None."""

    async def edit(self, message: MessageRef, card: Card) -> None:
        """Replaces what a message shows. Raises PlatformError."""

    async def mark(self, message: MessageRef, emoji: str) -> None:
        """Puts an emoji, by its name, on a message; once is as good as twice. Raises PlatformError."""

    async def tell(self, user: str, channel: str, notice: Notice) -> None:
        """Tells one person something about `channel`, in private. Raises PlatformError."""

    async def link(self, message: MessageRef) -> str:
        """Where a message can be read; "" where there is no such place. Raises PlatformError."""

    async def discuss(self, message: MessageRef, card: Card) -> None:
        """Opens a thread under a message that shows `card`, to talk about it and to post in, where messages have none
        until somebody opens it; once is as good as twice. Raises PlatformError."""

    async def standing(self, user: str, channel: str) -> Standing:
        """What this person may do in a channel, and whether the bot is in it. Raises PlatformError."""


class Chat(Protocol):
    """A service whose people are listened to."""

    @property
    def name(self) -> str: ...

    @property
    def connected(self) -> bool:
        """Whether what people do there comes in at present; what is known may be seconds old."""

    async def run(self, dispatch: "Dispatch") -> None:
        """Listens until it is cancelled; then ends what was begun. Raises PlatformError where that is not possible."""


class Charts(Protocol):
    """Draws pictures. Takes some tenths of a second, and may be called from any thread."""

    def topics(self, counts: Sequence[tuple[str, int]], *, title: str) -> Image:
        """A bar for each topic, from top to bottom; there is at least one. The alt text has every number."""


class Dispatch(Protocol):
    """The one way in for everything that people do. Never raises: what goes wrong becomes the reply."""

    async def __call__(self, command: Command, sender: Sender) -> Reply: ...
