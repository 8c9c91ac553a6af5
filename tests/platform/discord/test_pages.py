"""Buttons, menus and the menu of a message: each gives its command, and its answer appears where it belongs."""

import asyncio

import discord
import pytest

from adapters.discord import render
from bot.commands import Dislike, Mark, ShowList, Why, parse
from bot.messages import Action, Card, Item, Notice, Reply, Tone
from bot.papers import ArxivId
from tests.platform.discord.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAPER = Card(
    title="When Verifiers Lie",
    url="https://arxiv.org/abs/2601.00001",
    actions=(
        Action("Save", "toggle 2601.00001"),
        Action("Not for us", "dislike 2601.00001"),
        Action("Why", "why 2601.00001", more=True),
        Action("Mark as read", "read 2601.00001", more=True),
    ),
    paper_id=ArxivId("2601.00001"),
)
LIST = Card(title="Page 1", actions=(Action("Next", "list page:2"),))


async def test_a_button_gives_its_command_and_is_answered_in_private(desk: Desk) -> None:
    clicked = await desk.ben.clicks(await desk.posted(PAPER), "Not for us")
    assert (await clicked.reply()).shown == "Done."
    assert desk.product.commands == [Dislike((ArxivId("2601.00001"),))]
    assert desk.product.heard[0][1].user == desk.ben.id
    assert [message.shown for message in desk.ben.ephemerals] == ["Done."]


async def test_what_stands_behind_more_is_given_too(desk: Desk) -> None:
    message = await desk.posted(PAPER)
    for option in ("Why", "Mark as read"):
        await (await desk.ben.selects(message, "More", option)).reply()
    assert [type(command) for command in desk.product.commands] == [Why, Mark]


async def test_a_save_is_shown_by_the_post_itself_and_only_its_failure_is_said(desk: Desk) -> None:
    message = await desk.posted(PAPER)
    saved = await desk.ben.clicks(message, "Save")
    await desk.product.hears()
    desk.product.reply = Reply((Notice("arXiv does not answer.", Tone.PROBLEM),))
    failed = await desk.ben.clicks(message, "Save")
    await failed.reply()
    assert (saved.failure, saved.replies, message.edits) == ("", [], 0)
    assert [each.shown for each in desk.ben.ephemerals] == ["arXiv does not answer."]


async def test_a_button_that_came_in_a_direct_message_is_not_taken_for_a_servers(desk: Desk) -> None:
    direct = await desk.client.create_dm(discord.Object(int(desk.ada.id)))
    await direct.send(view=render.message(PAPER))
    clicked = await desk.ada.clicks(desk.ada.direct_messages[-1], "Save")
    assert "which server" in (await clicked.reply()).shown
    assert desk.product.commands == []


@pytest.mark.parametrize("slow", [False, True])
async def test_in_an_answer_of_ones_own_the_next_page_takes_the_place_of_the_last(desk: Desk, *, slow: bool) -> None:
    desk.product.reply = Reply((LIST,))
    shown = await (await desk.ada.uses("/papers list", in_=desk.papers)).reply()
    desk.product.reply = Reply((Card(title="Page 2"),))
    desk.product.wait = asyncio.Event()
    pressing = asyncio.ensure_future(desk.ada.clicks(shown, "Next"))
    await desk.product.hears(2)
    if slow:
        await pressing
    desk.product.wait.set()
    await (await pressing).edit()
    assert [message.shown for message in desk.ada.ephemerals] == ["## Page 2"]
    assert desk.product.commands[-1] == ShowList(page=2)


async def test_what_all_can_see_is_not_replaced_for_one_who_turns_a_page(desk: Desk) -> None:
    message = await desk.posted(LIST)
    desk.product.reply = Reply((Card(title="Page 2"),))
    await (await desk.ada.clicks(message, "Next")).reply()
    assert message.shown.startswith("## Page 1")
    assert [each.shown for each in desk.ada.ephemerals] == ["## Page 2"]


async def test_other_answers_do_not_replace_what_was_clicked_in(desk: Desk) -> None:
    desk.product.reply = Reply((PAPER,))
    shown = await (await desk.ada.uses("/papers show", in_=desk.papers, paper="1")).reply()
    desk.product.reply = Reply((Notice("Saved."),))
    await (await desk.ada.clicks(shown, "Save")).reply()
    assert ["Verifiers" in message.shown for message in desk.ada.ephemerals] == [True, False]


async def test_the_menu_of_a_message_saves_the_papers_that_it_names(desk: Desk) -> None:
    written = desk.ben.writes("2601.00002 and https://arxiv.org/abs/2601.00003v2", in_=desk.papers)
    await (await desk.ada.uses_context_menu("Save paper", written)).reply()
    assert desk.product.commands == [parse("save 2601.00002 2601.00003")]
    assert desk.product.heard[0][1].user == desk.ada.id


async def test_the_menu_of_a_post_means_the_paper_that_it_is_about(desk: Desk) -> None:
    message = await desk.posted(PAPER)
    await (await desk.ada.uses_context_menu("Save paper", message)).reply()
    assert desk.product.commands == [parse("save 2601.00001")]


async def test_the_menu_of_a_header_saves_the_papers_that_it_lists_and_asks_which_to_sum_up(desk: Desk) -> None:
    papers = [ArxivId(f"2601.0000{number}") for number in range(1, 4)]
    header = await desk.posted(Card(title="Papers", items=tuple(Item(f"Title {one}", url=one.url) for one in papers)))
    await (await desk.ada.uses_context_menu("Save paper", header)).reply()
    assert desk.product.commands == [parse("save 2601.00001 2601.00002 2601.00003")]
    asked = await (await desk.ada.uses_context_menu("Summarise paper", header)).reply()
    assert "names 3 papers. Which one?" in asked.shown
    await (await desk.ada.clicks(asked, "2601.00002")).reply()
    assert desk.product.commands[-1] == parse("summary 2601.00002")


async def test_the_menu_of_a_message_without_a_paper_says_so(desk: Desk) -> None:
    used = await desk.ada.uses_context_menu("Save paper", desk.ben.writes("lunch?", in_=desk.papers))
    assert "names no paper" in (await used.reply()).shown
    assert desk.product.heard == []
