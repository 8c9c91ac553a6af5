"""The chats that `benchmarks.delivery` posts in, each in a process of its own: prints where it is. It reads how many
processes of the bot come, prints once they are connected, and then, once all was posted, when each message came; and so
again, for those that come next."""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from adapters.slack.manifest import manifest
from tests.fakes.discord import OBSERVED, FakeDiscord
from tests.fakes.slack import DOCUMENTED, FakeSlack

STARTING = 300.0
"""Seconds that the bot may take to connect."""


class Chat(Protocol):
    """A chat with channels to post in."""

    def floor(self, channels: int, papers: int) -> float:
        """The least seconds from the first message to the last that the chat's rates allow. Every second edition is
        compact."""

    async def serve(self, asked: argparse.Namespace) -> None: ...


class Slack:
    """A message a second in each channel: docs.slack.dev/apis/web-api/rate-limits."""

    def floor(self, channels: int, papers: int) -> float:  # noqa: ARG002 - each channel has a rate of its own
        return papers * 1.0

    async def serve(self, asked: argparse.Namespace) -> None:
        fake = FakeSlack()
        fake.configure(manifest())
        fake.pacing = DOCUMENTED
        async with fake.serving():
            held = [fake.workspace(f"team-{number}") for number in range(asked.teams)]
            rooms = [(each.id, each.channel(f"papers-{number}").id) for number in _shares(asked) for each in held]
            bots = {each.id: (each.bot_token, each.bot.id) for each in held}
            settings = {
                "SLACK_API_URL": fake.api_url, "SLACK_APP_TOKEN": fake.app_token, "SLACK_CLIENT_ID": "1.2",
                "SLACK_CLIENT_SECRET": "unused",
            }  # fmt: skip
            _tell({"settings": settings, "bots": bots, "rooms": rooms})

            def drained(seen: _Seen) -> None:
                for call in fake.calls:
                    if call.method == "chat.postMessage" and call.error is None:
                        seen.posted.append(call.at)
                    seen.refused += call.error == "ratelimited"
                fake.calls.clear()

            while processes := await _heard():
                await fake.until(partial(_at_least, processes, lambda: fake.sockets.connected), seconds=STARTING)
                await _told(len(rooms) * (asked.papers + 1), drained)
                await fake.until(lambda: not fake.sockets.connected, seconds=STARTING)


class Discord:
    """50 calls a second over all servers: docs.discord.com/developers/topics/rate-limits#global-rate-limit. A compact
    edition needs one more, for the thread of its papers. A channel's own bucket, of 5 in 5 s, is wider with many."""

    def floor(self, channels: int, papers: int) -> float:
        return (channels * (papers + 1) + channels / 2) / 50

    async def serve(self, asked: argparse.Namespace) -> None:
        fake = FakeDiscord()
        fake.rates = OBSERVED
        async with fake.serving():
            held = [fake.guild(f"team-{number}") for number in range(asked.teams)]
            rooms = [(each.id, each.channel(f"papers-{number}").id) for number in _shares(asked) for each in held]
            settings = {
                "DISCORD_TOKEN": fake.token, "DISCORD_API_URL": fake.api_url, "DISCORD_GATEWAY_URL": fake.gateway_url,
            }  # fmt: skip
            _tell({"settings": settings, "bots": {}, "rooms": rooms})

            def drained(seen: _Seen) -> None:
                for call in fake.calls:
                    if call.route == "POST /channels/{channel}/messages" and call.status == 200:
                        seen.posted.append(call.at)
                    seen.refused += call.status == 429
                fake.calls.clear()

            def here() -> int:
                """Each asks once, before it connects; one of them has the gateway."""
                return len(fake.calls_to("GET /gateway/bot")) if fake.gateway.connected else 0

            while processes := await _heard():
                await fake.until(partial(_at_least, processes, here), seconds=STARTING)
                await _told(len(rooms) * (asked.papers + 1), drained)
                await fake.until(lambda: not fake.gateway.connected, seconds=STARTING)


CHATS: Mapping[str, Chat] = {"slack": Slack(), "discord": Discord()}


@dataclass
class _Seen:
    posted: list[datetime] = field(default_factory=list)
    refused: int = 0


def _shares(asked: argparse.Namespace) -> range:
    """The channels of each team."""
    return range(asked.channels // asked.teams)


def _tell(what: Any) -> None:
    print(json.dumps(what), flush=True)


def _at_least(count: int, counted: Callable[[], int]) -> bool:
    return counted() >= count


async def _heard() -> int:
    """How many processes of the bot come next."""
    return int(await asyncio.to_thread(sys.stdin.readline) or 0)


async def _told(messages: int, drained: Callable[[_Seen], None]) -> None:
    """Prints that the bot is connected; and when each of so many messages came, once all are there. `drained` adds what
    came since the last time."""
    _tell("connected")
    seen = _Seen()
    while len(seen.posted) < messages:
        await asyncio.sleep(0.5)
        drained(seen)
    first = min(seen.posted)
    _tell({"late": [(at - first).total_seconds() for at in seen.posted], "refused": seen.refused})
