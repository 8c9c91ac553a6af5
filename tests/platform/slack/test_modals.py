"""Forms: opened while the product still thinks, and told under each question what is wrong with its answer."""

import asyncio

import pytest

from bot.commands import AddNote, Ask, ChangeSettings, Save, Subscribe, parse
from bot.messages import Action, Card, Form, Input, InputKind, Line, Notice, Reply, Tone
from bot.papers import ArxivId
from tests.platform.slack.conftest import Lab

PAPER = ArxivId("2601.00001")
NOTE = Form("Note on a paper", f"note {PAPER}", "Note", (Input("text", "Note", InputKind.PARAGRAPH, optional=True),))


@pytest.fixture
def asking(connected: Lab) -> Lab:
    """The product answers with a form where it is asked for one."""
    connected.product.replies = {kind: Reply((NOTE,)) for kind in (Ask, Subscribe, ChangeSettings)}
    return connected


@pytest.mark.parametrize("line", ["subscribe", "settings", "ask note 2601.00001"])
async def test_what_needs_a_form_opens_it(asking: Lab, line: str) -> None:
    said = await asking.ada.says(f"/papers {line}", in_=asking.papers)
    modal = await said.modal()
    await asking.slack.until(lambda: modal.title == NOTE.title)
    assert asking.product.commands == [parse(line)]
    assert asking.ada.ephemerals == []


async def test_settings_that_are_named_need_no_form(connected: Lab) -> None:
    said = await connected.ada.says("/papers settings size:8", in_=connected.papers)
    assert (await said.reply()).shown == "Done."
    assert connected.ada.modal is None


async def test_it_opens_at_once_however_long_the_product_thinks(asking: Lab) -> None:
    asking.product.wait = asyncio.Event()
    modal = await (await asking.ada.says("/papers subscribe", in_=asking.papers)).modal()
    assert modal.shown == "One moment …"
    asking.product.wait.set()
    await asking.slack.until(lambda: modal.title == NOTE.title)


async def test_what_was_filled_in_is_done_and_answered_where_the_form_was_asked_for(asking: Lab) -> None:
    modal = await (await asking.ada.says("/papers ask note 2601.00001", in_=asking.papers)).modal()
    await asking.slack.until(lambda: modal.title == NOTE.title)
    done = await asking.ada.submits(modal, {"Note": "compare with our baseline"})
    assert (done.failure, done.errors) == ("", {})
    assert asking.ada.modal is None
    [answer] = await asking.slack.until(lambda: asking.ada.ephemerals)
    assert (answer.shown, answer.channel) == ("Done.", asking.papers)
    command, sender = asking.product.heard[-1]
    assert command == AddNote(PAPER, "compare with our baseline")
    assert sender.channel == f"{asking.workspace.id}/{asking.papers.id}"


async def test_what_is_wrong_is_said_under_its_question_and_nothing_is_done(asking: Lab) -> None:
    modal = await (await asking.ada.says("/papers ask note 2601.00001", in_=asking.papers)).modal()
    await asking.slack.until(lambda: modal.title == NOTE.title)
    done = await asking.ada.submits(modal, {})
    assert list(done.errors) == ["text"]
    assert asking.ada.modal is modal
    assert len(asking.product.heard) == 1


async def test_where_there_is_no_form_but_a_reason_the_modal_shows_it(connected: Lab) -> None:
    refusal = Notice("Only people who can manage this channel may change its papers.", Tone.PROBLEM)
    connected.product.replies = {Subscribe: Reply((refusal,))}
    modal = await (await connected.ben.says("/papers subscribe", in_=connected.papers)).modal()
    await connected.slack.until(lambda: modal.shown == refusal.text)


async def test_a_button_in_a_modal_is_answered_in_it(connected: Lab) -> None:
    first = Card(title="Not here", lines=(Line("Try another."),), actions=(Action("Save it", "save 2601.00001"),))
    connected.product.replies = {Subscribe: Reply((first,))}
    modal = await (await connected.ada.says("/papers subscribe", in_=connected.papers)).modal()
    await connected.slack.until(lambda: modal.shown.startswith("Not here"))
    await connected.ada.clicks(modal, "Save it")
    await connected.slack.until(lambda: modal.shown == "Done.")
    command, sender = connected.product.heard[-1]
    assert command == Save((PAPER,))
    assert sender.channel == f"{connected.workspace.id}/{connected.papers.id}"


async def test_who_closes_the_modal_before_the_form_is_there_is_left_alone(asking: Lab) -> None:
    asking.product.wait = asyncio.Event()
    modal = await (await asking.ada.says("/papers subscribe", in_=asking.papers)).modal()
    await asking.ada.closes(modal)
    asking.product.wait.set()
    await asking.slack.until(lambda: asking.slack.calls_to("views.update"))
    assert asking.ada.modal is None
    assert asking.ada.ephemerals == []


async def test_who_cannot_be_shown_a_form_any_more_is_told_so(asking: Lab) -> None:
    asking.slack.fail("views.open", "expired_trigger_id")
    said = await asking.ada.says("/papers subscribe", in_=asking.papers)
    assert "Try again" in (await said.reply()).shown


async def test_a_button_opens_a_form_too(asking: Lab) -> None:
    card = Card(title="A paper", actions=(Action("Note", "ask note 2601.00001"),))
    await asking.platform.post(f"{asking.workspace.id}/{asking.papers.id}", card, key="key-1")
    modal = await (await asking.ben.clicks(asking.papers.messages[0], "Note")).modal()
    await asking.slack.until(lambda: modal.title == NOTE.title)
    await asking.ben.submits(modal, {"Note": "read this"})
    [answer] = await asking.slack.until(lambda: asking.ben.ephemerals)
    assert answer.channel is asking.papers
