"""Everything that one database holds, in another: how a team moves from SQLite to PostgreSQL, or back."""

import asyncio
from collections.abc import AsyncIterator, Sequence, Sized
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import URL, ColumnElement, RowMapping, Select, Table, func, insert, select, table, true, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.columns import metadata
from adapters.store.engine import UPGRADE, async_engine, is_sqlite, parsed, place_of, require_file, translated
from adapters.store.schema import DatabaseState, check, upgrade
from adapters.store.text_index import TEXT_INDEXES, text_index
from bot.errors import StoreError
from bot.ports import Progress, silent

LOT = 500
"""Rows that are in memory at a time."""
_ALL = true()


async def copy(source: str, target: str, *, progress: Progress = silent) -> int:
    """Copies every row of one database, given by its URL, to another one that is empty; says how many there were.

    Both are of this version of the program; tables that the target lacks are made. Afterwards each row is read back and
    compared. Raises StoreError, and then the target is as empty as it was. The source is not changed; what is written
    to it meanwhile is not copied.
    """
    here, there = parsed(source), parsed(target)
    require_file(here)
    await asyncio.to_thread(_require_current, source, here)
    if await asyncio.to_thread(check, target) is DatabaseState.MISSING:
        await asyncio.to_thread(upgrade, target)
    await asyncio.to_thread(_require_current, target, there)
    async with _transaction(there) as new:
        await _require_empty(new, there)
        async with _transaction(here) as old:
            total = await _count(old)
            await _fill(new, old, total, progress)
            await _compare(new, old, total, progress)
        await new.commit()
    return total


def _require_current(url: str, address: URL) -> None:
    state = check(url)
    if state is DatabaseState.AHEAD:
        raise StoreError(f"The database {place_of(address)} is from a newer version. Update Paper Round.")
    if state is not DatabaseState.CURRENT:
        raise StoreError(f"The database {place_of(address)} is not up to date. With DATABASE_URL set to it: {UPGRADE}")


async def _require_empty(connection: AsyncConnection, address: URL) -> None:
    for each in metadata.sorted_tables:
        if await connection.scalar(select(select(each).exists())):
            raise StoreError(f"The database {place_of(address)} is not empty: it has {each.name}. Nothing was copied.")


@asynccontextmanager
async def _transaction(address: URL) -> AsyncIterator[AsyncConnection]:
    """A transaction that sees the database as it is at one moment; nothing lasts unless it is committed."""
    engine = async_engine(address)
    try:
        with translated(address):
            async with engine.connect() as connection:
                if not is_sqlite(address):
                    await connection.execution_options(isolation_level="REPEATABLE READ")
                yield connection
    finally:
        await engine.dispose()


async def _count(connection: AsyncConnection) -> int:
    names = [*metadata.tables, *TEXT_INDEXES]
    return sum([await connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names])


async def _fill(new: AsyncConnection, old: AsyncConnection, total: int, progress: Progress) -> None:
    done = 0
    for each in metadata.sorted_tables:
        for some in _in_turn(each):
            async for rows in _rows(old, each, some):
                await new.execute(insert(each), rows)
                progress("Copying", done := done + len(rows), total)
        await _number_on(new, each)
    for name in TEXT_INDEXES:
        async for terms in _terms(old, name):
            await text_index(new, name).put(terms)
            progress("Copying", done := done + len(terms), total)


def _in_turn(each: Table) -> list[ColumnElement[bool]]:
    """Which rows are copied first, and which then: what others of the same table refer to refers to none itself."""
    within = [column for column in each.c if any(key.column.table is each for key in column.foreign_keys)]
    return [test for column in within for test in (column.is_(None), column.is_not(None))] or [_ALL]


async def _number_on(connection: AsyncConnection, each: Table) -> None:
    """New rows get numbers after those that were copied; SQLite sees to that by itself."""
    column = each.autoincrement_column
    if column is not None and connection.dialect.name == "postgresql":
        last, sequence = func.max(column), func.pg_get_serial_sequence(each.name, column.name)
        await connection.execute(select(func.setval(sequence, func.coalesce(last, 1), last.is_not(None))))


async def _compare(new: AsyncConnection, old: AsyncConnection, total: int, progress: Progress) -> None:
    done = 0
    for each in metadata.sorted_tables:
        async for lot in _alike(each.name, _rows(old, each), _rows(new, each)):
            progress("Checking", done := done + lot, total)
    for name in TEXT_INDEXES:
        async for lot in _alike(name, _terms(old, name), _terms(new, name)):
            progress("Checking", done := done + lot, total)


async def _alike(name: str, old: AsyncIterator[Sized], new: AsyncIterator[Sized]) -> AsyncIterator[int]:
    """The sizes of the lots. Raises StoreError unless each row is in the copy as it is in the original."""
    while (lot := await anext(old, None)) == await anext(new, None):
        if lot is None:
            return
        yield len(lot)
    raise StoreError(f"The copy of {name} differs from the original. Nothing was kept.")


async def _rows(
    connection: AsyncConnection, each: Table, some: ColumnElement[bool] = _ALL
) -> AsyncIterator[list[dict[str, Any]]]:
    """In lots, in an order that is the same on either engine."""
    async for lot in _lots(connection, select(each).where(some), *each.primary_key):
        yield [dict(row) for row in lot]


async def _terms(connection: AsyncConnection, name: str) -> AsyncIterator[dict[int, set[str]]]:
    rows = text_index(connection, name).rows()
    number, terms = rows.selected_columns
    async for lot in _lots(connection, rows, number):
        yield {row[number]: set(row[terms].split()) for row in lot}


async def _lots(
    connection: AsyncConnection, wanted: Select[*tuple[Any, ...]], *key: ColumnElement[Any]
) -> AsyncIterator[Sequence[RowMapping]]:
    """What is wanted, in the order of its key, of which no two rows have the same."""
    page = wanted.order_by(*key).limit(LOT)
    while lot := (await connection.execute(page)).mappings().all():
        yield lot
        last = tuple(lot[-1][column] for column in key)
        page = wanted.where(tuple_(*key) > last).order_by(*key).limit(LOT)
