"""What a model says of the papers in editions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.statements import insert_into
from adapters.store.summary_tables import shortlists, teasers
from bot.papers import ArxivId
from bot.summaries.kept import Teaser


class SqlShortlists:
    """Satisfies `bot.ports.Shortlists`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim(self, edition_id: int, *, attempts: int, now: datetime, until: datetime) -> bool:
        first = insert_into(self._connection, shortlists).values(
            edition_id=edition_id, attempts=1, lease_until=until, done=False
        )
        at = shortlists.c
        open_ = and_(at.attempts == attempts, at.done.is_(False), at.lease_until <= now)
        taken = await self._connection.scalar(
            first.on_conflict_do_update(
                index_elements=["edition_id"], set_={"attempts": attempts + 1, "lease_until": until}, where=open_
            ).returning(at.edition_id)
        )
        return taken is not None

    async def attempts(self, edition_id: int) -> int:
        tried = select(shortlists.c.attempts).where(shortlists.c.edition_id == edition_id)
        return await self._connection.scalar(tried) or 0

    async def wait(self, edition_id: int, *, until: datetime) -> None:
        mine = shortlists.c.edition_id == edition_id
        await self._connection.execute(update(shortlists).where(mine).values(lease_until=until))

    async def keep(self, edition_id: int, found: Sequence[Teaser], *, done: bool) -> None:
        rows = [
            {
                "edition_id": edition_id,
                "paper_id": teaser.paper_id,
                "sentence": teaser.sentence,
                "relevance": teaser.relevance,
                "model": teaser.model,
            }
            for teaser in found
        ]
        if rows:
            await self._connection.execute(insert_into(self._connection, teasers).on_conflict_do_nothing(), rows)
        mine = shortlists.c.edition_id == edition_id
        await self._connection.execute(update(shortlists).where(mine).values(done=done))

    async def teasers(self, edition_id: int) -> dict[ArxivId, Teaser]:
        found = await self._connection.execute(select(teasers).where(teasers.c.edition_id == edition_id))
        return {row.paper_id: _teaser(row) for row in found}


def _teaser(row: Row[*tuple[Any, ...]]) -> Teaser:
    return Teaser(row.paper_id, row.sentence, row.relevance, row.model)
