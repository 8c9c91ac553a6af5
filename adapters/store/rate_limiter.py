"""A rate that all processes on one database keep together."""

import asyncio
from collections import deque
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from adapters.store.columns import Utc
from adapters.store.statements import insert_into
from adapters.store.tables import turnstiles
from adapters.store.unit_of_work import SqlStore, SqlUnitOfWork
from bot.ports import Clock

_MOST_AT_ONCE = 12
"""Turns that are taken in one unit of work: so long, at the most, the others have none."""
_LONGEST_QUEUE = timedelta(minutes=1)
"""Nobody takes turns further ahead than that: if somebody has, the clock was put back since."""

_MINE = turnstiles.c.name == bindparam("whose")
_FREE_AT = select(turnstiles.c.free_at).where(_MINE).with_for_update()
_TAKE = update(turnstiles).where(_MINE).values(free_at=bindparam("next", type_=Utc))


class StoreRateLimiter:
    """Satisfies `bot.ports.RateLimiter`: `per_second` turns over all processes, evenly spaced.

    This is the generic cell rate algorithm (ITU-T I.371, annex A): the database holds the time of the next free turn. A
    turn may be used late by the time between two, and no later. So it tolerates that a process is busy for a moment,
    and never lets more than `per_second` and two more begin in any second.

    A process takes its turns in lots: for those who wait, or as many as it used of its last lot. While it is busy that
    costs few units of work, and once it is not, only what it took ahead last is lost to others.
    """

    def __init__(self, store: SqlStore, name: str, *, per_second: float, clock: Clock) -> None:
        self._store = store
        self._name = name
        self._gap = timedelta(seconds=1 / per_second)
        self._clock = clock
        self._queue = asyncio.Lock()
        self._asking = 0
        self._turns: deque[datetime] = deque()
        self._used = 0
        """Of the last lot."""

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
        too_late = self._clock.now() - self._gap
        while self._turns and self._turns[0] < too_late:
            self._turns.popleft()  # whoever it was for did not wait; used now, it would be one too many
        if not self._turns:
            lot = min(max(self._asking, self._used), _MOST_AT_ONCE)
            self._turns += await self._taken(lot)
            self._used = 0
        self._used += 1
        return self._turns.popleft()

    async def _taken(self, count: int) -> list[datetime]:
        async with self._store() as tx:
            free_at = await self._free_at(tx)
            now = self._clock.now()
            begin = free_at if now - self._gap <= free_at <= now + _LONGEST_QUEUE else now
            await tx.connection.execute(_TAKE, {"whose": self._name, "next": begin + count * self._gap})
            await tx.commit()
        return [begin + number * self._gap for number in range(count)]

    async def _free_at(self, tx: SqlUnitOfWork) -> datetime:
        mine = {"whose": self._name}
        free_at: datetime | None = await tx.connection.scalar(_FREE_AT, mine)
        if free_at is None:
            first = insert_into(tx.connection, turnstiles).values(name=self._name, free_at=self._clock.now(), holder="")
            await tx.connection.execute(first.on_conflict_do_nothing())
            free_at = (await tx.connection.execute(_FREE_AT, mine)).scalar_one()
        return free_at
