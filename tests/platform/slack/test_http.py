"""Signed HTTP: the same app, at an address of ours."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from adapters.slack.sealing import new_key
from adapters.slack.service import Access, SlackService, open_slack
from adapters.web.server import serving
from bot.commands import React, Save
from bot.messages import Card
from tests.platform.slack.conftest import EMOJI, Lab
from tests.platform.slack.reached import reached


@pytest.fixture
async def served(lab: Lab) -> AsyncIterator[Lab]:
    """The lab's Slack reaches the app by HTTP."""
    async with _open(lab) as service, reached(service, lab.product) as address:
        lab.slack.request_url = f"{address}/slack/events"
        yield replace(lab, platform=service.platform)


def _open(lab: Lab) -> AbstractAsyncContextManager[SlackService]:
    access = Access(lab.slack.api_url, bot_token=lab.workspace.bot_token, signing_secret=lab.slack.signing_secret)
    return open_slack(access, store=lab.store, clock=lab.clock, emoji=EMOJI)


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


async def test_http_is_needed_for_what_slack_signs_and_for_the_sign_in(lab: Lab) -> None:
    many = {"client_id": "1.2", "client_secret": "s", "secret_keys": new_key()}
    ways: list[tuple[dict[str, str], list[str]]] = [
        ({"bot_token": "xoxb-1", "app_token": "xapp-1"}, []),
        ({"bot_token": "xoxb-1", "signing_secret": "s"}, ["/slack/events"]),
        ({"app_token": "xapp-1", **many}, ["/slack/install", "/slack/oauth_redirect"]),
        ({"signing_secret": "s", **many}, ["/slack/events", "/slack/install", "/slack/oauth_redirect"]),
    ]
    for way, paths in ways:
        access = Access(lab.slack.api_url, **way)
        async with open_slack(access, store=lab.store, clock=lab.clock, emoji=EMOJI) as service:
            assert [route.path for route in service.routes()] == paths


@pytest.mark.parametrize("secret", ["", "guessed"])
async def test_what_slack_did_not_sign_is_refused(served: Lab, secret: str) -> None:
    served.slack.signing_secret = secret
    said = await served.ada.says("/papers save 2", in_=served.papers)
    assert said.failure == "dispatch_failed"
    assert served.product.heard == []


async def test_while_nobody_listens_slack_is_asked_to_come_again(lab: Lab) -> None:
    async with _open(lab) as service, serving(service.routes(), "127.0.0.1", 0) as address:
        lab.slack.request_url = f"{address}/slack/events"
        said = await lab.ada.says("/papers save 2", in_=lab.papers)
        assert said.failure
        assert not service.connected
    assert lab.product.heard == []
