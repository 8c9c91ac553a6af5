"""Whatever happens to the processes, their database and their answers: every post comes once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from secrets import randbits
from time import time
from typing import TypeAlias

import pytest

from adapters.store import open_store
from bot.leases import LEASE
from tests.chaos.chats import Chat, open_discord, open_slack
from tests.chaos.conftest import POSTS, SEED, Crashing, runs
from tests.chaos.fleet import OUTPUT, Fleet
from tests.chaos.hastened import HastenedClock
from tests.chaos.scene import Scene

CHATS = (open_slack, open_discord)
RATE = 40.0
"""A lease of a minute is over in a second and a half."""
KILLS = max(3, POSTS // 20)
TROUBLES = max(2, POSTS // 50)
PATIENCE = 120.0
"""Seconds after which posts that have not come are lost."""


@dataclass
class World:
    """Where trouble is made."""

    scene: Scene
    fleet: Fleet
    chats: Sequence[Chat]
    random: Random

    async def moments(self, number: int) -> AsyncIterator[None]:
        """So many moments at random while posts are under way: after some that came, or when nothing comes."""
        for _ in range(number):
            come = self.scene.accepted + self.random.randint(1, max(1, POSTS // number))
            longest = self.fleet.clock.now() + 1.5 * LEASE
            while self.scene.accepted < min(come, POSTS) and self.fleet.clock.now() < longest:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.005)
            await asyncio.sleep(self.random.uniform(0, 0.05))
            yield


Trouble: TypeAlias = Callable[[World], Awaitable[None]]


async def chaos(url: str, directory: Path, size: int, trouble: Trouble) -> None:
    """Posts everything amid trouble; fails with the seed that the trouble can be had again with."""
    seed = int(SEED) if SEED else randbits(32)
    random, clock = Random(seed), HastenedClock(RATE, time())
    print(f"CHAOS_SEED={seed}")  # noqa: T201 - shown where a run fails
    async with AsyncExitStack() as stack:
        chats = [await stack.enter_async_context(opened(clock)) for opened in CHATS]
        store = await stack.enter_async_context(open_store(url))
        scene = Scene(store, clock)
        await scene.plan(chats, POSTS)
        settings = {"DATABASE_URL": url} | {name: value for chat in chats for name, value in chat.settings.items()}
        fleet = Fleet(size, settings, directory, clock, random)
        running = asyncio.create_task(fleet.run())
        try:
            await trouble(World(scene, fleet, chats, random))
            await _all_sent(scene, directory)
        finally:
            running.cancel()
            await asyncio.wait({running})
        assert await scene.lost_and_doubled() == ([], [])


async def _all_sent(scene: Scene, directory: Path) -> None:
    left = await scene.unsent()
    try:
        async with asyncio.timeout(PATIENCE):
            while left := await scene.unsent():  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.1)
    except TimeoutError:
        log = (directory / OUTPUT).read_text().splitlines()[-30:]
        pytest.fail("\n".join([f"lost: {left}; the last of the log:", *log]))


async def killing(world: World) -> None:
    async for _ in world.moments(KILLS):
        world.fleet.kill()


async def freezing(world: World) -> None:
    async for _ in world.moments(TROUBLES):
        await world.fleet.freeze()


def losing(how: str) -> Trouble:
    async def answers(world: World) -> None:
        async for _ in world.moments(TROUBLES):
            world.random.choice(world.chats).lose_answers(how, times=world.random.randint(1, 5))

    return answers


def a_crash_of(database: Crashing) -> Trouble:
    async def server(world: World) -> None:
        async for _ in world.moments(TROUBLES):
            await asyncio.to_thread(database.crash)

    return server


def filling(database: Path) -> Trouble:
    async def disk(world: World) -> None:
        async for _ in world.moments(TROUBLES):
            await world.fleet.run_out_of_room(database, seconds=world.random.uniform(0.1, 1.0))

    return disk


@runs(3)
async def test_kills_of_one_process_on_sqlite(run: int, sqlite_url: str, tmp_path: Path) -> None:
    await chaos(sqlite_url, tmp_path, 1, killing)


@runs(3)
async def test_kills_of_three_processes_on_postgresql(run: int, crashing_url: str, tmp_path: Path) -> None:
    await chaos(crashing_url, tmp_path, 3, killing)


@runs(1)
async def test_processes_that_freeze_for_longer_than_a_lease(run: int, crashing_url: str, tmp_path: Path) -> None:
    await chaos(crashing_url, tmp_path, 3, freezing)


@runs(1)
@pytest.mark.parametrize("how", ["drop_after", "error_after"])
async def test_answers_lost_after_the_platform_accepted(how: str, run: int, sqlite_url: str, tmp_path: Path) -> None:
    await chaos(sqlite_url, tmp_path, 1, losing(how))


@runs(1)
async def test_crashes_of_postgresql(run: int, crashing: Crashing, crashing_url: str, tmp_path: Path) -> None:
    await chaos(crashing_url, tmp_path, 3, a_crash_of(crashing))


@runs(1)
async def test_a_full_disk_under_sqlite(run: int, sqlite_url: str, tmp_path: Path) -> None:
    await chaos(sqlite_url, tmp_path, 1, filling(tmp_path / "paper-round.db"))
