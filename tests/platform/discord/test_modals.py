"""Forms: opened at once, filled in, corrected."""

import asyncio
from typing import Any

import pytest

from bot.cards.forms import note_form, subscription_form, tag_form
from bot.commands import AddNote, AddTags, Ask, ChangeSettings, Subscribe, parse
from bot.messages import Action, Card, Notice, Reply, Tone
from bot.papers import ArxivId
from bot.teams import Adjustment, Channel, Interests, Order, Subscription, Topic
from tests.factories import paper
from tests.platform.discord.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOTE = Reply((note_form(paper("2601.00001", title="When Verifiers Lie")),))
TAGS = Reply((tag_form(paper("2601.00001", title="When Verifiers Lie"), []),))
CHANNEL = Channel(1, 1, "discord", "1/2", "#papers", workspace_id=1)
SUBSCRIPTION = Subscription(0, 1, 1, Interests(("cs.CL",), (Topic("agents"),)))


def settings(command: str) -> Reply:
    topics = ("agents", "reasoning")
    return Reply((subscription_form(SUBSCRIPTION, CHANNEL, topics, command=command),))


async def test_a_short_form_opens_at_once_and_its_answers_make_the_command(desk: Desk) -> None:
    desk.product.replies[Ask] = NOTE
    await desk.ada.uses("/papers note", in_=desk.papers, paper="2601.00001")
    assert desk.ada.modal is not None
    done = await desk.ada.submits(desk.ada.modal, {"Note for your team": "compare with our baseline"})
    assert (await done.reply()).shown == "Done."
    assert desk.product.commands[-1] == AddNote(ArxivId("2601.00001"), "compare with our baseline")


async def test_a_button_that_asks_opens_the_form(desk: Desk) -> None:
    desk.product.replies[Ask] = TAGS
    message = await desk.posted(Card(title="A paper", actions=(Action("Tag", "ask tag 2601.00001"),)))
    await desk.ben.clicks(message, "Tag")
    assert desk.ben.modal is not None
    assert desk.ben.modal.title == "Tag a paper"


async def test_what_was_wrong_is_said_and_what_was_written_is_still_there(desk: Desk) -> None:
    desk.product.replies[Ask] = TAGS
    await desk.ada.uses("/papers tag", in_=desk.papers, paper="2601.00001")
    assert desk.ada.modal is not None
    refused = await (await desk.ada.submits(desk.ada.modal, {"Tags": "agents a!b"})).reply()
    assert "a!b" in refused.shown
    assert desk.ada.ephemerals == [refused]
    await desk.ada.clicks(refused, "Try again")
    again: Any = desk.ada.modal
    assert "agents a!b" in str(again.content)
    await desk.ben.uses("/papers tag", in_=desk.papers, paper="2601.00001")
    bens: Any = desk.ben.modal
    assert "a!b" not in str(bens.content)
    await (await desk.ada.submits(again, {"Tags": "agents"})).reply()
    assert isinstance(desk.product.commands[-1], AddTags)
    await desk.ada.uses("/papers tag", in_=desk.papers, paper="2601.00001")
    assert "a!b" not in str(desk.ada.modal.content)


async def test_a_long_form_shows_how_it_stands_and_each_of_its_modals_is_an_order_by_itself(desk: Desk) -> None:
    desk.product.replies[ChangeSettings] = desk.product.replies[Ask] = settings("settings")
    panel = await (await desk.ada.uses("/papers channel settings", in_=desk.papers)).reply()
    assert "08\\:00" in panel.shown
    second = panel.components[0]["components"][-2]["accessory"]["custom_id"]
    await desk.ada.clicks(panel, second)
    assert desk.ada.modal is not None
    desk.product.replies.clear()
    await (await desk.ada.submits(desk.ada.modal, {"Time": "09:15"})).reply()
    command = desk.product.commands[-1]
    assert isinstance(command, ChangeSettings)
    assert command.order is not None
    assert f"{command.order.at:%H:%M}" == "09:15"
    assert command.order.adjustment == Adjustment(authors=(), size=5)


async def test_a_form_for_another_channel_is_for_that_channel_to_its_end(desk: Desk) -> None:
    elsewhere = desk.guild.channel("elsewhere")
    desk.product.replies[Subscribe] = desk.product.replies[Ask] = settings("subscribe")
    panel = await (await desk.ada.uses("/papers subscribe", in_=desk.papers, channel=elsewhere)).reply()
    await desk.ada.clicks(panel, panel.components[0]["components"][-3]["accessory"]["custom_id"])
    desk.product.replies.clear()
    modal: Any = desk.ada.modal
    refused = await (await desk.ada.submits(modal, {"arXiv categories": "no such"})).reply()
    desk.product.replies[Ask] = settings("subscribe")
    await desk.ada.clicks(refused, "Try again")
    modal = desk.ada.modal
    await (await desk.ada.submits(modal, {"arXiv categories": "cs.LG"})).reply()
    command = desk.product.commands[-1]
    assert isinstance(command, Subscribe)
    assert command.order == Order(Adjustment(categories=("cs.LG",), topics=(Topic("agents"),), wanted=(), unwanted=()))
    assert {sender.channel_name for _, sender in desk.product.heard} == {"#elsewhere"}


async def test_a_form_that_took_its_time_opens_with_a_press(desk: Desk) -> None:
    desk.product.replies[Ask], desk.product.wait = NOTE, asyncio.Event()
    said = await desk.ada.uses("/papers note", in_=desk.papers, paper="2601.00001")
    desk.product.wait.set()
    await desk.ada.clicks(await said.reply(), "Note")
    assert desk.ada.modal is not None


async def test_who_may_not_is_told_so_in_place_of_a_form(desk: Desk) -> None:
    desk.product.reply = Reply((Notice("Ask its creator.", Tone.PROBLEM),))
    refused = await desk.ada.uses("/papers subscribe", in_=desk.papers)
    assert (await refused.reply()).shown == "Ask its creator."
    assert desk.product.commands == [parse("subscribe")]
