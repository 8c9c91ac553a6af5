"""A product that says what a test wants."""

import asyncio
from dataclasses import dataclass, field

from bot.commands import Command
from bot.messages import Notice, Reply
from bot.teams import Sender


@dataclass
class Product:
    """A `bot.ports.Dispatch` that remembers what it heard. `answer` may wait, and may break."""

    heard: list[tuple[Command, Sender]] = field(default_factory=list)
    reply: Reply = field(default_factory=lambda: Reply((Notice("Done."),)))
    wait: asyncio.Event | None = None
    """What an answer waits for."""
    replies: dict[type, Reply] = field(default_factory=dict)
    """Other replies than `reply`, by the command's type."""
    breaks: int = 0
    """How many of the next commands break."""
    _heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, command: Command, sender: Sender) -> Reply:
        self.heard.append((command, sender))
        self._heard.set()
        if self.wait:
            await self.wait.wait()
        if self.breaks:
            self.breaks -= 1
            raise RuntimeError("the product broke")
        return self.replies.get(type(command), self.reply)

    async def hears(self, count: int = 1) -> None:
        """Returns once it heard so many commands."""
        async with asyncio.timeout(10):
            while len(self.heard) < count:
                self._heard.clear()
                await self._heard.wait()

    @property
    def commands(self) -> list[Command]:
        return [command for command, _ in self.heard]
