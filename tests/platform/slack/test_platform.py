"""Slack as a `bot.ports.Platform`: what is posted is posted once, and what is refused says what to do."""

from datetime import timedelta

import pytest

from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Card, Notice
from bot.teams import Standing
from tests.factories import NOON
from tests.fakes.slack import DOCUMENTED
from tests.platform.slack.conftest import Lab

CARD = Card(title="A paper", url="https://arxiv.org/abs/2601.00001")


def place(lab: Lab) -> str:
    return f"{lab.workspace.id}/{lab.papers.id}"


async def refusal(lab: Lab) -> PlatformError:
    with pytest.raises(PlatformError) as refused:
        await lab.platform.post(place(lab), CARD, key="key-1")
    assert lab.workspace.bot_token not in str(refused.value)
    return refused.value


async def test_a_post_has_no_unfurls_and_a_text_that_says_it_all(lab: Lab) -> None:
    await lab.platform.post(place(lab), CARD, key="key-1")
    [message] = lab.papers.messages
    assert not message.unfurls
    assert message.links == [CARD.url]
    assert "A paper" in message.text


async def test_a_reply_stands_in_its_thread_and_is_found_there(lab: Lab) -> None:
    above = await lab.platform.post(place(lab), CARD, key="key-1")
    below = await lab.platform.post(place(lab), CARD, key="key-2", under=above)
    assert [message.ts for message in lab.papers.messages[0].replies] == [below.message]
    assert await lab.platform.find(place(lab), "key-2", since=NOON, under=above) == below


@pytest.mark.parametrize("fault", ["drop_after", "error_after", "malformed"])
async def test_a_post_whose_answer_is_lost_is_there_once_and_can_be_found(lab: Lab, fault: str) -> None:
    lab.slack.fail("chat.postMessage", fault)
    assert not (await refusal(lab)).permanent
    assert len(lab.papers.messages) == 1
    found = await lab.platform.find(place(lab), "key-1", since=NOON)
    assert found == MessageRef("slack", place(lab), lab.papers.messages[0].ts)


@pytest.mark.parametrize("fault", ["drop_before", "error_before", "unavailable", "fatal_error"])
async def test_a_post_that_did_not_arrive_may_be_sent_again(lab: Lab, fault: str) -> None:
    lab.slack.fail("chat.postMessage", fault)
    assert not (await refusal(lab)).permanent
    assert await lab.platform.find(place(lab), "key-1", since=NOON) is None
    assert len(lab.slack.calls_to("chat.postMessage")) == 1


@pytest.mark.parametrize(
    ("fault", "mend"),
    [
        ("channel_not_found", "/invite"),
        ("not_in_channel", "/invite"),
        ("is_archived", "Unarchive"),
        ("account_inactive", "Install the app"),
        ("token_revoked", "Install the app"),
        ("invalid_auth", "Install the app"),
        ("restricted_action", "Ask an admin"),
    ],
)
async def test_what_slack_refuses_for_good_says_what_to_do(lab: Lab, fault: str, mend: str) -> None:
    lab.slack.fail("chat.postMessage", fault, times=2)
    error = await refusal(lab)
    assert error.permanent
    assert mend in str(error)


async def test_a_scope_that_is_missing_is_named(lab: Lab) -> None:
    await lab.platform.post(place(lab), CARD, key="key-0")
    assert lab.workspace.team.token is not None
    lab.workspace.team.token.scopes = frozenset({"commands"})
    error = await refusal(lab)
    assert error.permanent
    assert "chat:write" in str(error)


async def test_an_archived_channel_and_one_without_the_bot_are_refused_for_good(lab: Lab) -> None:
    await lab.ada.archives(lab.papers)
    assert (await refusal(lab)).permanent
    lab.papers.archived = False
    await lab.ada.removes_bot(lab.papers)
    assert (await refusal(lab)).permanent


async def test_between_two_messages_to_a_channel_a_second_passes_and_other_channels_do_not_wait(lab: Lab) -> None:
    lab.slack.pacing = DOCUMENTED
    other = lab.workspace.channel("other", creator=lab.ada)
    for number in range(4):
        await lab.platform.post(place(lab), CARD, key=f"key-{number}")
    began = lab.clock.now()
    assert began - NOON >= timedelta(seconds=3)
    assert all(call.error is None for call in lab.slack.calls_to("chat.postMessage"))
    await lab.platform.post(f"{lab.workspace.id}/{other.id}", CARD, key="key-9")
    assert lab.clock.now() == began


async def test_who_is_told_to_wait_waits_as_long_and_posts_once(lab: Lab) -> None:
    lab.slack.fail("chat.postMessage", "ratelimited", retry_after=7)
    await lab.platform.post(place(lab), CARD, key="key-1")
    assert lab.clock.now() - NOON >= timedelta(seconds=7)
    assert len(lab.papers.messages) == 1


async def test_one_workspace_that_is_told_to_wait_holds_up_no_other_method(lab: Lab) -> None:
    message = await lab.platform.post(place(lab), CARD, key="key-1")
    lab.slack.fail("chat.postMessage", "ratelimited", retry_after=600)
    began = lab.clock.now()
    assert not (await refusal(lab)).permanent
    await lab.platform.edit(message, CARD)
    assert lab.clock.now() - began < timedelta(seconds=5)


