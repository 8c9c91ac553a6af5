"""What `papers run` does each minute, and in which order, whatever the model and the source do."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.sample.source import SampleSource
from adapters.terminal.transcript import Message
from adapters.work.local import LocalWork
from bot.announcements import Batch
from bot.app import App, open_app
from bot.cli.background import SUMMARY_WAIT, Background
from bot.cli.service import EVERY, EVERY_MINUTE, Role, Service, roles_named, serve
from bot.config import read_settings
from bot.curation.ranking import Ranked, Taste
from bot.errors import UserError
from bot.papers import Paper
from bot.ports import Job, Progress, Task, silent
from bot.teams import Interests
from jobs.collect import collect
from tests.fakes.clock import FakeClock
from tests.fakes.summariser import FakeSummariser
from tests.fakes.worker import Worker, running, until

MORNING = datetime(2026, 1, 15, 9, 0, 30, tzinfo=UTC)
CURATE = Job(Task.CURATE)


class Patient(FakeClock):
    """Whoever sleeps on it sleeps for ever."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.Event().wait()


class Slow(SampleSource):
    """It is asked, and does not answer before `go`."""

    def __init__(self) -> None:
        super().__init__()
        self.times, self.go = 0, asyncio.Event()

    async def announced(self, categories: Sequence[str], *, now: datetime, progress: Progress = silent) -> Batch:
        self.times += 1
        await self.go.wait()
        return await super().announced(categories, now=now, progress=progress)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(MORNING)


@pytest.fixture
async def new_app(tmp_path: Path, clock: FakeClock) -> AsyncIterator[App]:
    """Nothing was ever collected."""
    settings = read_settings(database_url=SecretStr(f"sqlite:///{tmp_path / 'papers.db'}"))
    async with asyncio.timeout(60), open_app(settings, sample=True) as app:
        yield replace(app, clock=clock)


@pytest.fixture
async def app(new_app: App) -> App:
    await collect(new_app.store, new_app.source, clock=new_app.clock)
    return new_app


@pytest.fixture
def model() -> FakeSummariser:
    return FakeSummariser()


def with_model(app: App, model: FakeSummariser) -> App:
    return replace(app, services=replace(app.services, summariser=model))


@asynccontextmanager
async def working(app: App) -> AsyncIterator[LocalWork]:
    work = LocalWork()
    async with running(work, Background(app, work).do):
        yield work


async def posted(app: App) -> list[Message]:
    """The papers' messages, once the whole edition is out."""
    await until(lambda: len(app.transcript.messages()) > app.settings.edition_size)
    return app.transcript.messages()[1:]


def in_the_models_words(messages: list[Message]) -> list[bool]:
    return [any("in the words of fake-1" in line.text for line in message.card.lines) for message in messages]


async def asked_of(work: LocalWork) -> list[Job]:
    """What is waiting to be done."""
    async with running(work, worker := Worker()):
        await work.ask(last := Job(Task.DELIVER, 0))
        await until(lambda: last in worker.ended)
    return sorted(set(worker.ended) - {last}, key=lambda job: job.key)


async def test_a_tick_collects_what_is_due_and_publishes_it_at_once(new_app: App) -> None:
    async with working(new_app) as work:
        await Service(new_app, work).tick()
        assert len(await posted(new_app)) == new_app.settings.edition_size


async def test_a_source_that_is_slow_is_asked_once_and_editions_wait_for_it(new_app: App) -> None:
    app = replace(new_app, source=(source := Slow()))
    async with working(app) as work:
        await work.ask(*EVERY_MINUTE)
        await until(lambda: source.times == 1)
        await work.ask(*EVERY_MINUTE)
        source.go.set()
        await posted(app)
        await work.ask(*EVERY_MINUTE)
    assert source.times == 1


async def test_an_edition_waits_for_the_model_so_long_and_no_longer_and_is_edited_after(
    app: App, model: FakeSummariser
) -> None:
    model.go.clear()
    async with working(with_model(app, model)) as work:
        await work.ask(CURATE)
        papers = await posted(app)
        assert {message.posted_at for message in papers} == {MORNING + timedelta(seconds=SUMMARY_WAIT)}
        assert not any(in_the_models_words(papers))
        model.go.set()
        await until(lambda: all(in_the_models_words(app.transcript.messages()[1:])))
    assert len(app.transcript.messages()) == len(papers) + 1


async def test_what_the_model_says_in_time_is_in_the_first_post(app: App, model: FakeSummariser) -> None:
    async with working(with_model(replace(app, clock=Patient(MORNING)), model)) as work:
        await work.ask(CURATE)
        assert all(in_the_models_words(await posted(app)))


async def test_of_several_processes_one_asks_in_each_minute_and_one_each_day_for_what_is_daily(
    app: App, clock: FakeClock
) -> None:
    works = [LocalWork() for _ in range(3)]
    ticks = [Service(app, work).tick for work in works]
    first, second, third = ticks
    await asyncio.gather(*(tick() for tick in ticks))
    asked = [await asked_of(work) for work in works]
    assert sorted(asked, key=len) == [
        [],
        [],
        sorted({*EVERY_MINUTE, *(job for _, job in EVERY.values())}, key=lambda job: job.key),
    ]

    clock.advance(timedelta(seconds=29))
    await second()
    assert await asked_of(works[1]) == []
    clock.advance(timedelta(seconds=1))
    await third()
    await first()
    assert await asked_of(works[2]) == sorted(EVERY_MINUTE, key=lambda job: job.key)
    assert await asked_of(works[0]) == []


async def test_a_process_that_starts_in_the_minute_of_one_that_died_asks_all_the_same(app: App) -> None:
    await Service(app, LocalWork()).tick()
    work = LocalWork()
    async with running(work, worker := Worker()):
        keeping = asyncio.create_task(Service(app, work).keep_time())
        await until(lambda: {*EVERY_MINUTE} <= {*worker.ended})
        keeping.cancel()
        await asyncio.wait({keeping})


async def test_a_job_that_breaks_is_on_record_and_breaks_nothing_else(
    app: App, model: FakeSummariser, caplog: pytest.LogCaptureFixture
) -> None:
    work = LocalWork()

    def broken(pool: Sequence[Paper], interests: Interests, taste: Taste) -> list[Ranked]:
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        await Background(replace(app, ranker=broken), work).do(CURATE)
    assert [record.message[:4] for record in caplog.records] == ["ref "]
    assert await asked_of(work) == []


async def test_roles_that_cannot_be_are_refused(tmp_path: Path) -> None:
    assert roles_named(" Clock,worker") == {Role.CLOCK, Role.WORKER}
    with pytest.raises(
        UserError, match='takes some of platform, clock, worker, with commas between, not "clock,waiter"'
    ):
        roles_named("clock,waiter")
    settings = read_settings(database_url=SecretStr(f"sqlite:///{tmp_path / 'papers.db'}"))
    with pytest.raises(UserError, match="On SQLite one process does everything"):
        await serve(settings, frozenset({Role.CLOCK, Role.WORKER}))
