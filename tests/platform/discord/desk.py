"""The bot on a Discord of our own, listening, before a product that says what a test wants."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from adapters.discord import render
from adapters.discord.api import Discord
from adapters.discord.client import PapersClient
from adapters.discord.listening import Listening
from adapters.discord.platform import DiscordPlatform
from adapters.discord.tree import PapersTree
from adapters.store import SqlStore
from bot.commands import Command
from bot.editions import Edition, MessageRef, Pick, Post, PostState
from bot.messages import Card, Reply
from bot.ports import Clock, Dispatch, Store
from bot.teams import EditionKind, Interests, Sender, Subscription
from tests.factories import paper
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord, running
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.model import Channel, Message
from tests.fakes.discord.person import Person
from tests.fakes.product import Product

EMOJI = {"bookmark": "save", "+1": "like", "thumbsup": "like", "memo": "summary", "heart": "like"}


@dataclass
class Desk:
    """The bot in a server, listening, and people who talk to it."""

    discord: FakeDiscord
    guild: Guild
    papers: Channel
    ada: Person
    ben: Person
    product: Product
    store: SqlStore
    clock: FakeClock
    client: PapersClient

    async def posted(self, card: Card, channel: Channel | None = None) -> Message:
        """A card that everybody sees."""
        there = channel or self.papers
        await self.client.get_partial_messageable(int(there.id)).send(view=render.message(card))
        return there.messages[-1]


@asynccontextmanager
async def listening(
    fake: FakeDiscord, dispatch: Dispatch, store: Store, clock: FakeClock, *, patience: float = 1.0
) -> AsyncIterator[PapersClient]:
    """The bot as a process has it: connected, with its commands known, until the block is left."""
    client, rest = PapersClient(clock), Discord(fake.token, clock)
    ears = Listening(client, DiscordPlatform(rest), dispatch, store=store, clock=clock, emoji=EMOJI, patience=patience)
    client.listener, tree = ears, PapersTree(client, ears)
    try:
        async with running(fake, client):
            await tree.sync()
            yield client
            await ears.finish(grace=5)
    finally:
        await rest.close()


class Products:
    """The product of the test that runs."""

    def __init__(self) -> None:
        self.now = Product()

    async def __call__(self, command: Command, sender: Sender) -> Reply:
        return await self.now(command, sender)


@dataclass
class Town:
    """A Discord that the bot listens to, for all tests of a module: each has a server of its own."""

    discord: FakeDiscord
    products: Products
    store: SqlStore
    clock: FakeClock
    client: PapersClient


PAPERS = (paper("2601.00001"), paper("2601.00002"))


async def ledgered(store: Store, clock: Clock, where: str, *messages: str) -> list[MessageRef]:
    """Stores an edition of today in a place of Discord, posted as these messages: its header, then a paper each."""
    now, guild = clock.now(), where.partition("/")[0]
    refs = [MessageRef("discord", where, message) for message in messages]
    async with store() as tx:
        sender = Sender("discord", guild, "1", "someone", where, "#papers")
        member, channel = await tx.teams.identify(sender)
        await tx.papers.add(PAPERS, seen_at=now)
        subscription = await tx.teams.subscribe(Subscription(0, member.team_id, channel.id, Interests(("cs.CL",))))
        picks = tuple(Pick(PAPERS[slot - 1].id, slot, "reasoning", (), 1.0) for slot in range(1, len(refs)))
        edition = Edition(0, subscription.id, channel.id, EditionKind.DAILY, now.date(), now, 9, picks)
        planned = [
            Post(f"{ref.message}-key", 0, channel.id, slot, PostState.PLANNED, now) for slot, ref in enumerate(refs)
        ]
        await tx.editions.add(edition, planned)
        for post, ref in zip(planned, refs, strict=True):
            await tx.posts.claim(post.key, attempts=0, now=now, until=now)
            assert await tx.posts.sent(post.key, attempts=1, message=ref)
        await tx.commit()
    return refs
