"""A channel that is closed to the bot: who ordered its papers is told once, nothing is tried again, nothing is lost."""

from datetime import timedelta

from bot.editions import PostState
from jobs.deliver import deliver
from tests.end_to_end.discord_team import DiscordTeam, open_team
from tests.end_to_end.test_discord_week import invited_and_subscribed
from tests.fakes.desk import MON, TUE
from tests.fakes.discord import Permission

POST = "POST /channels/{channel}/messages"


async def tried(team: DiscordTeam) -> int:
    """How often a post was asked of Discord in the next hour's ticks."""
    before = len(team.discord.calls)
    for _ in range(12):
        await deliver(team.desk.store, team.platforms, clock=team.desk.clock)
        team.desk.clock.advance(timedelta(minutes=5))
    asked = team.discord.calls[before:]
    return sum(call.route == POST and team.channel.id in call.path for call in asked)


async def test_a_channel_without_a_permission_is_told_of_once_and_goes_on_when_it_is_resumed(sqlite_url: str) -> None:
    async with open_team(sqlite_url) as team:
        await invited_and_subscribed(team)
        ada = team.person("ada")
        await team.morning(MON)
        before = len(team.messages)
        ada.forbids(team.channel, Permission.SEND_MESSAGES)
        await team.curated(TUE)
        assert await tried(team) == 1
        [told] = ada.direct_messages
        assert "I can no longer post in #papers" in told.shown
        assert 'Once that is mended, say "/papers channel resume" there' in told.shown
        assert 'I lack "Send Messages"' in (await team.uses("ada", "resume")).shown
        assert await tried(team) == 0
        assert ada.direct_messages == [told]
        ada.allows(team.channel, Permission.SEND_MESSAGES)
        await team.uses("ada", "resume")
        await tried(team)
        assert len(team.messages) == before + 6
        async with team.desk.store() as tx:
            [order] = await tx.teams.subscriptions()
            edition = await tx.editions.latest(order.channel_id)
            assert edition is not None
            assert {post.state for post in await tx.posts.of(edition.id)} == {PostState.SENT}
