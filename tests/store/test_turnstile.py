import asyncio
import sys
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from adapters.store import SqlStore, StoreTurnstile, open_store
from bot.errors import StoreError
from tests.factories import NOON
from tests.fakes.clock import FakeClock

GAP = 0.03


def turnstile(store: SqlStore, clock: FakeClock, *, gap: float = 3, lease: float = 60) -> StoreTurnstile:
    return StoreTurnstile(store, "arxiv", gap=gap, lease=lease, clock=clock)


async def test_the_first_turn_comes_at_once_and_the_next_after_the_gap(store: SqlStore, clock: FakeClock) -> None:
    stile = turnstile(store, clock)
    async with stile.turn():
        assert clock.now() == NOON
        clock.advance(timedelta(seconds=10))
    async with stile.turn():
        assert clock.now() == NOON + timedelta(seconds=13)


async def test_one_goes_through_at_a_time(store: SqlStore, clock: FakeClock) -> None:
    stiles = [turnstile(store, clock, lease=1e6) for _ in range(3)]
    turns: list[tuple[datetime, datetime]] = []

    async def go(stile: StoreTurnstile) -> None:
        async with stile.turn():
            began = clock.now()
            await asyncio.sleep(0.002)
            turns.append((began, clock.now()))

    await asyncio.gather(*(go(stile) for stile in stiles for _ in range(2)))

    assert len(turns) == 6
    assert all(later[0] - sooner[1] >= timedelta(seconds=3) for sooner, later in pairwise(sorted(turns)))


async def test_who_asks_first_in_a_process_goes_first(store: SqlStore, clock: FakeClock) -> None:
    stile, order = turnstile(store, clock), list[int]()

    async def go(number: int) -> None:
        async with stile.turn():
            order.append(number)

    await asyncio.gather(*(go(number) for number in range(5)))

    assert order == [0, 1, 2, 3, 4]


async def test_a_turn_that_failed_is_over(store: SqlStore, clock: FakeClock) -> None:
    stile = turnstile(store, clock)
    with pytest.raises(StoreError):
        async with stile.turn(), open_store("no address"):
            pass

    async with stile.turn():
        assert clock.now() == NOON + timedelta(seconds=3)


async def test_a_turn_whose_process_died_is_over_with_its_lease(store: SqlStore, clock: FakeClock) -> None:
    dead = turnstile(store, clock).turn()
    await dead.__aenter__()

    async with turnstile(store, clock).turn():
        assert clock.now() == NOON + timedelta(seconds=60)

    await dead.__aexit__(None, None, None)


async def test_who_comes_back_after_losing_a_turn_does_not_end_anothers(store: SqlStore, clock: FakeClock) -> None:
    lost, held = turnstile(store, clock).turn(), turnstile(store, clock).turn()
    await lost.__aenter__()
    await held.__aenter__()

    await lost.__aexit__(None, None, None)

    async with turnstile(store, clock).turn():
        assert clock.now() == NOON + timedelta(seconds=120)
    await held.__aexit__(None, None, None)


async def test_a_clock_that_was_put_back_holds_nobody_up(store: SqlStore, clock: FakeClock) -> None:
    async with turnstile(store, clock).turn():
        pass
    clock.advance(timedelta(days=-1))

    async with turnstile(store, clock).turn():
        assert clock.now() == NOON - timedelta(days=1)


async def test_turnstiles_of_other_names_do_not_matter(store: SqlStore, clock: FakeClock) -> None:
    async with turnstile(store, clock).turn(), StoreTurnstile(store, "x", gap=3, lease=60, clock=clock).turn():
        assert clock.now() == NOON


async def test_no_unit_of_work_is_open_while_a_turn_is_held(store: SqlStore, clock: FakeClock) -> None:
    async with turnstile(store, clock).turn(), store() as tx:
        assert await tx.collections.states(["cs.CL"]) == {}


async def test_two_processes_never_overlap_and_keep_the_gap(database_url: str) -> None:
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.store.turnstile_process", database_url, "5", stdout=asyncio.subprocess.PIPE
        )
        for _ in range(2)
    ]
    outputs = [await process.communicate() for process in processes]

    turns = sorted(
        tuple(datetime.fromisoformat(moment) for moment in line.split())
        for output, _ in outputs
        for line in output.decode().splitlines()
    )
    assert len(turns) == 10
    assert all(later[0] - sooner[1] >= timedelta(seconds=GAP) for sooner, later in pairwise(turns))
