"""The `papers` command as a process, in a directory and an environment of its own."""

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from time import sleep

UNREACHABLE = "http://127.0.0.1:9"
"""Nobody listens on the discard port."""

PAPERS = (sys.executable, "-m", "bot.cli")
"""As a process from the beginning; it takes a second longer to start than those of `papers`."""
CHECKOUT = Path(__file__).parents[2]


def environment(**settings: str) -> dict[str, str]:
    """No setting but these, an arXiv that cannot be reached, and 80 columns."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    arxiv = dict.fromkeys(("ARXIV_API_URL", "ARXIV_FEED_URL", "ARXIV_PAGES_URL"), UNREACHABLE) | {"ARXIV_GAP": "0"}
    return {**kept, **arxiv, "PYTHONPATH": str(CHECKOUT), "COLUMNS": "80", **settings}


class Forks:
    """A process from which `papers` is forked, one at a time."""

    def __init__(self) -> None:
        self._one_at_a_time = Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.end_to_end.forked"],
            cwd=CHECKOUT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self,
        arguments: Sequence[str],
        settings: dict[str, str],
        *,
        cwd: Path,
        streams: Sequence[Path],
        kill_after: float | None = None,
    ) -> int:
        """Runs `papers` in this environment until it ends, or is killed after so many seconds. `streams` are the files
        of standard input, output and error. Returns the exit status."""
        with self._one_at_a_time:
            assert self._process.stdin is not None
            order = [list(arguments), settings, str(cwd), list(map(str, streams))]
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            number = self._answer()
            if kill_after is not None:
                sleep(kill_after)
                # Its parent has not waited for it while it runs, so the number is still its own.
                subprocess.run(["kill", "-9", str(number)], check=False, stderr=subprocess.DEVNULL)
            return self._answer()

    def end(self) -> None:
        self._process.communicate()

    def _answer(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())


@cache
def forks() -> Forks:
    """Those of this test run."""
    made = Forks()
    atexit.register(made.end)
    return made


def papers(*arguments: str, cwd: Path, typed: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
    """Runs `papers` with these arguments and with `typed` on its standard input, to its end."""
    with TemporaryDirectory() as directory:
        given, said, complained = streams = [Path(directory) / name for name in ("in", "out", "err")]
        given.write_text(typed)
        status = forks().run(arguments, environment(**settings), cwd=cwd, streams=streams)
        return subprocess.CompletedProcess(arguments, status, said.read_text(), complained.read_text())
