"""The `papers` command as a process of its own, in a directory and an environment of its own."""

import os
import subprocess
import sys
from pathlib import Path

UNREACHABLE = "http://127.0.0.1:9"
"""Nobody listens on the discard port."""

PAPERS = (sys.executable, "-m", "bot.cli")
CHECKOUT = Path(__file__).parents[2]


def environment(**settings: str) -> dict[str, str]:
    """No setting but these, an arXiv that cannot be reached, and 80 columns."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    arxiv = dict.fromkeys(("ARXIV_API_URL", "ARXIV_FEED_URL", "ARXIV_PAGES_URL"), UNREACHABLE) | {"ARXIV_GAP": "0"}
    return {**kept, **arxiv, "PYTHONPATH": str(CHECKOUT), "COLUMNS": "80", **settings}


def papers(*arguments: str, cwd: Path, typed: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
    """Runs `papers` with these arguments and with `typed` on its standard input, to its end."""
    return subprocess.run(
        [*PAPERS, *arguments],
        cwd=cwd,
        env=environment(**settings),
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
