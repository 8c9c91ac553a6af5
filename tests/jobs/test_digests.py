"""Weekly digests and monthly round-ups, made when they are due."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.digests.values import Digest
from bot.editions import Edition, MessageRef, PostState
from bot.errors import PlatformError
from bot.papers import Paper
from bot.ports import Store
from bot.reading_list import Field
from bot.teams import EditionKind, Layout
from jobs.deliver import deliver
from jobs.digests import make_digests
from jobs.posting import Delivery
from tests.fakes.charts import FakeCharts
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform
from tests.jobs.desk import DAY, HOUR, THURSDAY, Desk, llm

FRIDAY_AFTERNOON = datetime(2026, 1, 16, 16, 0, tzinfo=UTC)
"""When the week of THURSDAY's edition is due."""
FEBRUARY = datetime(2026, 2, 2, 8, 0, tzinfo=UTC)
"""When January is due."""


SUBJECTS = ["Agents that Remember", "Sparse Attention", "Reasoning with Verifiers", "Red Teaming"]


class Newsroom(Desk):
    """A desk whose editions are posted, and whose digests are made, by a clock that is moved by hand."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.clock = FakeClock(THURSDAY)
        self.platform = FakePlatform(self.clock)

    async def publish(self, *papers: Paper, at: datetime = THURSDAY) -> None:
        await self.collect(*papers, at=at - HOUR)
        await self.curate(now=at)
        await self.deliver(at)

    async def digests(self, now: datetime) -> list[Edition]:
        return await make_digests(self.store, {self.platform.name: self.platform}, FakeCharts(), now=now)

    async def deliver(self, now: datetime) -> Delivery:
        self.clock.advance(now - self.clock.now())
        return await deliver(self.store, {self.platform.name: self.platform}, clock=self.clock)

    async def kept(self, edition: Edition) -> Digest:
        async with self.store() as tx:
            digest = await tx.digests.of(edition)
        assert isinstance(digest, Digest)
        return digest


class Forgetful(FakePlatform):
    """It cannot tell where a message can be read."""

    async def link(self, message: MessageRef) -> str:
        raise PlatformError("no such message", permanent=True)


@pytest.fixture
async def newsroom(store: Store) -> Newsroom:
    newsroom = Newsroom(store)
    await newsroom.subscribe()
    return newsroom


def titles(digest: Digest) -> list[str]:
    return [told.paper.title for told in digest.papers]


async def test_a_week_is_posted_as_one_thread_under_a_message_of_its_own(newsroom: Newsroom) -> None:
    await newsroom.publish(llm("Reasoning with Verifiers"), llm("Agents that Remember"))
    daily = len(newsroom.platform.messages)

    (edition,) = await newsroom.digests(FRIDAY_AFTERNOON)
    done = await newsroom.deliver(FRIDAY_AFTERNOON)

    above, *replies = newsroom.platform.messages[daily:]
    assert done.sent == 1 + len(replies)
    assert edition.layout is Layout.COMPACT
    assert above.under is None
    assert above.card.title == "Week of 12 to 16 January: 2 papers posted"
    assert {reply.under and reply.under.message for reply in replies} == {str(daily + 1)}
    assert [reply.card.title for reply in replies] == ["Reasoning", "Agents", "Your team's list"]


async def test_a_paper_of_the_week_links_to_where_it_was_first_posted(newsroom: Newsroom) -> None:
    await newsroom.publish(llm("Reasoning with Verifiers"))

    (edition,) = await newsroom.digests(FRIDAY_AFTERNOON)

    (told,) = (await newsroom.kept(edition)).papers
    assert told.link == "https://chat.example/lab/2"


@pytest.mark.parametrize("platform", [None, Forgetful])
async def test_without_the_address_of_a_post_a_digest_is_made_all_the_same(
    newsroom: Newsroom, platform: type[Forgetful] | None
) -> None:
    await newsroom.publish(llm("Reasoning with Verifiers"))
    running = {"terminal": platform(newsroom.clock)} if platform else {}

    (edition,) = await make_digests(newsroom.store, running, FakeCharts(), now=FRIDAY_AFTERNOON)

    assert [told.link for told in (await newsroom.kept(edition)).papers] == [""]


async def test_a_digest_is_posted_as_it_was_when_it_was_made(newsroom: Newsroom) -> None:
    verifiers = llm("Reasoning with Verifiers")
    await newsroom.publish(verifiers)
    (edition,) = await newsroom.digests(FRIDAY_AFTERNOON)

    await newsroom.mark(Field.SAVED, [verifiers], at=FRIDAY_AFTERNOON)
    await newsroom.publish(llm("Agents that Remember"), at=FRIDAY_AFTERNOON)

    assert titles(await newsroom.kept(edition)) == [verifiers.title]
    assert "Week of 12 to 16 January: 1 paper posted" in [one.card.title for one in newsroom.platform.messages]


async def test_a_digest_is_made_once(newsroom: Newsroom) -> None:
    await newsroom.publish(llm("Reasoning with Verifiers"))

    assert len(await newsroom.digests(FRIDAY_AFTERNOON)) == 1
    assert await newsroom.digests(FRIDAY_AFTERNOON) == []
    assert await newsroom.digests(FRIDAY_AFTERNOON + DAY) == []


async def test_a_digest_that_was_missed_is_made_once_after_the_absence(newsroom: Newsroom) -> None:
    await newsroom.publish(llm("Reasoning with Verifiers"))

    (made,) = await newsroom.digests(FRIDAY_AFTERNOON + 4 * DAY)

    assert made.date == date(2026, 1, 12)
    assert titles(await newsroom.kept(made)) == ["Reasoning with Verifiers in Language Models"]


async def test_what_came_after_a_digest_in_the_same_week_is_in_the_next_one(newsroom: Newsroom) -> None:
    await newsroom.publish(llm("Reasoning with Verifiers"))
    await newsroom.digests(FRIDAY_AFTERNOON)
    late, next_week = llm("Agents that Remember"), llm("Sparse Attention")
    await newsroom.publish(late, at=FRIDAY_AFTERNOON + HOUR)
    await newsroom.mark(Field.SAVED, [late], at=FRIDAY_AFTERNOON + DAY)
    await newsroom.publish(next_week, at=THURSDAY + 6 * DAY)

    (made,) = await newsroom.digests(FRIDAY_AFTERNOON + 7 * DAY)

    digest = await newsroom.kept(made)
    assert sorted(titles(digest)) == sorted([late.title, next_week.title])
    assert [listed.paper.id for listed in digest.most_saved] == [late.id]
    assert digest.period.first == date(2026, 1, 19)


async def test_a_week_without_an_edition_has_no_digest(newsroom: Newsroom) -> None:
    assert await newsroom.digests(FRIDAY_AFTERNOON) == []


async def test_what_a_channel_did_not_order_is_not_made(newsroom: Newsroom) -> None:
    async with newsroom.store() as tx:
        (order,) = await tx.teams.subscriptions()
        await tx.teams.subscribe(replace(order, kinds=frozenset({EditionKind.DAILY, EditionKind.MONTHLY})))
        await tx.commit()
    await newsroom.publish(llm("Reasoning with Verifiers"))

    assert await newsroom.digests(FRIDAY_AFTERNOON) == []
    assert [made.kind for made in await newsroom.digests(FEBRUARY)] == [EditionKind.MONTHLY]


async def test_a_digest_brings_no_paper_for_a_second_time(newsroom: Newsroom) -> None:
    verifiers = llm("Reasoning with Verifiers")
    await newsroom.publish(verifiers)
    await newsroom.digests(FRIDAY_AFTERNOON)

    async with newsroom.store() as tx:
        (order,) = await tx.teams.subscriptions()
        latest = await tx.editions.latest(order.channel_id)
        shown = await tx.editions.shown(order.id, before=FEBRUARY)
        made = await tx.editions.made_since(order.id, THURSDAY - DAY)

    assert latest
    assert (latest.kind, latest.date) == (EditionKind.DAILY, THURSDAY.date())
    assert shown == {verifiers.id: THURSDAY}
    assert [edition.kind for edition in made] == [EditionKind.DAILY]


async def test_a_month_has_four_weeks_and_one_round_up_and_none_of_them_twice(newsroom: Newsroom) -> None:
    made: list[Edition] = []
    subjects = list(SUBJECTS)
    for day in days(date(2026, 1, 5), date(2026, 2, 3)):
        morning = datetime(day.year, day.month, day.day, 8, 0, tzinfo=UTC)
        for now in (morning, morning + HOUR, morning + 8 * HOUR, morning + 9 * HOUR):
            if now == morning and day.weekday() == 2 and day.month == 1:
                await newsroom.publish(llm(subjects.pop()), at=now)
            made += await newsroom.digests(now)
            await newsroom.deliver(now)

    assert [(edition.kind, edition.date.isoformat()) for edition in made] == [
        (EditionKind.WEEKLY, "2026-01-05"),
        (EditionKind.WEEKLY, "2026-01-12"),
        (EditionKind.WEEKLY, "2026-01-19"),
        (EditionKind.WEEKLY, "2026-01-26"),
        (EditionKind.MONTHLY, "2026-01-01"),
    ]
    above = [posted.card for posted in newsroom.platform.messages if posted.under is None and not posted.card.number]
    assert sum(card.title.startswith("Week of") for card in above) == 4
    (january,) = [card for card in above if card.image]
    assert january.title == "January 2026: 4 papers"
    assert january.image
    assert january.image.png == january.image.alt.encode()
    async with newsroom.store() as tx:
        states = {post.state for edition in made for post in await tx.posts.of(edition.id)}
    assert states == {PostState.SENT}


def days(first: date, last: date) -> Sequence[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
