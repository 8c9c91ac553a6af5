"""`papers run`: when arXiv is asked, and how it starts and stops."""

import asyncio
import os
import re
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.sample.source import SampleSource
from bot.announcements import Answer, Batch, CategoryAnswer, CategoryState
from bot.app import open_app
from bot.cli.service import OWED, RETRY, Service, collection_due, still_missing
from bot.config import read_settings
from bot.ports import Progress, silent
from tests.end_to_end.command import PAPERS, environment


class Slow(SampleSource):
    """It is asked, and does not answer."""

    def __init__(self) -> None:
        self.asked, self.times = asyncio.Event(), 0

    async def announced(self, categories: Sequence[str], *, now: datetime, progress: Progress = silent) -> Batch:
        self.times += 1
        self.asked.set()
        await asyncio.Event().wait()
        raise AssertionError("nobody lets it go on")


THURSDAY = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 1, 17, 12, 0, tzinfo=UTC)


def state(answer: Answer, last_fresh: date | None, run_at: datetime) -> CategoryState:
    return CategoryState("cs.CL", CategoryAnswer("cs.CL", answer), run_at, run_at, last_fresh)


def due(now: datetime, *states: CategoryState, owed: bool = False) -> bool:
    return collection_due({"cs.CL"}, {one.category: one for one in states}, owed=owed, now=now)


def test_a_category_that_was_never_asked_for_is_due_at_once() -> None:
    assert due(THURSDAY)


def test_a_day_that_is_complete_is_left_alone_until_the_next_batch_is_due() -> None:
    complete = state(Answer.FRESH, THURSDAY.date(), THURSDAY)
    midnight_in_new_york = datetime(2026, 1, 16, 5, 0, tzinfo=UTC)
    assert not due(midnight_in_new_york - timedelta(seconds=1), complete)
    assert due(midnight_in_new_york, complete)


@pytest.mark.parametrize("answer", [Answer.FAILED, Answer.STALE])
def test_what_is_missing_is_asked_for_again_after_a_while(answer: Answer) -> None:
    missing = state(answer, date(2026, 1, 14), THURSDAY)
    assert not due(THURSDAY + RETRY - timedelta(seconds=1), missing)
    assert due(THURSDAY + RETRY, missing)


def test_full_records_alone_are_asked_for_more_seldom() -> None:
    complete = state(Answer.FRESH, THURSDAY.date(), THURSDAY)
    assert not due(THURSDAY + OWED - timedelta(seconds=1), complete, owed=True)
    assert due(THURSDAY + OWED, complete, owed=True)


def test_at_a_weekend_one_answer_is_enough_but_fridays_batch_is_still_fetched() -> None:
    assert not due(SATURDAY + RETRY, state(Answer.NOTHING_DUE, None, SATURDAY))
    assert due(SATURDAY + RETRY, state(Answer.FAILED, date(2026, 1, 15), SATURDAY))


def test_what_is_collected_again_is_named_with_its_reason() -> None:
    late = state(Answer.STALE, date(2026, 1, 14), THURSDAY)
    assert still_missing({"cs.CL": late}, now=THURSDAY) == "cs.CL stale"
    assert still_missing({"cs.CL": state(Answer.FRESH, THURSDAY.date(), THURSDAY)}, now=THURSDAY) == ""


async def test_a_minute_that_finds_a_collection_under_way_leaves_it_to_it(tmp_path: Path) -> None:
    settings = read_settings(database_url=SecretStr(f"sqlite:///{tmp_path / 'papers.db'}"))
    async with asyncio.timeout(60), open_app(settings, sample=True) as app:
        source = Slow()
        service = Service(replace(app, source=source))
        await service.collect()
        await source.asked.wait()
        await service.collect()
        await service.stop()
    assert source.times == 1


@pytest.fixture
def running(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [*PAPERS, "run"], cwd=tmp_path, env=environment(), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_logs_what_it_does_and_stops_when_told(running: "subprocess.Popen[str]", stop: signal.Signals) -> None:
    assert running.stderr is not None
    log = ""
    while "collecting cs.AI, cs.CL, cs.LG" not in log:
        line = running.stderr.readline()
        assert line, log
        log += line
    assert re.search(r"info .*running: an edition at 08:00 \(UTC\)", log)
    os.kill(running.pid, stop)
    rest = running.communicate(timeout=60)[1]
    assert running.returncode == 0
    assert "stopped" in rest
    assert "Traceback" not in log + rest
