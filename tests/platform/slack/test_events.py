"""What Slack tells of, each once: emoji, links, arrivals."""

import asyncio
from typing import Any

from bot.commands import Discussed, Mention, React, Unreact
from bot.editions import MessageRef
from bot.messages import Card, Notice, Reply, Tone
from tests.fakes.slack.delivery import Delivery
from tests.fakes.slack.events import Event
from tests.fakes.slack.model import Message
from tests.platform.slack.conftest import Lab

LINK = "see https://arxiv.org/abs/2601.00001"


async def post(lab: Lab) -> tuple[Message, MessageRef]:
    ref = await lab.platform.post(f"{lab.workspace.id}/{lab.papers.id}", Card(title="A paper"), key="key-1")
    return lab.papers.messages[-1], ref


async def told(lab: Lab, body: dict[str, Any]) -> Delivery:
    delivery = lab.slack.tell(Event(lab.workspace.team, body, regardless=True))
    assert delivery is not None
    await delivery.tried.wait()
    return delivery


async def test_an_emoji_put_there_and_taken_back_are_told(connected: Lab) -> None:
    message, ref = await post(connected)
    await connected.ada.reacts(message, "bookmark")
    await connected.ada.unreacts(message, "bookmark")
    assert connected.product.commands == [React(ref, "bookmark"), Unreact(ref, "bookmark")]
    assert connected.product.heard[0][1].user == connected.ada.id
    assert connected.ada.ephemerals == []


async def test_a_skin_tone_and_an_unknown_author_change_nothing(connected: Lab) -> None:
    message, ref = await post(connected)
    await connected.ada.reacts(message, "+1::skin-tone-2", author_known=False)
    assert connected.product.commands == [React(ref, "+1::skin-tone-2")]


async def test_an_emoji_without_a_meaning_is_nobodys_business(connected: Lab) -> None:
    message, _ = await post(connected)
    await connected.ada.reacts(message, "tada")
    assert connected.product.heard == []
    assert connected.slack.calls_to("users.info") == []


async def test_an_emoji_taken_back_while_it_is_still_being_handled_is_taken_back_last(lab: Lab) -> None:
    async with lab.starting(patience=0.05):
        message, ref = await post(lab)
        lab.product.wait = asyncio.Event()
        await lab.ada.reacts(message, "bookmark")
        await lab.ada.unreacts(message, "bookmark")
        assert lab.product.commands == [React(ref, "bookmark")]
        lab.product.wait.set()
        await lab.product.hears(2)
    assert lab.product.commands == [React(ref, "bookmark"), Unreact(ref, "bookmark")]


async def test_the_bots_own_emoji_is_not_a_wish(connected: Lab) -> None:
    written = await connected.ben.writes("hello", in_=connected.papers)
    ref = MessageRef("slack", f"{connected.workspace.id}/{connected.papers.id}", written.ts)
    await connected.platform.mark(ref, "bookmark")
    await connected.ada.reacts(written, "+1")
    assert connected.product.commands == [React(ref, "+1")]


async def test_only_what_an_emoji_could_not_do_is_said(connected: Lab) -> None:
    message, _ = await post(connected)
    connected.product.reply = Reply((Notice("arXiv does not answer.", Tone.PROBLEM),))
    await connected.ada.reacts(message, "bookmark")
    assert [each.shown for each in connected.ada.ephemerals] == ["arXiv does not answer."]


async def test_a_link_that_a_person_writes_is_told_and_other_messages_are_not_looked_at(connected: Lab) -> None:
    connected.product.reply = Reply(())
    await connected.ben.writes("lunch?", in_=connected.papers)
    written = await connected.ben.writes(LINK, in_=connected.papers)
    ref = MessageRef("slack", f"{connected.workspace.id}/{connected.papers.id}", written.ts)
    assert connected.product.commands == [Mention(ref, LINK)]


async def test_what_people_write_in_a_thread_counts_for_the_message_above_and_is_not_told(connected: Lab) -> None:
    connected.product.reply = Reply(())
    message, ref = await post(connected)
    await connected.ben.writes("the baseline is weak", in_=connected.papers, thread=message)
    assert connected.product.commands == [Discussed(ref)]
    written = await connected.ben.writes(LINK, in_=connected.papers, thread=message)
    named = MessageRef("slack", ref.channel, written.ts)
    assert connected.product.commands[1:] == [Discussed(ref), Mention(named, LINK)]


async def test_what_there_is_to_say_of_a_link_is_said_to_who_wrote_it_alone(connected: Lab) -> None:
    connected.product.reply = Reply((Notice("It was posted on Monday."),))
    await connected.ben.writes(LINK, in_=connected.papers)
    assert [message.shown for message in connected.ben.ephemerals] == ["It was posted on Monday."]
    assert connected.ada.ephemerals == []


async def test_what_bots_write_and_what_is_changed_or_gone_is_no_mention(connected: Lab) -> None:
    channel = {"channel": connected.papers.id, "channel_type": "channel"}
    robot = {"type": "message", "subtype": "bot_message", "bot_id": "B1", "text": LINK, "ts": "1.1", **channel}
    own = {"type": "message", "user": connected.workspace.bot.id, "text": LINK, "ts": "1.2", **channel}
    app = {"type": "message", "user": "U9", "bot_id": "B9", "text": LINK, "ts": "1.3", **channel}
    topic = {"type": "message", "subtype": "channel_topic", "user": "U9", "text": LINK, "ts": "1.4", **channel}
    for event in (robot, own, app, topic):
        await told(connected, event)
    await connected.platform.post(f"{connected.workspace.id}/{connected.papers.id}", Card(title=LINK), key="key-1")
    written = await connected.ben.writes("lunch?", in_=connected.papers)
    await connected.ben.edits(written, LINK)
    await connected.ben.deletes(written)
    assert connected.product.heard == []


async def test_on_arrival_the_bot_says_once_how_to_begin(connected: Lab) -> None:
    new = connected.workspace.channel("new", creator=connected.ada, bot=False)
    await connected.ada.invites_bot(new)
    assert "/papers subscribe" in new.messages[0].shown
    assert len(new.messages) == 1


async def test_a_hello_whose_answer_was_lost_is_not_said_again(connected: Lab) -> None:
    connected.slack.ack_timeout = 0.3
    new = connected.workspace.channel("new", creator=connected.ada, bot=False)
    connected.slack.fail("chat.postMessage", "drop_after")
    await connected.ada.invites_bot(new)
    await connected.slack.until(lambda: all(delivery.over for delivery in connected.slack.deliveries))
    assert len(new.messages) == 1


async def test_the_arrival_of_others_is_not_greeted(connected: Lab) -> None:
    await told(connected, {"type": "member_joined_channel", "user": connected.ben.id, "channel": connected.papers.id})
    assert connected.papers.messages == []


async def test_a_renamed_channel_is_known_by_its_new_name(connected: Lab) -> None:
    message, _ = await post(connected)
    await connected.ada.reacts(message, "bookmark")
    connected.papers.name = "reading"
    await told(connected, {"type": "channel_rename", "channel": {"id": connected.papers.id, "name": "reading"}})
    await connected.ada.reacts(message, "+1")
    assert [sender.channel_name for _, sender in connected.product.heard] == ["#papers", "#reading"]


async def test_events_that_mean_nothing_here_are_acknowledged(connected: Lab) -> None:
    assert (await told(connected, {"type": "pin_added", "user": connected.ada.id})).failure == ""
