"""What one process at a time has. Every step is one statement that holds its own condition."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.statements import insert_into, is_over
from adapters.store.tables import holds


class SqlHolds:
    """Satisfies `bot.ports.Holds`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim(self, thing: str, *, holder: str, now: datetime, until: datetime) -> bool:
        held = {"holder": holder, "held_until": until}
        free = is_over(holds.c.held_until, now=now, longest=until - now)
        new = insert_into(self._connection, holds).values(thing=thing, **held)
        taken = await self._connection.scalar(
            new.on_conflict_do_update(index_elements=["thing"], set_=held, where=free).returning(holds.c.thing)
        )
        return taken is not None

    async def renew(self, thing: str, *, holder: str, now: datetime, until: datetime) -> bool:
        still = and_(_has(holder, thing), holds.c.held_until > now)
        renewed = update(holds).where(still).values(held_until=until).returning(holds.c.thing)
        return await self._connection.scalar(renewed) is not None

    async def last(self, thing: str) -> datetime | None:
        until: datetime | None = await self._connection.scalar(select(holds.c.held_until).where(holds.c.thing == thing))
        return until

    async def release(self, thing: str, *, holder: str) -> None:
        await self._connection.execute(delete(holds).where(_has(holder, thing)))


def _has(holder: str, thing: str) -> ColumnElement[bool]:
    return and_(holds.c.thing == thing, holds.c.holder == holder)
