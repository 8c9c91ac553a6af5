"""A week in Slack, from installing the app to Friday: at its end the list is what a plain model says."""

import pytest

from tests.end_to_end.slack_team import Remembered, Team, open_team, paper_of
from tests.fakes.desk import FRI, MON, THU, TUE, WED

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


async def test_a_week_with_the_bot(sqlite_url: str) -> None:
    async with open_team(sqlite_url) as team:
        await installed_and_subscribed(team)
        await emoji_on_monday(team)
        await buttons_on_tuesday(team)
        await threads_on_wednesday(team)
        await pages_on_thursday(team)
        await links_on_friday(team)
        await others_see_nothing(team)
        assert await team.remembered() == dict(team.model)
        assert not any(message.pings for message in team.workspace.posted())
        keys = [message.metadata["event_payload"]["key"] for message in team.workspace.posted() if message.metadata]
        assert len(keys) == len(set(keys))


async def installed_and_subscribed(team: Team) -> None:
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


async def emoji_on_monday(team: Team) -> None:
    """Three people react, one of them takes it back, and a like is no save."""
    first, second, third, fourth, _ = await team.morning(MON)
    await team.person("ada").reacts(first, "bookmark")
    await team.person("ben").reacts(first, "star::skin-tone-3")
    await team.person("ben").reacts(second, "bookmark")
    await team.person("ben").unreacts(second, "bookmark")
    await team.person("ben").reacts(fourth, "star")
    await team.person("cleo").reacts(third, "+1")
    await team.person("cleo").reacts(third, "tada")
    team.model[paper_of(first)].savers |= {"ada", "ben"}
    team.model[paper_of(fourth)].savers |= {"ben"}
    await team.heard()
    await team.brought_up_to_date()
    assert first.buttons[0] == "✓ Saved · 2 people"
    assert second.buttons[0] == "Save"


async def buttons_on_tuesday(team: Team) -> None:
    """Answers to posts are lost and none is doubled; a button, a tag by modal, and Slack that asks to connect anew."""
    for fault in ("drop_after", "error_after", "error_before"):
        team.slack.fail("chat.postMessage", fault)
    first, second, *_ = await team.morning(TUE)
    ben, cleo = team.person("ben"), team.person("cleo")
    await team.slack.sockets.ask_to_leave("refresh_requested")
    await team.slack.until(lambda: team.slack.sockets.connected)
    await cleo.clicks(first, "Save")
    modal = await (await ben.selects(second, MENU, "Tag")).modal()
    await team.slack.until(lambda: modal.title == "Tag a paper")
    assert (await ben.submits(modal, {"tags": "not/a/tag"})).errors
    await ben.submits(modal, {"tags": "rl, Agents"})
    await team.slack.until(lambda: ben.ephemerals and "#rl" in ben.ephemerals[-1].shown)
    await (await ben.selects(first, MENU, "Mark as read")).reply()
    team.model[paper_of(first)] = Remembered({"cleo"}, status="read")
    team.model[paper_of(second)] = Remembered({"ben"}, {"rl", "agents"})
    await team.brought_up_to_date()
    assert [first.buttons[0], second.buttons[0]] == ["✓ Saved · 1 person"] * 2


async def threads_on_wednesday(team: Team) -> None:
    """The connection breaks without a word; a summary is posted once, under its paper, and talked about there."""
    first, second, *_ = await team.morning(WED)
    ada, cleo = team.person("ada"), team.person("cleo")
    team.slack.sockets.drop()
    await team.slack.until(lambda: team.slack.sockets.connected == 0)
    await cleo.reacts(first, "bookmark")
    await team.slack.until(lambda: team.slack.sockets.connected)
    await team.heard()
    for person in (ada, cleo):
        await (await person.clicks(second, "Summarise")).reply()
    [summary] = second.replies
    assert "Extract" in summary.shown
    await cleo.writes("does this hold for us?", in_=team.channel, thread=first)
    await (await ada.says("/papers note 2 compare with ours", in_=team.channel)).reply()
    team.model[paper_of(first)].savers.add("cleo")
    team.model[paper_of(second)].savers.add("ada")


async def pages_on_thursday(team: Team) -> None:
    """Eleven papers are two pages, which turn in place; the Home tab shows the same, and changes it."""
    posts = await team.morning(THU)
    ada = team.person("ada")
    await (await ada.says("/papers save 1 2 3 4 5", in_=team.channel)).reply()
    for post in posts:
        team.model[paper_of(post)].savers.add("ada")
    listed = await (await ada.says("/papers list", in_=team.channel)).reply()
    seen = set(listed.links)
    shown = len(ada.ephemerals)
    turned = await (await ada.clicks(listed, "Next page")).reply()
    assert turned is listed
    assert len(ada.ephemerals) == shown
    assert seen | set(turned.links) == {paper.url for paper in team.model}
    await ada.opens_home()
    home = ada.home
    assert home is not None
    assert len(home.links) == 7
    await ada.clicks(home, "Team")
    await team.slack.until(lambda: ada.home and len(ada.home.links) == 10)


async def links_on_friday(team: Team) -> None:
    """Papers come in a thread now; a link is offered to everybody by an emoji; undo takes the last change back."""
    ada, ben, cleo = (team.person(name) for name in ("ada", "ben", "cleo"))
    await (await ada.says("/papers settings layout:compact", in_=team.channel)).reply()
    first, second, *_ = await team.morning(FRI)
    assert first.is_reply
    assert paper_of(first).url in team.channel.messages[-1].links
    await ben.reacts(first, "bookmark")
    await cleo.clicks(second, "Save")
    team.model[paper_of(first)].savers.add("ben")
    team.model[paper_of(second)].savers.add("cleo")
    monday = next(iter(team.model))
    written = await ben.writes(f"have you seen {monday.url}?", in_=team.channel)
    assert written.reactions == {"bookmark": [team.workspace.bot.id]}
    assert "Open its thread" in ben.ephemerals[-1].buttons
    await cleo.reacts(written, "bookmark")
    team.model[monday].savers.add("cleo")
    await (await ada.says("/papers save 3", in_=team.channel)).reply()
    assert "Taken back" in (await (await ada.says("/papers undo", in_=team.channel)).reply()).shown
    await team.heard()


async def others_see_nothing(team: Team) -> None:
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


MENU = "command-4"
