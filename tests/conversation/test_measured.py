"""What operators see of commands."""

import logging
from dataclasses import replace

import pytest

from bot.commands import parse
from bot.dispatch import Dispatcher
from tests.conversation.conftest import Lab, words
from tests.factories import sender
from tests.fakes.measures import FakeMeasures


async def test_a_command_is_answered_or_refused_and_each_has_a_reference_of_its_own(lab: Lab) -> None:
    measures = FakeMeasures()
    dispatch = Dispatcher(lab.services, measures)
    for line in ("save 1", "save 99"):
        await dispatch(parse(line), sender())
    assert measures.commands == [("Save", "answered"), ("Save", "refused")]
    assert measures.names == ["command", "handler"] * 2
    one, other = (about for name, about in measures.spans if name == "command")
    assert one.pop("ref") != other.pop("ref")
    assert one == {"command": "Save", "platform": "terminal", "channel": "papers"}


async def test_what_breaks_is_counted_as_broken_under_the_reference_that_the_asker_gets(
    lab: Lab, caplog: pytest.LogCaptureFixture
) -> None:
    measures = FakeMeasures()
    services = replace(lab.services, store=lambda: 1 / 0)  # type: ignore[arg-type]  # it only fails
    with caplog.at_level(logging.CRITICAL):
        reply = await Dispatcher(services, measures)(parse("save 1"), sender())
    assert measures.commands == [("Save", "broken")]
    assert measures.broken == ["handler"]
    assert f"(ref {measures.spans[0][1]['ref']})" in words(reply)
