"""A channel that is closed to the bot: who ordered its papers is told once, nothing is tried again, nothing is lost."""

from datetime import timedelta

import pytest

from bot.editions import PostState
from jobs.deliver import deliver
from tests.end_to_end.slack_team import SlackTeam, open_team
from tests.end_to_end.test_slack_week import installed_and_subscribed
from tests.fakes.desk import MON, TUE

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


async def posted(team: SlackTeam) -> int:
    """How often a post was asked of Slack in the next hour's ticks."""
    before = len(team.slack.calls)
    for _ in range(12):
        await deliver(team.desk.store, team.platforms, clock=team.desk.clock)
        team.desk.clock.advance(timedelta(minutes=5))
    return sum(call.method == "chat.postMessage" for call in team.slack.calls[before:])


async def test_an_archived_channel_is_told_of_once_and_goes_on_when_it_is_resumed(sqlite_url: str) -> None:
    async with open_team(sqlite_url) as team:
        await installed_and_subscribed(team)
        ada = team.person("ada")
        await team.morning(MON)
        before = len(team.channel.messages)
        await ada.archives(team.channel)
        await team.curated(TUE)
        told = len(ada.direct_messages)
        await posted(team)
        assert len(ada.direct_messages) == told + 1
        assert "I can no longer post in #papers" in ada.direct_messages[-1].shown
        assert await posted(team) == 0
        assert len(ada.direct_messages) == told + 1
        team.channel.archived = False
        await ada.says("/papers resume", in_=team.channel)
        await team.heard()
        await posted(team)
        assert len(team.channel.messages) == before + 6
        async with team.desk.store() as tx:
            [order] = await tx.teams.subscriptions()
            edition = await tx.editions.latest(order.channel_id)
            assert edition is not None
            assert {post.state for post in await tx.posts.of(edition.id)} == {PostState.SENT}
