"""What the doctor says of Slack: token, scopes, the way in and the channels, each with what to click."""

from dataclasses import replace

import pytest

from adapters.slack.checkup import Check, checks
from adapters.slack.sealing import new_key
from adapters.slack.service import Access, open_slack
from bot.teams import Interests, Sender, Subscription
from tests.fakes.slack.model import Channel
from tests.platform.slack.conftest import EMOJI, Lab


@pytest.fixture
def access(lab: Lab) -> Access:
    return Access(lab.slack.api_url, bot_token=lab.workspace.bot_token, app_token=lab.slack.app_token)


async def examined(lab: Lab, access: Access) -> list[Check]:
    async with open_slack(access, store=lab.store, clock=lab.clock, emoji=EMOJI) as service:
        return await checks(service, lab.store)


async def subscribe(lab: Lab, channel: Channel) -> None:
    place = f"{lab.workspace.id}/{channel.id}"
    async with lab.store() as tx:
        sender = Sender("slack", lab.workspace.id, lab.ada.id, "ada", place, f"#{channel.name}")
        member, known = await tx.teams.identify(sender)
        await tx.teams.subscribe(Subscription(0, member.team_id, known.id, Interests(("cs.CL",))))
        await tx.commit()


def broken(found: list[Check]) -> list[Check]:
    return [check for check in found if check.broken]


async def test_where_all_is_well_it_says_so_of_each(lab: Lab, access: Access) -> None:
    await subscribe(lab, lab.papers)
    found = await examined(lab, access)
    assert broken(found) == []
    assert [check.state for check in found] == [
        "lab: speaks as @paper_round, with all scopes",
        "Socket Mode can be opened",
        "#papers: the bot is in it",
    ]


async def test_a_token_that_slack_does_not_take_ends_the_examination(lab: Lab, access: Access) -> None:
    [check] = await examined(lab, replace(access, bot_token="xoxb-guessed"))
    assert check.broken
    assert "Install to Workspace" in check.mend
    assert "xoxb-guessed" not in check.state


async def test_scopes_that_are_missing_are_named(lab: Lab, access: Access) -> None:
    token = lab.workspace.install(frozenset({"chat:write", "commands"}))
    [check] = broken(await examined(lab, replace(access, bot_token=token)))
    assert "reactions:read" in check.state
    assert "chat:write" not in check.state
    assert "Reinstall" in check.mend


async def test_an_app_token_that_opens_nothing_is_told_with_where_to_make_one(lab: Lab, access: Access) -> None:
    [check] = broken(await examined(lab, replace(access, app_token="xapp-guessed")))
    assert "connections:write" in check.mend


async def test_a_channel_without_the_bot_and_an_archived_one_are_told(lab: Lab, access: Access) -> None:
    other = lab.workspace.channel("other", creator=lab.ada)
    for channel in (lab.papers, other):
        await subscribe(lab, channel)
    await lab.ada.removes_bot(lab.papers)
    await lab.ada.archives(other)
    absent, archived = broken(await examined(lab, access))
    assert absent.state == "#papers: the bot is not in it"
    assert "/invite" in absent.mend
    assert archived.state == "#other is archived"


async def test_an_app_that_nobody_installed_yet_says_where_to(lab: Lab, access: Access) -> None:
    hosted = Access(lab.slack.api_url, signing_secret="s", client_id="1.2", client_secret="s", secret_keys=new_key())
    found = await examined(lab, hosted)
    assert broken(found) == []
    assert "/slack/install" in found[0].mend
    assert "/slack/events" in found[1].state
