"""The fake arXiv as a process of its own, for commands that are processes too."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.request import Request, urlopen

from tests.end_to_end.command import CHECKOUT, environment


@dataclass(frozen=True)
class Arxiv:
    """Where it is, and what tells `papers` to find it there."""

    url: str

    @property
    def settings(self) -> dict[str, str]:
        return {
            "ARXIV_API_URL": f"{self.url}/api/query",
            "ARXIV_FEED_URL": f"{self.url}/rss",
            "ARXIV_PAGES_URL": self.url,
        }

    def order(self, **what: object) -> None:
        """Moves its date, orders papers or faults: see `tests.fakes.arxiv`."""
        body = json.dumps(what).encode()
        with urlopen(Request(f"{self.url}/control", data=body, headers={"Content-Type": "application/json"})) as answer:
            answer.read()


@contextmanager
def running_arxiv(today: str, *, papers: int = 40) -> Iterator[Arxiv]:
    """An arXiv on the date `today` with so many new papers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.arxiv", "--port", "0", "--today", today, "--papers", str(papers)],
        cwd=CHECKOUT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield Arxiv(process.stdout.readline().strip())
    finally:
        process.terminate()
        process.communicate()
