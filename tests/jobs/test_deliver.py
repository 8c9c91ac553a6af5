"""Each slot of an edition reaches its channel once, in order, whatever goes wrong on the way."""

from datetime import datetime, timedelta

import pytest

from bot.editions import Edition, MessageRef, PostState
from bot.ports import Store
from bot.teams import Layout
from jobs.deliver import FIRST_PAUSE, KEEP_TRYING, LEASE, LONGEST_PAUSE, Delivery, deliver, pause
from tests.factories import paper
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform
from tests.jobs.planned import plan

IN_ORDER = ["Papers for Thursday, 15 January", "First", "Second"]


@pytest.fixture
def platform(clock: FakeClock) -> FakePlatform:
    return FakePlatform(clock)


@pytest.fixture
async def edition(store: Store, clock: FakeClock) -> Edition:
    return await plan(store, clock, [paper(title="First"), paper(title="Second")])


def titles(platform: FakePlatform, channel: str = "papers") -> list[str]:
    return [posted.card.title for posted in platform.messages if posted.channel == channel]


async def states(store: Store, edition: Edition) -> list[PostState]:
    async with store() as tx:
        return [post.state for post in await tx.posts.of(edition.id)]


async def test_an_edition_is_posted_header_first_and_only_once(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=3)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery()
    assert titles(platform) == IN_ORDER
    async with store() as tx:
        posts = await tx.posts.of(edition.id)
        message = posts[2].message
        assert message is not None
        assert await tx.posts.by_message(message) == posts[2]


async def test_a_failure_halts_its_channel_and_is_tried_again_later_in_order(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    await plan(store, clock, [paper(title="Elsewhere")], channel="other")
    platform.faults = ["refuse"]
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=2, waiting=3)
    assert titles(platform) == []
    assert len(titles(platform, "other")) == 2
    clock.advance(FIRST_PAUSE)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=3)
    assert titles(platform) == IN_ORDER


async def test_a_post_whose_answer_was_lost_is_found_and_not_repeated(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    platform.faults = ["lose_answer"]
    await deliver(store, {"terminal": platform}, clock=clock)
    clock.advance(FIRST_PAUSE)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=3, found_again=1)
    assert titles(platform) == IN_ORDER


async def test_a_run_that_was_cut_off_after_posting_is_taken_up_when_its_lease_is_over(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    platform.faults = ["crash"]
    with pytest.raises(KeyboardInterrupt):
        await deliver(store, {"terminal": platform}, clock=clock)
    assert await states(store, edition) == [PostState.SENDING, PostState.PLANNED, PostState.PLANNED]
    clock.advance(LEASE + timedelta(seconds=1))
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=3, found_again=1)
    assert titles(platform) == IN_ORDER


async def test_what_follows_a_post_in_flight_waits_for_it(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    platform.faults = ["crash"]
    with pytest.raises(KeyboardInterrupt):
        await deliver(store, {"terminal": platform}, clock=clock)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(waiting=1)
    assert titles(platform) == IN_ORDER[:1]


async def test_a_patient_run_waits_until_a_post_in_flight_can_be_taken_up(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    platform.faults = ["crash"]
    with pytest.raises(KeyboardInterrupt):
        await deliver(store, {"terminal": platform}, clock=clock)
    done = await deliver(store, {"terminal": platform}, clock=clock, patient=True)
    assert done == Delivery(sent=3, found_again=1)
    assert titles(platform) == IN_ORDER


async def test_nothing_is_sent_again_while_the_platform_cannot_say_what_became_of_it(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    platform.faults = ["lose_answer"]
    platform.readable = False
    await deliver(store, {"terminal": platform}, clock=clock)
    for _ in range(5):
        clock.advance(LONGEST_PAUSE)
        assert (await deliver(store, {"terminal": platform}, clock=clock)).sent == 0
    assert titles(platform) == IN_ORDER[:1]


async def test_a_channel_that_is_closed_to_us_is_given_up(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    platform.faults = ["forbid"]
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(given_up=1, waiting=2)
    assert (await states(store, edition))[0] is PostState.DEAD


async def test_a_post_that_fails_for_a_day_is_given_up(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    platform.faults = ["refuse", "refuse"]
    await deliver(store, {"terminal": platform}, clock=clock)
    clock.advance(KEEP_TRYING + timedelta(seconds=1))
    assert (await deliver(store, {"terminal": platform}, clock=clock)).given_up == 1


async def test_a_worker_that_lost_its_lease_while_looking_does_not_post(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    platform.faults = ["refuse"]
    await deliver(store, {"terminal": platform}, clock=clock)
    clock.advance(FIRST_PAUSE)

    class Slow(FakePlatform):
        async def find(self, *args: object, **kwargs: object) -> None:
            clock.advance(LEASE + timedelta(seconds=1))
            await deliver(store, {"terminal": platform}, clock=clock)

    slow = Slow(clock, messages=platform.messages)
    await deliver(store, {"terminal": slow}, clock=clock)
    assert titles(platform) == IN_ORDER


async def test_posts_for_a_platform_that_is_not_running_here_wait(
    store: Store, clock: FakeClock, platform: FakePlatform
) -> None:
    elsewhere = await plan(store, clock, [paper(title="Elsewhere")], platform="carrier-pigeon")
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(waiting=2)
    assert await states(store, elsewhere) == [PostState.PLANNED, PostState.PLANNED]


async def test_what_was_planned_for_a_subscription_that_ended_is_not_sent(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    async with store() as tx:
        await tx.teams.unsubscribe(edition.channel_id, at=clock.now())
        await tx.commit()
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery()
    assert platform.messages == []
    async with store() as tx:
        posts = await tx.posts.of(edition.id)
    assert [(post.state, post.last_error) for post in posts] == [(PostState.DEAD, "the subscription had ended")] * 3


async def test_the_papers_of_a_compact_edition_stand_under_a_header_that_names_them(
    store: Store, clock: FakeClock, platform: FakePlatform
) -> None:
    papers = [paper("2601.00001", title="First"), paper("2601.00002", title="Second")]
    await plan(store, clock, papers, layout=Layout.COMPACT)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=3)
    assert titles(platform) == IN_ORDER
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
    assert await states(store, edition) == [PostState.SENT] * 3


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

    watched = Watched(clock, faults=["", "lose_answer"])
    await plan(store, clock, [paper()], layout=Layout.COMPACT)
    await deliver(store, {"terminal": watched}, clock=clock)
    clock.advance(FIRST_PAUSE)
    assert await deliver(store, {"terminal": watched}, clock=clock) == Delivery(sent=1, found_again=1)
    assert looked_under == [MessageRef("terminal", "papers", "1")]


async def test_papers_whose_header_was_given_up_are_given_up_too(
    store: Store, clock: FakeClock, platform: FakePlatform
) -> None:
    edition = await plan(store, clock, [paper()], layout=Layout.COMPACT)
    platform.faults = ["forbid"]
    await deliver(store, {"terminal": platform}, clock=clock)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(given_up=1)
    assert await states(store, edition) == [PostState.DEAD] * 2
    assert platform.messages == []


def test_pauses_double_up_to_an_hour() -> None:
    assert [pause(attempt) for attempt in (1, 2, 3)] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pause(50) == LONGEST_PAUSE
