"""What a person did that the app may answer, and the answers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from tests.fakes.discord.model import Channel, Json, Message, User

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
"""Types of interactions."""
REPLY, DEFER, DEFER_UPDATE, UPDATE, CHOICES, SHOW_MODAL = 4, 5, 6, 7, 8, 9
"""Types of first responses."""

Failure = Literal["", "did not respond"]


class Choice(NamedTuple):
    """What autocompletion offers."""

    name: str
    value: str | int | float


@dataclass(eq=False)
class Modal:
    """A form before `user`, as the app gave it in `content`."""

    user: User
    channel: Channel
    content: Json
    message: Message | None = None
    """The message whose component opened it."""
    answers: dict[str, Any] = field(default_factory=dict)
    """What the user entered without submitting yet: custom_id to value, or to values."""

    @property
    def title(self) -> str:
        return str(self.content["title"])


@dataclass(eq=False)
class Interaction:
    """A command, a click, an autocompletion or a submission of `user`."""

    id: str
    token: str
    type: int
    user: User
    channel: Channel
    at: datetime
    until: Callable[[Callable[[], Any]], Awaitable[Any]] = field(repr=False)
    original: Message | None = None
    """What `@original` means to the app: its first reply, or the message of the component until it replies."""
    message: Message | None = None
    """The message whose component was used."""
    response: int | None = None
    """The type of the first response."""
    delay: float | None = None
    """Seconds until the first response; None if there was none in time."""
    ephemeral: bool = False
    """Whether the first response is seen by the user alone."""
    replies: list[Message] = field(default_factory=list)
    """The messages that the app answered with, in order, loading ones included."""
    edited: list[Message] = field(default_factory=list)
    """Each message at each change that the app made to it through this interaction."""
    modal: Modal | None = None
    choices: list[Choice] = field(default_factory=list)
    failure: Failure = ""
    """What the user is told in place of an answer; empty if the app answered."""

    async def reply(self, number: int = 1) -> Message:
        """The `number`-th answer, once it is there and no longer loading."""
        await self.until(lambda: len(self._answers) >= number)
        return self._answers[number - 1]

    async def edit(self, number: int = 1) -> Message:
        """The message that the `number`-th change was made to, once it was."""
        await self.until(lambda: len(self.edited) >= number)
        return self.edited[number - 1]

    @property
    def _answers(self) -> list[Message]:
        return [message for message in self.replies if not message.is_loading]
