"""What goes on after Slack was told that it was heard."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeAlias

from bot.errors import PlatformError

log = logging.getLogger(__name__)

Doing: TypeAlias = Coroutine[Any, Any, None]


class Work:
    """Tasks in the background, none of which is lost sight of."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, doing: Doing) -> "asyncio.Task[None]":
        """Starts it. What breaks in it is logged."""
        task = asyncio.create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    async def finish(self, grace: float) -> None:
        """Returns when nothing is under way any more; what takes longer than `grace` seconds is cut off."""
        for task in (await asyncio.wait(self._tasks, timeout=grace))[1] if self._tasks else ():
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if isinstance(error, PlatformError):
            log.warning("Slack: %s", error)
        else:
            log.error("Slack: something broke", exc_info=error)
