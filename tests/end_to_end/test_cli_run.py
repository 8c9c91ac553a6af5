"""`papers run`: how it starts and stops, alone and in parts."""

import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.command import PAPERS, environment

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
