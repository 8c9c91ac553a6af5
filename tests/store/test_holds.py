import asyncio
from datetime import datetime, timedelta

from adapters.store import SqlStore
from tests.factories import NOON

MINUTE = timedelta(minutes=1)


async def claim(store: SqlStore, holder: str, *, thing: str = "shard 0", now: datetime = NOON) -> bool:
    async with store() as tx:
        claimed = await tx.holds.claim(thing, holder=holder, now=now, until=now + MINUTE)
        await tx.commit()
    return claimed


async def renew(store: SqlStore, holder: str, *, now: datetime) -> bool:
    async with store() as tx:
        renewed = await tx.holds.renew("shard 0", holder=holder, now=now, until=now + MINUTE)
        await tx.commit()
    return renewed


async def release(store: SqlStore, holder: str) -> None:
    async with store() as tx:
        await tx.holds.release("shard 0", holder=holder)
        await tx.commit()


async def test_of_many_that_claim_a_thing_at_once_one_gets_it(store: SqlStore) -> None:
    claimed = await asyncio.gather(*(claim(store, f"process {number}") for number in range(8)))
    assert claimed.count(True) == 1
    assert await claim(store, "process 9", thing="shard 1")


async def test_a_hold_ends_with_its_time_for_its_holder_too(store: SqlStore) -> None:
    assert await claim(store, "ada")
    assert not await claim(store, "ada", now=NOON + MINUTE - timedelta.resolution)
    assert await claim(store, "ben", now=NOON + MINUTE)


async def test_a_hold_that_is_renewed_in_time_lasts(store: SqlStore) -> None:
    await claim(store, "ada")
    assert await renew(store, "ada", now=NOON + MINUTE / 2)
    assert not await claim(store, "ben", now=NOON + MINUTE)
    assert not await renew(store, "ben", now=NOON + MINUTE)


async def test_who_renews_too_late_learns_that_it_is_lost(store: SqlStore) -> None:
    await claim(store, "ada")
    assert not await renew(store, "ada", now=NOON + MINUTE)
    assert await claim(store, "ben", now=NOON + MINUTE)
    assert not await renew(store, "ada", now=NOON + MINUTE)


async def test_what_its_holder_releases_is_free_and_what_others_release_is_not(store: SqlStore) -> None:
    await claim(store, "ada")
    await release(store, "ben")
    assert not await claim(store, "ben")
    await release(store, "ada")
    assert await claim(store, "ben")


async def test_a_clock_that_was_put_back_holds_nobody_up(store: SqlStore) -> None:
    assert await claim(store, "ada")
    assert await claim(store, "ben", now=NOON - timedelta(days=1))
    assert not await claim(store, "ada", now=NOON - timedelta(days=1))


async def test_who_holds_a_thing_by_a_clock_that_goes_before_ours_keeps_it(store: SqlStore) -> None:
    assert await claim(store, "ada")
    assert not await claim(store, "ben", now=NOON - MINUTE)
    assert await claim(store, "ben", now=NOON - MINUTE - timedelta.resolution)


async def test_who_renews_after_the_clock_was_put_back_has_it_by_the_new_time(store: SqlStore) -> None:
    assert await claim(store, "ada")
    assert await renew(store, "ada", now=NOON - timedelta(days=1))
    assert not await claim(store, "ben", now=NOON - timedelta(days=1))
