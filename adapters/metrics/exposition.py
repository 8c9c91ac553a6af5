"""What `/metrics` answers: the figures of this process, and those that the database has for all."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.announcements import Answer, CategoryState
from bot.budget import DOLLAR, month_of
from bot.errors import StoreError
from bot.ports import Backlog, Clock, Queue, Store, Task

PATIENCE = 5.0
"""Seconds that the database is given."""


class Exposition:
    """In Prometheus' text format. What is in the database is read anew each time, so that every process tells the
    same."""

    def __init__(self, registry: CollectorRegistry, store: Store, clock: Clock) -> None:
        self._registry = registry
        self._store = store
        self._clock = clock

    async def __call__(self) -> bytes:
        """Where the database does not answer, its figures are missing, but for `papers_database_up`."""
        return generate_latest(self._registry) + generate_latest(_Read(await self._read()))

    async def _read(self) -> list[Metric]:
        now = self._clock.now()
        try:
            async with asyncio.timeout(PATIENCE), self._store() as tx:
                backlog = await tx.ledger.backlog(now)
                spent = await tx.spending.total(since=month_of(now))
                states = await tx.collections.states(await tx.collections.asked_last())
                ticked = await tx.holds.last("minute")
                queue = await tx.ledger.queue()
        except (StoreError, TimeoutError):
            return [_database(up=False)]
        cost = GaugeMetricFamily(
            "papers_model_cost_dollars", "What models cost this month, in UTC, over all teams.", value=spent / DOLLAR
        )
        clock = GaugeMetricFamily(
            "papers_clock_late_seconds",
            "For how long nobody has asked for what is due, as is done each minute.",
            value=max(0.0, (now - ticked).total_seconds()) if ticked else 0,
        )
        told = [*_posts(backlog, now), cost, *_collections(states.values(), now), *(_jobs(queue) if queue else ())]
        return [_database(up=True), clock, *told]


class _Read(Collector):
    """What was read already."""

    def __init__(self, metrics: list[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def _database(*, up: bool) -> Metric:
    return GaugeMetricFamily("papers_database_up", "Whether the database answers this process.", value=up)


def _posts(backlog: Backlog, now: datetime) -> Iterator[Metric]:
    waiting = (now - backlog.since).total_seconds() if backlog.since else 0
    for name, meaning, value in (
        ("posts_due", "Posts that should be in their channel by now and are not.", backlog.due),
        ("posts_due_seconds", "For how long the first of them has been due.", waiting),
        ("posts_unknown", "Posts that may be in their channel or not.", backlog.unknown),
        ("posts_dead", "Posts that were given up.", backlog.dead),
        ("channels_halted", "Channels that are closed to the bot.", backlog.halted),
    ):
        yield GaugeMetricFamily(f"papers_{name}", meaning, value=value)


def _jobs(queue: Queue) -> Iterator[Metric]:
    waiting = GaugeMetricFamily("papers_jobs_waiting", "Jobs that no worker has begun yet.", labels=["task"])
    # A task without any is told too: else it would seem to wait for as long as nobody asks for it again.
    for task in dict.fromkeys([*map(str, Task), *queue.waiting]):
        waiting.add_metric([task], queue.waiting.get(task, 0))
    yield waiting
    yield GaugeMetricFamily("papers_workers", "Processes that do jobs, and live.", value=queue.workers)


def _collections(states: Iterable[CategoryState], now: datetime) -> Iterator[Metric]:
    age = GaugeMetricFamily(
        "papers_collection_age_seconds", "Since arXiv last answered for a category.", labels=["category"]
    )
    last = GaugeMetricFamily(
        "papers_collection_state", "1 at what came of the last collection.", labels=["category", "answer"]
    )
    for state in states:
        if state.last_answered_at:
            age.add_metric([state.category], (now - state.last_answered_at).total_seconds())
        for answer in Answer:
            last.add_metric([state.category, answer], answer is state.last.answer)
    yield from (age, last)
