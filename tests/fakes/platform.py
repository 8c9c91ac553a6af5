"""A platform that tests can break: a channel is a list of messages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Card
from bot.ports import Clock


@dataclass
class Posted:
    channel: str
    key: str
    card: Card
    at: datetime
    under: MessageRef | None = None


@dataclass
class FakePlatform:
    """A `bot.ports.Platform`. What is in `faults` happens to the next calls of `post`, one each, in order."""

    clock: Clock
    name: str = "terminal"
    messages: list[Posted] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """`refuse`, `forbid` (for good), `lose_answer` (posted, then an error), `crash` (posted, then no process)"""
    readable: bool = True
    before_post: Callable[[], None] = lambda: None

    async def post(self, channel: str, card: Card, *, key: str, under: MessageRef | None = None) -> MessageRef:
        self.before_post()
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "refuse":
            raise PlatformError("busy")
        if fault == "forbid":
            raise PlatformError("not in the channel", permanent=True)
        self.messages.append(Posted(channel, key, card, self.clock.now(), under))
        if fault == "lose_answer":
            raise PlatformError("connection lost")
        if fault == "crash":
            raise KeyboardInterrupt
        return MessageRef(self.name, channel, str(len(self.messages)))

    async def find(self, channel: str, key: str, *, since: datetime) -> MessageRef | None:
        if not self.readable:
            raise PlatformError("history cannot be read")
        for number, posted in enumerate(self.messages, 1):
            if (posted.channel, posted.key) == (channel, key) and posted.at >= since:
                return MessageRef(self.name, channel, str(number))
        return None

    async def edit(self, message: MessageRef, card: Card) -> None:
        self.messages[int(message.message) - 1].card = card

    async def link(self, message: MessageRef) -> str:
        return f"https://chat.example/{message.channel}/{message.message}"
