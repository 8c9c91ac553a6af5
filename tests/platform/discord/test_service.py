"""Discord as a service: connected, its commands registered, listening until it is told to stop."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.discord.service import SOON, Access, DiscordService, open_discord
from adapters.store import SqlStore
from bot.commands import Save
from bot.errors import PlatformError
from bot.messages import Action, Card
from tests.factories import NOON
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.gateway import SHARDING_REQUIRED
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.model import Channel
from tests.fakes.discord.person import Person
from tests.fakes.product import Product
from tests.fakes.rate_limiter import FakeRateLimiter

REGISTER = "PUT /applications/{application}/commands"
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15


@pytest.fixture
def access(fake: FakeDiscord) -> Access:
    return Access(fake.token, fake.api_url, fake.gateway_url)


@pytest.fixture
async def service(access: Access, sqlite_store: SqlStore, clock: FakeClock) -> AsyncIterator[DiscordService]:
    async with open_discord(access, store=sqlite_store, clock=clock, emoji={}) as opened:
        yield opened


@asynccontextmanager
async def running(
    fake: FakeDiscord, service: DiscordService, product: Product, *, shards: int = 1
) -> AsyncIterator["asyncio.Task[None]"]:
    """Listening, until the block is left."""
    run = asyncio.create_task(service.run(product))
    run.add_done_callback(lambda _: fake.changed())
    try:
        await fake.until(lambda: run.done() or fake.gateway.connected == shards)
        if run.done():
            run.result()
        yield run
    finally:
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)


async def listened(fake: FakeDiscord, access: Access, store: SqlStore, clock: FakeClock) -> None:
    """A process from its start to its end."""
    async with open_discord(access, store=store, clock=clock, emoji={}) as service, running(fake, service, Product()):
        pass


async def test_what_people_do_reaches_the_product_and_its_answer_them(
    fake: FakeDiscord, service: DiscordService, papers: Channel, ada: Person
) -> None:
    product = Product()
    async with running(fake, service, product):
        await (await ada.uses("/papers today", in_=papers)).reply()
    assert len(product.heard) == 1
    assert fake.gateway.connected == 0


async def test_answers_to_people_wait_for_no_turn(
    fake: FakeDiscord, access: Access, sqlite_store: SqlStore, clock: FakeClock, papers: Channel, ada: Person
) -> None:
    limiter = FakeRateLimiter()
    opened = open_discord(access, store=sqlite_store, clock=clock, emoji={}, limiter=limiter)
    async with opened as service, running(fake, service, Product()):
        taken = limiter.taken
        assert taken
        await (await ada.uses("/papers today", in_=papers)).reply()
        assert limiter.taken == taken


async def test_a_button_of_a_post_from_before_a_restart_works(
    fake: FakeDiscord, service: DiscordService, lab: Guild, papers: Channel, ada: Person
) -> None:
    card = Card(title="A paper", actions=(Action("Save", "save 2601.00001"),))
    await service.platform.post(f"{lab.id}/{papers.id}", card, key="key-1")
    product = Product()
    for _ in range(2):
        async with running(fake, service, product):
            await ada.clicks(papers.messages[0], "Save")
            await product.hears()
    assert [type(command) for command in product.commands] == [Save, Save]


async def test_no_privileged_intent_is_asked_for(fake: FakeDiscord, service: DiscordService, lab: Guild) -> None:
    async with running(fake, service, Product()):
        assert fake.gateway.identified[0].intents & PRIVILEGED == 0


async def test_commands_are_registered_once_and_again_where_they_are_another_apps(
    fake: FakeDiscord, access: Access, sqlite_store: SqlStore, clock: FakeClock, lab: Guild
) -> None:
    for _ in range(2):
        await listened(fake, access, sqlite_store, clock)
    assert len(fake.calls_to(REGISTER)) == 1
    assert fake.commands[None][0]["name"] == "papers"
    async with sqlite_store() as tx:
        await tx.installations.put("discord commands", "everywhere", b"of another app", at=NOON)
        await tx.commit()
    await listened(fake, access, sqlite_store, clock)
    assert len(fake.calls_to(REGISTER)) == 2


async def test_a_server_for_development_has_the_commands_alone(
    fake: FakeDiscord, access: Access, sqlite_store: SqlStore, clock: FakeClock, lab: Guild
) -> None:
    await listened(fake, replace(access, guild=lab.id), sqlite_store, clock)
    assert None not in fake.commands
    assert fake.commands[lab.id][0]["name"] == "papers"


async def test_commands_that_discord_refuses_keep_nobody_from_being_heard(
    fake: FakeDiscord, service: DiscordService, lab: Guild, papers: Channel, ada: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    fake.fail(REGISTER, 50035)
    await service.platform.post(f"{lab.id}/{papers.id}", Card(actions=(Action("Save", "save 1"),)), key="key-1")
    product = Product()
    async with running(fake, service, product):
        await ada.clicks(papers.messages[0], "Save")
        await product.hears()
    assert "register the commands" in caplog.text


@pytest.mark.parametrize("route", ["GET /users/@me", "GET /gateway/bot", REGISTER])
async def test_where_discord_is_away_it_is_tried_again_later(
    fake: FakeDiscord, service: DiscordService, clock: FakeClock, lab: Guild, route: str
) -> None:
    fake.fail(route, "unavailable", times=3)
    async with running(fake, service, Product()):
        assert clock.now() - NOON >= timedelta(seconds=35)


async def test_what_failed_long_ago_delays_no_new_connection(
    fake: FakeDiscord, service: DiscordService, clock: FakeClock, lab: Guild
) -> None:
    fake.fail("GET /users/@me", "unavailable", times=3)
    async with running(fake, service, Product()):
        clock.advance(timedelta(days=1))
        closed = clock.now()
        await fake.gateway.close(SHARDING_REQUIRED)
        await fake.until(lambda: len(fake.gateway.identified) == 2)
    assert clock.now() - closed == timedelta(seconds=SOON)


async def test_a_token_that_discord_does_not_take_ends_it(
    fake: FakeDiscord, access: Access, sqlite_store: SqlStore, clock: FakeClock
) -> None:
    bad = replace(access, token="n0t.a.token")
    async with open_discord(bad, store=sqlite_store, clock=clock, emoji={}) as service:
        with pytest.raises(PlatformError) as refused:
            await service.run(Product())
    assert refused.value.permanent
    assert "DISCORD_TOKEN" in str(refused.value)


async def test_a_token_that_is_reset_while_it_listens_ends_it(
    fake: FakeDiscord, service: DiscordService, lab: Guild
) -> None:
    async with running(fake, service, Product()) as run:
        fake.token = "reset"
        fake.gateway.invalidate()
        with pytest.raises(PlatformError) as refused:
            await run
    assert refused.value.permanent


async def test_after_a_gap_the_session_is_resumed_and_goes_on(
    fake: FakeDiscord, service: DiscordService, papers: Channel, ada: Person
) -> None:
    product = Product()
    async with running(fake, service, product):
        await ada.uses("/papers today", in_=papers)
        await fake.gateway.drop()
        await fake.until(lambda: fake.gateway.resumed)
        await ada.uses("/papers today", in_=papers)
    assert len(fake.gateway.identified) == 1
    assert len(product.heard) == 2


async def test_a_session_that_is_lost_begins_anew_no_sooner_than_discord_wants(
    fake: FakeDiscord, service: DiscordService, clock: FakeClock, papers: Channel, ada: Person
) -> None:
    product = Product()
    async with running(fake, service, product):
        fake.gateway.invalidate()
        await fake.until(lambda: len(fake.gateway.identified) == 2)
        await ada.uses("/papers today", in_=papers)
    assert clock.now() - NOON >= timedelta(seconds=5)
    assert len(product.heard) == 1


async def test_shards_identify_one_after_the_other(
    fake: FakeDiscord, service: DiscordService, clock: FakeClock, papers: Channel, ada: Person
) -> None:
    fake.shards = 3
    product = Product()
    async with running(fake, service, product, shards=3):
        await ada.uses("/papers today", in_=papers)
    assert [told.shard for told in fake.gateway.identified] == [0, 1, 2]
    assert clock.now() - NOON >= timedelta(seconds=10)
    assert len(product.heard) == 1


async def test_what_was_begun_is_answered_when_it_stops(
    fake: FakeDiscord, service: DiscordService, papers: Channel, ada: Person
) -> None:
    product = Product(wait=asyncio.Event())
    async with running(fake, service, product) as run:
        asking = asyncio.create_task(ada.uses("/papers today", in_=papers))
        await product.hears()
        run.cancel()
        await fake.until(lambda: not fake.gateway.connected)
        assert product.wait
        product.wait.set()
        assert (await (await asking).reply()).shown == "Done."


async def test_no_token_is_logged_or_shown(
    fake: FakeDiscord, access: Access, service: DiscordService, papers: Channel, ada: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    async with running(fake, service, Product()):
        said = await ada.uses("/papers today", in_=papers)
        await fake.gateway.drop()
        await fake.until(lambda: fake.gateway.resumed)
    assert caplog.text
    assert fake.token not in caplog.text
    assert said.token not in caplog.text
    assert fake.token not in repr(access)


def test_a_connection_that_fails_is_one_line_and_what_is_not_needed_none(
    service: DiscordService, caplog: pytest.LogCaptureFixture
) -> None:
    for failure in (ConnectionError("refused"), RuntimeError("a mistake")):
        logging.getLogger("discord.shard").error("Attempting a reconnect", exc_info=failure)
    logging.getLogger("discord.client").warning("davey is not installed, voice will NOT be supported")
    assert "Attempting a reconnect (refused)" in caplog.text
    assert "voice" not in caplog.text
    assert caplog.text.count("Traceback") + caplog.text.count("RuntimeError: a mistake") == 1


async def test_it_says_whether_it_is_connected(fake: FakeDiscord, service: DiscordService) -> None:
    def connected() -> bool:
        return service.connected

    assert not connected()
    async with running(fake, service, Product()), asyncio.timeout(10):
        while not connected():  # noqa: ASYNC110 - nobody is told when that changes
            await asyncio.sleep(0.01)
    assert not connected()
