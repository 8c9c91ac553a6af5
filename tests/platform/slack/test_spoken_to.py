"""Who speaks to the bot, by its name or in direct messages, is answered."""

import pytest

from bot.commands import Discussed, Help, Mention, Save, Subscribe
from bot.messages import Card, Notice, Reply
from tests.platform.slack.conftest import Lab

CALLED = "I bring papers to channels"


async def test_a_command_in_direct_messages_is_carried_out_and_its_answer_stays_there(connected: Lab) -> None:
    connected.product.reply = Reply((Notice("Saved."),))
    await connected.ada.writes("save 2601.00001", in_=connected.workspace.direct(connected.ada))
    assert [type(command) for command in connected.product.commands] == [Save]
    assert [message.shown for message in connected.ada.direct_messages] == ["save 2601.00001", "Saved."]
    assert connected.ada.ephemerals == []


@pytest.mark.parametrize("line", ["help", "Help", "/papers help"])
async def test_help_is_given_in_direct_messages(connected: Lab, line: str) -> None:
    await connected.ada.writes(line, in_=connected.workspace.direct(connected.ada))
    assert [type(command) for command in connected.product.commands] == [Help]


async def test_who_says_something_else_in_direct_messages_is_told_what_there_is(connected: Lab) -> None:
    await connected.ada.writes("thanks!", in_=connected.workspace.direct(connected.ada))
    assert connected.product.heard == []
    assert connected.ada.direct_messages[-1].shown.startswith(CALLED)
    assert len(connected.ada.direct_messages) == 2  # what it says itself, it does not answer


async def test_a_link_in_direct_messages_is_told(connected: Lab) -> None:
    connected.product.reply = Reply(())
    await connected.ada.writes("look: https://arxiv.org/abs/2601.00001", in_=connected.workspace.direct(connected.ada))
    assert [type(command) for command in connected.product.commands] == [Mention]


async def test_a_command_after_the_bots_name_is_answered_where_it_was_said(connected: Lab) -> None:
    connected.product.reply = Reply((Notice("Saved."),))
    bot = connected.workspace.bot.id
    await connected.ben.writes(f"<@{bot}> save 2", in_=connected.papers)
    await connected.ben.writes(f"<@{bot}|Paper Round>: save 3", in_=connected.papers)
    assert connected.product.commands == [Save((2,)), Save((3,))]
    assert [message.shown for message in connected.ben.ephemerals] == ["Saved.", "Saved."]


async def test_who_calls_the_bot_alone_is_told_what_there_is(connected: Lab) -> None:
    await connected.ben.writes(f"<@{connected.workspace.bot.id}> hi", in_=connected.papers)
    assert connected.ben.ephemerals[-1].shown.startswith(CALLED)
    assert connected.product.heard == []


async def test_what_is_said_to_others_is_nobodys_business(connected: Lab) -> None:
    await connected.ben.writes(f"<@{connected.ada.id}> save 2", in_=connected.papers)
    await connected.ben.writes(f"ask <@{connected.workspace.bot.id}> to save 2", in_=connected.papers)
    assert connected.product.heard == []
    assert connected.ben.ephemerals == []


async def test_in_a_thread_it_counts_for_the_paper_above_too_and_is_answered_there(connected: Lab) -> None:
    connected.product.reply = Reply((Notice("Saved."),))
    await connected.platform.post(f"{connected.workspace.id}/{connected.papers.id}", Card(title="A paper"), key="key-1")
    above = connected.papers.messages[-1]
    await connected.ben.writes(f"<@{connected.workspace.bot.id}> save 2", in_=connected.papers, thread=above)
    assert [type(command) for command in connected.product.commands] == [Discussed, Save]
    assert [message.thread_ts for message in connected.ben.ephemerals] == [above.ts]


async def test_a_form_that_nothing_can_open_is_offered_with_a_button_that_opens_it(connected: Lab) -> None:
    await connected.ada.writes("subscribe", in_=connected.workspace.direct(connected.ada))
    assert connected.product.heard == []
    offered = connected.ada.direct_messages[-1]
    await connected.ada.clicks(offered, "Subscribe")
    await connected.product.hears(1)
    assert connected.product.commands == [Subscribe(None)]
