"""An edition with a real client before a model that is down, slow, lying, or obeys what a paper tells it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from math import ceil

import pytest
from pydantic import SecretStr

from adapters.llm.model import OpenAIModel
from adapters.sample.source import SampleSource
from bot.budget import DOLLAR, Budget, Price
from bot.config import Settings
from bot.ports import Store
from bot.summaries.writing import LONGEST_ANSWER, LONGEST_ROW, ModelSummariser
from bot.teams import MOST_PAPERS
from jobs.summarise import Read, summarise
from tests.fakes.clock import FakeClock
from tests.fakes.llm import FakeLLM
from tests.fakes.llm_minds import inventive, obedient, swapped, thorough
from tests.fakes.llm_wire import usage_of
from tests.jobs.test_summarise import PAPERS, Morning, assert_extracts

CATEGORIES = ("cs.CL", "cs.LG", "cs.AI")
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


async def test_an_answer_that_was_given_up_is_booked_at_the_most_it_can_have_cost(morning: Morning) -> None:
    server = FakeLLM()
    server.fail("hang")
    await read(morning, server, deadline=0.2)
    async with morning.store() as tx:
        spent = await tx.spending.spent(morning.team_id, since=morning.clock.now().date())
    assert spent.tokens_in > 0
    assert spent.tokens_out == LONGEST_ANSWER + LONGEST_ROW * (len(PAPERS) - 1)
    assert spent.micro_dollars == BUDGET.cost("gpt-4o-mini", spent.tokens_in, spent.tokens_out)


async def test_a_good_answer_is_shown(morning: Morning) -> None:
    await read(morning, FakeLLM())
    assert all("in the words of gpt-4o-mini" in text for text in morning.shown())


async def test_the_largest_edition_costs_less_than_others_quote_for_a_day(store: Store, clock: FakeClock) -> None:
    """The shipped sample papers at the default prices, with answers as long as the rules allow."""
    sample = await SampleSource().submitted(CATEGORIES, after=datetime(1991, 8, 14, tzinfo=UTC))
    morning, server = Morning(store, clock), FakeLLM(mind=thorough)
    await morning.plan(sample[:MOST_PAPERS])
    budget = Settings().budget
    async with speaking(server) as summariser:
        read = await summarise(store, summariser, budget=budget, language="en", clock=clock)
    async with store() as tx:
        spent = await tx.spending.spent(morning.team_id, since=clock.now().date())
    counted = [usage_of(asked, thorough(asked)) for asked in server.asked]
    tokens_in, tokens_out, cached = (sum(one) for one in zip(*counted, strict=True))
    assert read == Read(papers=MOST_PAPERS)
    assert (spent.tokens_in, spent.tokens_out) == (tokens_in, tokens_out)
    assert spent.micro_dollars == ceil((tokens_in - cached) * 0.15 + cached * 0.075 + tokens_out * 0.60) < AFFORDABLE
