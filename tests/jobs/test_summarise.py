"""An edition is never late or lost because of the model, and shows what it says as soon as it is there."""

from datetime import timedelta

import pytest

from bot.budget import Budget, Cap, Price, Purpose, Use
from bot.editions import Edition, MessageRef, Pick, Post, PostState
from bot.ports import Store
from bot.summaries.extract import ExtractSummariser
from bot.summaries.kept import SummaryKey
from bot.summaries.values import Audience, Failure, SummaryKind
from bot.teams import EditionKind, Interests, Subscription
from jobs.deliver import deliver
from jobs.summarise import FIRST_PAUSE, MOST_ATTEMPTS, Read, bring_up_to_date, summarise
from tests.factories import NOON, paper, sender
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform
from tests.fakes.summariser import FakeSummariser

PAPERS = (
    paper("2601.00001", title="First", abstract="Process reward models often lie. We show how to catch them."),
    paper("2601.00002", title="Second", abstract="Agents forget what they have read before. We propose a memory."),
)
FREE = Budget({}, {})


class Morning:
    """A channel whose edition of two papers is planned."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        self.store, self.clock, self.platform, self.model = store, clock, FakePlatform(clock), FakeSummariser()
        self.team_id = 0

    async def plan(self) -> None:
        now = self.clock.now()
        async with self.store() as tx:
            _, place = await tx.teams.identify(sender())
            self.team_id = place.team_id
            subscription = await tx.teams.subscribe(Subscription(0, place.team_id, place.id, Interests(("cs.CL",))))
            await tx.papers.add(PAPERS, seen_at=now)
            picks = tuple(Pick(one.id, number, "reasoning", (), 1.0) for number, one in enumerate(PAPERS, 1))
            edition = Edition(0, subscription.id, place.id, EditionKind.DAILY, now.date(), now, 9, picks)
            posts = [Post(f"key-{slot}", 0, place.id, slot, PostState.PLANNED, now) for slot in range(3)]
            assert await tx.editions.add(edition, posts)
            await tx.commit()

    async def summarise(self, budget: Budget = FREE) -> Read:
        return await summarise(self.store, self.model, budget=budget, language="en", clock=self.clock)

    async def deliver(self) -> None:
        await deliver(self.store, {"terminal": self.platform}, clock=self.clock)

    async def bring_up_to_date(self) -> int:
        return await bring_up_to_date(self.store, {"terminal": self.platform})

    def shown(self) -> list[str]:
        """The papers' cards after the title, as text."""
        return [" | ".join(line.text for line in one.card.lines) for one in self.platform.messages if one.card.number]


@pytest.fixture
async def morning(store: Store, clock: FakeClock) -> Morning:
    morning = Morning(store, clock)
    await morning.plan()
    return morning


def assert_in_the_models_words(morning: Morning) -> None:
    for number, text in enumerate(morning.shown()):
        title = PAPERS[number].title
        assert f"gist of {title} | " in text
        assert f"For this team: for_team of {title} · in the words of fake-1" in text


def assert_extracts(morning: Morning) -> None:
    first, second = morning.shown()
    assert "We show how to catch them." in first
    assert "We propose a memory." in second
    assert "in the words of" not in first + second


async def test_papers_of_an_edition_and_no_others_are_sent_once(morning: Morning) -> None:
    async with morning.store() as tx:
        await tx.papers.add([paper("2601.00003")], seen_at=NOON)
        await tx.commit()
    assert await morning.summarise() == Read(papers=2)
    assert await morning.summarise() == Read()
    assert morning.model.shortlisted == [(PAPERS[0].id, PAPERS[1].id)]
    await morning.deliver()
    assert_in_the_models_words(morning)
    assert await morning.bring_up_to_date() == 0


async def test_what_comes_after_the_edition_is_edited_in(morning: Morning) -> None:
    await morning.deliver()
    assert_extracts(morning)
    await morning.summarise()
    assert await morning.bring_up_to_date() == 2
    assert_in_the_models_words(morning)
    assert await morning.bring_up_to_date() == 0
    assert len(morning.platform.messages) == 3


