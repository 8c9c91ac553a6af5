"""The button under an answer takes back what that answer told of, or says why it cannot."""

import pytest

from bot.reading_list import Status, Tag
from tests.conversation.conftest import Lab, actions, words


async def button(lab: Lab, line: str, *, user: str = "ada") -> str:
    """Somebody says it; what the answer's `Undo` then says."""
    return actions(await lab.say(line, user=user))["Undo"]


async def test_a_button_takes_back_its_own_change_and_leaves_later_ones(lab: Lab) -> None:
    undo = await button(lab, "save 1 3")
    await lab.say("save 2")
    told = words(await lab.say(undo))
    assert told.startswith("Taken back: save “When Verifiers Lie")
    assert [str(entry.paper.id) for entry in await lab.list()] == ["2601.00002"]


async def test_a_button_that_is_pressed_twice_takes_back_once(lab: Lab) -> None:
    undo = await button(lab, "save 2")
    await lab.say(undo)
    await lab.say("save 2")
    assert "taken back already: save “Agents" in words(await lab.say(undo))
    assert [entry.savers for entry in await lab.list()] == [("Ada",)]


async def test_a_button_is_of_who_made_the_change(lab: Lab) -> None:
    undo = await button(lab, "save 2")
    assert "no change of yours" in words(await lab.say(undo, user="grace"))
    assert "no change of yours" in words(await lab.say(undo, workspace="other"))
    assert "no change of yours" in words(await lab.say("undo change:99"))
    assert [entry.savers for entry in await lab.list()] == [("Ada",)]


@pytest.mark.parametrize("user", ["ada", "grace"])
async def test_what_was_changed_again_since_stays_though_it_looks_the_same(lab: Lab, user: str) -> None:
    undo = await button(lab, "tag 2 memory agents")
    await lab.say("untag 2 memory", user=user)
    again = await button(lab, "tag 2 memory", user=user)

    assert "changed again since and stays as it is now: tag “Agents" in words(await lab.say(undo))
    assert {tag for entry in await lab.list() for tag in entry.tags} == {Tag("memory"), Tag("agents")}

    await lab.say(again, user=user)
    assert {tag for entry in await lab.list() for tag in entry.tags} == {Tag("agents")}


async def test_what_came_after_can_be_taken_back_first(lab: Lab) -> None:
    reading, read = await button(lab, "reading 2"), await button(lab, "read 2")
    assert "changed again since" in words(await lab.say(reading))
    await lab.say(read)
    assert [entry.status for entry in await lab.list()] == [Status.READING]
    assert "Taken back: reading" in words(await lab.say(reading))
    assert await lab.list() == []
