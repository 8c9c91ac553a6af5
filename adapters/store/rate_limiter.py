"""A rate that all processes on one database keep together."""

import asyncio
from collections import deque
from datetime import datetime, timedelta

from sqlalchemy import select, update

from adapters.store.statements import insert_into
from adapters.store.tables import turnstiles
from adapters.store.unit_of_work import SqlStore
from bot.ports import Clock

_MOST_AT_ONCE = 25
"""Turns that are taken in one unit of work."""
_LONGEST_QUEUE = timedelta(minutes=1)
"""Nobody takes turns further ahead than that: if somebody has, the clock was put back since."""


class StoreRateLimiter:
    """Satisfies `bot.ports.RateLimiter`: `per_second` turns over all processes, evenly spaced.

    This is the generic cell rate algorithm without bursts (ITU-T I.371, annex A): the database holds the time of the
    next free turn. Those who wait in one process take their turns together, so that it costs a unit of work for each
    _MOST_AT_ONCE of them, and those of other processes come in between.
    """

    def __init__(self, store: SqlStore, name: str, *, per_second: float, clock: Clock) -> None:
        self._store = store
        self._name = name
        self._gap = timedelta(seconds=1 / per_second)
        self._clock = clock
        self._queue = asyncio.Lock()
        self._asking = 0
        self._turns: deque[datetime] = deque()

    async def turn(self) -> None:
        """Waits for a turn; in one process, who asked first comes first. Raises StoreError."""
        self._asking += 1
        try:
            async with self._queue:
                at = await self._next()
        finally:
            self._asking -= 1
        if (wait := (at - self._clock.now()).total_seconds()) > 0:
            await self._clock.sleep(wait)

    async def _next(self) -> datetime:
        now = self._clock.now()
        while self._turns and self._turns[0] < now - self._gap:
            self._turns.popleft()  # whoever it was for did not wait; used late, it would be one too many at that moment
        if not self._turns:
            self._turns += await self._taken(min(self._asking, _MOST_AT_ONCE))
        return self._turns.popleft()

    async def _taken(self, count: int) -> list[datetime]:
        mine = turnstiles.c.name == self._name
        async with self._store() as tx:
            first = insert_into(tx.connection, turnstiles).values(name=self._name, free_at=self._clock.now(), holder="")
            await tx.connection.execute(first.on_conflict_do_nothing())
            free_at: datetime = (
                await tx.connection.execute(select(turnstiles.c.free_at).where(mine).with_for_update())
            ).scalar_one()
            now = self._clock.now()
            begin = free_at if now <= free_at <= now + _LONGEST_QUEUE else now
            await tx.connection.execute(update(turnstiles).where(mine).values(free_at=begin + count * self._gap))
            await tx.commit()
        return [begin + number * self._gap for number in range(count)]
