"""What was done with recent posts while nobody listened."""

import asyncio
from datetime import timedelta

import pytest

from adapters.store import SqlStore
from bot.commands import React, Unreact
from bot.editions import MessageRef
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord, Permission
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.model import Channel, Message
from tests.fakes.product import Product
from tests.platform.discord.desk import ledgered, listening

HISTORY = "GET /channels/{channel}/messages"


def write(fake: FakeDiscord, channel: Channel) -> Message:
    message = fake.compose(channel, fake.bot, {"content": "A paper"})
    fake.publish(message)
    return message


async def posted(fake: FakeDiscord, store: SqlStore, clock: FakeClock, channel: Channel) -> tuple[Message, MessageRef]:
    """A post about a paper, in the ledger, behind its header."""
    header, message = write(fake, channel), write(fake, channel)
    assert channel.guild is not None
    [_, ref] = await ledgered(store, clock, f"{channel.guild.id}/{channel.id}", header.id, message.id)
    return message, ref


async def hear(store: SqlStore, ref: MessageRef, *users: str) -> None:
    async with store() as tx:
        for user in users:
            await tx.reactions.put(ref, user, "bookmark")
        await tx.commit()


async def test_emoji_put_and_taken_back_before_the_start_are_told_and_those_heard_of_are_not(
    fake: FakeDiscord, lab: Guild, papers: Channel, sqlite_store: SqlStore, clock: FakeClock
) -> None:
    ada, ben, eve = (lab.user(name) for name in ("ada", "ben", "eve"))
    message, ref = await posted(fake, sqlite_store, clock, papers)
    for person, emoji in ((ada, "🔖"), (eve, "🔖"), (ada, "👍"), (ben, "👍🏽"), (ada, "🎉"), (fake.bot, "🔖")):
        fake.react(message, person, emoji)
    message.bursts.add(("🔖", eve.id))
    await hear(sqlite_store, ref, eve.id, ben.id, "77")
    for _ in range(120):
        write(fake, papers)
    product = Product()
    async with listening(fake, product, sqlite_store, clock):
        await product.hears(5)
    told = {(command, sender.user) for command, sender in product.heard}
    assert told == {
        (React(ref, "bookmark"), ada.id),
        (Unreact(ref, "bookmark"), ben.id),
        (Unreact(ref, "bookmark"), "77"),
        (React(ref, "+1"), ada.id),
        (React(ref, "+1"), ben.id),
    }
    assert len(fake.calls_to(HISTORY)) == 2


async def test_a_session_that_began_anew_is_made_up_for_and_one_that_goes_on_is_not(
    fake: FakeDiscord, lab: Guild, papers: Channel, sqlite_store: SqlStore, clock: FakeClock
) -> None:
    ada, product = lab.user("ada"), Product()
    message, ref = await posted(fake, sqlite_store, clock, papers)
    async with listening(fake, product, sqlite_store, clock):
        await fake.until(lambda: fake.calls_to(HISTORY))
        await fake.gateway.drop()
        await fake.until(lambda: fake.gateway.resumed)
        assert len(fake.calls_to(HISTORY)) == 1
        fake.gateway.forget_sessions()
        await fake.gateway.drop()
        fake.react(message, ada, "🔖")
        await product.hears()
    assert product.commands == [React(ref, "bookmark")]


async def test_what_is_counted_right_is_not_asked_for_and_old_posts_are_not_looked_at(
    fake: FakeDiscord, lab: Guild, papers: Channel, sqlite_store: SqlStore, clock: FakeClock
) -> None:
    ada, old = lab.user("ada"), lab.channel("old")
    await posted(fake, sqlite_store, clock, old)
    clock.advance(timedelta(days=8))
    message, ref = await posted(fake, sqlite_store, clock, papers)
    fake.react(message, ada, "🔖")
    await hear(sqlite_store, ref, ada.id)
    product = Product()
    async with listening(fake, product, sqlite_store, clock):
        await fake.until(lambda: fake.calls_to(HISTORY))
        fake.react(message, ada, "👍")
        await product.hears()
    assert product.commands == [React(ref, "+1")]
    assert [call.path for call in fake.calls_to(HISTORY)] == [f"/api/v10/channels/{papers.id}/messages"]
    assert fake.calls_to("GET /channels/{channel}/messages/{message}/reactions/{emoji}") == []


async def test_a_channel_that_cannot_be_read_is_logged_and_the_others_are_looked_at(
    fake: FakeDiscord,
    lab: Guild,
    papers: Channel,
    sqlite_store: SqlStore,
    clock: FakeClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ada, closed = lab.user("ada"), lab.channel("closed")
    for channel in (closed, papers):
        fake.react((await posted(fake, sqlite_store, clock, channel))[0], ada, "🔖")
    lab.owner.forbids(closed, Permission.VIEW_CHANNEL)
    product = Product()
    async with listening(fake, product, sqlite_store, clock):
        await product.hears()
    assert [sender.channel_name for _, sender in product.heard] == ["#papers"]
    assert f"not known in {lab.id}/{closed.id}" in caplog.text
    assert len(fake.calls_to(HISTORY)) == 2


async def test_a_crowd_is_read_to_its_end(
    fake: FakeDiscord, lab: Guild, papers: Channel, sqlite_store: SqlStore, clock: FakeClock
) -> None:
    message, _ = await posted(fake, sqlite_store, clock, papers)
    crowd = [lab.user(f"user-{number}") for number in range(130)]
    message.reactions["🔖"] = [person.id for person in crowd]
    product = Product()
    async with listening(fake, product, sqlite_store, clock):
        await product.hears(len(crowd))
    assert {sender.user for _, sender in product.heard} == {person.id for person in crowd}


async def test_a_server_that_discord_tells_of_late_is_looked_at_then_under_its_channels_names(
    fake: FakeDiscord, lab: Guild, papers: Channel, sqlite_store: SqlStore, clock: FakeClock
) -> None:
    fake.react((await posted(fake, sqlite_store, clock, papers))[0], lab.user("ada"), "🔖")
    fake.gateway.tells_guilds, product = False, Product()
    async with listening(fake, product, sqlite_store, clock):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(product.hears(), timeout=0.3)
        fake.gateway.tell_guilds(fake.gateway.sessions[0])
        await product.hears()
    [(_, sender)] = product.heard
    assert (sender.channel_name, sender.channel_private) == ("#papers", False)


async def test_a_look_that_is_cut_off_while_discord_wants_everybody_to_wait_holds_nothing_up(
    fake: FakeDiscord,
    lab: Guild,
    papers: Channel,
    sqlite_store: SqlStore,
    clock: FakeClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    fake.react((await posted(fake, sqlite_store, clock, papers))[0], lab.user("ada"), "🔖")
    fake.fail(HISTORY, "ratelimited_globally", retry_after=25)
    product = Product()
    async with listening(fake, product, sqlite_store, clock):
        async with asyncio.timeout(10):
            while "Global rate limit has been hit" not in caplog.text:  # noqa: ASYNC110 - the SDK tells the log alone
                await asyncio.sleep(0.01)
        fake.gateway.forget_sessions()
        await fake.gateway.drop()
        await product.hears()
    assert [sender.user_name for _, sender in product.heard] == ["ada"]