async def test_a_key_is_found_among_many_messages_and_only_since_its_moment(lab: Lab) -> None:
    ref = await lab.platform.post(place(lab), CARD, key="key-1")
    for number in range(450):
        lab.slack.post(lab.workspace.team, lab.papers, lab.ben, f"chatter {number}")
    assert await lab.platform.find(place(lab), "key-1", since=NOON) == ref
    assert await lab.platform.find(place(lab), "key-1", since=lab.clock.now() + timedelta(seconds=1)) is None


async def test_where_there_are_too_many_messages_to_look_through_it_cannot_tell(lab: Lab) -> None:
    for number in range(2_100):
        lab.slack.write(lab.papers, lab.ben, f"chatter {number}")
    with pytest.raises(PlatformError) as unknown:
        await lab.platform.find(place(lab), "key-1", since=NOON)
    assert not unknown.value.permanent


async def test_a_message_of_somebody_else_who_knows_the_key_is_not_taken_for_ours(lab: Lab) -> None:
    lab.slack.write(lab.papers, lab.ben, "key-1", metadata={"event_type": "other", "event_payload": {"key": "key-1"}})
    assert await lab.platform.find(place(lab), "key-1", since=NOON) is None


async def test_an_edit_shows_anew_and_keeps_the_key(lab: Lab) -> None:
    ref = await lab.platform.post(place(lab), CARD, key="key-1")
    await lab.platform.edit(ref, Card(title="Saved by two"))
    assert lab.papers.messages[0].shown == "Saved by two"
    assert await lab.platform.find(place(lab), "key-1", since=NOON) == ref


async def test_a_deleted_message_cannot_be_edited_for_good(lab: Lab) -> None:
    ref = await lab.platform.post(place(lab), CARD, key="key-1")
    lab.papers.messages[0].deleted = True
    with pytest.raises(PlatformError) as refused:
        await lab.platform.edit(ref, CARD)
    assert refused.value.permanent


async def test_an_edit_is_tried_again_where_the_connection_broke(lab: Lab) -> None:
    ref = await lab.platform.post(place(lab), CARD, key="key-1")
    lab.slack.fail("chat.update", "drop_before")
    await lab.platform.edit(ref, Card(title="Saved by two"))
    assert lab.papers.messages[0].shown == "Saved by two"


async def test_a_mark_is_put_there_once_though_asked_for_twice(lab: Lab) -> None:
    written = await lab.ben.writes("hello", in_=lab.papers)
    ref = MessageRef("slack", place(lab), written.ts)
    await lab.platform.mark(ref, "bookmark")
    await lab.platform.mark(ref, "bookmark")
    assert written.reactions == {"bookmark": [lab.workspace.bot.id]}


async def test_a_notice_is_for_one_person_in_the_channel_or_else_directly(lab: Lab) -> None:
    await lab.platform.tell(lab.ben.id, place(lab), Notice("First."))
    assert [message.shown for message in lab.ben.ephemerals] == ["First."]
    await lab.ada.archives(lab.papers)
    await lab.platform.tell(lab.ben.id, place(lab), Notice("Second."))
    assert [message.shown for message in lab.ben.direct_messages] == ["Second."]
    assert lab.papers.messages == []


async def test_who_is_deactivated_cannot_be_told_and_that_is_for_good(lab: Lab) -> None:
    await lab.ben.is_deactivated()
    with pytest.raises(PlatformError) as refused:
        await lab.platform.tell(lab.ben.id, place(lab), Notice("Hello?"))
    assert refused.value.permanent


async def test_a_link_leads_to_the_message(lab: Lab) -> None:
    ref = await lab.platform.post(place(lab), CARD, key="key-1")
    assert (await lab.platform.link(ref)).startswith("https://")


async def test_a_channel_is_managed_by_its_creator_and_the_workspaces_admins(lab: Lab) -> None:
    chief = lab.workspace.user("chief", is_admin=True)
    hidden = lab.workspace.channel("hidden", creator=lab.ben, kind="private", bot=False)
    direct = lab.workspace.direct(lab.ben)
    at = lab.workspace.id

    async def standing(user: str, channel: str) -> Standing:
        return await lab.platform.standing(user, f"{at}/{channel}")

    assert await standing(lab.ada.id, lab.papers.id) == Standing(True, True, "Europe/London")
    assert await standing(lab.ben.id, lab.papers.id) == Standing(False, True, "Europe/Berlin")
    assert (await standing(chief.id, lab.papers.id)).manages
    assert await standing(lab.ben.id, hidden.id) == Standing(False, False, "Europe/Berlin")
    assert (await standing(lab.ben.id, direct.id)) == Standing(True, True, "Europe/Berlin")


async def test_another_workspace_is_not_reached_with_this_ones_token(lab: Lab) -> None:
    other = lab.slack.workspace("other")
    room = other.channel("room", creator=other.user("eve"))
    with pytest.raises(PlatformError) as refused:
        await lab.platform.post(f"{other.id}/{room.id}", CARD, key="key-1")
    assert refused.value.permanent
    assert room.messages == []
    assert lab.slack.calls_to("chat.postMessage") == []
