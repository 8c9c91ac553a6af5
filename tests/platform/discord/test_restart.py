"""The bot stops and starts again, or runs twice."""

import asyncio
from collections import Counter

from adapters.store import SqlStore
from bot.commands import Discussed, Dislike, React
from bot.messages import Reply
from bot.papers import ArxivId
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.model import Channel
from tests.fakes.discord.person import Person
from tests.fakes.product import Product
from tests.platform.discord.desk import ledgered, listening
from tests.platform.discord.test_pages import PAPER


async def test_a_button_outlives_the_process_that_made_it_and_a_process_that_stops_still_answers(
    fake: FakeDiscord, lab: Guild, papers: Channel, ada: Person, sqlite_store: SqlStore, clock: FakeClock
) -> None:
    going = asyncio.Event()
    product = Product(reply=Reply((PAPER,)), wait=going)
    async with listening(fake, product, sqlite_store, clock, patience=0.01):
        said = await ada.uses("/papers show", in_=papers, paper="1")
        asyncio.get_running_loop().call_soon(going.set)
    shown = await said.reply()
    async with listening(fake, product, sqlite_store, clock):
        await (await ada.clicks(shown, "Not for us")).reply()
    assert product.commands[-1] == Dislike((ArxivId("2601.00001"),))


async def test_what_two_processes_are_told_of_a_message_counts_once(
    fake: FakeDiscord, lab: Guild, papers: Channel, ada: Person, sqlite_store: SqlStore, clock: FakeClock
) -> None:
    product = Product()
    header, message = (fake.compose(papers, fake.bot, {"content": "A paper"}) for _ in range(2))
    for posted in (header, message):
        fake.publish(posted)
    [_, ref] = await ledgered(sqlite_store, clock, f"{lab.id}/{papers.id}", header.id, message.id)
    async with (
        listening(fake, product, sqlite_store, clock),
        listening(fake, product, sqlite_store, clock),
    ):
        ada.writes("I doubt it", in_=papers, replying_to=message)
        await product.hears()
        ada.reacts(message, "🔖")
        await product.hears(3)
    assert Counter(product.commands) == {Discussed(ref): 1, React(ref, "bookmark"): 2}
