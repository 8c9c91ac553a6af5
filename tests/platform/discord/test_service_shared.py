"""Several processes that listen to one Discord: each shard is heard by one of them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial

from adapters.discord.service import Access, open_discord
from adapters.store import SqlStore
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.guild import Guild
from tests.fakes.product import Product
from tests.platform.discord.test_shards import Stepped


@asynccontextmanager
async def process(
    fake: FakeDiscord, store: SqlStore, clock: Stepped, product: Product, most: int
) -> AsyncIterator[None]:
    access = Access(fake.token, fake.api_url, fake.gateway_url, shared=True, shards=most)
    before = fake.gateway.connected
    async with open_discord(access, store=store, clock=clock, emoji={}) as service:
        run = asyncio.create_task(service.run(product))
        try:
            await fake.until(lambda: fake.gateway.connected > before)
            yield
        finally:
            run.cancel()
            await asyncio.gather(run, return_exceptions=True)


async def time_passes(clock: Stepped, until: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not until():
            clock.step(5)
            await asyncio.sleep(0.01)


def shards(fake: FakeDiscord) -> list[int]:
    """Those that are connected."""
    return sorted(session.told.shard for session in fake.gateway.sessions if session.link)


async def asks(fake: FakeDiscord, guild: Guild) -> None:
    said = await guild.user("ada").uses("/papers today", in_=guild.channel("papers"))
    assert not said.failure


async def test_a_process_stands_by_while_others_have_all_shards(fake: FakeDiscord, sqlite_store: SqlStore) -> None:
    ticking = Stepped()
    async with process(fake, sqlite_store, ticking, Product(), most=0):
        access = Access(fake.token, fake.api_url, fake.gateway_url, shared=True)
        async with open_discord(access, store=sqlite_store, clock=ticking, emoji={}) as other:
            ready = partial(getattr, other, "connected")
            assert not ready()
            run = asyncio.create_task(other.run(Product()))
            async with asyncio.timeout(10):
                while not ready():  # noqa: ASYNC110 - nobody is told when that changes
                    await asyncio.sleep(0.01)
            assert fake.gateway.connected == 1
            run.cancel()
            await asyncio.gather(run, return_exceptions=True)


async def test_each_command_is_heard_by_one_process_and_one_that_stops_leaves_its_shards_to_the_other(
    fake: FakeDiscord, sqlite_store: SqlStore, clock: FakeClock
) -> None:
    fake.shards = 2
    ticking, first, second = Stepped(), Product(), Product()
    of_shard: dict[int, Guild] = {}
    while len(of_shard) < 2:
        guild = fake.guild(f"lab {len(fake.guilds)}")
        of_shard[(int(guild.id) >> 22) % 2] = guild
        clock.advance(timedelta(milliseconds=1))
    async with process(fake, sqlite_store, ticking, second, most=0):
        await time_passes(ticking, lambda: shards(fake) == [0, 1])
    assert shards(fake) == []
    async with AsyncExitStack() as dying:
        await dying.enter_async_context(process(fake, sqlite_store, ticking, first, most=1))
        async with process(fake, sqlite_store, ticking, second, most=0):
            assert shards(fake) == [0, 1]
            for guild in of_shard.values():
                await asks(fake, guild)
            assert (len(first.heard), len(second.heard)) == (1, 1)
            await dying.aclose()
            await time_passes(ticking, lambda: shards(fake) == [0, 1])
            for guild in of_shard.values():
                await asks(fake, guild)
            assert (len(first.heard), len(second.heard)) == (1, 3)
