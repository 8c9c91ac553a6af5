"""Signed HTTP: the same app, at an address of ours."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest

from adapters.slack.service import Access, open_slack
from bot.commands import React, Save
from bot.errors import PlatformError
from bot.messages import Card
from tests.platform.slack.conftest import EMOJI, Lab


@pytest.fixture
async def served(lab: Lab, unused_tcp_port: int) -> AsyncIterator[Lab]:
    """The lab's Slack reaches the app by HTTP."""
    access = Access(
        lab.slack.api_url,
        bot_token=lab.workspace.bot_token,
        signing_secret=lab.slack.signing_secret,
        port=unused_tcp_port,
    )
    async with open_slack(access, store=lab.store, clock=lab.clock, emoji=EMOJI) as service:
        running = asyncio.create_task(service.run(lab.product))
        address = f"http://127.0.0.1:{unused_tcp_port}"
        await healthy(address)
        lab.slack.request_url = f"{address}/slack/events"
        yield replace(lab, platform=service.platform)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def healthy(address: str) -> None:
    """Returns once it is served."""
    async with asyncio.timeout(10), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"{address}/healthz") as answer:
                    assert await answer.json() == {"status": "ok"}
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.01)


async def test_the_address_is_verified_and_takes_commands_clicks_and_events(served: Lab) -> None:
    assert await served.slack.verifies_request_url()
    await (await served.ada.says("/papers save 2", in_=served.papers)).reply()
    card = Card(title="A paper")
    ref = await served.platform.post(f"{served.workspace.id}/{served.papers.id}", card, key="key-1")
    await served.ada.reacts(served.papers.messages[-1], "bookmark")
    assert served.product.commands == [Save((2,)), React(ref, "bookmark")]


async def test_a_command_is_acknowledged_while_the_product_thinks(served: Lab) -> None:
    served.product.wait = asyncio.Event()
    said = await served.ada.says("/papers summary 1", in_=served.papers)
    assert (said.failure, said.replies) == ("", [])
    served.product.wait.set()
    await said.reply()


async def test_an_event_that_broke_is_answered_with_an_error_and_comes_again(served: Lab) -> None:
    message = await served.platform.post(f"{served.workspace.id}/{served.papers.id}", Card(title="A"), key="key-1")
    served.product.breaks = 1
    await served.ada.reacts(served.papers.messages[-1], "bookmark")
    await served.slack.until(lambda: all(delivery.over for delivery in served.slack.deliveries))
    assert served.product.commands == [React(message, "bookmark")] * 2


@pytest.mark.parametrize("secret", ["", "guessed"])
async def test_what_slack_did_not_sign_is_refused(served: Lab, secret: str) -> None:
    served.slack.signing_secret = secret
    said = await served.ada.says("/papers save 2", in_=served.papers)
    assert said.failure == "dispatch_failed"
    assert served.product.heard == []


async def test_an_address_that_is_taken_is_said(served: Lab) -> None:
    port = int(served.slack.request_url.split(":")[2].split("/")[0])
    access = Access(served.slack.api_url, bot_token="xoxb-1", signing_secret="secret", port=port)
    async with open_slack(access, store=served.store, clock=served.clock, emoji=EMOJI) as second:
        with pytest.raises(PlatformError, match=str(port)):
            await second.run(served.product)
