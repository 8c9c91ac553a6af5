"""`papers` with Slack: the manifest, a key, what the doctor says, and a bot that runs as a process."""

import asyncio
import json
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from adapters.slack.manifest import manifest
from bot.app import open_app
from bot.cli.listening import Listening
from bot.cli.slack import print_key, print_manifest
from bot.config import read_settings
from bot.errors import UserError
from tests.end_to_end.command import UNREACHABLE, environment, papers
from tests.fakes.slack import FakeSlack


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    slack = FakeSlack()
    slack.configure(manifest())
    async with slack.serving():
        yield slack


def tokens(slack: FakeSlack, bot_token: str) -> dict[str, str]:
    return {"SLACK_API_URL": slack.api_url, "SLACK_BOT_TOKEN": bot_token, "SLACK_APP_TOKEN": slack.app_token}


def test_the_manifest_is_printed(tmp_path: Path) -> None:
    address = "https://papers.example.org"
    assert json.loads(papers("slack", "manifest", "--http", address, cwd=tmp_path).stdout) == manifest(address)


def test_an_address_that_slack_could_not_reach_is_refused() -> None:
    with pytest.raises(UserError, match="--http takes an address"):
        print_manifest("http://localhost")


def test_a_key_is_a_key(capsys: pytest.CaptureFixture[str]) -> None:
    print_key()
    Fernet(capsys.readouterr().out.strip())


async def test_the_doctor_says_how_slack_stands_and_shows_no_token(slack: FakeSlack, tmp_path: Path) -> None:
    lab = slack.workspace("lab")
    settings = tokens(slack, lab.bot_token) | {"SLACK_APP_TOKEN": "xapp-guessed", "COLUMNS": "300"}
    said = await asyncio.to_thread(lambda: papers("doctor", cwd=tmp_path, **settings))
    assert said.returncode == 1
    assert "✓  Slack           lab: speaks as @paper_round, with all scopes" in said.stdout
    [_, broken] = said.stdout.split("×  Slack")
    assert "connections:write" in broken
    for secret in (lab.bot_token, "xapp-guessed"):
        assert secret not in said.stdout + said.stderr


async def test_run_listens_answers_and_stops_and_logs_an_object_a_line(slack: FakeSlack, tmp_path: Path) -> None:
    lab = slack.workspace("lab")
    ada = lab.user("ada")
    room = lab.channel("papers", creator=ada)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "run",
        cwd=tmp_path,
        env=environment(**tokens(slack, lab.bot_token), LOG_FORMAT="json", LOG_LEVEL="DEBUG"),
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    await slack.until(lambda: slack.sockets.connected, seconds=60)
    said = await ada.says("/papers help", in_=room)
    assert "What I can do" in (await said.reply()).shown
    process.send_signal(signal.SIGTERM)
    log = (await process.stderr.read()).decode()
    assert await process.wait() == 0
    lines = [json.loads(line) for line in log.splitlines()]
    told = [(line["level"], line["event"]) for line in lines if line["logger"] == "bot.cli.service"]
    assert told[-1] == ("info", "stopped")
    assert lab.bot_token not in log
    assert slack.app_token not in log


async def test_after_a_command_posts_are_brought_up_to_date(slack: FakeSlack, sqlite_url: str, tmp_path: Path) -> None:
    lab = slack.workspace("lab")
    refreshed = asyncio.Event()

    async def refresh() -> None:
        refreshed.set()

    settings = read_settings(
        database_url=SecretStr(sqlite_url),
        terminal_transcript=str(tmp_path / "terminal.jsonl"),
        slack_api_url=slack.api_url,
        slack_bot_token=SecretStr(lab.bot_token),
        slack_app_token=SecretStr(slack.app_token),
    )
    async with open_app(settings, sample=True) as app:
        listening = asyncio.create_task(Listening(app, refresh, soon=0).run())
        await slack.until(lambda: slack.sockets.connected)
        assert not refreshed.is_set()
        await lab.user("ada").says("/papers help", in_=lab.channel("papers"))
        async with asyncio.timeout(10):
            await refreshed.wait()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


def test_run_ends_with_a_sentence_where_http_cannot_be_served(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s3cret", "SLACK_API_URL": f"{UNREACHABLE}/"}
        said = papers("run", cwd=tmp_path, HTTP_PORT=str(taken.getsockname()[1]), **slack)
    assert said.returncode == 1
    assert "papers: HTTP cannot be served at 127.0.0.1" in said.stderr
    assert "s3cret" not in said.stderr
