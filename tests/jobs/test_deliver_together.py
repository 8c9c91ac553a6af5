"""What hangs together: the papers of a compact edition and its header, the posts of a subscription and its end."""

from datetime import datetime, timedelta

import pytest

from bot.editions import Edition, MessageRef, Post, PostState
from bot.leases import LEASE
from bot.ports import Store
from bot.teams import Layout
from jobs.deliver import deliver
from jobs.posting import FIRST_PAUSE, JITTER, KEEP_TRYING, Delivery
from tests.factories import paper
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform
from tests.jobs.planned import plan

PAUSED = FIRST_PAUSE * (1 + JITTER)
"""After so long, what failed once is tried again."""
IN_ORDER = ["Papers for Thursday, 15 January", "First", "Second"]


@pytest.fixture
def platform(clock: FakeClock) -> FakePlatform:
    return FakePlatform(clock)


@pytest.fixture
async def edition(store: Store, clock: FakeClock) -> Edition:
    return await plan(store, clock, [paper(title="First"), paper(title="Second")])


async def posts_of(store: Store, edition: Edition) -> list[Post]:
    async with store() as tx:
        return await tx.posts.of(edition.id)


async def test_what_was_planned_for_a_subscription_that_ended_is_not_sent(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    async with store() as tx:
        await tx.teams.unsubscribe(edition.channel_id, at=clock.now())
        await tx.commit()
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery()
    assert platform.messages == []
    assert [(post.state, post.last_error) for post in await posts_of(store, edition)] == [
        (PostState.DEAD, "the subscription had ended")
    ] * 3


async def test_the_papers_of_a_compact_edition_stand_under_a_header_that_names_them(
    store: Store, clock: FakeClock, platform: FakePlatform
) -> None:
    papers = [paper("2601.00001", title="First"), paper("2601.00002", title="Second")]
    await plan(store, clock, papers, layout=Layout.COMPACT)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=3)
    assert [posted.card.title for posted in platform.messages] == IN_ORDER
    header, *under = platform.messages
    assert header.under is None
    assert [(item.number, item.title, item.url) for item in header.card.items] == [
        (1, "First", "https://arxiv.org/abs/2601.00001"),
        (2, "Second", "https://arxiv.org/abs/2601.00002"),
    ]
    assert [posted.under for posted in under] == [MessageRef("terminal", "papers", "1")] * 2


async def test_the_header_of_an_edition_in_messages_names_no_papers(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    await deliver(store, {"terminal": platform}, clock=clock)
    assert [posted.under for posted in platform.messages] == [None] * 3
    assert platform.messages[0].card.items == ()


async def test_papers_wait_for_the_header_that_they_stand_under(
    store: Store, clock: FakeClock, platform: FakePlatform
) -> None:
    edition = await plan(store, clock, [paper(), paper()], layout=Layout.COMPACT)
    async with store() as tx:
        await tx.posts.claim("terminal-papers-0", attempts=0, now=clock.now(), until=clock.now() + LEASE)
        await tx.commit()
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(waiting=1)
    assert platform.messages == []
    clock.advance(LEASE)
    assert (await deliver(store, {"terminal": platform}, clock=clock)).sent == 3
    assert [post.state for post in await posts_of(store, edition)] == [PostState.SENT] * 3


async def test_a_reply_whose_answer_was_lost_is_looked_up_under_its_header(
    store: Store, clock: FakeClock, platform: FakePlatform
) -> None:
    looked_under: list[MessageRef | None] = []

    class Watched(FakePlatform):
        async def find(
            self, channel: str, key: str, *, since: datetime, under: MessageRef | None = None
        ) -> MessageRef | None:
            looked_under.append(under)
            return await super().find(channel, key, since=since, under=under)

    header, its_thread = "", ""
    watched = Watched(clock, faults=[header, its_thread, "drop"])
    await plan(store, clock, [paper()], layout=Layout.COMPACT)
    await deliver(store, {"terminal": watched}, clock=clock)
    clock.advance(PAUSED)
    assert await deliver(store, {"terminal": watched}, clock=clock) == Delivery(sent=1, found_again=1)
    assert looked_under == [MessageRef("terminal", "papers", "1")]


async def test_papers_whose_header_was_given_up_are_given_up_too(
    store: Store, clock: FakeClock, platform: FakePlatform
) -> None:
    edition = await plan(store, clock, [paper()], layout=Layout.COMPACT)
    platform.faults = ["refuse"]
    clock.advance(KEEP_TRYING + timedelta(minutes=1))
    await deliver(store, {"terminal": platform}, clock=clock)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(given_up=1)
    assert [post.state for post in await posts_of(store, edition)] == [PostState.DEAD] * 2
    assert platform.messages == []


async def test_in_threads_each_paper_has_one_from_the_beginning_and_the_header_none(
    store: Store, clock: FakeClock, platform: FakePlatform
) -> None:
    await plan(store, clock, [paper(), paper()], layout=Layout.THREADS)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=3)
    assert [posted.under for posted in platform.messages] == [None] * 3
    assert [message.message for message in platform.discussed] == ["2", "3"]


@pytest.mark.parametrize(("papers", "discussed"), [(2, ["1"]), (0, [])])
async def test_a_compact_edition_has_the_thread_of_its_papers_from_the_beginning(
    store: Store, clock: FakeClock, platform: FakePlatform, papers: int, discussed: list[str]
) -> None:
    await plan(store, clock, [paper() for _ in range(papers)], layout=Layout.COMPACT)
    await deliver(store, {"terminal": platform}, clock=clock)
    assert [message.message for message in platform.discussed] == discussed


async def test_a_paper_that_is_found_again_gets_its_thread_too(
    store: Store, clock: FakeClock, platform: FakePlatform
) -> None:
    await plan(store, clock, [paper()], layout=Layout.THREADS)
    platform.faults = ["", "drop"]
    await deliver(store, {"terminal": platform}, clock=clock)
    clock.advance(PAUSED)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=1, found_again=1)
    assert [message.message for message in platform.discussed] == ["2"]


async def test_a_thread_that_cannot_be_opened_unsends_nothing(
    store: Store, clock: FakeClock, platform: FakePlatform
) -> None:
    edition = await plan(store, clock, [paper()], layout=Layout.THREADS)
    platform.faults = ["", "", "forbid"]
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=2)
    assert platform.discussed == []
    assert {post.state for post in await posts_of(store, edition)} == {PostState.SENT}
