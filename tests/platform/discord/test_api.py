"""Discord's API: logging in, waiting for one's turn, and what is logged of it."""

import asyncio
import logging

import pytest

from adapters.discord.api import Discord
from adapters.discord.platform import DiscordPlatform
from bot.errors import PlatformError
from bot.messages import Card
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.model import Channel
from tests.fakes.discord.rates import Limit, Rates
from tests.fakes.rate_limiter import FakeRateLimiter
from tests.platform.discord.places import place

CARD = Card(title="A paper")
POST = "POST /channels/{channel}/messages"


async def refusal(platform: DiscordPlatform, channel: Channel) -> PlatformError:
    with pytest.raises(PlatformError) as refused:
        await platform.post(place(channel), CARD, key="key-1")
    return refused.value


async def test_a_token_that_is_not_valid_is_said_without_being_told(
    fake: FakeDiscord, papers: Channel, clock: FakeClock
) -> None:
    api = Discord("n0t.a.token", clock)
    error = await refusal(DiscordPlatform(api), papers)
    assert error.permanent
    assert "DISCORD_TOKEN" in str(error)
    assert "n0t.a.token" not in str(error)


async def test_discord_that_was_away_at_first_is_logged_in_to_later(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel
) -> None:
    fake.fail("GET /users/@me", "drop_before", times=2)  # the connection's library repeats a GET once
    assert not (await refusal(platform, papers)).permanent
    await platform.post(place(papers), CARD, key="key-1")
    assert len(papers.messages) == 1


async def test_who_is_told_to_wait_waits_and_posts_once(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel
) -> None:
    fake.fail(POST, "ratelimited", retry_after=0.05)
    await platform.post(place(papers), CARD, key="key-1")
    assert [call.status for call in fake.calls_to(POST)][-1] == 200
    assert len(papers.messages) == 1


async def test_who_would_be_told_to_wait_keeps_within_the_rate_by_itself(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel
) -> None:
    fake.rates = Rates(routes={POST: Limit(2, 0.2)})
    for number in range(5):
        await platform.post(place(papers), CARD, key=f"key-{number}")
    assert len(papers.messages) == 5
    assert fake.refusals == 0


@pytest.mark.parametrize("fault", ["ratelimited", "ratelimited_globally"])
async def test_a_wait_that_a_lease_would_not_outlast_is_left_for_later_and_holds_up_nothing_else(
    fake: FakeDiscord, papers: Channel, clock: FakeClock, fault: str
) -> None:
    api = Discord(fake.token, clock)
    platform = DiscordPlatform(api)
    message = await platform.post(place(papers), CARD, key="key-0")
    fake.fail(POST, fault, retry_after=20)
    api.time_out = 0.1
    assert not (await refusal(platform, papers)).permanent
    api.time_out = 10
    await platform.edit(message, Card(title="Saved by two"))
    assert [written.shown for written in papers.messages] == ["## Saved by two"]
    await api.close()


async def test_an_address_that_is_banned_is_not_knocked_at_again(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel
) -> None:
    await platform.post(place(papers), CARD, key="key-0")
    fake.rates = Rates(refusals=0)
    error = await refusal(platform, papers)
    assert not error.permanent
    assert "429" in str(error)


async def test_a_long_wait_is_not_begun(platform: DiscordPlatform, fake: FakeDiscord, papers: Channel) -> None:
    fake.fail(POST, "ratelimited", retry_after=600)
    error = await refusal(platform, papers)
    assert not error.permanent
    assert "wait 600 s" in str(error)


async def test_no_token_is_in_a_log_whatever_goes_wrong(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for fault in ("error_before", "drop_before", "malformed", 50013):
        fake.fail(POST, fault)
        logging.getLogger("test").error("it failed", exc_info=await refusal(platform, papers))
    assert "it failed" in caplog.text
    assert fake.token not in caplog.text


async def test_two_that_log_in_at_once_log_in_once(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel
) -> None:
    await asyncio.gather(*(platform.post(place(papers), CARD, key=f"key-{number}") for number in range(5)))
    assert len(papers.messages) == 5
    assert len(fake.calls_to("GET /users/@me")) == 1


async def test_each_call_that_discord_counts_waits_for_its_turn(
    fake: FakeDiscord, papers: Channel, clock: FakeClock
) -> None:
    limiter = FakeRateLimiter()
    api = Discord(fake.token, clock, limiter)
    platform = DiscordPlatform(api)
    fake.fail(POST, "ratelimited", retry_after=0.05)
    message = await platform.post(place(papers), CARD, key="key-0")
    await platform.edit(message, Card(title="Saved by two"))
    refused = 1
    assert limiter.taken == refused + len(fake.calls)
    await api.close()


async def test_a_text_channel_is_posted_in_without_asking_what_it_is(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel
) -> None:
    await platform.post(place(papers), CARD, key="key-0")
    assert fake.calls_to("GET /channels/{channel}") == []
