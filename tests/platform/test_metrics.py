"""What `/metrics` answers, read as Prometheus reads it."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from re import MULTILINE, findall

import pytest
from prometheus_client.parser import text_string_to_metric_families

from adapters.metrics import exposition
from adapters.metrics.counting import Counting
from adapters.metrics.exposition import Exposition
from adapters.store import SqlStore, open_store
from adapters.work.shared import open_shared_work
from bot.announcements import Answer, CategoryAnswer, CollectionRun
from bot.budget import Purpose, Use
from bot.errors import StoreError
from bot.ports import UNMEASURED, Job, Store, Task, UnitOfWork
from tests.factories import NOON, paper, sender
from tests.fakes.clock import FakeClock
from tests.jobs.planned import plan

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"
OURS = "papers_"


@dataclass
class Scraped:
    """Samples by name and the values of their labels, such as `papers_commands_total{Save,answered}`, and the names of
    families."""

    samples: dict[str, float]
    families: set[str]


async def scraped(store: Store, clock: FakeClock, counting: Counting | None = None) -> Scraped:
    counting = counting or Counting(UNMEASURED.span)
    text = (await Exposition(counting.registry, store, clock)()).decode()
    families = list(text_string_to_metric_families(text))
    samples = {
        sample.name + (f"{{{','.join(sample.labels.values())}}}" if sample.labels else ""): sample.value
        for family in families
        for sample in family.samples
    }
    return Scraped(samples, {family.name for family in families})


def ours(samples: dict[str, float], names: Iterable[str]) -> dict[str, float]:
    return {name: samples[f"{OURS}{name}"] for name in names}


async def test_what_this_process_did_is_counted(sqlite_store: SqlStore, clock: FakeClock) -> None:
    counting = Counting(UNMEASURED.span)
    counting.posted(timedelta(seconds=20))
    counting.posted(timedelta(hours=2))
    counting.retried()
    counting.acknowledged("slack", 0.2)
    counting.commanded("Save", "answered", 0.3)
    counting.commanded("Save", "broken", 0.01)
    counting.model_asked("too_slow")
    counting.arxiv_asked("no_answer")
    samples = (await scraped(sqlite_store, clock, counting)).samples
    told = {
        "posts_sent_total": 2,
        "post_late_seconds_sum": 7220,
        "post_late_seconds_bucket{30.0}": 1,
        "post_retries_total": 1,
        "acknowledge_seconds_bucket{0.25,slack}": 1,
        "command_seconds_count{Save}": 2,
        "commands_total{Save,answered}": 1,
        "commands_total{Save,broken}": 1,
        "commands_total{Today,broken}": 0,
        "model_calls_total{too_slow}": 1,
        "arxiv_requests_total{no_answer}": 1,
    }
    assert ours(samples, told) == told
    assert samples["process_resident_memory_bytes"] > 0


async def test_what_is_due_stuck_collected_and_spent_is_read_from_the_database(
    store: SqlStore, clock: FakeClock
) -> None:
    edition = await plan(store, clock, [paper(), paper()])
    answers = CategoryAnswer("cs.CL", Answer.FRESH, NOON.date()), CategoryAnswer("cs.LG", Answer.FAILED)
    async with store() as tx:
        member, _ = await tx.teams.identify(sender())
        await tx.collections.record(CollectionRun(NOON, NOON, answers))
        await tx.spending.record(Use(member.team_id, None, NOON.date(), "m", Purpose.EDITION, 9, 9, 1_250_000))
        post = (await tx.posts.of(edition.id))[0]
        await tx.posts.claim(post.key, attempts=0, now=NOON, until=NOON + timedelta(minutes=1))
        await tx.posts.lost(post.key, attempts=1, error="history cannot be read")
        await tx.holds.claim("minute", holder="clock", now=NOON, until=NOON + timedelta(minutes=1))
        await tx.commit()
    clock.advance(timedelta(minutes=10))
    samples = (await scraped(store, clock)).samples
    told = {
        "database_up": 1,
        "clock_late_seconds": 540,
        "posts_due": 2,
        "posts_due_seconds": 600,
        "posts_unknown": 1,
        "posts_dead": 0,
        "channels_halted": 0,
        "model_cost_dollars": 1.25,
        "collection_age_seconds{cs.CL}": 600,
        "collection_state{fresh,cs.CL}": 1,
        "collection_state{failed,cs.CL}": 0,
        "collection_state{failed,cs.LG}": 1,
    }
    assert ours(samples, told) == told
    assert "papers_collection_age_seconds{cs.LG}" not in samples


@dataclass
class Away:
    """A database that cannot be reached, or says nothing at all."""

    hangs: bool

    def __call__(self) -> "Away":
        return self

    async def __aenter__(self) -> UnitOfWork:
        if self.hangs:
            await asyncio.Event().wait()
        raise StoreError("The database cannot be reached.")

    async def __aexit__(self, *_: object) -> None: ...


@pytest.mark.parametrize("store", [Away(hangs=False), Away(hangs=True)])
async def test_where_the_database_does_not_answer_the_rest_is_told(
    store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exposition, "PATIENCE", 0.01)
    told = await scraped(store, clock)
    assert told.samples["papers_database_up"] == 0
    assert "papers_posts_due" not in told.samples
    assert "papers_posts_sent_total" in told.samples


async def test_jobs_that_wait_and_workers_that_live_are_read_from_the_queue(
    postgresql_url: str, clock: FakeClock
) -> None:
    async with open_store(postgresql_url) as store, open_shared_work(postgresql_url) as work:
        before = (await scraped(store, clock)).samples
        await work.ask(Job(Task.COLLECT), *(Job(Task.DELIVER, channel) for channel in (1, 2)))
        async with store() as tx:
            for seconds in (0, 9, 31, 900):
                beat = f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '{seconds} s')"
                await tx.connection.exec_driver_sql(beat)
            await tx.connection.exec_driver_sql("UPDATE procrastinate_jobs SET task_name = 'later' WHERE id = 1")
            await tx.commit()
        after = (await scraped(store, clock)).samples
    waiting = {name: f"jobs_waiting{{{name}}}" for name in ("deliver", "collect", "curate", "later")}
    assert [before.get(f"papers_{name}") for name in ("workers", *waiting.values())] == [0, 0, 0, 0, None]
    assert [after[f"papers_{name}"] for name in ("workers", *waiting.values())] == [2, 2, 0, 0, 1]


async def test_where_one_process_does_all_jobs_nothing_is_told_of_them(
    sqlite_store: SqlStore, clock: FakeClock
) -> None:
    families = (await scraped(sqlite_store, clock)).families
    assert not families & {"papers_workers", "papers_jobs_waiting"}


async def test_the_documentation_names_every_metric_and_no_other(postgresql_url: str, clock: FakeClock) -> None:
    documented = findall(rf"^\| `({OURS}\w+?)(?:_total)?[`{{]", OPERATIONS.read_text("utf-8"), MULTILINE)
    async with open_store(postgresql_url) as store:
        families = (await scraped(store, clock)).families
    assert sorted(documented) == sorted(name for name in families if name.startswith(OURS))


@pytest.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[SqlStore]:
    async with open_store(sqlite_url) as opened:
        yield opened
