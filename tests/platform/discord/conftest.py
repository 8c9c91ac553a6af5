"""A Discord server with a guild, a channel and a person, and discord.py pointed at it."""

from collections.abc import AsyncIterator

import pytest

from adapters.discord.api import Discord
from adapters.discord.platform import DiscordPlatform
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord, pointed_at
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.model import Channel
from tests.fakes.discord.person import Person


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
