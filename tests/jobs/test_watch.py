"""What became of a saved paper is told once: under its post, or in the week's digest."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.digests.values import Digest
from bot.editions import MessageRef
from bot.papers import Paper
from bot.ports import Store
from bot.reading_list import FactKey, Field
from bot.teams import Halt, Layout
from jobs.deliver import deliver
from jobs.digests import make_digests
from jobs.posting import Delivery
from jobs.watch import MOST_ASKED, Watched, watch
from tests.factories import paper, sender
from tests.fakes.charts import FakeCharts
from tests.fakes.clock import FakeClock
from tests.fakes.platform import Crash, FakePlatform
from tests.fakes.source import FakeSource
from tests.jobs.desk import DAY, HOUR, THURSDAY, Desk, llm

WEEK = timedelta(days=7)
VERIFIERS = llm("Reasoning with Verifiers")
POST = MessageRef("terminal", "lab", "2")
"""Of VERIFIERS, in the edition of THURSDAY."""


class Watchtower(Desk):
    """A desk with an edition of VERIFIERS that is posted, an arXiv that can be asked, and a clock moved by hand."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.clock = FakeClock(THURSDAY)
        self.platform = FakePlatform(self.clock)
        self.source = FakeSource()

    async def watch(self, now: datetime) -> Watched:
        self.clock.advance(now - self.clock.now())
        return await watch(self.store, self.source, clock=self.clock)

    async def deliver(self) -> Delivery:
        return await deliver(self.store, {self.platform.name: self.platform}, clock=self.clock)

    async def learn(self, *papers: Paper, at: datetime = THURSDAY + DAY) -> None:
        """A collection brings these records."""
        async with self.store() as tx:
            await tx.papers.add(papers, seen_at=at)
            await tx.commit()

    async def digest(self, now: datetime) -> Digest:
        (edition,) = await make_digests(self.store, {self.platform.name: self.platform}, FakeCharts(), now=now)
        async with self.store() as tx:
            made = await tx.digests.of(edition)
        assert isinstance(made, Digest)
        return made

    @property
    def replies(self) -> list[tuple[str, str]]:
        """What was posted under the paper's post."""
        cards = [posted.card for posted in self.platform.messages if posted.under == POST]
        return [(card.title, " ".join(line.text for line in card.lines)) for card in cards]


@pytest.fixture
async def tower(store: Store) -> Watchtower:
    tower = Watchtower(store)
    await tower.subscribe()
    await tower.collect(VERIFIERS, at=THURSDAY - HOUR)
    await tower.curate(now=THURSDAY)
    await tower.deliver()
    await tower.mark(Field.SAVED, [VERIFIERS], at=THURSDAY + HOUR)
    return tower


SECOND = replace(VERIFIERS, version=2, updated=THURSDAY + 2 * HOUR)


async def test_news_of_a_saved_paper_is_told_once_under_its_post(tower: Watchtower) -> None:
    await tower.learn(SECOND)
    await tower.learn(replace(SECOND, comment="Accepted at ICLR 2026"), at=THURSDAY + DAY + HOUR)

    assert (await tower.watch(THURSDAY + DAY + 2 * HOUR)).planned == 1
    assert await tower.deliver() == Delivery(sent=1)
    assert (await tower.watch(THURSDAY + 4 * DAY)).planned == 0

    told = "Version 2 is out, of Thursday, 15 January. Its arXiv record now says: Accepted at ICLR 2026"
    assert tower.replies == [(VERIFIERS.title, told)]
    assert (await tower.digest(THURSDAY + 4 * DAY)).revised == ()


async def test_where_the_post_stands_in_a_thread_its_news_do_too(store: Store) -> None:
    tower = Watchtower(store)
    subscription = await tower.subscribe()
    async with store() as tx:
        await tx.teams.subscribe(replace(subscription, layout=Layout.COMPACT))
        await tx.commit()
    await tower.collect(VERIFIERS, at=THURSDAY - HOUR)
    await tower.curate(now=THURSDAY)
    await tower.deliver()
    await tower.mark(Field.SAVED, [VERIFIERS], at=THURSDAY + HOUR)
    await tower.learn(SECOND)
    await tower.watch(THURSDAY + DAY)
    await tower.deliver()
    assert [posted.under and posted.under.message for posted in tower.platform.messages] == [None, "1", "1"]


async def test_a_reply_means_its_paper_to_who_reacts_to_it(tower: Watchtower) -> None:
    await tower.learn(SECOND)
    await tower.watch(THURSDAY + DAY)
    await tower.deliver()
    async with tower.store() as tx:
        post = await tx.posts.by_message(MessageRef("terminal", "lab", "3"))
        assert post
        edition = await tx.editions.get(post.edition_id)
        assert edition
        about = await tx.posts.of_paper(1, VERIFIERS.id)
    assert [(pick.paper_id, pick.number) for pick in edition.picks] == [(VERIFIERS.id, post.slot)]
    assert [each.message for each in about] == [POST]  # what is said of a paper goes under its own post


