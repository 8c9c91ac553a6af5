"""The fake Discord as a process: prints its addresses and token as a line of JSON, then serves until it is ended."""

import argparse
import asyncio
import json

from tests.fakes.discord.control import Control
from tests.fakes.discord.server import FakeDiscord


async def _serve(port: int, channels: list[str], people: list[str]) -> None:
    discord = FakeDiscord()
    guild = discord.guild("lab")
    first, *others = people
    users = [guild.user(first, manages=True), *(guild.user(name) for name in others)]
    ids = {name: guild.channel(name).id for name in channels}
    async with discord.serving(port, control=Control(discord, guild)) as url:
        told = {
            "url": url,
            "api_url": discord.api_url,
            "gateway_url": discord.gateway_url,
            "token": discord.token,
            "application": discord.app_id,
            "guild": guild.id,
            "channels": ids,
            "people": {user.name: user.id for user in users},
        }
        print(json.dumps(told), flush=True)  # noqa: T201 - what the one who started it waits for
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.fakes.discord")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--channels", default="papers", help="names, with commas between")
    parser.add_argument("--people", default="ada,ben", help="names, with commas between; the first manages channels")
    given = parser.parse_args()
    asyncio.run(_serve(given.port, given.channels.split(","), given.people.split(",")))


if __name__ == "__main__":
    main()
