"""A team chooses the language of its summaries."""

import pytest

from tests.conversation.conftest import Lab, words
from tests.fakes.summariser import FakeSummariser


@pytest.fixture
def model(lab: Lab) -> FakeSummariser:
    model = FakeSummariser()
    lab.use(model)
    return model


def languages(model: FakeSummariser) -> list[str]:
    """Of each summary that was asked for."""
    return [audience.language for _, _, audience, _ in model.asked]


async def test_without_a_choice_it_is_the_default_and_is_told_to_be(lab: Lab, model: FakeSummariser) -> None:
    assert words(await lab.say("language")) == "Your team's summaries are in English, the default."
    await lab.say("summary 1")
    assert languages(model) == ["en"]


async def test_a_choice_holds_for_all_of_the_team_and_all_may_see_it(lab: Lab, model: FakeSummariser) -> None:
    reply = await lab.say("language German")
    assert words(reply).startswith("From now on, your team's summaries are in German.")
    assert not reply.private
    assert words(await lab.say("language", user="grace", channel="reading")) == "Your team's summaries are in German."
    await lab.say("summary 1", user="grace")
    assert languages(model) == ["de"]


async def test_another_team_keeps_its_own(lab: Lab, model: FakeSummariser) -> None:
    await lab.say("language de", workspace="institute")
    await lab.say("summary 1")
    assert languages(model) == ["en"]


async def test_what_was_made_before_is_there_again_when_its_language_is(lab: Lab, model: FakeSummariser) -> None:
    for line in ("summary 1", "language pt-br", "summary 1", "language default", "summary 1"):
        await lab.say(line)
    assert languages(model) == ["en", "pt-BR"]


async def test_without_a_model_it_is_said_that_extracts_keep_the_papers_own(lab: Lab) -> None:
    await lab.say("summary 1")
    assert "extracts in the paper's own" in words(await lab.say("language de"))
    await lab.say("summary 1")
    assert len(lab.platform.messages) == 1, "an extract is the same in every language"
