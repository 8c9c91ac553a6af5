"""A turnstile for one process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.ports import Clock


class FakeTurnstile:
    """A `bot.ports.Turnstile` that keeps `gap` seconds on the given clock."""

    def __init__(self, clock: Clock, gap: float = 3.0) -> None:
        self._clock = clock
        self._gap = timedelta(seconds=gap)
        self._lock = asyncio.Lock()
        self._free_at = datetime.min.replace(tzinfo=UTC)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        async with self._lock:
            if (wait := (self._free_at - self._clock.now()).total_seconds()) > 0:
                await self._clock.sleep(wait)
            try:
                yield
            finally:
                self._free_at = self._clock.now() + self._gap
