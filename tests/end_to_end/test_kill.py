"""Whatever is killed, whenever: the next run completes the day, and nothing is lost, doubled or half-written."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from time import monotonic

import pytest

from adapters.store import open_store
from adapters.terminal.platform import CHANNEL, NAME
from adapters.terminal.transcript import Transcript
from bot.editions import PostState
from bot.leases import LEASE
from bot.papers import ArxivId
from bot.reading_list import Entry, ListFilter
from bot.teams import Sender
from tests.end_to_end.command import environment, forks
from tests.end_to_end.fake_arxiv import Arxiv, running_arxiv
from tests.fakes.invented import invented_batch

MONDAY = date(2026, 1, 12)
DAYS = 5
PAPERS_A_DAY = 30
KILLS_A_DAY = {"collect": 4, "curate": 2, "deliver": 2, "shell": 2}
"""Fifty in five days."""
SIZE = 3
CATEGORIES = ("cs.CL", "cs.LG", "cs.AI")


@dataclass
class Fork:
    """Runs `papers`, and kills it anywhere in the time that its step last took."""

    directory: Path
    settings: dict[str, str]
    chance: Random = field(default_factory=Random)
    took: dict[str, float] = field(default_factory=dict)
    """Seconds of the last whole run, by step."""

    def killed(self, step: str, *arguments: str) -> None:
        """Runs `papers` and kills it at a random point, if it has not ended before."""
        self._papers(arguments, kill_after=self.chance.uniform(0, 1.2 * self.took.get(step, 0.5)))

    def whole(self, step: str, *arguments: str) -> None:
        """Runs `papers` to its end, which must be a good one."""
        started = monotonic()
        assert self._papers(arguments) == 0, (self.directory / "output.txt").read_text()
        self.took[step] = monotonic() - started

    def _papers(self, arguments: tuple[str, ...], kill_after: float | None = None) -> int:
        nothing, output = Path(os.devnull), self.directory / "output.txt"
        return forks().run(
            arguments, self.settings, cwd=self.directory, streams=(nothing, output, output), kill_after=kill_after
        )


@pytest.fixture
def arxiv() -> Iterator[Arxiv]:
    with running_arxiv(str(MONDAY), papers=0) as arxiv:
        yield arxiv


@pytest.fixture
def fork(arxiv: Arxiv, tmp_path: Path) -> Fork:
    settings = environment(
        DATABASE_URL=f"sqlite:///{tmp_path}/paper-round.db",
        ARXIV_TIMEOUT="0.5",
        EDITION_SIZE=str(SIZE),
        EDITION_TIME="08:00",
        CATEGORIES=",".join(CATEGORIES),
        **arxiv.settings,
    )
    return Fork(tmp_path, settings)


def words(day: date) -> tuple[str, ...]:
    return "shell", "-c", "tag 2 kept", "-c", "read 1", "--as", f"Reader {day.day}"


async def test_fifty_kills_at_random_points_lose_double_and_halve_nothing(arxiv: Arxiv, fork: Fork) -> None:
    fork.whole("upgrade", "db", "upgrade")
    for number in range(DAYS):
        day = MONDAY + timedelta(days=number)
        arxiv.order(today=str(day), papers=PAPERS_A_DAY)
        now = datetime.combine(day, time(9), UTC)
        for step in ("collect", "curate", "deliver"):
            for _ in range(KILLS_A_DAY[step]):
                fork.killed(step, "job", step, "--now", now.isoformat())
                now += LEASE  # by then, what was killed has been given up
            fork.whole(step, "job", step, "--now", now.isoformat())
        for _ in range(KILLS_A_DAY["shell"]):
            fork.killed("shell", *words(day))
            await _nothing_is_half_written(fork)
        fork.whole("shell", *words(day))
        await _the_day_is_complete(fork, day, number + 1)


async def _nothing_is_half_written(fork: Fork) -> None:
    """A tag or a status on the list came with its save, or not at all."""
    for entry in await _touched(fork):
        if entry.tags or entry.notes:
            assert entry.savers


async def _the_day_is_complete(fork: Fork, day: date, editions: int) -> None:
    async with open_store(fork.settings["DATABASE_URL"]) as store, store() as tx:
        _, channel = await tx.teams.identify(_reader(day))
        edition = await tx.editions.latest(channel.id)
        assert edition is not None
        assert edition.date == day
        assert len(edition.picks) == SIZE
        posts = await tx.posts.of(edition.id)
        assert [post.state for post in posts] == [PostState.SENT] * (SIZE + 1)
        tomorrow = edition.made_at + timedelta(days=1)
        assert len(await tx.editions.shown(edition.subscription_id, before=tomorrow)) == SIZE * editions
        stored = await tx.papers.pool(CATEGORIES, after=edition.made_at - timedelta(days=30), until=edition.made_at)
        assert sorted(paper.id for paper in stored) == sorted(_announced_until(day))
        assert all(paper.complete for paper in stored)
        member, _ = await tx.teams.identify(_reader(day))
        saved = await tx.lists.page(member.team_id, ListFilter(person=f"Reader {day.day}"), limit=10)
        numbers = {pick.paper_id: pick.number for pick in edition.picks}
        assert {numbers[entry.paper.id]: [tag.name for tag in entry.tags] for entry in saved} == {2: ["kept"], 1: []}
    messages = Transcript(fork.directory / "paper-round.jsonl").messages()
    assert Counter(message.id for message in messages) == Counter({message.id for message in messages})
    assert [message.id for message in messages[-SIZE - 1 :]] == [post.key for post in posts]
    assert len(messages) == editions * (SIZE + 1)


def _announced_until(day: date) -> Iterator[ArxivId]:
    for number in range((day - MONDAY).days + 1):
        for paper in invented_batch(MONDAY + timedelta(days=number), PAPERS_A_DAY):
            if set(CATEGORIES) & set(paper.categories):
                yield paper.id


async def _touched(fork: Fork) -> list[Entry]:
    async with open_store(fork.settings["DATABASE_URL"]) as store, store() as tx:
        member, channel = await tx.teams.identify(_reader(MONDAY))
        edition = await tx.editions.latest(channel.id)
        ids: list[ArxivId] = [pick.paper_id for pick in edition.picks] if edition else []
        return list((await tx.lists.entries(member.team_id, ids)).values())


def _reader(day: date) -> Sender:
    return Sender(NAME, "local", f"Reader {day.day}", f"Reader {day.day}", CHANNEL, CHANNEL)
