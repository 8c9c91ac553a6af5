"""One database copied into another: all of it or nothing."""

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Table, make_url, select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store import copy, open_store
from adapters.store.columns import metadata
from adapters.store.text_index import TEXT_INDEXES, text_index
from bot.errors import StoreError
from tests.factories import sender
from tests.store.filled import ALL, FIRST, ROWS, fill


async def held(url: str) -> dict[str, list[Any]]:
    """Every row of every table, and what the indexes of terms hold."""
    async with open_store(url) as store, store() as tx:
        found = {name: await _all(tx.connection, table) for name, table in metadata.tables.items()}
        for name in TEXT_INDEXES:
            rows = await tx.connection.execute(text_index(tx.connection, name).rows())
            found[name] = sorted((number, sorted(terms.split())) for number, terms in rows)
    return found


async def _all(connection: AsyncConnection, table: Table) -> list[Any]:
    return [tuple(row) for row in await connection.execute(select(table).order_by(*table.primary_key))]


@pytest.fixture(params=["to PostgreSQL", "to SQLite"])
def way(request: pytest.FixtureRequest, sqlite_url: str, postgresql_url: str) -> tuple[str, str]:
    """The source and the target."""
    return (sqlite_url, postgresql_url) if request.param == "to PostgreSQL" else (postgresql_url, sqlite_url)


async def test_every_row_of_every_table_arrives_as_it_is(way: tuple[str, str]) -> None:
    source, target = way
    await fill(source)
    before = await held(source)
    told: list[tuple[str, int, int]] = []
    assert await copy(source, target, progress=lambda *step: told.append(step)) == ALL
    assert await held(target) == before == await held(source)
    assert [step for step in told if step[1] == step[2]] == [("Copying", ALL, ALL), ("Checking", ALL, ALL)]


async def test_new_rows_are_numbered_after_those_that_were_copied(way: tuple[str, str]) -> None:
    await fill(way[0])
    await copy(*way)
    async with open_store(way[1]) as store, store() as tx:
        member, channel = await tx.teams.identify(sender())
    assert {member.id, member.team_id, channel.id} == {FIRST + ROWS}


async def test_a_target_that_holds_something_is_left_alone(way: tuple[str, str]) -> None:
    source, target = way
    await fill(source)
    async with open_store(target) as store, store() as tx:
        await tx.teams.identify(sender())
        await tx.commit()
    before = await held(target)
    with pytest.raises(StoreError, match=r"is not empty: it has teams. Nothing was copied"):
        await copy(source, target)
    assert await held(target) == before


async def test_no_password_is_shown(sqlite_url: str, postgresql_url: str) -> None:
    await fill(postgresql_url)
    secret = make_url(postgresql_url).set(password="s3cret").render_as_string(hide_password=False)
    with pytest.raises(StoreError) as refused:
        await copy(sqlite_url, secret)
    assert make_url(secret).render_as_string(hide_password=True) in str(refused.value)
    assert "s3cret" not in str(refused.value)


async def test_what_cannot_be_copied_whole_is_not_copied_at_all(sqlite_url: str, postgresql_url: str) -> None:
    await fill(sqlite_url)
    with sqlite3.connect(str(make_url(sqlite_url).database)) as damaged:  # foreign keys are not looked after
        damaged.execute("DELETE FROM entries")
    before, empty = await held(sqlite_url), await held(postgresql_url)
    with pytest.raises(StoreError, match="refused"):
        await copy(sqlite_url, postgresql_url)
    assert await held(postgresql_url) == empty
    assert await held(sqlite_url) == before


async def test_a_row_that_arrives_otherwise_than_it_was_undoes_the_copy(sqlite_url: str, postgresql_url: str) -> None:
    await fill(sqlite_url)
    empty = await held(postgresql_url)
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(
            "CREATE FUNCTION spoil() RETURNS trigger AS 'BEGIN NEW.text := NEW.text || ''!''; RETURN NEW; END' "
            "LANGUAGE plpgsql; CREATE TRIGGER spoil BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION spoil()"
        )
        try:
            with pytest.raises(StoreError, match=r"The copy of notes differs from the original. Nothing was kept"):
                await copy(sqlite_url, postgresql_url)
        finally:
            connection.execute("DROP FUNCTION spoil CASCADE")
    assert await held(postgresql_url) == empty


async def test_a_target_without_tables_gets_them_and_a_source_without_is_refused(
    sqlite_url: str, tmp_path: Path
) -> None:
    fresh = f"sqlite:///{tmp_path / 'fresh.db'}"
    await fill(sqlite_url)
    assert await copy(sqlite_url, fresh) == ALL
    (tmp_path / "other.db").touch()
    with pytest.raises(StoreError, match=r"other\.db is not up to date"):
        await copy(f"sqlite:///{tmp_path / 'other.db'}", sqlite_url)
    with pytest.raises(StoreError, match="There is no database at"):
        await copy(f"sqlite:///{tmp_path / 'none.db'}", sqlite_url)
