"""The digests of weekly and monthly editions: their content as JSON, and the chart beside it."""

from dataclasses import replace

from pydantic import TypeAdapter
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.tables import digests
from bot.digests.values import AnyDigest, Digest, RoundUp
from bot.editions import Edition
from bot.teams import EditionKind

_DIGEST, _ROUND_UP = TypeAdapter(Digest), TypeAdapter(RoundUp)


class SqlDigests:
    """Satisfies `bot.ports.Digests`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, edition: Edition, digest: AnyDigest) -> None:
        chart = None
        if isinstance(digest, RoundUp):
            chart = digest.chart
            content = _ROUND_UP.dump_python(
                replace(digest, chart=replace(chart, png=b"") if chart else None), mode="json"
            )
        else:
            content = _DIGEST.dump_python(digest, mode="json")
        await self._connection.execute(
            insert(digests).values(edition_id=edition.id, content=content, chart=chart.png if chart else None)
        )

    async def of(self, edition: Edition) -> AnyDigest:
        found = await self._connection.execute(select(digests).where(digests.c.edition_id == edition.id))
        row = found.one()
        if edition.kind is EditionKind.WEEKLY:
            return _DIGEST.validate_python(row.content)
        kept = _ROUND_UP.validate_python(row.content)
        return replace(kept, chart=replace(kept.chart, png=row.chart)) if kept.chart else kept
