"""What models cost is counted for each team and person, and ends at the caps."""

from datetime import timedelta

import pytest

from bot.budget import DOLLAR, Budget, Cap, Price
from bot.summaries.values import Failure
from tests.conversation.conftest import Lab, words
from tests.fakes.summariser import FakeSummariser

PRICES = {"fake-1": Price(100 * DOLLAR, 0)}
"""A thousand tokens in, as each answer takes, are ten cents."""
ALL = ("summary 1", "summary 2", "summary 3")


def spent_at_the_most(cap: Cap, cents: int) -> Budget:
    return Budget(PRICES, {cap: cents * DOLLAR // 100})


@pytest.fixture
def model() -> FakeSummariser:
    return FakeSummariser()


async def test_usage_tells_tokens_and_money_of_the_team_and_the_asker(lab: Lab, model: FakeSummariser) -> None:
    lab.use(model, budget=spent_at_the_most(Cap.TEAM_DAY, 100))
    await lab.say("summary 1")
    await lab.say("summary 2", user="grace")
    said = words(await lab.say("usage")).splitlines()
    assert "Team, today: 2,000 tokens in, 400 out · $0.20 of $1.00" in said
    assert "Team, this month: 2,000 tokens in, 400 out · $0.20" in said
    assert "You, today: 1,000 tokens in, 200 out · $0.10" in said
    assert "You, this month: 1,000 tokens in, 200 out · $0.10" in said


async def test_a_new_day_and_a_new_month_begin_at_nothing(lab: Lab, model: FakeSummariser) -> None:
    lab.use(model)
    await lab.say("summary 1")
    lab.clock.advance(timedelta(days=1))
    said = words(await lab.say("usage"))
    assert "Team, today: 0 tokens in, 0 out" in said
    assert "Team, this month: 1,000 tokens in" in said
    lab.clock.advance(timedelta(days=31))
    assert "Team, this month: 0 tokens in" in words(await lab.say("usage"))


async def test_what_failed_or_was_asked_twice_is_counted_as_it_was_paid(lab: Lab, model: FakeSummariser) -> None:
    lab.use(model)
    model.failures = [Failure.UNGROUNDED]
    for _ in range(3):
        await lab.say("summary 1")
    assert "Team, today: 2,000 tokens in" in words(await lab.say("usage"))


async def test_another_teams_spending_is_none_of_ours(lab: Lab, model: FakeSummariser) -> None:
    lab.use(model)
    await lab.say("summary 2601.00001", workspace="other")
    assert "Team, today: 0 tokens in" in words(await lab.say("usage"))


async def test_without_a_model_nothing_is_spent(lab: Lab) -> None:
    await lab.say("summary 1")
    assert "No language model is set up" in words(await lab.say("usage"))


@pytest.mark.parametrize(
    ("cap", "sentence"),
    [
        (Cap.TEAM_DAY, "your team's budget for models is used up for today"),
        (Cap.TEAM_MONTH, "your team's budget for models is used up for this month"),
        (Cap.PERSON_DAY, "your share of the budget for models is used up for today"),
        (Cap.PERSON_MONTH, "your share of the budget for models is used up for this month"),
    ],
)
async def test_over_a_cap_there_is_an_extract_and_a_plain_sentence(
    lab: Lab, model: FakeSummariser, cap: Cap, sentence: str
) -> None:
    lab.use(model, budget=spent_at_the_most(cap, 20))
    said = [words(await lab.say(line)) for line in ALL]
    assert "in the thread" in said[0]
    assert "in the thread" in said[1]
    assert said[2].endswith(f"Extract from the abstract; {sentence}")
    assert len(model.asked) == 2


async def test_one_persons_cap_leaves_the_others_theirs(lab: Lab, model: FakeSummariser) -> None:
    lab.use(model, budget=spent_at_the_most(Cap.PERSON_DAY, 10))
    await lab.say("summary 1")
    assert "your share" in words(await lab.say("summary 2"))
    assert "in the thread" in words(await lab.say("summary 2", user="grace"))


async def test_what_was_made_before_is_shown_over_the_cap_too(lab: Lab, model: FakeSummariser) -> None:
    lab.use(model, budget=spent_at_the_most(Cap.TEAM_DAY, 10))
    await lab.say("summary 1")
    assert "asked by Ada" in words(await lab.say("summary 1", user="grace"))
