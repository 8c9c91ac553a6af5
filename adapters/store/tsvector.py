"""An index of terms on PostgreSQL: a table of tsvectors under a GIN index. See `text_index` for what it promises."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Integer, Select, Text, bindparam, cast, column, delete, func, select, table
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.statements import LONGEST_TERM
from bot.search import SHORTEST_PREFIX

_WALKED_FOR_ONE = 100
"""Rows looked at one by one for each that is wanted: a term that fewer rows hold is looked up in the index."""


class TsvectorIndex:
    def __init__(self, connection: AsyncConnection, name: str) -> None:
        self._connection = connection
        self._table = table(name, column("id", Integer), column("terms", TSVECTOR))

    async def put(self, rows: Mapping[int, Iterable[str]]) -> None:
        held = [
            {"number": number, "held": " ".join({term[:LONGEST_TERM] for term in terms})}
            for number, terms in rows.items()
        ]
        vector = func.array_to_tsvector(func.string_to_array(bindparam("held", type_=Text), " "))
        put = insert(self._table).values(id=bindparam("number"), terms=vector)
        put = put.on_conflict_do_update(index_elements=["id"], set_={"terms": put.excluded.terms})
        if held:
            await self._connection.execute(put, held)

    async def remove(self, number: int) -> None:
        await self._connection.execute(delete(self._table).where(self._table.c.id == number))

    def rows(self) -> Select[int, str]:
        terms = func.array_to_string(func.tsvector_to_array(self._table.c.terms), " ", type_=Text)
        return select(self._table.c.id, terms)

    def holding(self, terms: Sequence[str]) -> Select[int]:
        return select(self._table.c.id).where(_match(self._table.c.terms, terms))

    async def newest(self, terms: Sequence[str], *, limit: int) -> list[int]:
        # What many rows hold is soon found by walking backwards, what few hold by the index. Left to choose, PostgreSQL
        # walks through the whole table for the start of a word that it has no statistics of.
        recent = select(self._table).order_by(self._table.c.id.desc()).limit(limit * _WALKED_FOR_ONE).subquery()
        found = await self._first(select(recent.c.id).where(_match(recent.c.terms, terms)), limit)
        if len(found) < limit:
            found = await self._first(select(self.holding(terms).cte().prefix_with("MATERIALIZED").c.id), limit)
        return found

    async def _first(self, numbers: Select[int], limit: int) -> list[int]:
        newest = numbers.order_by(numbers.selected_columns[0].desc()).limit(limit)
        return list(await self._connection.scalars(newest))


def _match(vector: ColumnElement[str], terms: Sequence[str]) -> ColumnElement[bool]:
    # Terms are letters and digits: in quotes they are no part of the language of tsquery.
    query = " & ".join(
        f"'{term[:LONGEST_TERM]}'{':*' if len(term) >= SHORTEST_PREFIX else ''}" for term in dict.fromkeys(terms)
    )
    return vector.op("@@", is_comparison=True)(cast(query, TSQUERY))
