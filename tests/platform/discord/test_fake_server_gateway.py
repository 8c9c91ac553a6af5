"""The fake Discord's gateway, with the real client on it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import discord
import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord, Permission, running
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.model import Channel

WANTED = discord.Intents(guilds=True, guild_messages=True, guild_reactions=True)
NAMED = ("guild_join", "guild_remove", "guild_channel_delete", "guild_channel_update", "thread_create")


class Listener(discord.AutoShardedClient):
    """Writes down what it is told."""

    def __init__(self) -> None:
        super().__init__(intents=WANTED, guild_ready_timeout=0.01)
        self.heard: list[str] = []
        self._news = asyncio.Event()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identifies at once, where it would else wait five seconds after the first time."""

    def dispatch(self, event: str, /, *args: object, **kwargs: object) -> None:
        super().dispatch(event, *args, **kwargs)
        match event, args:
            case "raw_reaction_add", (discord.RawReactionActionEvent() as reaction,):
                self.heard.append(reaction.emoji.name)
            case "message", (discord.Message() as message,):
                self.heard.append(f"{message.content}|")
            case _ if event in NAMED:
                self.heard.append(event)
        self._news.set()

    async def until_heard(self, *what: str) -> None:
        try:
            async with asyncio.timeout(10):
                while self.heard[-len(what) :] != [*what]:
                    await self._news.wait()
                    self._news.clear()
        except TimeoutError:
            raise AssertionError(f"heard {self.heard}") from None


@pytest.fixture
async def client(fake: FakeDiscord, papers: Channel) -> AsyncIterator[Listener]:
    client = Listener()
    async with running(fake, client):
        yield client


async def test_what_happens_is_told(client: Listener, lab: Guild, papers: Channel) -> None:
    ada = lab.user("ada")
    message = ada.writes("a secret", in_=papers)
    ada.writes(f"<@{lab.bot.id}> hello", in_=papers)
    ada.reacts(message, "🔖")
    ada.starts_thread(message, "talk")
    lab.owner.forbids(papers, Permission.EMBED_LINKS)
    lab.owner.deletes_channel(papers)
    lab.owner.kicks_bot(lab)
    lab.owner.invites_bot(lab)
    await client.until_heard(
        "|",
        f"<@{lab.bot.id}> hello|",
        "🔖",
        "thread_create",
        "guild_channel_update",
        "guild_channel_delete",
        "guild_remove",
        "guild_join",
    )


async def test_a_channel_that_is_hidden_is_not_heard(client: Listener, lab: Guild, papers: Channel) -> None:
    ada, hidden = lab.user("ada"), lab.channel("hidden", members=[lab.user("ada")])
    ada.reacts(ada.writes("x", in_=hidden), "👀")
    ada.reacts(ada.writes("x", in_=papers), "🔖")
    await client.until_heard("|", "🔖")
    assert client.heard == ["|", "🔖"]


async def test_a_dropped_connection_is_resumed_and_hears_what_it_missed(
    fake: FakeDiscord, client: Listener, lab: Guild, papers: Channel
) -> None:
    message = lab.user("ada").writes("x", in_=papers)
    await client.until_heard("|")
    await fake.gateway.drop()
    lab.user("ada").reacts(message, "🔖")
    await client.until_heard("|", "🔖")
    assert (fake.gateway.resumed, len(fake.gateway.identified)) == (1, 1)


async def test_a_session_that_missed_too_much_starts_anew(fake: FakeDiscord, lab: Guild, papers: Channel) -> None:
    fake.gateway.buffer = 2
    message = lab.user("ada").writes("x", in_=papers)
    client = Listener()
    async with running(fake, client):
        await fake.gateway.drop()
        for number in range(3):
            lab.user(f"user-{number}").reacts(message, "🔖")
        await fake.until(lambda: len(fake.gateway.identified) == 2)
    assert (fake.gateway.resumed, client.heard) == (0, [])


async def test_discord_asks_to_reconnect_and_invalidates(
    fake: FakeDiscord, client: Listener, lab: Guild, papers: Channel
) -> None:
    fake.gateway.ask_to_reconnect()
    await fake.until(lambda: fake.gateway.resumed == 1)
    fake.gateway.invalidate(resumable=True)
    await fake.until(lambda: fake.gateway.resumed == 2)
    fake.gateway.invalidate()
    await fake.until(lambda: len(fake.gateway.identified) == 2)
    assert {told.intents for told in fake.gateway.identified} == {WANTED.value}


async def test_a_privileged_intent_must_be_granted(fake: FakeDiscord) -> None:
    eager = discord.Client(intents=WANTED | discord.Intents(message_content=True))
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(fake, eager):
            pass


async def test_each_shard_is_told_of_its_own_guilds(fake: FakeDiscord, clock: FakeClock) -> None:
    fake.shards = 2
    there = [fake.guild("lab-0")]
    clock.advance(timedelta(milliseconds=1))
    there.append(fake.guild("lab-1"))
    client = Listener()
    async with running(fake, client):
        shards = {guild.name: guild.shard_id for guild in client.guilds}
    assert shards == {guild.name: int(guild.id) >> 22 & 1 for guild in there}
    assert sorted(shards.values()) == [0, 1]
    assert [(told.shard, told.shards) for told in fake.gateway.identified] == [(0, 2), (1, 2)]


async def test_the_connection_is_kept_alive(fake: FakeDiscord, papers: Channel) -> None:
    fake.gateway.heartbeat_seconds = 0.02
    async with running(fake, Listener()) as client:
        await fake.until(lambda: fake.gateway.heartbeats > 2)
        assert client.latency < 10
