"""What the load tests of chats share: people who say commands at a steady rate, whether or not the earlier ones were
answered, in a process of their own; the whole product on an SQLite file behind the bot; and what is printed of it.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any, TypeAlias

from adapters.clock import RealClock
from adapters.store import SqlStore, open_store, upgrade
from bot.announcements import Announcement, Listing
from bot.budget import Budget, Cap
from bot.curation.ranker import rank
from bot.dispatch import Dispatcher
from bot.handlers.services import Services
from bot.papers import Paper
from bot.ports import Platform
from bot.summaries.extract import ExtractSummariser
from tests.fakes.charts import FakeCharts
from tests.fakes.invented import invented_papers
from tests.fakes.source import FakeSource
from tests.fakes.summariser import FakeFullText

Line: TypeAlias = tuple[str, Mapping[str, str]]
"""A verb, and what follows it by the names of Discord's options, in the order of a line."""
Said: TypeAlias = tuple[float | None, float | None]
"""Seconds to the acknowledgement and to the answer; None for what did not come."""

ACKNOWLEDGED_MS = 300.0
PAPERS = 500
LONGEST_LINE = 10_000_000
PATIENCE = 60.0
"""Seconds that somebody waits for an answer."""
APOLOGY = "Something broke"


def asked(module: str, about: str | None, places: str) -> argparse.Namespace:
    """What was asked for on the command line; `places` are what people are in, such as "workspaces"."""
    given = argparse.ArgumentParser(description=about, prog=f"python -m {module}")
    given.add_argument("--places", type=int, default=100, help=places)
    given.add_argument("--rate", type=float, default=50.0, help="commands a second")
    given.add_argument("--seconds", type=float, default=60.0)
    given.add_argument("--people", action="store_true", help=argparse.SUPPRESS)
    return given.parse_args()


async def measured(
    module: str,
    given: argparse.Namespace,
    serving: Callable[[dict[str, Any], SqlStore], AbstractAsyncContextManager[None]],
) -> dict[str, Any]:
    """What the people of a chat in another process saw of a bot in this one, which is `serving` them. That process is
    `module` with --people: it prints where it is, then what they saw."""
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite:///{Path(directory) / 'load.db'}"
        upgrade(url)
        crowd = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, "--people", f"--places={given.places}", f"--rate={given.rate}",
            f"--seconds={given.seconds}", stdout=asyncio.subprocess.PIPE, limit=LONGEST_LINE,
        )  # fmt: skip
        assert crowd.stdout is not None
        async with open_store(url) as store:
            await _fill(store)
            async with serving(json.loads(await crowd.stdout.readline()), store):
                seen: dict[str, Any] = json.loads(await crowd.stdout.readline())
        await crowd.wait()
    return seen


async def speaking(given: argparse.Namespace, say: Callable[[int, Line], Awaitable[Said]]) -> str:
    """What people saw, as a line of JSON; `say` is called with the number of who speaks, and what they say."""
    lines, said = _lines(), []
    began = time.monotonic()
    for number in range(round(given.rate * given.seconds)):
        await asyncio.sleep(began + number / given.rate - time.monotonic())
        said.append(asyncio.ensure_future(say(number, next(lines))))
    took = time.monotonic() - began
    return json.dumps({"said": len(said), "took": took, "seen": await asyncio.gather(*said)})


def dispatcher(store: SqlStore, platform: Platform) -> Dispatcher:
    """The whole product, with extracts for summaries."""
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
            platforms={platform.name: platform},
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


def _lines() -> Iterator[Line]:
    """What people say, over and over: mostly they look, every third time they change something."""
    papers = [str(paper.id) for paper in _stock()]
    while True:
        paper = random.choice(papers)
        yield "list", {"status": "unread"}
        yield "save", {"paper": paper}
        yield "search", {"words": "language models"}
        yield "show", {"paper": paper}
        yield "tag", {"paper": paper, "tags": "agents"}
        yield "help", {}


def report(seen: dict[str, Any], given: argparse.Namespace, places: str) -> None:
    acknowledged = [1000 * ack for ack, _ in seen["seen"] if ack is not None]
    answered = [1000 * answer for _, answer in seen["seen"] if answer is not None]
    rate = seen["said"] / seen["took"]
    print(f"{seen['said']:,} commands in {seen['took']:.1f} s ({rate:.1f}/s), {given.places} {places}")
    for what, times in (("acknowledged", acknowledged), ("answered", answered)):
        cut = quantiles(times, n=100)
        print(f"  {what:<14} p50 {cut[49]:8.1f} ms   p99 {cut[98]:8.1f} ms   most {max(times):8.1f} ms")
    p99 = quantiles(acknowledged, n=100)[98]
    print(f"  p99 of the acknowledgement: aim {ACKNOWLEDGED_MS:.0f} ms, ratio {p99 / ACKNOWLEDGED_MS:.2f}")
    print(f"  lost: {seen['said'] - len(acknowledged)} not acknowledged, {seen['said'] - len(answered)} not answered")
