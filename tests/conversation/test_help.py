"""Help and what is said of a slip, as each platform takes commands."""

import pytest

from bot.commands import parse
from bot.messages import Card
from tests.conversation.conftest import Lab, actions, items, words
from tests.factories import sender


@pytest.mark.parametrize(
    ("platform", "save", "pause"),
    [
        ("terminal", "save 2", "pause [until <date>]"),
        ("slack", "/papers save 2", "/papers pause [until <date>]"),
        ("discord", "/papers save paper:2", "/papers channel pause [until:…] [channel:…]"),
    ],
)
async def test_help_spells_commands_as_they_are_given_there(lab: Lab, platform: str, save: str, pause: str) -> None:
    there = sender(platform=platform)
    assert save in [item.title for item in items(await lab.dispatch(parse("help"), there))]
    [one] = (await lab.dispatch(parse("help pause"), there)).parts
    assert isinstance(one, Card)
    assert one.title == pause
    assert one.items[0].title == pause.partition(" [")[0]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("tag 2 a/b", "“/papers tag paper:2 tags:agents memory” or “/papers tag paper:verifiers lie tags:rlhf”"),
        ("untag 2", "“/papers untag paper:2 tags:memory”"),
        ("pause soon", "“/papers channel pause” or “/papers channel pause until:2026-02-01”"),
        ("language klingonese", "“/papers team language language:de” or “/papers team language language:default”"),
    ],
)
async def test_examples_are_text_that_no_slip_of_the_finger_carries_out(lab: Lab, line: str, shown: str) -> None:
    reply = await lab.dispatch(parse(line), sender(platform="discord"))
    assert words(reply).endswith(f"For example: {shown}")
    assert actions(reply) == {}


async def test_a_verb_that_is_only_like_one_is_answered_with_help_on_that(lab: Lab) -> None:
    assert actions(await lab.say("sav")) == {"Help save": "help save", "Help unsave": "help unsave"}
    assert actions(await lab.say("qwxyz")) == {"Help": "help"}
