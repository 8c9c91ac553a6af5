"""How soon Slack is told that a command was heard, under load: `python -m benchmarks.slack_load --help`.

A Slack of our own, in a process of its own, holds many workspaces whose people say commands at a steady rate, whether
or not the earlier ones were answered. The bot is the real one, for many workspaces, with the whole product on an SQLite
file, reached through Socket Mode. Printed are the times to the acknowledgement, beside their aim as a ratio, and to the
answer, and how many commands were lost: not acknowledged, not answered, or answered with an apology.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

from adapters.clock import RealClock
from adapters.slack.installations import ManyWorkspaces
from adapters.slack.sealing import Seal, new_key
from adapters.slack.service import Access, SlackService, open_slack
from adapters.slack.workspaces import Installation
from adapters.store import SqlStore, open_store, upgrade
from bot.announcements import Announcement, Listing
from bot.budget import Budget, Cap
from bot.curation.ranker import rank
from bot.dispatch import Dispatcher
from bot.handlers.services import Services
from bot.papers import Paper
from bot.summaries.extract import ExtractSummariser
from tests.fakes.charts import FakeCharts
from tests.fakes.invented import invented_papers
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.model import Channel
from tests.fakes.slack.person import Person
from tests.fakes.source import FakeSource
from tests.fakes.summariser import FakeFullText

ACKNOWLEDGED_MS = 300.0
PAPERS = 500
LONGEST_LINE = 10_000_000
PATIENCE = 60.0
"""Seconds that somebody waits for an answer."""


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.slack_load")
    given.add_argument("--workspaces", type=int, default=100)
    given.add_argument("--rate", type=float, default=50.0, help="commands a second")
    given.add_argument("--seconds", type=float, default=60.0)
    given.add_argument("--people", action="store_true", help=argparse.SUPPRESS)
    asked = given.parse_args()
    if asked.people:
        asyncio.run(people(asked.workspaces, asked.rate, asked.seconds))
    else:
        report(asyncio.run(measured(asked.workspaces, asked.rate, asked.seconds)), asked)


async def measured(workspaces: int, rate: float, seconds: float) -> dict[str, Any]:
    """What the people of a Slack in another process saw of a bot in this one."""
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite:///{Path(directory) / 'load.db'}"
        upgrade(url)
        crowd = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.slack_load", "--people", f"--workspaces={workspaces}", f"--rate={rate}",
            f"--seconds={seconds}", stdout=asyncio.subprocess.PIPE, limit=LONGEST_LINE,
        )  # fmt: skip
        assert crowd.stdout is not None
        async with open_store(url) as store:
            await _fill(store)
            seen = await _serve(json.loads(await crowd.stdout.readline()), store, crowd.stdout)
        await crowd.wait()
    return seen


async def _serve(told: dict[str, Any], store: SqlStore, crowd: asyncio.StreamReader) -> dict[str, Any]:
    clock, key = RealClock(), new_key()
    many = ManyWorkspaces(store, Seal(key), clock)
    for workspace, (token, bot_user) in told["workspaces"].items():
        await many.put(Installation(workspace, token, bot_user))
    access = Access(
        told["api_url"], app_token=told["app_token"], client_id="1.2", client_secret="unused", secret_keys=key
    )
    async with open_slack(access, store=store, clock=clock, emoji={}) as service:
        running = asyncio.create_task(service.run(_dispatcher(store, service)))
        seen: dict[str, Any] = json.loads(await crowd.readline())
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    return seen


def _dispatcher(store: SqlStore, service: SlackService) -> Dispatcher:
    return Dispatcher(
        Services(
            store=store,
            source=FakeSource(()),
            clock=RealClock(),
            ranker=rank,
            emoji={},
            summariser=ExtractSummariser(),
            extractor=ExtractSummariser(),
            full_text=FakeFullText(),
            charts=FakeCharts(),
            budget=Budget({}, dict.fromkeys(Cap, 0)),
            language="en",
            platforms={service.platform.name: service.platform},
            everyone_manages=False,
        )
    )


def _stock() -> list[Paper]:
    """The same in both processes."""
    until = datetime(2026, 1, 15, tzinfo=UTC)
    return list(invented_papers(PAPERS, after=until - timedelta(days=14), until=until))


async def _fill(store: SqlStore) -> None:
    """Papers that can be searched and saved."""
    papers, now = _stock(), RealClock().now()
    async with store() as tx:
        await tx.papers.add(papers, seen_at=now)
        listed = [Announcement(one.id, one.primary_category, now.date(), Listing.NEW) for one in papers]
        await tx.papers.announce(listed, seen_at=now)
        await tx.commit()


async def people(workspaces: int, rate: float, seconds: float) -> None:
    """The other process: prints where it is, then, once the bot is connected, what its people saw."""
    slack = FakeSlack()
    async with slack.serving():
        held = [slack.workspace(f"team-{number}") for number in range(workspaces)]
        rooms: list[tuple[Person, Channel]] = [
            (each.user("ada"), each.channel("papers", creator=each.user("ada"))) for each in held
        ]
        told = {each.id: (each.bot_token, each.bot.id) for each in held}
        print(json.dumps({"api_url": slack.api_url, "app_token": slack.app_token, "workspaces": told}), flush=True)
        await slack.until(lambda: slack.sockets.connected, seconds=60)
        lines = _lines()
        said: list[asyncio.Task[tuple[float | None, float | None]]] = []
        began = time.monotonic()
        for number in range(round(rate * seconds)):
            await asyncio.sleep(began + number / rate - time.monotonic())
            person, room = rooms[number % len(rooms)]
            said.append(asyncio.create_task(_say(slack, person, room, next(lines))))
        took = time.monotonic() - began
        seen = await asyncio.gather(*said)
        print(json.dumps({"said": len(said), "took": took, "seen": seen}), flush=True)


def _lines() -> Iterator[str]:
    """What people say, over and over: mostly they look, every third time they change something."""
    papers = [str(paper.id) for paper in _stock()]
    while True:
        paper = random.choice(papers)
        yield from ("list unread", f"save {paper}", "search language models")
        yield from (f"show {paper}", f"tag {paper} agents", "help")


async def _say(slack: FakeSlack, person: Person, room: Channel, line: str) -> tuple[float | None, float | None]:
    """Seconds to the acknowledgement and to the answer; None for what did not come."""
    began = time.monotonic()
    said = await person.says(f"/papers {line}", in_=room)
    if said.failure:
        return None, None
    try:
        await slack.until(lambda: said.replies, seconds=PATIENCE)
    except AssertionError:  # that is how it says that this did not happen
        return said.delay, None
    if "Something broke" in said.replies[0].shown:
        return said.delay, None
    return said.delay, time.monotonic() - began


def report(seen: dict[str, Any], asked: argparse.Namespace) -> None:
    acknowledged = [1000 * ack for ack, _ in seen["seen"] if ack is not None]
    answered = [1000 * answer for _, answer in seen["seen"] if answer is not None]
    rate = seen["said"] / seen["took"]
    print(f"{seen['said']:,} commands in {seen['took']:.1f} s ({rate:.1f}/s), {asked.workspaces} workspaces")
    for what, times in (("acknowledged", acknowledged), ("answered", answered)):
        cut = quantiles(times, n=100)
        print(f"  {what:<14} p50 {cut[49]:8.1f} ms   p99 {cut[98]:8.1f} ms   most {max(times):8.1f} ms")
    p99 = quantiles(acknowledged, n=100)[98]
    print(f"  p99 of the acknowledgement: aim {ACKNOWLEDGED_MS:.0f} ms, ratio {p99 / ACKNOWLEDGED_MS:.2f}")
    print(f"  lost: {seen['said'] - len(acknowledged)} not acknowledged, {seen['said'] - len(answered)} not answered")


if __name__ == "__main__":
    main()
