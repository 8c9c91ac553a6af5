"""Each slot of an edition reaches its channel once, in order, whatever goes wrong on the way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from random import Random

import pytest

from bot.editions import Edition, MessageRef, PostState
from bot.errors import PlatformError
from bot.leases import LEASE, SETTLED
from bot.messages import Card
from bot.ports import Store, UnitOfWork
from jobs.deliver import deliver
from jobs.posting import FIRST_PAUSE, JITTER, KEEP_TRYING, LONGEST_PAUSE, Delivery, pause
from tests.factories import paper
from tests.fakes.clock import FakeClock
from tests.fakes.platform import Crash, FakePlatform
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
    store: Store, clock: FakeClock, edition: Edition
) -> None:
    await plan(store, clock, [paper(title="Elsewhere")], channel="other")

    class BusyOnce(FakePlatform):
        busy = True

        async def post(self, channel: str, card: Card, *, key: str, under: MessageRef | None = None) -> MessageRef:
            if channel == "papers" and self.busy:
                self.busy = False
                raise PlatformError("busy")
            return await super().post(channel, card, key=key, under=under)

    platform = BusyOnce(clock)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=2, waiting=3)
    assert titles(platform) == []
    assert len(titles(platform, "other")) == 2
    clock.advance(PAUSED)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=3)
    assert titles(platform) == IN_ORDER


async def test_one_channel_is_posted_in_and_the_others_are_left_to_theirs(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    first, second = [await plan(store, clock, [paper()], channel=channel) for channel in ("first", "second")]
    async with store() as tx:
        await tx.posts.claim("terminal-papers-0", attempts=0, now=clock.now(), until=clock.now() + LEASE)
        assert await tx.posts.channels_due(clock.now()) == [first.channel_id, second.channel_id]
        await tx.commit()
    done = await deliver(store, {"terminal": platform}, clock=clock, channel_id=second.channel_id)
    assert done == Delivery(sent=2)
    async with store() as tx:
        assert await tx.posts.channels_due(clock.now()) == [first.channel_id]
        assert await tx.posts.channels_due(clock.now() + LEASE) == [edition.channel_id, first.channel_id]


@pytest.mark.parametrize("fault", ["drop", "answer_500"])
async def test_a_post_that_was_accepted_but_whose_answer_was_lost_is_found_and_not_repeated(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition, fault: str
) -> None:
    platform.faults = [fault]
    await deliver(store, {"terminal": platform}, clock=clock)
    clock.advance(PAUSED)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=3, found_again=1)
    assert titles(platform) == IN_ORDER


async def test_a_run_that_was_cut_off_after_posting_is_taken_up_when_its_lease_is_over(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    platform.faults = ["crash"]
    with pytest.raises(Crash):
        await deliver(store, {"terminal": platform}, clock=clock)
    assert await states(store, edition) == [PostState.SENDING, PostState.PLANNED, PostState.PLANNED]
    clock.advance(LEASE + timedelta(seconds=1))
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=3, found_again=1)
    assert titles(platform) == IN_ORDER


async def test_a_process_that_is_held_up_after_it_made_sure_of_its_post_leaves_it_to_another(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    @asynccontextmanager
    async def slow() -> AsyncIterator[UnitOfWork]:
        async with store() as tx:
            yield tx
        clock.advance(LEASE - SETTLED + timedelta.resolution)

    assert await deliver(slow, {"terminal": platform}, clock=clock) == Delivery(waiting=3)
    assert titles(platform) == []
    clock.advance(LEASE)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=3)
    assert titles(platform) == IN_ORDER


async def test_what_follows_a_post_in_flight_waits_for_it(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    platform.faults = ["crash"]
    with pytest.raises(Crash):
        await deliver(store, {"terminal": platform}, clock=clock)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(waiting=1)
    assert titles(platform) == IN_ORDER[:1]


async def test_a_patient_run_waits_until_a_post_in_flight_can_be_taken_up(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    platform.faults = ["crash"]
    with pytest.raises(Crash):
        await deliver(store, {"terminal": platform}, clock=clock)
    done = await deliver(store, {"terminal": platform}, clock=clock, patient=True)
    assert done == Delivery(sent=3, found_again=1)
    assert titles(platform) == IN_ORDER


async def test_a_post_that_fails_for_a_day_is_given_up(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    platform.faults = ["refuse", "refuse"]
    await deliver(store, {"terminal": platform}, clock=clock)
    clock.advance(KEEP_TRYING + timedelta(seconds=1))
    assert (await deliver(store, {"terminal": platform}, clock=clock)).given_up == 1


async def test_a_worker_that_was_frozen_past_its_lease_does_not_post(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    platform.faults = ["refuse"]
    await deliver(store, {"terminal": platform}, clock=clock)
    clock.advance(PAUSED)

    class Frozen(FakePlatform):
        async def find(self, *args: object, **kwargs: object) -> None:
            clock.advance(LEASE + timedelta(seconds=1))

    frozen = Frozen(clock, messages=platform.messages)
    assert await deliver(store, {"terminal": frozen}, clock=clock) == Delivery(waiting=3)
    assert titles(platform) == []
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=3)
    assert titles(platform) == IN_ORDER


async def test_a_worker_that_wakes_up_after_another_took_over_does_not_post_again(
    store: Store, clock: FakeClock, platform: FakePlatform, edition: Edition
) -> None:
    platform.faults = ["refuse"]
    await deliver(store, {"terminal": platform}, clock=clock)
    clock.advance(PAUSED)

    class Slow(FakePlatform):
        async def find(self, *args: object, **kwargs: object) -> None:
            clock.advance(LEASE + timedelta(seconds=1))
            await deliver(store, {"terminal": platform}, clock=clock)

    slow = Slow(clock, messages=platform.messages)
    await deliver(store, {"terminal": slow}, clock=clock)
    assert titles(platform) == IN_ORDER


async def test_a_channel_that_hangs_holds_up_no_other(store: Store, clock: FakeClock, edition: Edition) -> None:
    await plan(store, clock, [paper(title="Elsewhere")], channel="other")
    others_done = asyncio.Event()

    class Hanging(FakePlatform):
        async def post(self, channel: str, card: Card, *, key: str, under: MessageRef | None = None) -> MessageRef:
            if channel == "papers":
                await others_done.wait()
            message = await super().post(channel, card, key=key, under=under)
            if len(titles(self, "other")) == 2:
                others_done.set()
            return message

    platform = Hanging(clock)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=5)
    assert titles(platform) == IN_ORDER


async def test_it_is_posted_in_as_many_channels_at_once_as_the_platform_has_room_for(
    store: Store, clock: FakeClock
) -> None:
    for number in range(8):
        await plan(store, clock, [], channel=f"channel-{number}")
    all_there, in_flight = asyncio.Event(), []

    class Counting(FakePlatform):
        async def post(self, channel: str, card: Card, *, key: str, under: MessageRef | None = None) -> MessageRef:
            message = await super().post(channel, card, key=key, under=under)
            if len(self.messages) == self.channels_at_once:
                async with store() as tx:
                    in_flight.append(len(await tx.posts.in_flight(clock.now())))
                all_there.set()
            await all_there.wait()
            return message

    platform = Counting(clock, channels_at_once=5)
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(sent=8)
    assert in_flight == [5]


async def test_what_breaks_in_one_channel_keeps_no_other_from_its_posts(
    store: Store, clock: FakeClock, edition: Edition
) -> None:
    await plan(store, clock, [paper(title="Elsewhere")], channel="other")

    class Broken(FakePlatform):
        async def post(self, channel: str, card: Card, *, key: str, under: MessageRef | None = None) -> MessageRef:
            if channel == "papers":
                raise RuntimeError("nobody thought of this")
            return await super().post(channel, card, key=key, under=under)

    platform = Broken(clock)
    with pytest.raises(RuntimeError, match="nobody thought"):
        await deliver(store, {"terminal": platform}, clock=clock)
    assert len(titles(platform, "other")) == 2


async def test_posts_for_a_platform_that_is_not_running_here_wait(
    store: Store, clock: FakeClock, platform: FakePlatform
) -> None:
    elsewhere = await plan(store, clock, [paper(title="Elsewhere")], platform="carrier-pigeon")
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(waiting=2)
    assert await states(store, elsewhere) == [PostState.PLANNED, PostState.PLANNED]


def test_pauses_double_up_to_an_hour_give_or_take_a_quarter() -> None:
    random = Random(1)
    for attempt, length in ((1, FIRST_PAUSE), (2, 2 * FIRST_PAUSE), (3, 4 * FIRST_PAUSE), (50, LONGEST_PAUSE)):
        pauses = [pause(attempt, random) for _ in range(100)]
        assert all((1 - JITTER) * length <= each <= (1 + JITTER) * length for each in pauses)
        assert len(set(pauses)) > 90


def test_even_the_shortest_pause_lasts_until_an_accepted_post_can_be_found() -> None:
    assert (1 - JITTER) * FIRST_PAUSE > SETTLED
