"""Whether memory stays as it is from one day to the next: `python -m benchmarks.month --help`.

One process makes and posts the editions of many teams, each working day of a month, on an SQLite file. The clock is set
forward, papers are invented, and what is posted is only counted. Printed is the process's memory after each week. What
it remembers of papers has a bound, and fills up in the weeks before, in which there is one team.
"""

import argparse
import asyncio
import gc
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from adapters.store import SqlStore, open_store, upgrade
from bot.announcements import Announcement, Answer, CategoryAnswer, CollectionRun, Listing
from bot.curation.ranker import rank
from bot.editions import MessageRef
from bot.messages import Card
from bot.ports import Clock
from bot.teams import Interests, Sender, Subscription
from jobs.curate import curate
from jobs.deliver import deliver
from tests.fakes.clock import FakeClock
from tests.fakes.invented import invented_batch
from tests.fakes.platform import FakePlatform

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
CATEGORIES = ("cs.CL", "cs.LG", "cs.AI")


class Forgetful(FakePlatform):
    """Takes everything and keeps nothing."""

    async def post(self, channel: str, card: Card, *, key: str, under: MessageRef | None = None) -> MessageRef:  # noqa: ARG002 - the port's
        return MessageRef(self.name, channel, key)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.month")
    given.add_argument("--teams", type=int, default=100)
    given.add_argument("--weeks", type=int, default=5)
    given.add_argument("--before", type=int, default=4, help="weeks with one team")
    given.add_argument("--papers", type=int, default=200, help="announced each day")
    asked = given.parse_args()
    asyncio.run(passed(asked.teams, asked.before, asked.weeks, asked.papers))


async def passed(teams: int, before: int, weeks: int, papers: int) -> None:
    clock = FakeClock(MONDAY)
    platform = Forgetful(clock)
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite:///{Path(directory) / 'month.db'}"
        upgrade(url)
        async with open_store(url) as store:
            await _subscribe(store, range(1))
            print(f"1 team\nat first: {_memory():6.1f} MB", flush=True)
            for week in range(1, before + 1):
                await _week(f"week {week}", store, clock, platform, papers)
            await _subscribe(store, range(1, teams))
            print(f"{teams} teams", flush=True)
            held = [await _week(f"week {week}", store, clock, platform, papers) for week in range(1, weeks + 1)]
    print(f"after the last week {held[-1] / held[0]:.3f} times what it was after the first")


async def _week(name: str, store: SqlStore, clock: FakeClock, platform: FakePlatform, papers: int) -> float:
    """Megabytes that the process holds after it."""
    posted = sum([await _day(store, clock, platform, papers) for _ in range(7)])
    held = _memory()
    print(f"  {name}: {held:6.1f} MB after {posted:,} posts", flush=True)
    return held


def _memory() -> float:
    gc.collect()
    held: float = psutil.Process().memory_info().rss / 2**20
    return held


async def _day(store: SqlStore, clock: FakeClock, platform: FakePlatform, papers: int) -> int:
    """One day's papers and editions; how many messages were posted. Returns the next morning."""
    if clock.now().weekday() < 5:
        await _collect(store, clock, papers)
    await curate(store, rank, now=clock.now(), wait=timedelta(hours=3), only_due=True)
    done = await deliver(store, {platform.name: platform}, clock=clock)
    clock.advance(timedelta(days=1))
    return done.sent


async def _subscribe(store: SqlStore, teams: range) -> None:
    async with store() as tx:
        for number in teams:
            reader = Sender(FakePlatform.name, f"team-{number}", "U1", "ada", f"team-{number}/papers", "#papers")
            _, channel = await tx.teams.identify(reader)
            await tx.teams.subscribe(Subscription(0, channel.team_id, channel.id, Interests(CATEGORIES)))
        await tx.commit()


async def _collect(store: SqlStore, clock: Clock, papers: int) -> None:
    """As a collection that found what was due."""
    now, batch = clock.now(), list(invented_batch(clock.now().date(), papers))
    listed = [Announcement(one.id, one.primary_category, now.date(), Listing.NEW) for one in batch]
    fresh = tuple(CategoryAnswer(each, Answer.FRESH, now.date(), papers, papers, papers) for each in CATEGORIES)
    async with store() as tx:
        await tx.papers.add(batch, seen_at=now)
        await tx.papers.announce(listed, seen_at=now)
        await tx.collections.record(CollectionRun(now, now, fresh, papers))
        await tx.commit()


if __name__ == "__main__":
    main()
