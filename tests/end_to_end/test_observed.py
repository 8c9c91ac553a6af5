"""What operators see of `papers run`, from its settings to what is served, logged and collected."""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from adapters.slack.manifest import manifest
from bot.app import App, open_app
from bot.cli.observed import missing, observed, port_of, served
from bot.config import Settings, read_settings
from tests.fakes.collector import collecting
from tests.fakes.slack import FakeSlack


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    slack = FakeSlack()
    slack.configure(manifest())
    async with slack.serving():
        yield slack


def settings(directory: Path, url: str, **others: object) -> Settings:
    return read_settings(database_url=SecretStr(url), terminal_transcript=str(directory / "terminal.jsonl"), **others)


@asynccontextmanager
async def running(
    chosen: Settings, caplog: pytest.LogCaptureFixture, *, listens: bool = True
) -> AsyncIterator[tuple[App, str]]:
    """As `papers run` has it, but for the clock; and the address that it logs, if it does."""
    with caplog.at_level(logging.INFO):
        async with (
            observed(chosen) as metrics,
            open_app(chosen, sample=True, measures=metrics) as app,
            served(app, metrics, listens=listens),
        ):
            address = re.search(r"serving HTTP at (\S+)", caplog.text)
            yield app, address[1] if address else ""


@asynccontextmanager
async def listening(app: App, *, ping: float = 0.05) -> AsyncIterator[None]:
    """Once it is ready."""
    assert app.slack
    run = asyncio.create_task(app.slack.run(app.dispatch(), ping=ping))
    async with asyncio.timeout(10):
        while await missing(app.store, app.chats):  # noqa: ASYNC110 - nobody is told when that changes
            await asyncio.sleep(0.01)
    yield
    run.cancel()
    await asyncio.gather(run, return_exceptions=True)


async def get(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text()


async def test_a_command_is_counted_and_followed_once_the_chat_is_connected_and_no_token_is_told(
    slack: FakeSlack, sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lab = slack.workspace("lab")
    room = lab.channel("papers")
    async with collecting() as (collector, endpoint):
        chosen = settings(
            tmp_path,
            sqlite_url,
            http_port=0,
            otel_exporter_otlp_endpoint=endpoint,
            slack_api_url=slack.api_url,
            slack_bot_token=SecretStr(lab.bot_token),
            slack_app_token=SecretStr(slack.app_token),
        )
        async with running(chosen, caplog) as (app, address):
            before = await get(f"{address}/readyz")
            async with listening(app):
                after = await get(f"{address}/readyz")
                await (await lab.user("ada").says("/papers help", in_=room)).reply()
                _, metrics = await get(f"{address}/metrics")
    assert (before[0], json.loads(before[1])["missing"]) == (503, ["slack: not connected"])
    assert after[0] == 200
    assert 'papers_commands_total{command="Help",outcome="answered"} 1.0' in metrics
    assert 'papers_acknowledge_seconds_count{platform="slack"} 1.0' in metrics
    assert collector.names == ["handler", "command"]
    about = collector.about("command")
    assert (about["command"], about["platform"], about["channel"]) == ("Help", "slack", f"{lab.id}/{room.id}")
    for token in (lab.bot_token, slack.app_token):
        assert token not in caplog.text + metrics + before[1]
        assert token.encode() not in collector.bodies


async def test_a_process_is_ready_as_soon_as_slack_reaches_it_and_no_longer(
    slack: FakeSlack, sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chosen = settings(
        tmp_path,
        sqlite_url,
        http_port=0,
        slack_api_url=slack.api_url,
        slack_bot_token=SecretStr(slack.workspace("lab").bot_token),
        slack_app_token=SecretStr(slack.app_token),
    )
    an_hour = 3600.0  # until the SDK looks by itself
    async with running(chosen, caplog) as (app, address), listening(app, ping=an_hour):
        assert (await get(f"{address}/readyz"))[0] == 200
        slack.sockets.drop()
        async with asyncio.timeout(10):
            while (told := await get(f"{address}/readyz"))[0] == 200:  # noqa: ASYNC110 - nobody is told when that changes
                await asyncio.sleep(0.01)
    assert (told[0], json.loads(told[1])["missing"]) == (503, ["slack: not connected"])


def test_http_is_served_where_a_chat_needs_it_or_a_port_is_chosen() -> None:
    assert [port_of(read_settings(http_port=port), needed=False) for port in (None, 9000, 0)] == [None, 9000, 0]
    assert [port_of(read_settings(http_port=port), needed=True) for port in (None, 9000, 0)] == [3000, 9000, 0]


async def test_on_a_laptop_no_port_is_opened(sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with running(settings(tmp_path, sqlite_url), caplog) as (app, address):
        assert address == ""
        assert await missing(app.store, app.chats) == []


async def test_a_process_that_does_not_listen_is_ready_without_its_chats_and_opens_no_port_for_them(
    slack: FakeSlack, sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chosen = settings(
        tmp_path, sqlite_url, slack_bot_token=SecretStr("xoxb-1"), slack_signing_secret=SecretStr("secret")
    )
    async with running(chosen, caplog, listens=False) as (_, address):
        assert address == ""
    async with running(chosen.model_copy(update={"http_port": 0}), caplog, listens=False) as (_, address):
        assert (await get(f"{address}/readyz"))[0] == 200
        assert (await get(f"{address}/slack/events"))[0] == 404


async def test_slacks_addresses_are_served_where_slack_is_to_come_to_us(
    slack: FakeSlack, sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chosen = settings(
        tmp_path,
        sqlite_url,
        http_port=0,
        slack_api_url=slack.api_url,
        slack_bot_token=SecretStr("xoxb-1"),
        slack_signing_secret=SecretStr(slack.signing_secret),
    )
    async with running(chosen, caplog) as (app, address), listening(app):
        slack.request_url = f"{address}/slack/events"
        assert await slack.verifies_request_url()


async def test_a_database_that_is_gone_is_missing(
    sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = Path(sqlite_url.removeprefix("sqlite:///"))
    async with running(settings(tmp_path, sqlite_url, http_port=0), caplog) as (_, address):
        await asyncio.to_thread(database.write_bytes, b"no database" * 100)
        status, said = await get(f"{address}/readyz")
        _, metrics = await get(f"{address}/metrics")
    assert (status, json.loads(said)["missing"]) == (503, ["the database does not answer"])
    assert "papers_database_up 0.0" in metrics
