"""Forms for tags and notes, from a button or from a line that lacks them."""

from bot.messages import Card
from tests.conversation.conftest import Lab, actions, form, words
from tests.factories import paper


async def test_a_tag_form_offers_the_tags_of_the_team_that_the_paper_lacks(lab: Lab) -> None:
    await lab.say("tag 1 rlhf agents")
    await lab.say("tag 2 agents memory")
    asked = form(await lab.say("ask tag 2"))
    assert asked.command == "tag 2601.00002"
    assert "Agents that Remember" in words(await lab.say("ask tag 2"))
    assert [choice.value for choice in asked.inputs[0].choices] == ["rlhf"]
    await lab.answer(asked, {"known": ("rlhf",), "tags": "long-context"})
    [entry] = [entry for entry in await lab.list() if str(entry.paper.id) == "2601.00002"]
    assert [tag.name for tag in entry.tags] == ["agents", "long-context", "memory", "rlhf"]


async def test_another_teams_tags_are_not_offered(lab: Lab) -> None:
    await lab.say("tag 1 rlhf")
    assert [each.name for each in form(await lab.say("ask tag 2601.00002", workspace="other")).inputs] == ["tags"]


async def test_a_note_form_notes(lab: Lab) -> None:
    asked = form(await lab.say("ask note 2"))
    assert "Noted: “Agents" in words(await lab.answer(asked, {"text": "compare with ours"}))
    [entry] = await lab.list()
    assert [note.text for note in entry.notes] == ["compare with ours"]


async def test_a_line_without_its_tags_or_its_text_is_answered_with_a_button_that_asks(lab: Lab) -> None:
    reply = await lab.say("tag 2")
    assert reply.failed
    assert form(await lab.say(actions(reply)["Choose tags"])).command == "tag 2601.00002"
    assert form(await lab.say(actions(await lab.say('note "agents that"'))["Write it"])).command == "note 2601.00002"


async def test_a_form_for_a_paper_that_is_not_clear_asks_which_first(lab: Lab) -> None:
    await lab.announce([paper("2601.00044", title="Sparse Rewards")])
    which = actions(await lab.say("ask tag sparse"))
    assert form(await lab.say(which["Sparse Rewards"])).command == "tag 2601.00044"
    assert (await lab.say("ask tag 9")).failed


async def test_after_a_save_there_is_a_button_for_tags_and_one_for_a_note(lab: Lab) -> None:
    offered = actions(await lab.say("save 2"))
    assert form(await lab.say(offered["Tag"])).command == "tag 2601.00002"
    assert form(await lab.say(offered["Note"])).command == "note 2601.00002"
    assert "Tag" not in actions(await lab.say("save 1 3"))


async def test_a_paper_has_three_buttons_and_five_more(lab: Lab) -> None:
    card = (await lab.say("today")).parts[1]
    assert isinstance(card, Card)
    assert [action.label for action in card.actions if not action.more] == ["Save", "Summarise", "Not for us"]
    assert [action.label for action in card.actions if action.more] == [
        "Tag",
        "Note",
        "Mark as read",
        "Abstract",
        "Related",
    ]
    shown = actions(await lab.say("show 1"))
    assert "Abstract" not in shown
    assert "1st of 312 new papers." in words(await lab.say(shown["Why"]))
