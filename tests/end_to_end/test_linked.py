"""A Slack workspace and a Discord server that are one team: one list from both, until they part."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.ports import Platform
from jobs.deliver import deliver
from tests.end_to_end import discord_team, slack_team, test_discord_week, test_slack_week
from tests.end_to_end.discord_team import DiscordTeam
from tests.end_to_end.slack_team import SlackTeam
from tests.end_to_end.team import Remembered, end_subscriptions, paper_of
from tests.fakes.desk import MON, open_desk
from tests.fakes.slack.model import Message

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


async def test_a_workspace_and_a_server_share_one_list_until_they_part(sqlite_url: str) -> None:
    async with both(sqlite_url) as (slack, discord):
        first, second, *_ = await slack.morning(MON)
        await slack.presses("ada", first, "Save")
        await discord.uses("ben", "save", paper="2")
        slack.model[paper_of(first)] = Remembered({"ada"})
        discord.model[paper_of(second)] = Remembered({"ben"})
        await neither_knows_of_the_other(slack, discord)

        await linked(slack, discord)
        shared = dict(slack.model) | dict(discord.model)
        assert await slack.remembered() == await discord.remembered() == shared

        third = discord.messages[3]
        await discord.reacts("cleo", third, "bookmark")
        shared[paper_of(third)] = Remembered({"cleo"})
        await slack.brought_up_to_date()
        assert post_of(slack, third.links[0]).buttons[0] == "✓ Saved · 1 person"

        await parted(discord)
        assert await slack.remembered() == await discord.remembered() == shared
        await discord.uses("ben", "unsave", paper="2")
        assert await slack.remembered() == shared
        assert paper_of(second) not in await discord.remembered()


async def test_what_is_posted_in_a_private_channel_stays_there(sqlite_url: str) -> None:
    async with both(sqlite_url) as (slack, discord):
        await linked(slack, discord)
        ada = discord.person("ada")
        secret = discord.server.channel("secret", members=[ada, discord.discord.bot])
        await (await ada.uses("/papers subscribe", in_=secret, size=5)).reply()
        for team in (slack, discord):
            await team.uses("ada", "unsubscribe")
        await slack.curated(MON)
        await deliver(slack.desk.store, slack.platforms, clock=slack.desk.clock)
        hidden = paper_of(secret.messages[-1])
        await (await ada.uses("/papers save", in_=secret, paper=hidden.value)).reply()
        assert hidden in await slack.remembered()
        told = await (await ada.uses("/papers digest", in_=secret)).reply()
        assert any(secret.id in link for link in told.links)
        for verb, said in (("list", {}), ("show", {"paper": hidden.value}), ("digest", {}), ("today", {})):
            answer = await slack.uses("ada", verb, **said)
            assert "secret" not in answer.shown
            assert not any(secret.id in link for link in answer.links)


@asynccontextmanager
async def both(database_url: str) -> AsyncIterator[tuple[SlackTeam, DiscordTeam]]:
    """Two teams that know nothing of one another, each with a channel that is brought papers."""
    platforms: dict[str, Platform] = {}
    async with (
        open_desk(database_url) as desk,
        slack_team.team_at(desk, platforms) as slack,
        discord_team.team_at(desk, platforms) as discord,
    ):
        await end_subscriptions(desk)
        await test_slack_week.installed_and_subscribed(slack)
        await test_discord_week.invited_and_subscribed(discord)
        yield slack, discord


async def neither_knows_of_the_other(slack: SlackTeam, discord: DiscordTeam) -> None:
    assert await slack.remembered() == dict(slack.model)
    assert await discord.remembered() == dict(discord.model)


async def linked(slack: SlackTeam, discord: DiscordTeam) -> None:
    """An admin of the workspace gets a code, and the server's owner enters it; who only manages a channel may not."""
    refused = await discord.uses("ada", "link")
    assert "Manage Server" in refused.shown
    admin = slack.workspace.user("root", is_admin=True)
    told = await (await admin.says("/papers link", in_=slack.channel)).reply()
    [code] = set(re.findall(r"\b[A-Z]{4}-[A-Z]{4}\b", told.shown))
    owner = discord.server.owner
    asked = await (await owner.uses("/papers team link", in_=discord.channel, code=code)).reply()
    joined = await (await owner.clicks(asked, "Make it one list")).reply()
    assert "one reading list" in joined.shown


async def parted(discord: DiscordTeam) -> None:
    said = await discord.server.owner.uses("/papers team unlink", in_=discord.channel)
    assert "a list of its own again" in (await said.reply()).shown


def post_of(slack: SlackTeam, link: str) -> Message:
    [post] = [message for message in slack.messages if link in message.links]
    return post
