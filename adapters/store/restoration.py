"""What a database needs that was restored from a back-up."""

from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.tables import announcements, collection_runs, editions, posts


class SqlRestoration:
    """Satisfies `bot.ports.Restoration`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def last_trace(self, *, until: datetime) -> datetime | None:
        moments = [
            await self._connection.scalar(select(func.max(column)).where(column <= until))
            for column in (collection_runs.c.finished_at, editions.c.made_at)
        ]
        return max(filter(None, moments), default=None)

    async def count_as_tried(self) -> int:
        tried = update(posts).where(posts.c.attempts == 0).values(attempts=1)
        return len((await self._connection.scalars(tried.returning(posts.c.key))).all())

    async def batches_seen(self, *, after: datetime) -> set[date]:
        seen = select(announcements.c.batch).where(announcements.c.seen_at > after)
        return set(await self._connection.scalars(seen.distinct()))

    async def count_as_seen(self, batch: date, *, at: datetime, after: datetime) -> None:
        seen = update(announcements).where(announcements.c.batch == batch, announcements.c.seen_at > after)
        await self._connection.execute(seen.values(seen_at=at))
