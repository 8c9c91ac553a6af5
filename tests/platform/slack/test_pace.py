"""What was to be sent, but may no more: its process stood still meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.api import PATIENCE, WebApi, open_api
from adapters.slack.platform import SlackPlatform
from adapters.slack.workspaces import OneWorkspace, Slack
from bot.errors import PlatformError
from bot.messages import Card
from tests.fakes.clock import FakeClock
from tests.fakes.slack.interaction import Interaction
from tests.platform.slack.conftest import Lab


class Oversleeping(FakeClock):
    """Nobody who sleeps on it wakes up before PATIENCE is over."""

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds + PATIENCE)


async def test_a_post_whose_turn_comes_too_late_is_not_sent(lab: Lab) -> None:
    clock = Oversleeping()
    async with open_api(lab.slack.api_url, clock) as api:
        platform = SlackPlatform(Slack(api, OneWorkspace(api, lab.workspace.bot_token)), clock)
        channel = f"{lab.workspace.id}/{lab.papers.id}"
        await platform.post(channel, Card(title="In time"), key="key-1")
        with pytest.raises(PlatformError, match="too late"):
            await platform.post(channel, Card(title="Too late"), key="key-2")
    assert [message.shown for message in lab.papers.messages] == ["In time"]


async def test_a_post_that_would_be_written_too_late_is_not_written(lab: Lab) -> None:
    clock = FakeClock()

    class Frozen(AsyncWebClient):
        """Stands still between a call and the moment at which it is written."""

        async def api_call(self, *given: Any, **named: Any) -> AsyncSlackResponse:
            clock.advance(timedelta(seconds=PATIENCE + 1))
            return await super().api_call(*given, **named)

    async with open_api(lab.slack.api_url, clock) as api:
        client = Frozen(base_url=lab.slack.api_url, session=api.client.session, retry_handlers=[])
        slack = Slack(WebApi(client, clock), OneWorkspace(api, lab.workspace.bot_token))
        with pytest.raises(PlatformError, match=r"did not answer chat\.postMessage"):
            await SlackPlatform(slack, clock).post(
                f"{lab.workspace.id}/{lab.papers.id}", Card(title="Late"), key="key-1"
            )
    assert lab.papers.messages == []


async def test_what_is_said_long_after_a_call_of_the_same_task_is_said(lab: Lab) -> None:
    clock = FakeClock()
    async with open_api(lab.slack.api_url, clock) as api:
        slack = Slack(api, OneWorkspace(api, lab.workspace.bot_token))
        channel = f"{lab.workspace.id}/{lab.papers.id}"
        platform = SlackPlatform(slack, clock)
        await platform.post(channel, Card(title="One"), key="key-1")
        clock.advance(timedelta(hours=1))
        asked = Interaction(lab.workspace.team, lab.ada, lab.slack.until)
        url = lab.slack.new_response_url(asked, lab.papers)
        assert await slack.respond(url, {"text": "Two"})
