"""`papers run`: how it starts and stops, alone and in parts."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.command import PAPERS, environment, papers

COLLECTING = "collecting cs.AI, cs.CL, cs.LG"
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    processes = []

    def start(*arguments: str, **settings: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [*PAPERS, "run", *arguments], cwd=tmp_path, env=environment(**settings), stderr=subprocess.PIPE, text=True
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def read_until(said: str, process: "subprocess.Popen[str]") -> str:
    assert process.stderr is not None
    log = ""
    while said not in log:
        line = process.stderr.readline()
        assert line, log
        log += line
    return log


def stopped(process: "subprocess.Popen[str]", stop: signal.Signals) -> str:
    """What it logs from then on."""
    os.kill(process.pid, stop)
    rest: str = process.communicate(timeout=60)[1]
    assert process.returncode == 0, rest
    assert "stopped" in rest
    return rest


def test_it_logs_what_it_does_and_stops_when_told(start: Start) -> None:
    process = start()
    log = read_until(COLLECTING, process)
    assert re.search(r"info .*running: an edition at 08:00 \(UTC\)", log)
    assert "Traceback" not in log + stopped(process, signal.SIGINT)


def test_a_second_one_on_the_same_file_is_refused_however_the_file_is_named(start: Start, tmp_path: Path) -> None:
    process = start()
    read_until(COLLECTING, process)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "link.db").symlink_to(tmp_path / "paper-round.db")
    refused = papers("run", cwd=tmp_path / "elsewhere", DATABASE_URL="sqlite:///link.db", LOG_LEVEL="WARNING")
    assert refused.returncode == 1
    assert re.fullmatch(
        rf"papers: The bot runs on link\.db already \(process {process.pid} on .+, since .+ UTC\)\. Stop that one .+\n",
        refused.stderr,
    )
    told = papers("db", "restored", "--stopped", "2026-01-15", cwd=tmp_path)
    assert (told.returncode, "The bot runs on" in told.stderr) == (1, True)
    assert papers("shell", "-c", "status", cwd=tmp_path).returncode == 0
    stopped(process, signal.SIGTERM)


def test_one_that_was_killed_leaves_the_file_to_the_next(start: Start) -> None:
    killed = start()
    read_until(COLLECTING, killed)
    killed.kill()
    killed.wait()
    following = start()
    read_until("running: an edition", following)
    stopped(following, signal.SIGTERM)


def test_any_number_run_on_postgresql(start: Start, postgresql_url: str) -> None:
    several = [start(DATABASE_URL=postgresql_url) for _ in range(2)]
    for process in several:
        read_until("running: an edition", process)
    for process in several:
        stopped(process, signal.SIGTERM)


def test_on_postgresql_the_parts_are_processes_of_their_own(start: Start, postgresql_url: str) -> None:
    clock = start("--roles", "clock", DATABASE_URL=postgresql_url)
    worker = start("--roles", "platform, worker", DATABASE_URL=postgresql_url)
    log = read_until("running as clock", clock)
    did = read_until("running as platform, worker", worker)
    did += read_until(COLLECTING, worker)
    log += stopped(clock, signal.SIGTERM)
    did += stopped(worker, signal.SIGTERM)
    assert COLLECTING not in log
    assert "Traceback" not in log + did


@pytest.mark.parametrize(
    ("settings", "status", "said"),
    [
        ({"TIME_ZONE": "Mars/Olympus"}, 2, "TIME_ZONE: use an IANA name such as Europe/Berlin"),
        (
            {"DATABASE_URL": "sqlite:///nowhere/at/all.db"},
            1,
            "all.db-lock, by which one process at a time runs, cannot",
        ),
    ],
)
@pytest.mark.parametrize("in_file", [True, False])
def test_where_the_log_is_json_so_is_why_it_does_not_start(
    settings: dict[str, str], status: int, said: str, in_file: bool, tmp_path: Path
) -> None:
    wanted = {"LOG_FORMAT": "json"}
    if in_file:
        (tmp_path / ".env").write_text("LOG_FORMAT=json\n")
        wanted = {}
    refused = papers("run", cwd=tmp_path, **settings, **wanted)
    *_, last = (json.loads(line) for line in refused.stderr.splitlines())
    assert (refused.returncode, last["level"], last.get("exception")) == (status, "error", None)
    assert said in last["event"]
    assert not papers("doctor", cwd=tmp_path, **settings, **wanted).stdout.startswith("{")


def test_where_the_log_is_for_people_why_it_does_not_start_is_a_line(tmp_path: Path) -> None:
    refused = papers("run", cwd=tmp_path, TIME_ZONE="Mars/Olympus")
    assert refused.stderr == "papers: TIME_ZONE: use an IANA name such as Europe/Berlin\n"


def test_commands_for_people_say_what_is_wrong_in_a_line_whatever_the_log_is(tmp_path: Path) -> None:
    refused = papers("shell", "-c", "today", cwd=tmp_path, TIME_ZONE="Mars/Olympus", LOG_FORMAT="json")
    assert refused.stderr == "papers: TIME_ZONE: use an IANA name such as Europe/Berlin\n"
