"""A week in Slack, from installing the app to Friday: at its end the list is what a plain model says."""

import pytest

from tests.end_to_end import week
from tests.end_to_end.slack_team import SlackTeam, open_team

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


async def test_a_week_with_the_bot(sqlite_url: str) -> None:
    async with open_team(sqlite_url) as team:
        await installed_and_subscribed(team)
        await week.emoji_on_monday(team)
        await answers_are_lost(team)
        await week.buttons_on_tuesday(team)
        await the_connection_breaks(team)
        await week.threads_on_wednesday(team)
        await week.pages_on_thursday(team)
        await a_page_of_ones_own(team)
        await team.stops()
        await team.starts()
        await week.threads_on_friday(team)
        await a_link_is_offered_to_everybody(team)
        await others_see_nothing(team)
        assert await team.remembered() == dict(team.model)
        assert not any(message.pings for message in team.workspace.posted())
        keys = [message.metadata["event_payload"]["key"] for message in team.workspace.posted() if message.metadata]
        assert len(keys) == len(set(keys))


async def installed_and_subscribed(team: SlackTeam) -> None:
    ada, ben = team.person("ada"), team.person("ben")
    assert (await ada.installs(f"{team.address}/slack/install")).status == 200
    await ada.invites_bot(team.channel)
    [hello] = team.channel.messages
    refused = await (await ben.clicks(hello, "Subscribe this channel")).modal()
    await team.slack.until(lambda: "Only people who can manage" in refused.shown)
    await ben.closes(refused)
    modal = await (await ada.clicks(hello, "Subscribe this channel")).modal()
    await team.slack.until(lambda: modal.title == "Papers for this channel")
    wrong = await ada.submits(modal, {"Papers at the most": "99"})
    assert list(wrong.errors) == ["size"]
    await ada.submits(modal, {"Papers at the most": "5"})
    [said] = await team.slack.until(lambda: ada.ephemerals)
    assert "Europe/London" in said.shown
    assert "5 at the most" in said.shown


async def answers_are_lost(team: SlackTeam) -> None:
    """To the next posts, of which none will be doubled; and Slack asks to connect anew."""
    for fault in ("drop_after", "error_after", "error_before"):
        team.slack.fail("chat.postMessage", fault)
    await team.slack.sockets.ask_to_leave("refresh_requested")
    await team.connected()


async def the_connection_breaks(team: SlackTeam) -> None:
    """Without a word, while somebody reacts."""
    monday = next(iter(team.model))
    [post] = [message for message in team.channel.messages if monday.url in message.links]
    team.slack.sockets.drop()
    await team.slack.until(lambda: team.slack.sockets.connected == 0)
    await team.reacts("cleo", post, "bookmark")
    team.model[monday].savers.add("cleo")
    await team.connected()


async def a_page_of_ones_own(team: SlackTeam) -> None:
    """The Home tab shows the list, and changes it."""
    ada = team.person("ada")
    await ada.opens_home()
    home = ada.home
    assert home is not None
    assert len(home.links) == 7
    await ada.clicks(home, "Team")
    await team.slack.until(lambda: ada.home and len(ada.home.links) == 10)


async def a_link_is_offered_to_everybody(team: SlackTeam) -> None:
    ben = team.person("ben")
    paper = next(paper for paper, remembered in team.model.items() if remembered.savers == {"ben"})
    written = await ben.writes(f"have you seen {paper.url}?", in_=team.channel)
    assert written.reactions == {"bookmark": [team.workspace.bot.id]}
    assert "Open its thread" in ben.ephemerals[-1].buttons
    await team.reacts("cleo", written, "bookmark")
    team.model[paper].savers.add("cleo")
    await team.heard()


async def others_see_nothing(team: SlackTeam) -> None:
    """Another workspace that installs the app has a list of its own, and its channel is brought nothing."""
    other = team.slack.workspace("other", installed=False)
    eve = other.user("eve")
    room = other.channel("room", creator=eve)
    assert (await eve.installs(f"{team.address}/slack/install")).status == 200
    for line in ("list", "today", "show 1", "list by:ada"):
        shown = (await (await eve.says(f"/papers {line}", in_=room)).reply()).shown
        assert not any(paper.value in shown for paper in team.model)
    await eve.opens_home()
    assert eve.home is not None
    assert eve.home.links == []
    assert room.messages == []
