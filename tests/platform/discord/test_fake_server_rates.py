"""The fake Discord's rates, refusals and faults, with the real client."""

import asyncio
from collections.abc import AsyncIterator
from types import MappingProxyType

import aiohttp
import discord
import pytest

from tests.fakes.discord import FakeDiscord, pointed_at
from tests.fakes.discord.model import Channel
from tests.fakes.discord.rates import Limit, Rates

POST = "POST /channels/{channel}/messages"


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    fake = FakeDiscord()
    async with fake.serving():
        with pointed_at(fake):
            yield fake


@pytest.fixture
def papers(fake: FakeDiscord) -> Channel:
    return fake.guild("lab").channel("papers")


@pytest.fixture
async def there(fake: FakeDiscord, papers: Channel) -> AsyncIterator[discord.PartialMessageable]:
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(fake.token)
        yield client.get_partial_messageable(int(papers.id))


async def test_the_client_keeps_to_the_buckets_it_is_told(
    fake: FakeDiscord, there: discord.PartialMessageable, papers: Channel
) -> None:
    fake.rates = Rates(routes=MappingProxyType({POST: Limit(2, 0.1)}))
    await asyncio.gather(*(there.send(str(number)) for number in range(6)))
    assert len(papers.messages) == 6
    assert fake.refusals == 0


@pytest.mark.parametrize("rates", [Rates(default=Limit(1, 60.0)), Rates(everywhere=Limit(1, 60.0))])
async def test_who_calls_too_often_is_told_how_long_to_wait(fake: FakeDiscord, papers: Channel, rates: Rates) -> None:
    fake.rates = rates
    url, headers = f"{fake.api_url}/channels/{papers.id}", {"Authorization": f"Bot {fake.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.get(url) as first:
            assert first.status == 200
        async with session.get(url) as second:
            told = await second.json()
            assert (second.status, "Via" in second.headers) == (429, True)
    assert 0 < told["retry_after"] <= 60
    assert told["global"] is bool(rates.everywhere)
    assert fake.refusals == 1


async def test_too_many_refusals_end_in_a_ban(fake: FakeDiscord, there: discord.PartialMessageable) -> None:
    fake.rates = Rates(refusals=1)
    fake.fail(POST, 50013)
    with pytest.raises(discord.Forbidden):
        await there.send("x")
    with pytest.raises(discord.HTTPException) as banned:
        await there.send("x")
    assert banned.value.status == 429


async def test_a_429_on_order_is_waited_out(
    fake: FakeDiscord, there: discord.PartialMessageable, papers: Channel
) -> None:
    fake.fail(POST, "ratelimited", retry_after=0.01)
    await there.send("x")
    assert [message.content for message in papers.messages] == ["x"]


@pytest.mark.parametrize(
    ("kind", "raises", "posted"),
    [
        ("unavailable", discord.DiscordServerError, 0),
        ("drop_before", aiohttp.ClientError, 0),
        ("drop_after", aiohttp.ClientError, 1),
        ("malformed", ValueError, 1),
        (10003, discord.NotFound, 0),
    ],
)
async def test_faults_happen_as_often_as_ordered(
    fake: FakeDiscord,
    there: discord.PartialMessageable,
    papers: Channel,
    kind: str | int,
    raises: type[Exception],
    posted: int,
) -> None:
    fake.fail(POST, kind)
    with pytest.raises(raises):
        await there.send("x", nonce=1)
    assert len(papers.messages) == posted
    await there.send("x", nonce=1)
    assert len(papers.messages) == 1
