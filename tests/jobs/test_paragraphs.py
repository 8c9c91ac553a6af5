"""The paragraphs of a week's digest are asked of the model ahead, within the budget; the digest waits for none."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.budget import Budget, Cap, Price
from bot.digests.values import Digest
from bot.ports import Store
from bot.summaries.values import Failure, SummaryKind
from bot.teams import Pause
from jobs.digests import make_digests
from jobs.paragraphs import AHEAD, LEASE, MOST_AT_ONCE
from jobs.summarise import Read, summarise
from tests.fakes.charts import FakeCharts
from tests.fakes.clock import FakeClock
from tests.fakes.summariser import FakeSummariser
from tests.jobs.desk import HOUR, THURSDAY, Desk, llm

DUE = datetime(2026, 1, 16, 16, 0, tzinfo=UTC)
FREE = Budget({}, {})
SUBJECTS = ("Agents", "Sparse Attention", "Reasoning", "Red Teaming", "Tokenizers", "Retrieval", "Jailbreaks", "Code")
PAPERS = [llm(subject) for subject in SUBJECTS]


class Week(Desk):
    """A desk with two papers in Thursday's edition, whose digest is due on Friday."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.clock, self.model = FakeClock(DUE - AHEAD), FakeSummariser()

    async def summarise(self, budget: Budget = FREE) -> Read:
        return await summarise(self.store, self.model, budget=budget, language="de", clock=self.clock)

    async def digest(self) -> Digest:
        (edition,) = await make_digests(self.store, {}, FakeCharts(), now=DUE)
        async with self.store() as tx:
            made = await tx.digests.of(edition)
        assert isinstance(made, Digest)
        return made


@pytest.fixture
async def week(store: Store) -> Week:
    week = Week(store)
    await week.subscribe()
    await week.collect(*PAPERS[:2])
    await week.curate(now=THURSDAY)
    return week


async def test_a_digest_has_the_models_paragraphs_that_were_asked_for_ahead(week: Week) -> None:
    assert await week.summarise() == Read(paragraphs=2)
    assert await week.summarise() == Read()
    assert {(kind, audience.language, text) for _, kind, audience, text in week.model.asked} == {
        (SummaryKind.DIGEST, "de", "")
    }
    assert {told.model for told in (await week.digest()).papers} == {"fake-1"}


@pytest.mark.parametrize("case", ["too early", "paused", "made"])
async def test_nothing_is_asked_for_a_digest_that_is_not_to_come_soon(week: Week, case: str) -> None:
    if case == "too early":
        week.clock.advance(-HOUR)
    if case == "made":
        await week.digest()
    if case == "paused":
        async with week.store() as tx:
            (subscription,) = await tx.teams.subscriptions()
            await tx.interruptions.pause(subscription.id, Pause(DUE.date()))
            await tx.commit()
    assert await week.summarise() == Read()
    assert week.model.asked == []


async def test_a_model_that_fails_is_left_alone_for_a_while_and_the_digest_has_extracts(week: Week) -> None:
    week.model.failures = [Failure.UNREACHABLE] * 3
    assert await week.summarise() == Read()
    assert await week.summarise() == Read()
    assert await week.summarise() == Read()
    assert len(week.model.asked) == 2
    assert {told.model for told in (await week.digest()).papers} == {""}


async def test_what_failed_is_asked_for_again_after_a_pause(week: Week) -> None:
    week.model.failures = [Failure.UNREACHABLE]
    assert await week.summarise() == Read()
    week.clock.advance(LEASE)
    assert await week.summarise() == Read(paragraphs=2)


async def test_what_paragraphs_cost_is_booked_and_ends_with_the_budget(week: Week) -> None:
    budget = Budget({"fake-1": Price(1_000_000, 1_000_000)}, {Cap.TEAM_DAY: 1})
    assert await week.summarise(budget) == Read(paragraphs=1)
    assert await week.summarise(budget) == Read()
    async with week.store() as tx:
        (subscription,) = await tx.teams.subscriptions()
        spent = await tx.spending.spent(subscription.team_id, since=DUE.date())
    assert spent.micro_dollars == 1200


async def test_one_run_asks_for_a_few_paragraphs_alone(store: Store) -> None:
    week = Week(store)
    subscription = await week.subscribe()
    async with store() as tx:
        await tx.teams.subscribe(replace(subscription, size=len(PAPERS)))
        await tx.commit()
    await week.collect(*PAPERS)
    await week.curate(now=THURSDAY)
    first, second = await week.summarise(), await week.summarise()
    assert first.paragraphs == MOST_AT_ONCE
    assert second.paragraphs == len(PAPERS) - MOST_AT_ONCE
