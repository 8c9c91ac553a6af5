"""How soon Slack is told that a command was heard, under load: `python -m benchmarks.slack_load --help`.

A Slack of our own, in a process of its own, holds many workspaces whose people say commands at a steady rate, whether
or not the earlier ones were answered. The bot is the real one, for many workspaces, with the whole product on an SQLite
file, reached through Socket Mode. Printed are the times to the acknowledgement, beside their aim as a ratio, and to the
answer, and how many commands were lost: not acknowledged, not answered, or answered with an apology.
"""

import argparse
import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from adapters.clock import RealClock
from adapters.slack.installations import ManyWorkspaces
from adapters.slack.sealing import Seal, new_key
from adapters.slack.service import Access, open_slack
from adapters.slack.workspaces import Installation
from adapters.store import SqlStore
from benchmarks.load import APOLOGY, PATIENCE, Line, Said, asked, dispatcher, measured, report, speaking
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.model import Channel
from tests.fakes.slack.person import Person

MODULE, PLACES = "benchmarks.slack_load", "workspaces"


def main() -> None:
    given = asked(MODULE, __doc__, PLACES)
    if given.people:
        asyncio.run(people(given))
    else:
        report(asyncio.run(measured(MODULE, given, serving)), given, PLACES)


@asynccontextmanager
async def serving(told: dict[str, Any], store: SqlStore) -> AsyncIterator[None]:
    """The bot, installed in every workspace."""
    clock, key = RealClock(), new_key()
    many = ManyWorkspaces(store, Seal(key), clock)
    for workspace, (token, bot_user) in told["workspaces"].items():
        await many.put(Installation(workspace, token, bot_user))
    access = Access(
        told["api_url"], app_token=told["app_token"], client_id="1.2", client_secret="unused", secret_keys=key
    )
    async with open_slack(access, store=store, clock=clock, emoji={}) as service:
        running = asyncio.create_task(service.run(dispatcher(store, service.platform)))
        yield
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def people(given: argparse.Namespace) -> None:
    """The other process: prints where it is, then, once the bot is connected, what its people saw."""
    slack = FakeSlack()
    async with slack.serving():
        held = [slack.workspace(f"team-{number}") for number in range(given.places)]
        rooms: list[tuple[Person, Channel]] = [
            (each.user("ada"), each.channel("papers", creator=each.user("ada"))) for each in held
        ]
        told = {each.id: (each.bot_token, each.bot.id) for each in held}
        print(json.dumps({"api_url": slack.api_url, "app_token": slack.app_token, "workspaces": told}), flush=True)
        await slack.until(lambda: slack.sockets.connected, seconds=60)

        async def say(number: int, line: Line) -> Said:
            return await _say(slack, *rooms[number % len(rooms)], line)

        print(await speaking(given, say), flush=True)


async def _say(slack: FakeSlack, person: Person, room: Channel, line: Line) -> Said:
    verb, rest = line
    began = time.monotonic()
    said = await person.says(" ".join(["/papers", verb, *rest.values()]), in_=room)
    if said.failure:
        return None, None
    try:
        await slack.until(lambda: said.replies, seconds=PATIENCE)
    except AssertionError:  # that is how it says that this did not happen
        return said.delay, None
    if APOLOGY in said.replies[0].shown:
        return said.delay, None
    return said.delay, time.monotonic() - began


if __name__ == "__main__":
    main()
