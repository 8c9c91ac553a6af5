"""What people say to one another, which is most of what Discord tells of."""

from contextlib import AbstractAsyncContextManager

from adapters.store import SqlStore
from bot.ports import UnitOfWork
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.model import Channel
from tests.fakes.discord.person import Person
from tests.fakes.product import Product
from tests.platform.discord.desk import listening


async def test_the_database_is_not_asked_about_what_stands_under_nothing(
    fake: FakeDiscord, papers: Channel, ada: Person, sqlite_store: SqlStore, clock: FakeClock
) -> None:
    opened = 0

    def counted() -> AbstractAsyncContextManager[UnitOfWork]:
        nonlocal opened
        opened += 1
        return sqlite_store()

    product = Product()
    async with listening(fake, product, counted, clock):
        message = ada.writes("a paper", in_=papers)
        ada.reacts(message, "🔖")
        await product.hears()
    assert opened == 1  # for what was done before the start
