"""Each shard is connected by one process."""

import asyncio
from datetime import timedelta

from adapters.discord.shards import LEASE, RENEW, Shards
from adapters.store import SqlStore
from tests.fakes.clock import FakeClock
from tests.fakes.worker import until

MINUTE = timedelta(minutes=1)


class Stepped(FakeClock):
    """Whoever sleeps on it sleeps until the next step."""

    def __init__(self) -> None:
        super().__init__()
        self.asleep: list[asyncio.Event] = []

    async def sleep(self, seconds: float) -> None:
        self.asleep.append(step := asyncio.Event())
        await step.wait()

    def step(self, seconds: float) -> None:
        self.advance(timedelta(seconds=seconds))
        for sleeper in self.asleep:
            sleeper.set()
        self.asleep.clear()


async def test_a_process_alone_has_all(store: SqlStore, clock: FakeClock) -> None:
    assert await Shards(store, clock, most=0).claim(3) == [0, 1, 2]


async def test_where_discord_wants_fewer_than_before_none_beyond_them_is_connected(
    store: SqlStore, clock: FakeClock
) -> None:
    shards = Shards(store, clock, most=0)
    assert await shards.claim(3) == [0, 1, 2]
    assert await shards.claim(2) == [0, 1]


async def test_processes_divide_the_shards_and_none_has_more_than_it_may(store: SqlStore, clock: FakeClock) -> None:
    one, two, three = (Shards(store, clock, most=2) for _ in range(3))
    claimed = await asyncio.gather(one.claim(5), two.claim(5), three.claim(5))
    assert sorted(map(len, claimed)) == [1, 2, 2]
    assert sorted(shard for each in claimed for shard in each) == [0, 1, 2, 3, 4]


async def test_what_a_process_keeps_is_its_own_and_what_one_leaves_goes_to_another_within_a_minute(
    store: SqlStore,
) -> None:
    clock = Stepped()
    alive, dying, waiting = (Shards(store, clock, most=most) for most in (1, 1, 0))
    assert await alive.claim(2) == [0]
    assert await dying.claim(2) == [1]
    begun = clock.now()
    keeping, claiming = asyncio.create_task(alive.keep(2)), asyncio.create_task(waiting.claim(2))
    async with asyncio.timeout(30):
        while not claiming.done():
            await until(lambda: len(clock.asleep) == 2 or claiming.done())
            clock.step(RENEW)
    assert claiming.result() == [1]
    assert clock.now() - begun <= MINUTE
    assert not keeping.done()
    keeping.cancel()


async def test_a_process_that_was_frozen_learns_that_it_lost_its_shard_and_waits_for_it(store: SqlStore) -> None:
    clock = Stepped()
    frozen, other = Shards(store, clock, most=0), Shards(store, clock, most=0)
    async with asyncio.timeout(30):
        await frozen.claim(1)
        keeping = asyncio.create_task(frozen.keep(1))
        await until(lambda: len(clock.asleep) == 1)
        clock.advance(LEASE)
        assert await other.claim(1) == [0]
        clock.step(RENEW)
        await keeping
        claiming = asyncio.create_task(frozen.claim(1))
        await until(lambda: len(clock.asleep) == 1)
        await other.release()
        clock.step(RENEW)
        assert await claiming == [0]
