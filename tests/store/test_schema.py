import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from procrastinate.schema import SchemaManager
from psycopg.sql import SQL
from sqlalchemy import Connection, inspect, text

import migrations
from adapters.store import DatabaseState, check, upgrade
from adapters.store.columns import metadata
from adapters.store.engine import parsed, sync_engine
from bot.errors import StoreError
from tests.conftest import Databases

TEXT_INDEXES = {"paper_titles", "paper_terms", "entry_terms"}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables: on SQLite not even a file."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'fresh 100%.db'}"
    else:
        databases: Databases = request.getfixturevalue("databases")
        url = databases.create()
        yield url
        databases.drop(url)


def connection(url: str) -> Iterator[Connection]:
    engine = sync_engine(parsed(url))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def migrated(database_url: str) -> Iterator[Connection]:
    yield from connection(database_url)


@pytest.fixture
def fresh(empty_url: str) -> Iterator[Connection]:
    yield from connection(empty_url)


def is_ours(name: str | None, kind: str) -> bool:
    """Whether a table is one of `tables`: not Alembic's or the queue's, not a text index nor what FTS5 keeps beside
    one."""
    return kind != "table" or name is None or not name.startswith((*TEXT_INDEXES, "alembic_version", "procrastinate_"))


def described(connection: Connection) -> dict[str, object]:
    """The schema as the engine tells it."""
    inspector = inspect(connection)
    return {
        name: (
            [{**column, "type": repr(column["type"])} for column in inspector.get_columns(name)],
            inspector.get_pk_constraint(name),
            sorted(inspector.get_unique_constraints(name), key=str),
            sorted(inspector.get_foreign_keys(name), key=str),
            sorted(
                (index["name"], index["column_names"], {key: str(of) for key, of in index["dialect_options"].items()})
                for index in inspector.get_indexes(name)
            ),
        )
        for name in inspector.get_table_names()
        if is_ours(name, "table")
    }


def test_the_migrations_make_the_tables_that_the_program_speaks_to(migrated: Connection) -> None:
    options = {
        "compare_type": True,
        "compare_server_default": True,
        "include_name": lambda name, kind, parents: is_ours(name, kind),
    }

    assert compare_metadata(MigrationContext.configure(migrated, opts=options), metadata) == []


def test_a_migrated_schema_is_the_one_that_the_tables_describe(empty_url: str, fresh: Connection) -> None:
    metadata.create_all(fresh)
    made = described(fresh)
    metadata.drop_all(fresh)
    fresh.commit()

    upgrade(empty_url)

    inspect(fresh).clear_cache()
    assert described(fresh) == made


def test_rows_from_before_platforms_mean_what_they_meant(empty_url: str, fresh: Connection) -> None:
    before = Config()
    before.set_main_option("script_location", str(Path(migrations.__file__).parent))
    before.attributes["connection"] = fresh
    command.upgrade(before, "0003")
    for row in (
        "teams VALUES (1, 'lab')",
        "channels VALUES (1, 1, 'terminal', 'papers', '#papers')",
        "subscriptions VALUES (1, 1, 1, '{}', 5, '[0]', '08:00:00', 'UTC')",
        "editions VALUES (1, 1, 1, 'daily', '2026-01-15', '2026-01-15 12:00:00', 9, '[]', NULL)",
        "posts (key, edition_id, channel_id, slot, state, planned_at, attempts, last_error)"
        " VALUES ('a', 1, 1, 0, 'planned', '2026-01-15 12:00:00', 0, '')",
    ):
        fresh.execute(text(f"INSERT INTO {row}"))
    fresh.commit()

    upgrade(empty_url)

    asked = "SELECT private, s.layout, offers, made_by, ended_at, e.layout, outdated_at"
    joined = " FROM channels JOIN subscriptions s ON true JOIN editions e ON true JOIN posts ON true"
    now = fresh.execute(text(asked + joined)).one()
    assert now == (False, "messages", "emoji", None, None, "messages", None)


def test_the_text_indexes_are_there_in_the_engines_own_form(migrated: Connection) -> None:
    if migrated.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5(%'"
    else:
        query = "SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%USING gin (terms)'"

    assert set(migrated.scalars(text(query))) == TEXT_INDEXES


def test_a_database_is_missing_until_it_is_upgraded(empty_url: str) -> None:
    assert check(empty_url) is DatabaseState.MISSING
    upgrade(empty_url)
    assert check(empty_url) is DatabaseState.CURRENT
    upgrade(empty_url)
    assert check(empty_url) is DatabaseState.CURRENT


def test_looking_for_a_file_does_not_make_it(tmp_path: Path) -> None:
    check(f"sqlite:///{tmp_path / 'none.db'}")

    assert list(tmp_path.iterdir()) == []


async def test_of_processes_that_upgrade_at_once_one_does_and_the_others_wait(empty_url: str) -> None:
    program = "import sys; from adapters.store import upgrade; upgrade(sys.argv[1])"
    processes = [await asyncio.create_subprocess_exec(sys.executable, "-c", program, empty_url) for _ in range(3)]

    assert [await process.wait() for process in processes] == [0, 0, 0]
    assert check(empty_url) is DatabaseState.CURRENT


def test_a_newer_programs_database_is_ahead_and_left_alone(empty_url: str) -> None:
    upgrade(empty_url)
    for opened in connection(empty_url):
        opened.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        opened.commit()

    assert check(empty_url) is DatabaseState.AHEAD
    with pytest.raises(StoreError, match="newer version"):
        upgrade(empty_url)


def test_upgrading_makes_no_directories(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        upgrade(f"sqlite:///{tmp_path / 'none' / 'fresh.db'}")


def test_a_directory_is_no_database(tmp_path: Path) -> None:
    for use in (upgrade, check):
        with pytest.raises(StoreError, match="cannot be reached"):
            use(f"sqlite:///{tmp_path}")


def test_a_file_of_another_kind_is_no_database(tmp_path: Path) -> None:
    other = tmp_path / "notes.db"
    other.write_text("Not a database, but quite long enough to be taken for one at first sight. " * 9)

    with pytest.raises(StoreError, match="not a database"):
        upgrade(f"sqlite:///{other}")


@pytest.fixture
def empty_server_url(databases: Databases) -> Iterator[str]:
    url = databases.create()
    yield url
    databases.drop(url)


def queue_functions(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        return {name for (name,) in connection.execute("SELECT proname FROM pg_proc WHERE proname ~ '^procrastinate'")}


def test_a_queue_of_an_older_procrastinate_is_brought_up_to_date(empty_server_url: str, postgresql_url: str) -> None:
    older = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))[:-2]
    with psycopg.connect(empty_server_url) as connection:
        for migration in older:
            connection.execute(migration.read_bytes())
        connection.execute(SQL("COMMENT ON TABLE procrastinate_jobs IS {}").format(older[-1].stem))
    assert queue_functions(empty_server_url) != queue_functions(postgresql_url)

    upgrade(empty_server_url)

    assert check(empty_server_url) is DatabaseState.CURRENT
    assert queue_functions(empty_server_url) == queue_functions(postgresql_url)


@pytest.mark.parametrize(
    ("version", "state"),
    [("00.00.00_01_initial", DatabaseState.BEHIND), ("99.00.00_01_later", DatabaseState.AHEAD)],
)
def test_the_queues_version_counts_too(empty_server_url: str, version: str, state: DatabaseState) -> None:
    upgrade(empty_server_url)
    with psycopg.connect(empty_server_url) as connection:
        connection.execute(SQL("COMMENT ON TABLE procrastinate_jobs IS {}").format(version))

    assert check(empty_server_url) is state
