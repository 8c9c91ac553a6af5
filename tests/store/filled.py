"""A database with rows in every table, whatever tables there are."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Float, Integer, LargeBinary, Table, Time, insert

from adapters.store import open_store
from adapters.store.columns import Kinds, PaperKey, Utc, Words, metadata
from adapters.store.text_index import TEXT_INDEXES, text_index
from adapters.store.transfer import LOT
from bot.announcements import Announcement, Listing
from bot.papers import ArxivId
from bot.teams import ALL_KINDS
from tests.factories import paper

ROWS = 3
FIRST = 41
"""The number of the first row in each table."""
MORE = 2 * LOT + 7
"""Papers beyond that, each announced once."""
ALL = ROWS * (len(metadata.tables) + len(TEXT_INDEXES)) + 4 * MORE
"""Rows in all: of tables, and of the indexes of terms."""
_MOMENT = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)


async def fill(url: str) -> None:
    """Some rows for each table, which refer to one another, and for each index of terms."""
    written: dict[str, list[dict[str, Any]]] = {}
    async with open_store(url) as store, store() as tx:
        for table in metadata.sorted_tables:
            written[table.name] = [_row(table, number, written) for number in range(ROWS)]
            await tx.connection.execute(insert(table), written[table.name][::-1])
        for name in TEXT_INDEXES:
            terms = {FIRST + number: ("größe", "transformers", f"term{number}") for number in range(ROWS)}
            await text_index(tx.connection, name).put(terms)
        papers = [paper(10_000 + number) for number in range(MORE)]
        await tx.papers.add(papers, seen_at=_MOMENT)
        listed = [Announcement(one.id, "cs.CL", _MOMENT.date(), Listing.NEW) for one in papers]
        await tx.papers.announce(listed, seen_at=_MOMENT)
        await tx.commit()


def _row(table: Table, number: int, written: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in table.columns:
        if any(key.column.table is table for key in column.foreign_keys):  # the first refer to the last
            row[column.name] = None if number == ROWS - 1 else FIRST + ROWS - 1
        elif column.nullable and number == 0:
            row[column.name] = None
        elif column.foreign_keys:
            [key] = column.foreign_keys
            row[column.name] = written[key.column.table.name][number][key.column.name]
        else:
            row[column.name] = _value(column, number)
    return row


def _value(column: Column[Any], number: int) -> object:
    values: dict[type, object] = {
        Utc: _MOMENT + timedelta(microseconds=number),
        PaperKey: ArxivId(f"2603.{number:05d}"),
        Kinds: ALL_KINDS,
        Words: f"{column.name} {number}: naïve, 論文, 'quoted', {{}}\n\\",
        BigInteger: 2**40 + number,
        Integer: FIRST + number,
        Boolean: number % 2 == 0,
        Float: 0.1 + number,
        Date: date(2026, 2, 28) + timedelta(days=number),
        Time: time(8, number),
        JSON: {"z": [1.5, "ß", None, True], "a": {"number": number}},
        LargeBinary: bytes(range(number, 256)),
    }
    return values[type(column.type)]
