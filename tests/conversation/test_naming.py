"""What a number means, and what is said of one that means nothing."""

from datetime import timedelta

from bot.ports import Store
from tests.conversation.conftest import PAPERS, Lab, words
from tests.fakes.clock import FakeClock
from tests.fakes.source import FakeSource


async def test_a_number_beyond_the_edition_is_answered_with_which_there_are(lab: Lab) -> None:
    refused = await lab.say("save 9")
    assert refused.failed
    assert words(refused) == (
        'There is no paper 9 here. Numbers are those of the latest edition, which has 1 to 3: "today" shows it.'
    )


async def test_a_day_without_papers_leaves_the_numbers_of_the_last_that_had_some(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    await lab.publish([])
    assert f"Saved: “{PAPERS[0].title}”" in words(await lab.say("save 1"))
    said = words(await lab.say("save 9"))
    assert "Numbers are those of Thursday, 15 January, the last edition with papers, which has 1 to 3: " in said
    assert said.endswith('"today 2026-01-15" shows it.')
    assert PAPERS[0].title in words(await lab.say("today 2026-01-15"))


async def test_before_any_edition_had_papers_a_number_is_answered_with_what_names_one(
    store: Store, clock: FakeClock
) -> None:
    lab = Lab(store, clock, FakeSource(PAPERS))
    await lab.subscribe()
    said = (
        "No edition with papers has come here yet, so numbers mean nothing. "
        "Name the paper by its arXiv number or link, or by words of its title."
    )
    assert words(await lab.say("save 1")) == said
    await lab.publish([])
    assert words(await lab.say("save 1")) == said
