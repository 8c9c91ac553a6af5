"""The ledger under whatever may happen, in any order: nothing is posted twice, nothing is lost, no state is illegal."""

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import cast

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from adapters.store import open_store
from bot.editions import Edition, Pick, Post, PostState
from bot.leases import LEASE
from bot.ports import Store, UnitOfWork
from bot.teams import EditionKind, Interests, Subscription
from jobs.deliver import deliver
from jobs.posting import KEEP_TRYING, LONGEST_PAUSE
from tests.conftest import Databases
from tests.factories import NOON, paper, sender
from tests.fakes.clock import FakeClock
from tests.fakes.platform import Crash, FakePlatform, Posted

CHANNELS = ("papers", "agents")
FAULTS = st.lists(st.sampled_from(["", "", "", "refuse", "forbid", "drop", "answer_500", "crash", "die"]), max_size=4)
HISTORY = st.sampled_from(["told", "told", "silent", "closed"])
WAITS = st.sampled_from([0.0, 1.0, 50.0, LEASE.total_seconds() + 1, 600.0, 7200.0, 90_000.0])
"""Seconds: within a lease, after it, after a pause, after more than a day."""
FREEZES = st.sampled_from([1.0, LEASE.total_seconds() + 1, 600.0])
STUCK = (PostState.UNKNOWN, PostState.DEAD)


class InterruptedStore:
    """A store whose user is held up before its `turn`th unit of work, while `meanwhile` happens."""

    def __init__(self, store: Store, turn: int, meanwhile: Callable[[], Awaitable[None]]) -> None:
        self._store, self._turn, self._meanwhile, self._turns = store, turn, meanwhile, count(1)

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[UnitOfWork]:
        if next(self._turns) == self._turn:
            await self._meanwhile()
        async with self._store() as tx:
            yield tx


