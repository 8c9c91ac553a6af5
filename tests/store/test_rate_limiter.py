"""A rate that several processes keep together."""

import asyncio
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from adapters.store import SqlStore, StoreRateLimiter
from bot.ports import Clock
from tests.factories import NOON
from tests.fakes.clock import FakeClock

GAP = timedelta(seconds=0.02)


class StillClock(FakeClock):
    """Stands still while people sleep on it, and knows when each would wake."""

    def __init__(self) -> None:
        super().__init__()
        self.woken_at: list[datetime] = []

    async def sleep(self, seconds: float) -> None:
        self.woken_at.append(self.now() + timedelta(seconds=seconds))


def limiter(store: SqlStore, clock: Clock, name: str = "chat") -> StoreRateLimiter:
    return StoreRateLimiter(store, name, per_second=50, clock=clock)


async def test_the_first_turn_comes_at_once_and_each_later_one_after_its_share_of_a_second(
    store: SqlStore, clock: FakeClock
) -> None:
    kept = limiter(store, clock)
    turns = []
    for _ in range(5):
        await kept.turn()
        turns.append(clock.now())
    assert turns == [NOON + number * GAP for number in range(5)]


async def test_turns_that_nobody_took_do_not_add_up(store: SqlStore, clock: FakeClock) -> None:
    kept = limiter(store, clock)
    await kept.turn()
    clock.advance(timedelta(minutes=5))
    begin = clock.now()
    for _ in range(3):
        await kept.turn()
    assert clock.now() == begin + 2 * GAP


async def test_processes_share_the_rate_however_many_wait_in_each(store: SqlStore) -> None:
    clock = StillClock()
    kept = [limiter(store, clock) for _ in range(3)]

    await asyncio.gather(*(one.turn() for one in kept for _ in range(1 + 3 * 12)))  # the first one asks alone

    turns = sorted([NOON, *clock.woken_at])  # the first one did not sleep
    assert len(turns) == 111
    assert all(later - sooner == GAP for sooner, later in pairwise(turns))  # while they are busy, none is lost


async def test_processes_that_have_no_more_to_do_lose_no_more_than_a_lot_each(store: SqlStore) -> None:
    clock = StillClock()
    kept = [limiter(store, clock) for _ in range(3)]

    await asyncio.gather(*(one.turn() for one in kept for _ in range(40)))

    turns = sorted([NOON, *clock.woken_at])
    assert min(later - sooner for sooner, later in pairwise(turns)) == GAP
    assert turns[-1] - turns[0] < (120 + 3 * 12) * GAP


async def test_a_process_that_is_busy_no_more_holds_up_others_for_a_quarter_of_a_second_at_the_most(
    store: SqlStore, clock: FakeClock
) -> None:
    busy = limiter(store, clock)
    for _ in range(3):
        await asyncio.gather(*(busy.turn() for _ in range(25)))
    await busy.turn()
    begin = clock.now()

    await limiter(store, clock).turn()

    assert clock.now() <= begin + timedelta(seconds=0.25)


async def test_a_turn_may_be_used_late_by_the_time_between_two(store: SqlStore, clock: FakeClock) -> None:
    kept = limiter(store, clock)
    await kept.turn()
    clock.advance(2 * GAP)
    begin = clock.now()
    for _ in range(3):
        await kept.turn()
    assert clock.now() == begin + GAP


async def test_who_asks_first_in_a_process_goes_first(store: SqlStore, clock: FakeClock) -> None:
    kept, order = limiter(store, clock), list[int]()

    async def go(number: int) -> None:
        await kept.turn()
        order.append(number)

    await asyncio.gather(*(go(number) for number in range(60)))

    assert order == list(range(60))


async def test_a_turn_whose_taker_gave_up_waiting_is_not_used_late(store: SqlStore, clock: FakeClock) -> None:
    kept = limiter(store, clock)
    waiting = [asyncio.create_task(kept.turn()) for _ in range(10)]
    await asyncio.sleep(0)
    for task in waiting[1:]:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    clock.advance(timedelta(seconds=30))
    begin = clock.now()

    for _ in range(3):
        await kept.turn()

    assert clock.now() == begin + 2 * GAP


@pytest.mark.parametrize("step", [timedelta(days=-1), timedelta(hours=-1)])
async def test_a_clock_that_was_put_back_holds_nobody_up(store: SqlStore, clock: FakeClock, step: timedelta) -> None:
    await limiter(store, clock).turn()
    clock.advance(step)

    await limiter(store, clock).turn()

    assert clock.now() == NOON + step


async def test_rates_of_other_names_do_not_matter(store: SqlStore, clock: FakeClock) -> None:
    await limiter(store, clock).turn()
    await limiter(store, clock, "other").turn()
    assert clock.now() == NOON
