"""An index of terms on SQLite: an FTS5 table. See `text_index` for what it promises."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Integer, Select, Text, column, delete, literal_column, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.statements import LONGEST_TERM
from bot.search import SHORTEST_PREFIX


class Fts5Index:
    def __init__(self, connection: AsyncConnection, name: str) -> None:
        self._connection = connection
        self._table = table(name, column("rowid", Integer), column("terms", Text))
        self._whole_row = literal_column(name, Text)

    async def put(self, rows: Mapping[int, Iterable[str]]) -> None:
        held = [
            {"rowid": number, "terms": " ".join({term[:LONGEST_TERM] for term in terms})}
            for number, terms in rows.items()
        ]
        if held:
            await self._connection.execute(self._table.insert().prefix_with("OR REPLACE"), held)

    async def remove(self, number: int) -> None:
        await self._connection.execute(delete(self._table).where(self._table.c.rowid == number))

    def rows(self) -> Select[int, str]:
        return select(self._table.c.rowid, self._table.c.terms)

    def holding(self, terms: Sequence[str]) -> Select[int]:
        # Terms are letters and digits: in quotes they are no part of FTS5's language.
        query = " ".join(
            f'"{term[:LONGEST_TERM]}"{"*" if len(term) >= SHORTEST_PREFIX else ""}' for term in dict.fromkeys(terms)
        )
        return select(self._table.c.rowid).where(self._whole_row.op("MATCH")(query))

    async def newest(self, terms: Sequence[str], *, limit: int) -> list[int]:
        # FTS5 walks backwards by number and stops at the limit, however many rows match.
        newest = self.holding(terms).order_by(self._table.c.rowid.desc()).limit(limit)
        return list(await self._connection.scalars(newest))
