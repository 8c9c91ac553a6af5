"""A Discord server with a guild, a channel and a person, and discord.py pointed at it; and the bot listening there."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.discord.api import Discord
from adapters.discord.platform import DiscordPlatform
from adapters.store import SqlStore, open_store
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord, pointed_at
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.model import Channel
from tests.fakes.discord.person import Person
from tests.fakes.product import Product
from tests.platform.discord.desk import Desk, Products, Town, listening


@pytest.fixture
async def fake(clock: FakeClock) -> AsyncIterator[FakeDiscord]:
    fake = FakeDiscord(clock)
    async with fake.serving():
        with pointed_at(fake):
            yield fake


@pytest.fixture
def lab(fake: FakeDiscord) -> Guild:
    return fake.guild("lab")


@pytest.fixture
def papers(lab: Guild) -> Channel:
    return lab.channel("papers")


@pytest.fixture
def ada(lab: Guild) -> Person:
    return lab.user("ada")


@pytest.fixture
async def platform(fake: FakeDiscord, clock: FakeClock) -> AsyncIterator[DiscordPlatform]:
    api = Discord(fake.token, clock)
    yield DiscordPlatform(api)
    await api.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    path = tmp_path_factory.mktemp("town") / "paper-round.db"
    shutil.copyfile(sqlite_template, path)
    clock, products = FakeClock(), Products()
    fake = FakeDiscord(clock)
    async with fake.serving(), open_store(f"sqlite:///{path}") as store:
        with pointed_at(fake):
            async with listening(fake, products, store, clock, patience=0.2) as client:
                yield Town(fake, products, store, clock, client)


@pytest_asyncio.fixture(loop_scope="module")
async def desk(town: Town) -> Desk:
    """A server, a channel and a product of this test's own."""
    guild = town.discord.guild("lab")
    town.products.now = Product()
    ada, ben = guild.user("ada"), guild.user("ben")
    for person in (ada, ben):
        person.ephemerals.clear()
        person.modal = None
    papers = guild.channel("papers")
    return Desk(town.discord, guild, papers, ada, ben, town.products.now, town.store, town.clock, town.client)


@pytest.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[SqlStore]:
    async with open_store(sqlite_url) as opened:
        yield opened
