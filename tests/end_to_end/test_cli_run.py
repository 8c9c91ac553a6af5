"""`papers run`: when arXiv is asked, and how it starts and stops."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.announcements import Answer, CategoryAnswer, CategoryState
from bot.cli.service import OWED, RETRY, collection_due
from tests.end_to_end.command import PAPERS, environment

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
    assert re.search(r"INFO .*running: an edition at 08:00 \(UTC\)", log)
    os.kill(running.pid, stop)
    rest = running.communicate(timeout=60)[1]
    assert running.returncode == 0
    assert "stopped" in rest
    assert "Traceback" not in log + rest
