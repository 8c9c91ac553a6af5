"""A turnstile that all processes on one database go through."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import and_, select, update

from adapters.store.statements import insert_into, is_over
from adapters.store.tables import turnstiles
from adapters.store.unit_of_work import SqlStore
from bot.ports import Clock

_LONGEST_NAP = 0.5
"""Seconds between two looks: a turn may end long before its lease."""


class StoreTurnstile:
    """Satisfies `bot.ports.Turnstile`.

    `name` is the turnstile's; `gap` seconds pass between the end of a turn and the next one; a turn that did not end
    within `lease` seconds, since its process died, is over. No unit of work is open while a turn is awaited or held.
    """

    def __init__(self, store: SqlStore, name: str, *, gap: float, lease: float, clock: Clock) -> None:
        self._store = store
        self._name = name
        self._gap = timedelta(seconds=gap)
        self._lease = timedelta(seconds=lease)
        self._clock = clock
        self._queue = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits for a turn and holds it; in one process, who asked first comes first. Raises StoreError."""
        async with self._queue:
            holder = uuid4().hex
            while wait := await self._wait(holder):
                await self._clock.sleep(min(wait, _LONGEST_NAP))
            try:
                yield
            finally:
                await self._leave(holder)

    async def _wait(self, holder: str) -> float:
        """Takes the turn and returns 0, or returns the seconds (at least a millisecond) until it may be free."""
        now = self._clock.now()
        until = now + self._lease
        async with self._store() as tx:
            claim = insert_into(tx.connection, turnstiles).values(name=self._name, free_at=until, holder=holder)
            free = is_over(turnstiles.c.free_at, now=now, longest=self._lease + self._gap)
            taken = await tx.connection.scalar(
                claim.on_conflict_do_update(
                    index_elements=["name"], set_={"free_at": until, "holder": holder}, where=free
                ).returning(turnstiles.c.name)
            )
            if taken:
                await tx.commit()
                return 0.0
            known = await tx.connection.execute(select(turnstiles.c.free_at).where(turnstiles.c.name == self._name))
        remaining: timedelta = known.scalar_one() - now
        return max(remaining.total_seconds(), 0.001)

    async def _leave(self, holder: str) -> None:
        mine = and_(turnstiles.c.name == self._name, turnstiles.c.holder == holder)
        async with self._store() as tx:
            await tx.connection.execute(update(turnstiles).where(mine).values(free_at=self._clock.now() + self._gap))
            await tx.commit()
