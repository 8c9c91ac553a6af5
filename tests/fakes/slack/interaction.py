"""What a person did that the app may answer, and the answers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.fakes.slack.delivery import Ack, Delivery
from tests.fakes.slack.model import Channel, Message, Team, User, View


@dataclass(eq=False)
class Interaction:
    """A command, a click, a submission or a shortcut of `user`."""

    team: Team
    user: User
    until: Callable[[Callable[[], Any]], Awaitable[Any]] = field(repr=False)
    replies: list[Message] = field(default_factory=list)
    """What the app answered with the acknowledgement and through the response_url, in order."""
    errors: dict[str, str] = field(default_factory=dict)
    """What the app said is wrong with a submission: block_id to sentence."""
    delivery: Delivery | None = None

    @property
    def ack(self) -> Ack | None:
        return self.delivery.ack if self.delivery else None

    @property
    def delay(self) -> float | None:
        """Seconds until it was acknowledged; None if it was not."""
        return self.delivery.delay if self.delivery else None

    @property
    def failure(self) -> str:
        """What the user is shown in place of an answer: `operation_timeout` or `dispatch_failed`; empty if neither."""
        failure = self.delivery.failure if self.delivery else "connection_failed"
        if not failure:
            return ""
        return "operation_timeout" if failure in ("timeout", "http_timeout") else "dispatch_failed"

    async def reply(self, number: int = 1) -> Message:
        """The `number`-th answer, once it is there."""
        await self.until(lambda: len(self.replies) >= number)
        return self.replies[number - 1]

    async def modal(self) -> View:
        """The user's modal in front, once there is one."""
        view: View = await self.until(lambda: self.user.modal)
        return view


@dataclass(eq=False)
class ResponseUrl:
    """An address where an interaction may be answered; `message` is what was clicked in, if it was one."""

    interaction: Interaction
    channel: Channel
    message: Message | None
    since: datetime
    uses: int = 0
