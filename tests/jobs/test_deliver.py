"""Each slot of an edition reaches its channel once, in order, whatever goes wrong on the way."""

from datetime import timedelta

import pytest

from bot.editions import Edition, Pick, Post, PostState
from bot.papers import Paper
from bot.ports import Store
from bot.teams import EditionKind, Interests, Subscription
from jobs.deliver import FIRST_PAUSE, KEEP_TRYING, LEASE, LONGEST_PAUSE, Delivery, deliver, pause
from tests.factories import paper, sender
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform

IN_ORDER = ["Papers for Thursday, 15 January", "First", "Second"]


@pytest.fixture
def platform(clock: FakeClock) -> FakePlatform:
    return FakePlatform(clock)


@pytest.fixture
async def edition(store: Store, clock: FakeClock) -> Edition:
    return await _plan(store, clock, "papers", [paper(title="First"), paper(title="Second")])


async def _plan(
    store: Store, clock: FakeClock, channel: str, papers: list[Paper], platform: str = "terminal"
) -> Edition:
    now = clock.now()
    async with store() as tx:
        _, place = await tx.teams.identify(sender(channel=channel, platform=platform))
        subscription = await tx.teams.subscribe(Subscription(0, place.team_id, place.id, Interests(("cs.CL",))))
        await tx.papers.add(papers, seen_at=now)
        picks = tuple(Pick(one.id, number, "reasoning", (), 1.0) for number, one in enumerate(papers, 1))
        made = Edition(0, subscription.id, place.id, EditionKind.DAILY, now.date(), now, 9, picks)
        posts = [
            Post(f"{platform}-{channel}-{slot}", 0, place.id, slot, PostState.PLANNED, now)
            for slot in range(len(picks) + 1)
        ]
        stored = await tx.editions.add(made, posts)
        await tx.commit()
    assert stored is not None
    return stored


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
    await _plan(store, clock, "other", [paper(title="Elsewhere")])
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
    elsewhere = await _plan(store, clock, "papers", [paper(title="Elsewhere")], platform="carrier-pigeon")
    assert await deliver(store, {"terminal": platform}, clock=clock) == Delivery(waiting=2)
    assert await states(store, elsewhere) == [PostState.PLANNED, PostState.PLANNED]


def test_pauses_double_up_to_an_hour() -> None:
    assert [pause(attempt) for attempt in (1, 2, 3)] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pause(50) == LONGEST_PAUSE
