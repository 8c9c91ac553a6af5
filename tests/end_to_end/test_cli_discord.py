"""`papers` with Discord: the invite link, what the doctor says, and a bot that runs as a process."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.discord.permissions import invite_link
from bot.app import open_app
from bot.cli.discord import discord as findings
from bot.cli.discord import print_invite
from bot.cli.findings import Mark
from bot.config import Settings, read_settings
from bot.errors import PlatformError, UserError
from tests.end_to_end.command import UNREACHABLE, environment
from tests.fakes.discord import FakeDiscord


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    discord = FakeDiscord()
    async with discord.serving():
        yield discord


def settings(discord: FakeDiscord, database_url: str, token: str) -> Settings:
    return read_settings(
        database_url=SecretStr(database_url),
        discord_token=SecretStr(token),
        discord_api_url=discord.api_url,
        discord_gateway_url=discord.gateway_url,
    )


async def test_the_invite_link_is_printed(
    discord: FakeDiscord, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await print_invite(settings(discord, sqlite_url, discord.token))
    assert capsys.readouterr().out.strip() == invite_link(int(discord.app_id))


async def test_where_discord_does_not_answer_it_says_what_to_look_at(discord: FakeDiscord, sqlite_url: str) -> None:
    away = settings(discord, sqlite_url, discord.token).model_copy(update={"discord_api_url": f"{UNREACHABLE}/api/v10"})
    with pytest.raises(PlatformError, match=r"did not answer .+\. Look at the network, a proxy, and DISCORD_API_URL\."):
        await print_invite(away)
    with pytest.raises(PlatformError, match=r"set DISCORD_TOKEN\.$"):
        await print_invite(settings(discord, sqlite_url, "Z3Vlc3NlZA.x.y"))


async def test_without_a_token_it_says_where_to_get_one(discord: FakeDiscord, sqlite_url: str) -> None:
    with pytest.raises(UserError, match=r"docs/discord\.md"):
        await print_invite(settings(discord, sqlite_url, ""))


@pytest.mark.parametrize(("token", "state"), [("", "not set up"), ("Z3Vlc3NlZA.x.y", "the token is not valid")])
async def test_the_doctor_says_how_discord_stands_and_shows_no_token(
    token: str, state: str, discord: FakeDiscord, sqlite_url: str
) -> None:
    async with open_app(settings(discord, sqlite_url, token), sample=True) as app:
        [finding] = await findings(app)
    assert state in finding.state
    assert (finding.mark is Mark.BROKEN) is bool(token)
    assert "Z3Vlc3NlZA" not in f"{finding} {app}"


async def test_run_listens_answers_and_stops(discord: FakeDiscord, tmp_path: Path) -> None:
    lab = discord.guild("lab")
    room = lab.channel("papers")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "run",
        cwd=tmp_path,
        env=environment(
            DISCORD_TOKEN=discord.token,
            DISCORD_API_URL=discord.api_url,
            DISCORD_GATEWAY_URL=discord.gateway_url,
        ),
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    await discord.until(lambda: discord.gateway.connected, seconds=60)
    said = await lab.user("ada").uses("/papers help", in_=room)
    assert "What I can do" in (await said.reply()).shown
    process.send_signal(signal.SIGTERM)
    log = (await process.stderr.read()).decode()
    assert await process.wait() == 0
    assert "stopped" in log.splitlines()[-1]
    assert discord.token not in log
