"""How much room the bot takes: `python -m benchmarks.sizes --help`.

Fills a database with invented papers as a year of mornings would, and prints its size, how long a back-up takes, and
how much memory the idle bot has.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from adapters.store import back_up, open_store, upgrade
from bot.announcements import Announcement, Answer, CategoryAnswer, CollectionRun, Listing
from bot.editions import Edition, Pick, Post, PostState, Reason, ReasonKind
from bot.ports import Store
from bot.teams import EditionKind, Interests, Sender, Subscription
from tests.end_to_end.command import PAPERS, environment
from tests.fakes.invented import invented_papers

FIRST = datetime(2026, 1, 5, 8, tzinfo=UTC)
CATEGORIES = ("cs.CL", "cs.LG", "cs.AI")
PICKS = 5
ABSTRACT = 1_500
"""Characters. Invented ones are a third as long; longer than most real ones, this errs on the safe side."""
MONTH = 21
"""Mornings."""
SETTLED = 25
"""Seconds until the bot has started and done its first round."""


async def fill(store: Store, days: int, batch: int, channels: int) -> None:
    """So many mornings with a batch of papers each, and an edition in each of the channels."""
    async with store() as tx:
        subscriptions = []
        for number in range(channels):
            ada = Sender("elsewhere", "lab", "ada", "Ada", f"C{number}", f"#papers-{number}")
            _, channel = await tx.teams.identify(ada)
            ordered = Subscription(0, channel.team_id, channel.id, Interests(CATEGORIES))
            subscriptions.append(await tx.teams.subscribe(ordered))
        await tx.commit()
    for day in range(days):
        now = FIRST + day * timedelta(days=1)
        month, first = f"{2601 + day // MONTH}", day % MONTH * batch + 1
        short = invented_papers(batch, after=now - timedelta(days=1), until=now, month=month, first=first)
        news = [replace(paper, abstract=" ".join([paper.abstract] * 4)[:ABSTRACT]) for paper in short]
        async with store() as tx:
            await tx.papers.add(news, seen_at=now)
            listed = [
                Announcement(paper.id, category, now.date(), Listing.NEW)
                for paper in news
                for category in paper.categories
                if category in CATEGORIES
            ]
            await tx.papers.announce(listed, seen_at=now)
            answers = tuple(CategoryAnswer(category, Answer.FRESH, now.date(), batch) for category in CATEGORIES)
            await tx.collections.record(CollectionRun(now, now, answers, batch))
            why = (Reason(ReasonKind.TOPIC, "reasoning"), Reason(ReasonKind.SAVED_AUTHOR, "Wei Tan", 2))
            picks = tuple(Pick(paper.id, slot, "reasoning", why, 1.0) for slot, paper in enumerate(news[:PICKS], 1))
            for order in subscriptions:
                made = Edition(0, order.id, order.channel_id, EditionKind.DAILY, now.date(), now, batch, picks)
                posts = [
                    Post(f"{day:08}-{order.id:06}-{slot:04}", 0, order.channel_id, slot, PostState.DEAD, now)
                    for slot in range(PICKS + 1)
                ]
                await tx.editions.add(made, posts)
            await tx.commit()


def resident(directory: Path) -> float:
    """MiB of `papers run` in this directory once it has settled."""
    bot = subprocess.Popen([*PAPERS, "run"], cwd=directory, env=environment(), stderr=subprocess.DEVNULL)
    try:
        time.sleep(SETTLED)
        return float(psutil.Process(bot.pid).memory_info().rss) / 2**20
    finally:
        bot.terminate()
        bot.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--days", type=int, default=250, choices=range(1, 252), metavar="DAYS", help="mornings (default 250, a year)"
    )
    parser.add_argument("--batch", type=int, default=400, help="papers each morning (default 400)")
    parser.add_argument("--channels", type=int, default=10, help="channels with an edition of 5 papers (default 10)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        url = f"sqlite:///{directory / 'paper-round.db'}"
        upgrade(url)

        async def filled() -> None:
            async with open_store(url) as store:
                await fill(store, given.days, given.batch, given.channels)

        asyncio.run(filled())
        start = time.perf_counter()
        back_up(url, directory / "kept.db")
        took = time.perf_counter() - start
        size, papers = (directory / "kept.db").stat().st_size / 2**20, given.days * given.batch
        print(f"{papers:,} papers, {given.days * given.channels:,} editions: {size:,.0f} MiB on SQLite")
        print(f"that is {size / papers * 1000:,.2f} MiB for 1,000 papers; a back-up took {took:.1f} s")
        print(f"papers run, idle: {resident(directory):,.0f} MiB of memory", file=sys.stdout)


if __name__ == "__main__":
    main()
