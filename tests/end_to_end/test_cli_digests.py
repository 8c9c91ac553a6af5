"""`papers job digest` and `papers export …`: a week and a month of a real program."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.work.local import LocalWork
from bot.app import open_app
from bot.cli.background import Background
from bot.cli.service import EVERY_MINUTE
from bot.config import read_settings
from jobs.collect import collect
from jobs.curate import curate
from tests.end_to_end.command import papers
from tests.end_to_end.fake_arxiv import Arxiv, running_arxiv
from tests.fakes.worker import running, until

THURSDAY = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 1, 16, 16, 0, tzinfo=UTC)


@pytest.fixture
def arxiv() -> Iterator[Arxiv]:
    with running_arxiv("2026-01-15") as arxiv:
        yield arxiv


def test_a_week_is_made_posted_and_written_and_so_is_a_month(arxiv: Arxiv, tmp_path: Path) -> None:
    def job(step: str, now: str) -> str:
        done = papers("job", step, "--now", now, cwd=tmp_path, CATEGORIES="cs.CL", **arxiv.settings)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def export(*arguments: str) -> str:
        done = papers("export", *arguments, cwd=tmp_path, CATEGORIES="cs.CL", **arxiv.settings)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    for step in ("collect", "curate", "deliver"):
        job(step, "2026-01-15T09:00")
    assert job("digest", "2026-01-15T17:00") == "No digest is due.\n"
    assert job("digest", "2026-01-16T16:00").startswith("terminal: made the weekly edition from 2026-01-12 on, of ")
    assert job("digest", "2026-02-02T08:00").startswith("terminal: made the monthly edition from 2026-01-01 on, of ")
    assert job("deliver", "2026-02-02T08:00").startswith("Posted ")

    assert export("digest", "--date", "2026-01-15").startswith("# Papers of the week from 12 to 16 January 2026\n")
    assert export("roundup", "--date", "2026-01", "--out", "january.md") == "Wrote january.md and january.png.\n"
    assert "](january.png)" in (tmp_path / "january.md").read_text("utf-8")
    assert (tmp_path / "january.png").read_bytes().startswith(b"\x89PNG")


async def test_the_running_service_posts_the_week_when_it_is_due(tmp_path: Path) -> None:
    settings = read_settings(database_url=SecretStr(f"sqlite:///{tmp_path / 'papers.db'}"))
    async with open_app(settings, now=THURSDAY, sample=True) as app:
        await collect(app.store, app.source, clock=app.clock)
        await curate(app.store, app.ranker, now=THURSDAY, wait=timedelta(), only_due=False)
    async with asyncio.timeout(60), open_app(settings, now=FRIDAY, sample=True) as app:
        work, transcript = LocalWork(), app.transcript
        async with running(work, Background(app, work).do):
            await work.ask(*EVERY_MINUTE)
            await until(lambda: any(message.card.title == "Your team's list" for message in transcript.messages()))

    (week,) = [message for message in transcript.messages() if message.card.title.startswith("Week of 12 to 16")]
    assert [message.under for message in transcript.messages() if message.card.title == "Your team's list"] == [week.id]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--date", "soon"), "papers: I can't read that date: soon. Write it as 2026-01-15.\n"),
        (
            ("--channel", "nowhere"),
            "papers: No channel with a subscription has the name nowhere. There are: terminal.\n",
        ),
        (("--out", "nowhere/week.md"), "papers: I can't write nowhere/week.md: No such file or directory.\n"),
    ],
)
def test_what_cannot_be_written_is_said_in_one_line(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = papers("export", "digest", *arguments, cwd=tmp_path)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
