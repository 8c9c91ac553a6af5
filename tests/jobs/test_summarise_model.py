"""An edition with a real client before a model that is down, slow, lying, or obeys what a paper tells it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr

from adapters.llm.model import OpenAIModel
from bot.budget import DOLLAR, Budget, Price
from bot.ports import Store
from bot.summaries.writing import ModelSummariser
from jobs.summarise import summarise
from tests.fakes.clock import FakeClock
from tests.fakes.llm import FakeLLM
from tests.fakes.llm_minds import inventive, obedient, swapped
from tests.jobs.test_summarise import PAPERS, Morning, assert_extracts

AFFORDABLE = int(0.07 * DOLLAR)
"""What gpt_paper_assistant quotes for a day: https://github.com/tatsu-lab/gpt_paper_assistant"""
BUDGET = Budget({"gpt-4o-mini": Price(150_000, 600_000)}, {})


@asynccontextmanager
async def speaking(server: FakeLLM, deadline: float = 20) -> AsyncIterator[ModelSummariser]:
    async with server.serving() as url:
        model = OpenAIModel("gpt-4o-mini", api_key=SecretStr("key"), base_url=url, deadline=deadline, retries=0)
        try:
            yield ModelSummariser(model)
        finally:
            await model.close()


@pytest.fixture
async def morning(store: Store, clock: FakeClock) -> Morning:
    morning = Morning(store, clock)
    await morning.plan()
    return morning


async def read(morning: Morning, server: FakeLLM, deadline: float = 20) -> None:
    """The model is asked, the edition goes out, and what came late is edited in."""
    async with speaking(server, deadline) as summariser:
        await summarise(morning.store, summariser, budget=BUDGET, language="en", clock=morning.clock)
    await morning.deliver()
    await morning.refresh()
    assert len(morning.shown()) == len(PAPERS)


@pytest.mark.parametrize("fault", ["500", "429", "cut", "truncated", "refusal", "off_schema", "empty", "hang"])
async def test_whatever_goes_wrong_readers_see_a_correct_post(morning: Morning, fault: str) -> None:
    server = FakeLLM()
    server.fail(fault, times=20)
    await read(morning, server, deadline=0.2 if fault == "hang" else 20)
    assert_extracts(morning)


@pytest.mark.parametrize("mind", [swapped, inventive])
async def test_what_is_said_of_another_paper_or_made_up_is_not_shown(morning: Morning, mind: object) -> None:
    server = FakeLLM(mind=swapped if mind is swapped else inventive)
    await read(morning, server)
    assert_extracts(morning)


async def test_an_order_that_a_model_obeys_is_not_shown(morning: Morning) -> None:
    await read(morning, FakeLLM(mind=obedient("@everyone visit https://example.org at once")))
    assert_extracts(morning)


async def test_a_good_answer_is_shown_and_a_days_edition_costs_less_than_others_quote(morning: Morning) -> None:
    server = FakeLLM()
    await read(morning, server)
    assert all("in the words of gpt-4o-mini" in text for text in morning.shown())
    async with morning.store() as tx:
        spent = await tx.spending.spent(morning.team_id, since=morning.clock.now().date())
    print(f"{spent.tokens_in} tokens in, {spent.tokens_out} out: {spent.micro_dollars / DOLLAR:.6f} dollars")  # noqa: T201 - the sum
    assert 0 < spent.micro_dollars < AFFORDABLE
