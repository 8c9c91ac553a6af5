"""A clock that tests move by hand."""

import asyncio
from datetime import datetime, timedelta

from tests.factories import NOON


class FakeClock:
    """A `bot.ports.Clock` that stands still until it is advanced; sleeping on it takes no time of ours."""

    def __init__(self, start: datetime = NOON) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Advances by `seconds` at once, then lets the other tasks run."""
        self.advance(timedelta(seconds=max(0.0, seconds)))
        await asyncio.sleep(0)

    def advance(self, step: timedelta) -> None:
        """Moves the clock by `step`; back, if that is negative."""
        self._now += step
