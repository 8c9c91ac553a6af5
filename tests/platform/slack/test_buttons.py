"""Buttons, menus and the shortcut: each carries its command line."""

from bot.commands import Dislike, Mark, ShowList, Why, parse
from bot.messages import Action, Card, Notice, Reply, Tone
from bot.papers import ArxivId
from tests.fakes.slack.model import Message
from tests.platform.slack.conftest import Lab

PAPER = Card(
    title="When Verifiers Lie",
    url="https://arxiv.org/abs/2601.00001",
    actions=(
        Action("Save", "save 2601.00001"),
        Action("Not for us", "dislike 2601.00001"),
        Action("Why", "why 2601.00001", more=True),
        Action("Mark as read", "read 2601.00001", more=True),
        Action("Open", url="https://arxiv.org/abs/2601.00001"),
    ),
    paper_id=ArxivId("2601.00001"),
)
LIST = Card(title="Page 1", actions=(Action("Next", "list page:2"),))


async def posted(lab: Lab, card: Card = PAPER) -> Message:
    await lab.platform.post(f"{lab.workspace.id}/{lab.papers.id}", card, key="key-1")
    return lab.papers.messages[-1]


async def test_a_button_gives_its_command_and_is_answered_in_private(connected: Lab) -> None:
    clicked = await connected.ben.clicks(await posted(connected), "Not for us")
    assert (await clicked.reply()).shown == "Done."
    assert connected.product.commands == [Dislike((ArxivId("2601.00001"),))]
    assert connected.product.heard[0][1].user == connected.ben.id
    assert [message.shown for message in connected.ben.ephemerals] == ["Done."]


async def test_a_save_is_shown_by_the_post_itself_and_only_its_failure_is_said(connected: Lab) -> None:
    message = await posted(connected)
    await connected.ben.clicks(message, "Save")
    await connected.product.hears()
    connected.product.reply = Reply((Notice("arXiv does not answer.", Tone.PROBLEM),))
    await (await connected.ben.clicks(message, "Save")).reply()
    assert [each.shown for each in connected.ben.ephemerals] == ["arXiv does not answer."]


async def test_a_menus_options_are_buttons_too(connected: Lab) -> None:
    message = await posted(connected)
    for option in ("Why", "Mark as read"):
        await (await connected.ben.selects(message, "command-4", option)).reply()
    assert [type(command) for command in connected.product.commands] == [Why, Mark]


async def test_a_button_that_opens_a_page_asks_nothing_of_the_product(connected: Lab) -> None:
    message = await posted(connected)
    assert (await connected.ben.clicks(message, "Open")).failure == ""
    await (await connected.ben.clicks(message, "Not for us")).reply()
    assert len(connected.product.heard) == 1


async def test_in_an_answer_of_ones_own_the_next_page_takes_the_place_of_the_last(connected: Lab) -> None:
    connected.product.reply = Reply((LIST,))
    await (await connected.ada.says("/papers list", in_=connected.papers)).reply()
    [shown] = connected.ada.ephemerals
    connected.product.reply = Reply((Card(title="Page 2"),))
    await (await connected.ada.clicks(shown, "Next")).reply()
    assert [message.shown for message in connected.ada.ephemerals] == ["Page 2"]
    assert connected.product.commands[-1] == ShowList(page=2)


async def test_what_all_can_see_is_not_replaced_for_one_who_turns_a_page(connected: Lab) -> None:
    message = await posted(connected, LIST)
    connected.product.reply = Reply((Card(title="Page 2"),))
    await (await connected.ada.clicks(message, "Next")).reply()
    assert message.shown.startswith("Page 1")
    assert [each.shown for each in connected.ada.ephemerals] == ["Page 2"]


async def test_other_answers_do_not_replace_what_was_clicked_in(connected: Lab) -> None:
    connected.product.reply = Reply((PAPER,))
    await (await connected.ada.says("/papers show 1", in_=connected.papers)).reply()
    connected.product.reply = Reply((Notice("Saved."),))
    await (await connected.ada.clicks(connected.ada.ephemerals[0], "Save")).reply()
    assert [message.shown.splitlines()[0] for message in connected.ada.ephemerals] == ["When Verifiers Lie", "Saved."]


async def test_in_a_thread_the_answer_is_in_the_thread(connected: Lab) -> None:
    parent = await connected.platform.post(f"{connected.workspace.id}/{connected.papers.id}", PAPER, key="key-1")
    await connected.platform.post(parent.channel, LIST, key="key-2", under=parent)
    [reply] = connected.papers.messages[0].replies
    answer = await (await connected.ada.clicks(reply, "Next")).reply()
    assert answer.thread_ts == parent.message


async def test_the_shortcut_saves_the_papers_that_a_message_names(connected: Lab) -> None:
    written = await connected.ben.writes(
        "2601.00002 and <https://arxiv.org/abs/2601.00003v2|this>", in_=connected.papers
    )
    connected.product.heard.clear()
    await (await connected.ada.uses_shortcut("save_paper", written)).reply()
    assert connected.product.commands == [parse("save 2601.00002 2601.00003")]
    assert connected.product.heard[0][1].user == connected.ada.id


async def test_the_shortcut_on_a_post_saves_the_paper_that_it_is_about(connected: Lab) -> None:
    await (await connected.ada.uses_shortcut("save_paper", await posted(connected))).reply()
    assert connected.product.commands == [parse("save 2601.00001")]


async def test_the_shortcut_on_a_message_without_a_paper_says_so(connected: Lab) -> None:
    written = await connected.ben.writes("lunch?", in_=connected.papers)
    used = await connected.ada.uses_shortcut("save_paper", written)
    assert "names no paper" in (await used.reply()).shown
    assert connected.product.heard == []


async def test_a_button_outlives_the_process_that_made_it(lab: Lab) -> None:
    async with lab.starting():
        message = await posted(lab)
    async with lab.starting():
        await (await lab.ada.clicks(message, "Not for us")).reply()
    assert lab.product.commands == [Dislike((ArxivId("2601.00001"),))]
