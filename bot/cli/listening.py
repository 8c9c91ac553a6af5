"""The chats that `papers run` listens to, beside the clock."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.app import App
from bot.commands import Command
from bot.messages import Reply
from bot.teams import Sender

SOON = 1.0
"""Seconds from a command until posts show what it changed: what comes meanwhile is shown with it, by one edit."""


class Listening:
    """A `bot.ports.Dispatch` after which `refresh` is called before long."""

    def __init__(self, app: App, refresh: Callable[[], Awaitable[None]], *, soon: float = SOON) -> None:
        self._chats = app.chats
        self._dispatch = app.dispatch()
        self._refresh = refresh
        self._soon = soon
        self._spoken = asyncio.Event()

    async def __call__(self, command: Command, sender: Sender) -> Reply:
        reply = await self._dispatch(command, sender)
        self._spoken.set()
        return reply

    async def run(self) -> None:
        """Listens to every chat that is set up, until it is cancelled. Raises PlatformError where that is not possible
        at all."""
        ever = [asyncio.create_task(doing) for doing in (*(chat.run(self) for chat in self._chats), self._keep_fresh())]
        try:
            broken, _ = await asyncio.wait(ever, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for task in ever:
                task.cancel()
            await asyncio.gather(*ever, return_exceptions=True)
        for task in broken:
            task.result()

    async def _keep_fresh(self) -> None:
        while True:
            await self._spoken.wait()
            await asyncio.sleep(self._soon)
            self._spoken.clear()
            await self._refresh()
