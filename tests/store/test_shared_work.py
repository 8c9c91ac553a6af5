"""Jobs that several processes on one PostgreSQL database share, whatever becomes of one of them."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator

import psycopg
import pytest
from sqlalchemy import make_url

from adapters.work.shared import SharedWork, open_shared_work
from bot.errors import StoreError
from bot.ports import Job, Task
from tests.fakes.worker import Worker, running, until

SOON = 0.02
DELIVERIES = [Job(Task.DELIVER, channel) for channel in range(200)]

CUT_THE_FIRST_END = """
CREATE SEQUENCE ends;
CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('ends') = 1 THEN
        PERFORM pg_terminate_backend(pg_backend_pid());
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER cut BEFORE DELETE ON procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION cut();
"""
"""The connection on which a job is deleted first, since it is done, is lost."""


@pytest.fixture
async def works(postgresql_url: str) -> AsyncIterator[tuple[SharedWork, SharedWork]]:
    """Those of two processes."""
    one, other = (open_shared_work(postgresql_url, take_over=SOON) for _ in range(2))
    async with asyncio.timeout(60), one as here, other as there:
        yield here, there


async def begun_by_one_that_died(work: SharedWork, url: str, jobs: int) -> None:
    """What a process leaves that is killed while it does so many jobs: they are under way, and its heart is still."""
    worker = await work._queue.register_worker()
    for _ in range(jobs):
        assert await work._queue.fetch_job(None, worker)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 s'")


def left(url: str) -> list[str]:
    """The jobs that are still in the queue."""
    with psycopg.connect(url) as connection:
        return [name for (name,) in connection.execute("SELECT task_name FROM procrastinate_jobs")]


async def test_two_processes_share_jobs_and_those_of_a_third_that_died(
    works: tuple[SharedWork, SharedWork], postgresql_url: str
) -> None:
    here, there = works
    await here.ask(*DELIVERIES)
    await begun_by_one_that_died(here, postgresql_url, 7)
    mine, yours = Worker(held=True), Worker(held=True)
    async with running(here, mine), running(there, yours):
        await until(lambda: len(mine.begun) + len(yours.begun) == len(DELIVERIES))
        mine.go.set()
        yours.go.set()
        await until(lambda: not left(postgresql_url))
    assert mine.ended
    assert yours.ended
    assert Counter([*mine.ended, *yours.ended]) == Counter(DELIVERIES)


async def test_what_one_left_that_died_and_was_asked_for_again_is_done_once(
    works: tuple[SharedWork, SharedWork], postgresql_url: str
) -> None:
    here, _ = works
    await here.ask(Job(Task.TIDY))
    await begun_by_one_that_died(here, postgresql_url, 1)
    await here.ask(Job(Task.TIDY))
    async with running(here, worker := Worker()):
        await until(lambda: not left(postgresql_url))
    assert worker.ended == [Job(Task.TIDY)]


async def test_a_job_whose_end_the_database_did_not_hear_of_is_done_again_and_holds_up_none_of_its_lock(
    works: tuple[SharedWork, SharedWork], postgresql_url: str
) -> None:
    here, _ = works
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(CUT_THE_FIRST_END)
        try:
            await here.ask(Job(Task.COLLECT))
            async with running(here, worker := Worker()):
                await until(lambda: bool(worker.ended))
                await here.ask(Job(Task.CURATE))
                await until(lambda: not left(postgresql_url))
        finally:
            connection.execute("DROP FUNCTION cut CASCADE; DROP SEQUENCE ends")
    assert worker.ended == [Job(Task.COLLECT), Job(Task.COLLECT), Job(Task.CURATE)]


async def test_jobs_of_another_version_are_left_to_it_and_more_arguments_do_no_harm(
    works: tuple[SharedWork, SharedWork], postgresql_url: str
) -> None:
    here, _ = works
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('translate', 'translate', '{}'), "
            """('deliver', 'deliver', '{"channel_id": 42, "urgent": true}')"""
        )
    async with running(here, worker := Worker()):
        await until(lambda: left(postgresql_url) == ["translate"])
    assert worker.ended == [Job(Task.DELIVER, 42)]


async def test_a_queue_out_of_reach_is_an_error_without_the_password(
    caplog: pytest.LogCaptureFixture, unused_tcp_port: int
) -> None:
    caplog.set_level(logging.DEBUG)
    url = make_url("postgresql://bot@127.0.0.1/papers").set(port=unused_tcp_port, password="s3:cr/et")
    async with open_shared_work(url.render_as_string(hide_password=False), patience=SOON) as work:
        with pytest.raises(StoreError, match="cannot be reached") as raised:
            await work.ask(Job(Task.TIDY))
    for told in (str(raised.value), caplog.text):
        assert "s3:cr/et" not in told
        assert "s3%3Acr%2Fet" not in told
