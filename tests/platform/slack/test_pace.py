"""What was to be sent, but may no more: its process stood still while it waited for its turn."""

import pytest

from adapters.slack.api import PATIENCE, open_api
from adapters.slack.platform import SlackPlatform
from adapters.slack.workspaces import OneWorkspace, Slack
from bot.errors import PlatformError
from bot.messages import Card
from tests.fakes.clock import FakeClock
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
