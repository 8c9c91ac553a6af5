"""The clocks: the machine's, and one that was put to another time."""

import asyncio
from datetime import UTC, datetime, timedelta


class RealClock:
    """The machine's clock; satisfies `bot.ports.Clock`."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class SetClock:
    """A clock that was put to `moment` (aware) and stands there, but for what is slept on it."""

    def __init__(self, moment: datetime) -> None:
        self._now = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._now += timedelta(seconds=seconds)