class LedgerMachine(RuleBasedStateMachine):
    """Two channels and two workers. The model: what was planned, what was given up by hand, and what was seen last."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = FakeClock()
        self.messages: list[Posted] = []
        self.planned: list[str] = []
        self.dropped: set[str] = set()
        self.mended: set[str] = set()
        """Moved by hand since the last look."""
        self.seen: dict[str, Post] = {}
        self.opened = open_store(url)
        self.store: Store = self.runner.run(self.opened.__aenter__())
        self.subscriptions = [self.runner.run(self._subscribe(channel)) for channel in CHANNELS]

    async def _subscribe(self, name: str) -> Subscription:
        async with self.store() as tx:
            ada, channel = await tx.teams.identify(sender(channel=name))
            wanted = Subscription(0, channel.team_id, channel.id, Interests(("cs.CL",)), made_by=ada.id)
            subscription = await tx.teams.subscribe(wanted)
            await tx.commit()
        return subscription

    @rule(channel=st.integers(0, 1), papers=st.integers(0, 2))
    def plan(self, channel: int, papers: int) -> None:
        self.runner.run(self._plan(self.subscriptions[channel], papers))

    async def _plan(self, subscription: Subscription, papers: int) -> None:
        now, number = self.clock.now(), len(self.planned)
        known = [paper() for _ in range(papers)]
        picks = tuple(Pick(one.id, slot, "reasoning", (), 1.0) for slot, one in enumerate(known, 1))
        day = NOON.date() + timedelta(days=number)
        edition = Edition(0, subscription.id, subscription.channel_id, EditionKind.DAILY, day, now, 9, picks)
        keys = [f"key-{number + slot:04}" for slot in range(papers + 1)]
        posts = [Post(key, 0, subscription.channel_id, slot, PostState.PLANNED, now) for slot, key in enumerate(keys)]
        async with self.store() as tx:
            await tx.papers.add(known, seen_at=now)
            assert await tx.editions.add(edition, posts)
            await tx.commit()
        self.planned += keys

    @rule(faults=FAULTS, history=HISTORY)
    def work(self, faults: Sequence[str], history: str) -> None:
        with suppress(Crash):
            self.runner.run(self._deliver(self.store, faults, history))

    @rule(turn=st.integers(2, 8), wait=FREEZES, faults=FAULTS, others=FAULTS, history=HISTORY)
    def freeze_one_worker_while_another_works(
        self, turn: int, wait: float, faults: Sequence[str], others: Sequence[str], history: str
    ) -> None:
        self.plan(channel=0, papers=0)

        async def meanwhile() -> None:
            self.clock.advance(timedelta(seconds=wait))
            with suppress(Crash):
                await self._deliver(self.store, others, history)

        with suppress(Crash):
            self.runner.run(self._deliver(InterruptedStore(self.store, turn, meanwhile), faults, history))

    async def _deliver(self, store: Store, faults: Sequence[str], history: str) -> None:
        platform = FakePlatform(self.clock, messages=self.messages, faults=list(faults))
        platform.readable, platform.silent = history != "closed", history == "silent"
        await deliver(store, {"terminal": platform}, clock=self.clock)

    @rule(seconds=WAITS)
    def wait(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    @rule()
    def resume(self) -> None:
        for subscription in self.subscriptions:
            self.runner.run(self._resume(subscription))

    async def _resume(self, subscription: Subscription) -> None:
        async with self.store() as tx:
            await tx.interruptions.resume(subscription.id)
            await tx.commit()

    @rule(number=st.integers(0, 30), drop=st.booleans())
    def mend_one_by_hand(self, number: int, drop: bool) -> None:
        if stuck := [key for key, post in self.seen.items() if post.state in STUCK]:
            self.runner.run(self._mend(stuck[number % len(stuck)], drop=drop))

    async def _mend(self, key: str, *, drop: bool) -> None:
        async with self.store() as tx:
            if drop and await tx.ledger.drop(key):
                self.dropped.add(key)
            if not drop:
                assert await tx.ledger.retry(key, now=self.clock.now())
                self.dropped.discard(key)
            await tx.commit()
        self.mended.add(key)

    @invariant()
    def every_post_is_where_it_may_be(self) -> None:
        posts = self.runner.run(self._posts())
        assert sorted(posts) == sorted(self.planned)
        times = Counter(message.key for message in self.messages)
        for key, post in posts.items():
            assert times[key] <= 1, "posted twice"
            before = self.seen.get(key)
            if before and key not in self.mended:
                assert before.state not in (*STUCK, PostState.SENT) or post == before, "moved on by itself"
            assert before is None or post.attempts >= before.attempts
            match post.state:
                case PostState.PLANNED:
                    assert post.lease_until is None
                    assert post.attempts or not times[key]
                case PostState.SENDING:
                    assert post.lease_until
                case PostState.SENT:
                    assert post.message
                    assert self.messages[int(post.message.message) - 1].key == key
                case PostState.UNKNOWN:
                    assert post.last_error
                case PostState.DEAD:
                    assert key in self.dropped or self.clock.now() - post.planned_at > KEEP_TRYING
        self.seen, self.mended = posts, set()

    async def _posts(self) -> dict[str, Post]:
        async with self.store() as tx:
            editions = [
                edition for each in self.subscriptions for edition in await tx.editions.made_since(each.id, NOON)
            ]
            return {post.key: post for edition in editions for post in await tx.posts.of(edition.id)}

    def teardown(self) -> None:
        """When all is well again, and somebody has tried again what was stuck, every post is there once."""
        try:
            self.runner.run(self._mend_all())
            posts = self.runner.run(self._posts())
            assert {key for key, post in posts.items() if post.state is not PostState.SENT} <= self.dropped
            assert Counter(message.key for message in self.messages if message.key not in self.dropped) == Counter(
                key for key in self.planned if key not in self.dropped
            )
        finally:
            self.runner.run(self.opened.__aexit__(None, None, None))
            self.runner.close()

    async def _mend_all(self) -> None:
        for subscription in self.subscriptions:
            await self._resume(subscription)
        for _ in range(2):  # the first gives up what is older than a day and still fails, if anything does
            for key, post in (await self._posts()).items():
                if post.state in STUCK and key not in self.dropped:
                    await self._mend(key, drop=False)
            self.clock.advance(LONGEST_PAUSE * 2)
            await self._deliver(self.store, (), "told")


def play(urls: Callable[[], str], *, examples: int, steps: int) -> None:
    # It takes any callable that gives a machine, whatever it says.
    machine = cast("type[RuleBasedStateMachine]", lambda: LedgerMachine(urls()))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


def test_the_ledger_keeps_its_promise_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    numbers = count()

    def url() -> str:
        path = tmp_path / f"{next(numbers)}.db"
        shutil.copyfile(sqlite_template, path)
        return f"sqlite:///{path}"

    play(url, examples=30, steps=15)


def test_the_ledger_keeps_its_promise_on_postgresql(databases: Databases, postgresql_url: str) -> None:
    def url() -> str:
        databases.empty(postgresql_url)
        return postgresql_url

    play(url, examples=4, steps=12)
