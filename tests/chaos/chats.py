"""The chats that a fleet posts in, as the harness sees them."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from adapters.slack.manifest import manifest
from tests.chaos.hastened import HastenedClock
from tests.fakes.discord import FakeDiscord
from tests.fakes.slack import DOCUMENTED, FakeSlack


class Chat(Protocol):
    """A service of our own, which holds what was posted."""

    name: str
    workspace: str
    settings: Mapping[str, str]
    """What lets `papers` find it."""

    def room(self, name: str) -> str:
        """A new channel's address, as the product has it."""

    def held(self, room: str) -> Sequence[tuple[str, str]]:
        """Every message that the bot wrote there and in the threads there, in order: its address, what it shows."""

    def lose_answers(self, how: str, times: int) -> None:
        """The next `times` posts are accepted, and not told of: the connection drops (`drop_after`), or Slack answers
        with a server error (`error_after`)."""


class Slack:
    """A Slack that keeps to the pace that Slack documents."""

    name = "slack"

    def __init__(self, slack: FakeSlack) -> None:
        self._slack = slack
        self._lab = slack.workspace("lab")
        self.workspace = self._lab.id
        self.settings: Mapping[str, str] = {
            "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": self._lab.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
        }

    def room(self, name: str) -> str:
        return f"{self._lab.id}/{self._lab.channel(name).id}"

    def held(self, room: str) -> Sequence[tuple[str, str]]:
        channel = self._lab.team.channels[room.partition("/")[2]]
        return [(message.ts, message.shown) for message in channel.history if message.author is self._lab.bot]

    def lose_answers(self, how: str, times: int) -> None:
        self._slack.fail("chat.postMessage", how, times=times)


@asynccontextmanager
async def open_slack(clock: HastenedClock) -> AsyncIterator[Chat]:
    slack = FakeSlack(clock)
    slack.configure(manifest())
    slack.pacing = DOCUMENTED
    async with slack.serving():
        yield Slack(slack)


class Discord:
    """A Discord without rates: those of its fake go by the machine's clock."""

    name = "discord"

    def __init__(self, discord: FakeDiscord) -> None:
        self._discord = discord
        self._lab = discord.guild("lab")
        self.workspace = self._lab.id
        self.settings: Mapping[str, str] = {
            "DISCORD_TOKEN": discord.token,
            "DISCORD_API_URL": discord.api_url,
            "DISCORD_GATEWAY_URL": discord.gateway_url,
        }

    def room(self, name: str) -> str:
        return f"{self._lab.id}/{self._lab.channel(name).id}"

    def held(self, room: str) -> Sequence[tuple[str, str]]:
        channel = self._lab.channels[room.partition("/")[2]]
        places = [channel, *channel.threads]
        written = [each for place in places for each in place.history if each.author is self._lab.bot]
        return [(message.id, message.shown) for message in sorted(written, key=lambda each: int(each.id))]

    def lose_answers(self, how: str, times: int) -> None:
        self._discord.fail("POST /channels/{channel}/messages", how, times=times)


@asynccontextmanager
async def open_discord(clock: HastenedClock) -> AsyncIterator[Chat]:
    discord = FakeDiscord(clock)
    async with discord.serving():
        yield Discord(discord)
