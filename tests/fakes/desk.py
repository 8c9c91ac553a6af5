"""Everything that a collection needs, from an arXiv of our own to a database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from adapters.arxiv.source import ArxivSource
from adapters.store import SqlStore, open_store
from bot.announcements import CategoryState, CollectionRun
from bot.papers import ArxivId, Paper
from bot.teams import Interests, Subscription
from jobs.collect import collect
from tests.factories import sender
from tests.fakes.arxiv import FakeArxiv
from tests.fakes.clock import FakeClock
from tests.fakes.invented import invented_batch
from tests.fakes.turnstile import FakeTurnstile

CATEGORIES = ("cs.AI", "cs.CL", "cs.LG")
FRIDAY_BEFORE = date(2026, 1, 9)
MON, TUE, WED, THU, FRI, SAT, SUN = (date(2026, 1, day) for day in range(12, 19))
GAP = 3.0


@dataclass
class Desk:
    """Everything that a collection needs."""

    store: SqlStore
    arxiv: FakeArxiv
    source: ArxivSource
    clock: FakeClock

    async def collect(self) -> CollectionRun:
        return await collect(self.store, self.source, clock=self.clock)

    async def collect_on(self, day: date) -> CollectionRun:
        self.morning_of(day)
        return await self.collect()

    def morning_of(self, day: date) -> None:
        self.arxiv.today = day
        self.clock.advance(datetime(day.year, day.month, day.day, 6, tzinfo=UTC) - self.clock.now())

    async def pool(self, *categories: str) -> dict[ArxivId, Paper]:
        """Every paper announced in these categories, as the store has it."""
        async with self.store() as tx:
            papers = await tx.papers.pool(
                categories or CATEGORIES, after=datetime(2020, 1, 1, tzinfo=UTC), until=self.clock.now()
            )
        assert len({one.id for one in papers}) == len(papers)
        return {one.id: one for one in papers}

    async def get(self, paper_id: ArxivId) -> Paper | None:
        async with self.store() as tx:
            return await tx.papers.get(paper_id)

    async def states(self) -> dict[str, CategoryState]:
        async with self.store() as tx:
            return await tx.collections.states(CATEGORIES)

    def announced(self, *days: date) -> dict[ArxivId, Paper]:
        return {paper_id: one for day in days for paper_id, one in self.arxiv.batch(day, *CATEGORIES).items()}


@asynccontextmanager
async def open_desk(database_url: str, *, patience: float = 30) -> AsyncIterator[Desk]:
    """A desk with a subscription and batches of 30 papers from the Friday before to the Friday of the week.

    `patience` is how many seconds an answer of arXiv may take.
    """
    clock = FakeClock(datetime(2026, 1, 9, 6, tzinfo=UTC))
    arxiv = FakeArxiv(today=FRIDAY_BEFORE, clock=clock)
    for day in (FRIDAY_BEFORE, MON, TUE, WED, THU, FRI):
        arxiv.announce(day, invented_batch(day, 30))
    async with open_store(database_url) as store, arxiv.serving() as address:
        source = ArxivSource(
            api_url=f"{address}/api/query",
            feed_url=f"{address}/rss",
            timeout=patience,
            contact="",
            turnstile=FakeTurnstile(clock, GAP),
            clock=clock,
        )
        async with store() as tx:
            member, channel = await tx.teams.identify(sender())
            await tx.teams.subscribe(Subscription(0, member.team_id, channel.id, Interests(CATEGORIES)))
            await tx.commit()
        yield Desk(store, arxiv, source, clock)
