"""How long choosing papers holds up the event loop, and how long people wait: `python -m benchmarks.event_loop --help`.

Prints the longest time for which the loop did not go round while a command was answered, beside its aim, and the time
to the answer; both on SQLite and on PostgreSQL, as `benchmarks.main_job` does. Of a gap no more is counted than the
processor time of this process in it, so that what else the machine does is left out.
"""

import argparse
import asyncio
import time
from collections.abc import Awaitable
from datetime import datetime, timedelta

from adapters.chart import Charts
from benchmarks.main_job import ADA, CATEGORIES, TODAY, databases, line, opened
from bot.announcements import Announcement, Answer, CategoryAnswer, CollectionRun, Listing
from bot.budget import Budget
from bot.commands import parse
from bot.curation.ranker import rank
from bot.dispatch import Dispatcher
from bot.handlers.services import Services
from bot.papers import Paper
from bot.ports import Store
from bot.reading_list import FactKey, Field
from bot.summaries.extract import ExtractSummariser
from bot.teams import Interests, Subscription, Topic
from jobs.curate import curate
from tests.fakes.clock import FakeClock
from tests.fakes.invented import invented_batch
from tests.fakes.source import FakeSource
from tests.fakes.summariser import FakeFullText

BREATH = 0.05
"""Seconds for which the loop may stand still."""
PULSE = 0.001
SATURDAY = 5
SAVED, SAVED_BESIDE = 3, 60
"""Papers of each edition, and others of the day, that the team saves: by the end it judged 1,386."""


async def longest_gap(doing: Awaitable[object]) -> tuple[float, float]:
    """Seconds that `doing` took, and the processor time of the longest gap between two rounds of the loop meanwhile."""
    longest = 0.0

    async def pulse() -> None:
        nonlocal longest
        while True:
            started, worked = time.perf_counter(), time.process_time()
            await asyncio.sleep(PULSE)
            longest = max(longest, min(time.perf_counter() - started - PULSE, time.process_time() - worked))

    pulsing = asyncio.create_task(pulse())
    await asyncio.sleep(PULSE)
    started = time.perf_counter()
    await doing
    took = time.perf_counter() - started
    await asyncio.sleep(PULSE)
    pulsing.cancel()
    return took, longest


async def collect(store: Store, papers: list[Paper], at: datetime) -> None:
    async with store() as tx:
        await tx.papers.add(papers, seen_at=at)
        listed = [Announcement(one.id, CATEGORIES[0], at.date(), Listing.NEW) for one in papers]
        await tx.papers.announce(listed, seen_at=at)
        answers = tuple(CategoryAnswer(category, Answer.FRESH, at.date()) for category in CATEGORIES)
        await tx.collections.record(CollectionRun(at, at, answers, len(papers)))
        await tx.commit()


async def save(store: Store, papers: list[Paper], at: datetime) -> None:
    async with store() as tx:
        member, _ = await tx.teams.identify(ADA)
        for one in papers:
            key = FactKey(one.id, Field.SAVED, member_id=member.id)
            await tx.lists.set(member.team_id, key, "yes", by=member.id, at=at)
        await tx.commit()


async def measure(url: str, editions: int, papers: int) -> None:
    async with opened(url) as store:
        async with store() as tx:
            _, channel = await tx.teams.identify(ADA)
            interests = Interests(CATEGORIES, topics=(Topic("reasoning"), Topic("agents")))
            await tx.teams.subscribe(Subscription(0, channel.team_id, channel.id, interests))
            await tx.commit()
        worst = 0.0
        mornings = [TODAY - timedelta(days=days) for days in reversed(range(2 * editions))]
        for now in [morning for morning in mornings if morning.weekday() < SATURDAY][-editions:]:
            pool = invented_batch(now.date(), papers, seed=now.day)
            await collect(store, pool, now)
            curating = curate(store, rank, now=now, wait=timedelta(0), only_due=False)
            worst = max(worst, (await longest_gap(curating))[1])
            async with store() as tx:
                edition = await tx.editions.latest(channel.id)
                assert edition is not None
                shown = await tx.papers.many([pick.paper_id for pick in edition.picks])
            await save(store, [*list(shown.values())[:SAVED], *pool[:SAVED_BESIDE]], now + timedelta(hours=1))
        line("curating, the longest gap", worst * 1e3, "ms", BREATH * 1e3)
        services = Services(
            store=store, source=FakeSource(), clock=FakeClock(TODAY + timedelta(hours=2)), ranker=rank, emoji={},
            summariser=ExtractSummariser(), extractor=ExtractSummariser(), full_text=FakeFullText(),
            budget=Budget({}, {}), language="en", everyone_manages=True, platforms={}, charts=Charts(),
        )  # fmt: skip
        dispatch = Dispatcher(services)
        for said in ("why 1", f"why {pool[-1].id}", "for me", f"related {pool[0].id}", "preview topics:agents"):
            took, gap = await longest_gap(dispatch(parse(said), ADA))
            line(f"{said}, the longest gap", gap * 1e3, "ms", BREATH * 1e3)
            line("    to the answer", took, "s", 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--editions", type=int, default=22)
    parser.add_argument("--papers", type=int, default=700, help="announced for each")
    given = parser.parse_args()
    with databases() as urls:
        for engine, url in urls.items():
            print(f"{engine}, {given.editions} editions of {given.papers} papers each")
            asyncio.run(measure(url, given.editions, given.papers))


if __name__ == "__main__":
    main()
