"""The Home tab: a person's own page, which shows what became of what is pressed in it."""

import pytest

from bot.commands import HomeTab, Related, Save, ShowHome
from bot.messages import Action, Card, Notice, Reply, Tone
from tests.fakes.slack.model import View
from tests.platform.slack.conftest import Lab

HOME = Card(
    title="Your papers",
    actions=(
        Action("Team", "home team page:2"),
        Action("Save", "save 2601.00001"),
        Action("Related", "related 2601.00001"),
    ),
)


async def home(lab: Lab) -> View:
    lab.product.replies = {ShowHome: Reply((HOME,))}
    await lab.ada.opens_home()
    await lab.slack.until(lambda: lab.ada.home)
    assert lab.ada.home is not None
    return lab.ada.home


async def published(lab: Lab, times: int) -> None:
    await lab.slack.until(lambda: len(lab.slack.calls_to("views.publish")) == times)


async def test_it_is_published_when_it_is_opened_and_asked_for_as_from_direct_messages(connected: Lab) -> None:
    assert (await home(connected)).shown.startswith("Your papers")
    command, sender = connected.product.heard[0]
    assert command == ShowHome()
    assert (sender.user, sender.channel_private) == (connected.ada.id, True)
    assert sender.channel == f"{connected.workspace.id}/{connected.workspace.direct(connected.ada).id}"


async def test_the_other_tab_of_the_app_publishes_nothing(connected: Lab) -> None:
    await connected.ada.opens_home("messages")
    await home(connected)
    assert len(connected.product.heard) == 1


async def test_a_button_turns_to_another_page_which_is_still_there_when_it_is_opened_again(connected: Lab) -> None:
    await connected.ada.clicks(await home(connected), "Team")
    await published(connected, 2)
    await connected.ada.opens_home()
    await published(connected, 3)
    team = ShowHome(HomeTab.TEAM, page=2)
    assert connected.product.commands == [ShowHome(), team, team]


async def test_a_change_is_shown_by_the_page_itself(connected: Lab) -> None:
    await connected.ada.clicks(await home(connected), "Save")
    await published(connected, 2)
    assert [type(command) for command in connected.product.commands] == [ShowHome, Save, ShowHome]
    assert connected.ada.direct_messages == []


async def test_a_change_that_could_not_be_made_is_said(connected: Lab) -> None:
    view = await home(connected)
    connected.product.replies[Save] = Reply((Notice("I can't find it.", Tone.PROBLEM),))
    await connected.ada.clicks(view, "Save")
    await published(connected, 2)
    assert [message.shown for message in connected.ada.direct_messages] == ["I can't find it."]


async def test_what_is_only_to_be_read_opens_beside_it(connected: Lab) -> None:
    view = await home(connected)
    connected.product.replies[Related] = Reply((Card(title="Much like it"),))
    modal = await (await connected.ada.clicks(view, "Related")).modal()
    await connected.slack.until(lambda: modal.shown == "Much like it")


@pytest.mark.parametrize("metadata", ["", "unreadable", "save 1"])
async def test_a_page_of_an_older_version_is_opened_anew(connected: Lab, metadata: str) -> None:
    (await home(connected)).content["private_metadata"] = metadata
    await connected.ada.opens_home()
    await published(connected, 2)
    assert connected.product.commands == [ShowHome(), ShowHome()]
