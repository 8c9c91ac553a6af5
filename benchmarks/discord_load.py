"""How soon Discord is told that a command was heard, under load: `python -m benchmarks.discord_load --help`.

A Discord of our own, in a process of its own, holds many servers whose people use slash commands at a steady rate,
whether or not the earlier ones were answered. The bot is the real one, with the whole product on an SQLite file,
reached through the gateway. Printed are the times to the acknowledgement, which is the first response, beside their aim
as a ratio, and to the answer, and how many commands were lost: not acknowledged, not answered, or answered with an
apology.
"""

import argparse
import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from adapters.clock import RealClock
from adapters.discord.service import Access, open_discord
from adapters.store import SqlStore
from benchmarks.load import APOLOGY, PATIENCE, Line, Said, asked, dispatcher, measured, report, speaking
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.model import Channel
from tests.fakes.discord.person import Person

MODULE, PLACES = "benchmarks.discord_load", "servers"


def main() -> None:
    given = asked(MODULE, __doc__, PLACES)
    if given.people:
        asyncio.run(people(given))
    else:
        report(asyncio.run(measured(MODULE, given, serving)), given, PLACES)


@asynccontextmanager
async def serving(told: dict[str, Any], store: SqlStore) -> AsyncIterator[None]:
    """The bot, in every server."""
    access = Access(told["token"], told["api_url"], told["gateway_url"])
    async with open_discord(access, store=store, clock=RealClock(), emoji={}) as service:
        running = asyncio.create_task(service.run(dispatcher(store, service.platform)))
        yield
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def people(given: argparse.Namespace) -> None:
    """The other process: prints where it is, then, once the bot is connected, what its people saw."""
    discord = FakeDiscord()
    async with discord.serving():
        held = [discord.guild(f"team-{number}") for number in range(given.places)]
        rooms: list[tuple[Person, Channel]] = [(each.user(f"ada-{each.name}"), each.channel("papers")) for each in held]
        told = {"token": discord.token, "api_url": discord.api_url, "gateway_url": discord.gateway_url}
        print(json.dumps(told), flush=True)
        await discord.until(lambda: discord.gateway.connected, seconds=60)

        async def say(number: int, line: Line) -> Said:
            return await _say(discord, *rooms[number % len(rooms)], line)

        print(await speaking(given, say), flush=True)


async def _say(discord: FakeDiscord, person: Person, room: Channel, line: Line) -> Said:
    verb, options = line
    began = time.monotonic()
    said = await person.uses(f"/papers {verb}", in_=room, **options)
    if said.failure:
        return None, None
    try:
        [reply, *_] = await discord.until(
            lambda: [message for message in said.replies if not message.is_loading], seconds=PATIENCE
        )
    except AssertionError:  # that is how it says that this did not happen
        return said.delay, None
    if APOLOGY in reply.shown:
        return said.delay, None
    return said.delay, time.monotonic() - began


if __name__ == "__main__":
    main()
