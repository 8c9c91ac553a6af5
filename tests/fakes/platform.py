"""A platform that tests can break: a channel is a list of messages."""

from asyncio import Semaphore
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Card, Notice
from bot.ports import Clock
from bot.teams import Standing


class Crash(BaseException):
    """The end of a process, as far as a test can have one."""


@dataclass
class Posted:
    channel: str
    key: str
    card: Card
    at: datetime
    under: MessageRef | None = None


@dataclass
class FakePlatform:
    """A `bot.ports.Platform`. What is in `faults` happens to the next calls, one each, in order."""

    clock: Clock
    name: str = "terminal"
    messages: list[Posted] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """`refuse`, `forbid` (for good), `drop` (posted, then no connection), `answer_500` (posted, then an error), `crash`
    (posted, then no process), `die` (no process, nothing posted)"""
    readable: bool = True
    """Whether messages can be looked for; never again where it is False."""
    silent: bool = False
    """Looking for messages fails for now."""
    standings: dict[tuple[str, str], Standing] = field(default_factory=dict)
    """Of a person in a channel; who is not named manages it, and the bot is in it."""
    marks: set[tuple[MessageRef, str]] = field(default_factory=set)
    discussed: list[MessageRef] = field(default_factory=list)
    told: list[tuple[str, str, Notice]] = field(default_factory=list)
    """Person, channel, and what they were told of it."""
    before_post: Callable[[], None] = lambda: None
    channels_at_once: int = 20

    def __post_init__(self) -> None:
        self._room = Semaphore(self.channels_at_once)

    def room(self) -> Semaphore:
        return self._room

    async def post(self, channel: str, card: Card, *, key: str, under: MessageRef | None = None) -> MessageRef:
        self.before_post()
        fault = self._fail()
        if fault == "die":
            raise Crash
        self.messages.append(Posted(channel, key, card, self.clock.now(), under))
        if fault in ("drop", "answer_500"):
            raise PlatformError("the connection was dropped" if fault == "drop" else "the server answered with 500")
        if fault == "crash":
            raise Crash
        return MessageRef(self.name, channel, str(len(self.messages)))

    async def find(
        self, channel: str, key: str, *, since: datetime, under: MessageRef | None = None
    ) -> MessageRef | None:
        if not self.readable:
            raise PlatformError("history cannot be read", permanent=True)
        if self.silent:
            raise PlatformError("history does not answer")
        for number, posted in enumerate(self.messages, 1):
            if (posted.channel, posted.key, posted.under) == (channel, key, under) and posted.at >= since:
                return MessageRef(self.name, channel, str(number))
        return None

    async def edit(self, message: MessageRef, card: Card) -> None:
        self._fail()
        number = int(message.message) if message.message.isdecimal() else 0
        if not 0 < number <= len(self.messages):
            raise PlatformError("no such message", permanent=True)
        self.messages[number - 1].card = card

    async def mark(self, message: MessageRef, emoji: str) -> None:
        self._fail()
        self.marks.add((message, emoji))

    async def tell(self, user: str, channel: str, notice: Notice) -> None:
        self._fail()
        self.told.append((user, channel, notice))

    async def link(self, message: MessageRef) -> str:
        self._fail()
        return f"https://chat.example/{message.channel}/{message.message}"

    async def discuss(self, message: MessageRef, card: Card) -> None:
        self._fail()
        self.discussed.append(message)

    async def standing(self, user: str, channel: str) -> Standing:
        self._fail()
        return self.standings.get((user, channel), Standing(manages=True, bot_is_in=True))

    def _fail(self) -> str:
        """Raises for a fault that keeps a call from happening; else gives the fault, if there is one."""
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "refuse":
            raise PlatformError("busy")
        if fault == "forbid":
            raise PlatformError("not in the channel", permanent=True)
        return fault
