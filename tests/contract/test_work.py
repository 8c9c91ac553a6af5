"""What `bot.ports.Work` promises, held against each adapter."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from adapters.work.limits import MOST_AT_ONCE
from adapters.work.local import LocalWork
from adapters.work.shared import open_shared_work
from bot.ports import Job, Task, Work
from tests.fakes.worker import Worker, running, until

COLLECT, CURATE, TIDY = (Job(task) for task in (Task.COLLECT, Task.CURATE, Task.TIDY))
DELIVERIES = [Job(Task.DELIVER, channel) for channel in range(2 * MOST_AT_ONCE)]

Open = Callable[..., AbstractAsyncContextManager[Work]]


@asynccontextmanager
async def open_local_work(**options: float) -> AsyncIterator[Work]:
    yield LocalWork(**options)


@pytest.fixture(params=["local", "shared"])
def open_work(request: pytest.FixtureRequest) -> Open:
    if request.param == "local":
        return open_local_work
    url: str = request.getfixturevalue("postgresql_url")
    return lambda **options: open_shared_work(url, **options)


@pytest.fixture
async def work(open_work: Open) -> AsyncIterator[Work]:
    async with asyncio.timeout(60), open_work() as work:
        yield work


async def test_what_was_asked_for_before_and_what_is_asked_for_now_is_done(work: Work) -> None:
    await work.ask(CURATE)
    async with running(work, worker := Worker()):
        await until(lambda: worker.ended == [CURATE])
        await work.ask(TIDY)
        await until(lambda: worker.ended == [CURATE, TIDY])


async def test_nothing_may_be_asked_for(work: Work) -> None:
    await work.ask()
    async with running(work, worker := Worker()):
        await work.ask(TIDY)
        await until(lambda: worker.ended == [TIDY])


async def test_of_equal_jobs_that_nobody_has_begun_one_is_done(work: Work) -> None:
    await work.ask(COLLECT, COLLECT)
    await work.ask(TIDY, COLLECT, CURATE)
    async with running(work, worker := Worker()):
        await until(lambda: CURATE in worker.ended)
        await until(lambda: TIDY in worker.ended)
    assert worker.begun.count(COLLECT) == worker.begun.count(TIDY) == 1


async def test_a_job_that_is_asked_for_while_it_is_under_way_is_done_once_more_after(work: Work) -> None:
    async with running(work, worker := Worker(held=True)):
        await work.ask(CURATE)
        await until(lambda: worker.begun == [CURATE])
        await work.ask(CURATE)
        await work.ask(CURATE, TIDY)
        await until(lambda: worker.begun == [CURATE, TIDY])
        worker.go.set()
        await until(lambda: worker.ended.count(CURATE) == 2)
        await work.ask(COLLECT)
        await until(lambda: COLLECT in worker.ended)
    assert worker.begun.count(CURATE) == 2


async def test_jobs_of_one_lock_are_done_one_at_a_time_in_their_order(work: Work) -> None:
    assert COLLECT.lock == CURATE.lock
    async with running(work, worker := Worker(held=True)):
        await work.ask(COLLECT)
        await work.ask(CURATE)
        await work.ask(*DELIVERIES[:2])
        await until(lambda: set(worker.begun) == {COLLECT, *DELIVERIES[:2]})
        worker.go.set()
        await until(lambda: CURATE in worker.ended)
    assert worker.ended.index(COLLECT) < worker.begun.index(CURATE)


async def test_a_job_without_a_lock_waits_for_none(work: Work) -> None:
    summarise = Job(Task.SUMMARISE)
    async with running(work, worker := Worker(held=True)):
        await work.ask(summarise)
        await until(lambda: worker.begun == [summarise])
        await work.ask(summarise)
        await until(lambda: worker.begun == [summarise, summarise])


async def test_many_are_done_at_once_and_those_that_can_wait_let_others_go_first(work: Work) -> None:
    await work.ask(*DELIVERIES)
    await work.ask(DELIVERIES[0], CURATE)
    async with running(work, worker := Worker(held=True)):
        await until(lambda: len(worker.begun) == MOST_AT_ONCE)
        assert worker.begun[0] == CURATE
        worker.go.set()
        await until(lambda: len(worker.ended) == len(DELIVERIES) + 1)
    assert set(worker.ended) == {CURATE, *DELIVERIES}


async def test_what_is_under_way_when_it_is_cancelled_comes_to_its_end(work: Work) -> None:
    async with running(work, worker := Worker(held=True)) as run:
        await work.ask(CURATE)
        await until(lambda: worker.begun == [CURATE])
        run.cancel()
        worker.go.set()
    assert worker.ended == [CURATE]


async def test_what_is_cut_off_is_done_by_the_next(open_work: Open) -> None:
    async with asyncio.timeout(60), open_work(grace=0.05) as work:
        async with running(work, worker := Worker(held=True)):
            await work.ask(CURATE, TIDY)
            await until(lambda: len(worker.begun) == 2)
        assert worker.ended == []
        async with running(work, worker := Worker()):
            await until(lambda: set(worker.ended) == {CURATE, TIDY})


async def test_a_lengthy_job_is_cut_off_at_once_and_done_by_the_next(open_work: Open) -> None:
    async with asyncio.timeout(60), open_work(grace=1e6) as work:
        async with running(work, worker := Worker(held=True)):
            await work.ask(COLLECT)
            await until(lambda: worker.begun == [COLLECT])
        async with running(work, worker := Worker()):
            await until(lambda: worker.ended == [COLLECT])