async def test_a_model_that_is_down_is_tried_again_with_pauses_and_given_up(morning: Morning) -> None:
    morning.model.failures = [Failure.UNREACHABLE] * 99
    assert await morning.summarise() == Read(missing=2)
    await morning.deliver()
    assert_extracts(morning)
    assert await morning.summarise() == Read()
    morning.clock.advance(FIRST_PAUSE)
    assert await morning.summarise() == Read(missing=2)
    for _ in range(40):
        morning.clock.advance(timedelta(minutes=5))
        await morning.summarise()
    assert len(morning.model.shortlisted) == MOST_ATTEMPTS


async def test_what_the_model_left_out_is_asked_for_again_alone(morning: Morning) -> None:
    morning.model.leaves_out = {PAPERS[1].id}
    assert await morning.summarise() == Read(papers=1, missing=1)
    morning.model.leaves_out = set()
    morning.clock.advance(FIRST_PAUSE)
    assert await morning.summarise() == Read(papers=1)
    assert morning.model.shortlisted[1] == (PAPERS[1].id,)


async def test_over_budget_nothing_is_sent(morning: Morning) -> None:
    budget = Budget({"fake-1": Price(1, 1)}, {Cap.TEAM_DAY: 10})
    async with morning.store() as tx:
        await tx.spending.record(Use(morning.team_id, None, NOON.date(), "fake-1", Purpose.EDITION, 1, 1, 10))
        await tx.commit()
    assert await morning.summarise(budget) == Read(capped=1)
    assert morning.model.shortlisted == []
    await morning.deliver()
    assert_extracts(morning)


async def test_an_editions_cost_is_the_teams_and_nobodys(morning: Morning) -> None:
    await morning.summarise(Budget({"fake-1": Price(150_000, 600_000)}, {}))
    async with morning.store() as tx:
        member, _ = await tx.teams.identify(sender())
        spent = await tx.spending.spent(morning.team_id, since=NOON.date())
        own = await tx.spending.spent(morning.team_id, since=NOON.date(), member_id=member.id)
    assert (spent.tokens_in, spent.tokens_out, spent.micro_dollars) == (1000, 200, 270)
    assert own.tokens_in == 0


async def test_without_a_model_nothing_is_sent_and_cards_hold_extracts(morning: Morning) -> None:
    read = await summarise(morning.store, ExtractSummariser(), budget=FREE, language="en", clock=morning.clock)
    assert read == Read()
    await morning.deliver()
    assert_extracts(morning)


async def test_a_posted_summary_says_once_that_a_new_version_is_out(morning: Morning) -> None:
    await morning.deliver()
    summary = await morning.model.summarise(PAPERS[0], SummaryKind.INSIGHTS, audience=Audience())
    key = SummaryKey(morning.team_id, PAPERS[0].id, 1, SummaryKind.INSIGHTS, "fake-1", "test-1", "en")
    under = MessageRef("terminal", "papers", "2")
    async with morning.store() as tx:
        member, _ = await tx.teams.identify(sender())
        assert await tx.summaries.claim(key, by=member.id, now=NOON, until=NOON)
        kept = await tx.summaries.keep(key, summary, at=NOON)
        assert await tx.summaries.claim_post(kept.id, "key-1", key="sum-1", now=NOON, until=NOON)
        await tx.commit()
    message = await morning.platform.post("papers", morning.platform.messages[1].card, key="sum-1", under=under)
    async with morning.store() as tx:
        await tx.summaries.posted("sum-1", message)
        await tx.commit()
    assert await morning.bring_up_to_date() == 0
    async with morning.store() as tx:
        await tx.papers.add([paper("2601.00001", title="First", version=3)], seen_at=NOON)
        await tx.commit()
    assert await morning.bring_up_to_date() == 1
    assert morning.platform.messages[-1].card.lines[0].text.startswith("Of version 1. Version 3 is out")
    assert await morning.bring_up_to_date() == 0