async def test_a_reply_that_was_cut_off_is_found_again(tower: Watchtower) -> None:
    await tower.learn(SECOND)
    await tower.watch(THURSDAY + DAY)
    tower.platform.faults = ["crash"]
    with pytest.raises(Crash):
        await tower.deliver()
    tower.clock.advance(HOUR)
    assert await tower.deliver() == Delivery(sent=1, found_again=1)
    assert len(tower.replies) == 1


async def test_where_the_post_is_gone_the_digest_tells_and_the_channel_goes_on(tower: Watchtower) -> None:
    await tower.learn(SECOND)
    await tower.watch(THURSDAY + DAY)
    tower.platform.faults = ["forbid"]
    assert await tower.deliver() == Delivery(given_up=1)
    digest = await tower.digest(THURSDAY + DAY + 8 * HOUR)
    assert [(one.paper.id, one.version) for one in digest.revised] == [(VERIFIERS.id, 2)]
    async with tower.store() as tx:
        (subscription,) = await tx.teams.subscriptions()
    assert subscription.halt is None


async def test_news_of_a_paper_without_a_post_is_in_the_digest_alone(tower: Watchtower) -> None:
    pasted = llm("Sparse Attention")
    await tower.mark(Field.SAVED, [pasted], at=THURSDAY + HOUR)
    await tower.learn(replace(pasted, journal_ref="Nature 612 (2026)"))
    assert (await tower.watch(THURSDAY + DAY)).planned == 0
    digest = await tower.digest(THURSDAY + DAY + 8 * HOUR)
    assert [(one.paper.id, one.version, one.venue) for one in digest.revised] == [
        (pasted.id, None, "Nature 612 (2026)")
    ]


@pytest.mark.parametrize("case", ["unsaved", "halted", "weekend", "too early", "incomplete"])
async def test_nothing_is_told_where_nobody_wants_to_hear_it_now(tower: Watchtower, case: str) -> None:
    now = THURSDAY + DAY
    async with tower.store() as tx:
        member, channel = await tx.teams.identify(sender(workspace="lab", channel="lab"))
        subscription = await tx.teams.subscription_of(channel.id)
        assert subscription
        if case == "halted":
            await tx.interruptions.halt(subscription.id, Halt(now, "archived"))
        if case == "unsaved":
            saved = FactKey(VERIFIERS.id, Field.SAVED, member_id=member.id)
            await tx.lists.set(member.team_id, saved, None, by=member.id, at=now)
        await tx.commit()
    await tower.learn(replace(SECOND, complete=case != "incomplete"))
    now += {"weekend": DAY, "too early": -HOUR}.get(case, timedelta())
    assert (await tower.watch(now)).planned == 0


async def test_two_that_watch_at_once_plan_one_reply(tower: Watchtower) -> None:
    await tower.learn(SECOND)
    tower.clock.advance(DAY)
    both = await asyncio.gather(*(watch(tower.store, tower.source, clock=tower.clock) for _ in range(2)))
    assert sum(one.planned for one in both) == 1


async def test_records_are_asked_for_once_a_week_and_what_they_add_is_told(tower: Watchtower) -> None:
    code = "https://github.com/example/verifiers"
    tower.source.papers[VERIFIERS.id] = replace(VERIFIERS, comment=f"Code: {code}")

    assert (await tower.watch(THURSDAY + DAY)).asked == 0
    assert await tower.watch(THURSDAY + WEEK) == Watched(asked=1, planned=1)
    await tower.deliver()
    assert (await tower.watch(THURSDAY + WEEK + DAY)).asked == 0

    assert tower.source.asked == [VERIFIERS.id]
    assert tower.replies == [(VERIFIERS.title, f"Its code: {code}")]


async def test_an_arxiv_that_does_not_answer_is_asked_again_at_the_next_run(tower: Watchtower) -> None:
    tower.source.down = True
    assert await tower.watch(THURSDAY + WEEK) == Watched(problem="no answer")
    tower.source.down = False
    assert (await tower.watch(THURSDAY + WEEK + HOUR)).asked == 1  # that it knows nothing of the paper is an answer
    assert (await tower.watch(THURSDAY + WEEK + 2 * HOUR)).asked == 0


async def test_one_run_asks_for_no_more_than_a_few_batches(tower: Watchtower) -> None:
    await tower.mark(Field.SAVED, [paper() for _ in range(MOST_ASKED)], at=THURSDAY)
    assert (await tower.watch(THURSDAY + WEEK + HOUR)).asked == MOST_ASKED
    assert (await tower.watch(THURSDAY + WEEK + 2 * HOUR)).asked == 1
