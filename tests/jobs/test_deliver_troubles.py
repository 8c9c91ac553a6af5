"""What a channel that is closed to us, and a history that cannot be read, do to the posts of an edition."""

from datetime import datetime, timedelta

import pytest

from bot.editions import Edition, Post, PostState
from bot.leases import LEASE, SETTLED
from bot.messages import Tone
from bot.ports import Store
from bot.teams import EditionKind, Halt, Interests, Subscription
from jobs.deliver import deliver
from jobs.posting import FIRST_PAUSE, JITTER, KEEP_TRYING, LONGEST_PAUSE, Delivery
from tests.factories import sender
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform

PAUSED = FIRST_PAUSE * (1 + JITTER)
"""After so long, what failed once is tried again."""
KEYS = ["first", "second", "third"]


class Newsroom:
    """A channel that Ada ordered editions for; today's has three posts: a header, and two more to be seen."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        self.store, self.clock, self.platform = store, clock, FakePlatform(clock)

    async def plan(self, *, ordered_by: str = "ada") -> None:
        now = self.clock.now()
        async with self.store() as tx:
            ada, channel = await tx.teams.identify(sender(ordered_by))
            self.subscription = await tx.teams.subscribe(
                Subscription(0, channel.team_id, channel.id, Interests(("cs.CL",)), made_by=ada.id)
            )
            for days, key in enumerate(KEYS):
                day = now.date() + timedelta(days=days)
                edition = Edition(0, self.subscription.id, channel.id, EditionKind.DAILY, day, now, 9, ())
                post = Post(key, 0, channel.id, 0, PostState.PLANNED, now)
                assert await tx.editions.add(edition, [post])
            await tx.commit()

    async def deliver(self, *faults: str, after: timedelta = timedelta()) -> Delivery:
        self.clock.advance(after)
        self.platform.faults = list(faults)
        return await deliver(self.store, {"terminal": self.platform}, clock=self.clock)

    async def halt(self) -> Halt | None:
        async with self.store() as tx:
            [subscription] = await tx.teams.subscriptions()
        return subscription.halt

    async def states(self) -> dict[str, PostState]:
        async with self.store() as tx:
            rows = await tx.ledger.unsent(limit=10)
        unsent = {row.post.key: row.post.state for row in rows}
        return {key: unsent.get(key, PostState.SENT) for key in KEYS}

    @property
    def posted(self) -> list[str]:
        return [message.key for message in self.platform.messages]


@pytest.fixture
async def newsroom(store: Store, clock: FakeClock) -> Newsroom:
    newsroom = Newsroom(store, clock)
    await newsroom.plan()
    return newsroom


async def test_a_channel_that_is_closed_to_us_is_halted_and_its_posts_stay_planned(newsroom: Newsroom) -> None:
    assert await newsroom.deliver("forbid") == Delivery(waiting=3, halted=1)
    assert await newsroom.halt() == Halt(newsroom.clock.now(), "not in the channel")
    assert set((await newsroom.states()).values()) == {PostState.PLANNED}
    assert await newsroom.deliver(after=LONGEST_PAUSE) == Delivery()
    assert newsroom.posted == []


async def test_who_ordered_the_editions_is_told_once_why_the_channel_is_halted(newsroom: Newsroom) -> None:
    await newsroom.deliver("forbid")
    [(user, channel, notice)] = newsroom.platform.told
    assert (user, channel, notice.tone) == ("ada", "papers", Tone.PROBLEM)
    assert notice.text.startswith("I can no longer post in #papers. Not in the channel.")
    async with newsroom.store() as tx:
        assert not await tx.interruptions.halt(newsroom.subscription.id, Halt(newsroom.clock.now(), "still"))
    await newsroom.deliver("forbid", after=LONGEST_PAUSE)
    assert len(newsroom.platform.told) == 1


async def test_a_channel_is_halted_even_if_nobody_can_be_told(newsroom: Newsroom) -> None:
    assert await newsroom.deliver("forbid", "refuse") == Delivery(waiting=3, halted=1)
    assert await newsroom.halt()
    assert newsroom.platform.told == []


async def test_a_resumed_channel_goes_on_in_order(newsroom: Newsroom) -> None:
    await newsroom.deliver("", "forbid")
    await _resume(newsroom)
    assert await newsroom.deliver() == Delivery(sent=2)
    assert newsroom.posted == KEYS


async def test_a_channel_that_is_halted_again_is_told_again(newsroom: Newsroom) -> None:
    for _ in range(2):
        await newsroom.deliver("forbid")
        await _resume(newsroom)
    assert len(newsroom.platform.told) == 2


async def test_a_post_that_was_refused_and_never_lost_is_not_looked_for_where_history_is_closed(
    newsroom: Newsroom,
) -> None:
    newsroom.platform.readable = False
    for _ in range(2):
        assert await newsroom.deliver("forbid") == Delivery(waiting=3, halted=1)
        await _resume(newsroom)
    assert not [notice for _, _, notice in newsroom.platform.told if "may be missing" in notice.text]
    assert await newsroom.deliver() == Delivery(sent=3)


async def test_a_post_that_was_lost_and_then_refused_is_looked_for(newsroom: Newsroom) -> None:
    await newsroom.deliver("refuse")
    assert (await newsroom.deliver("forbid", after=PAUSED)).halted == 1
    await _resume(newsroom)
    newsroom.platform.readable = False
    assert await newsroom.deliver() == Delivery(sent=2, unknown=1)


async def _resume(newsroom: Newsroom) -> None:
    async with newsroom.store() as tx:
        assert await tx.interruptions.resume(newsroom.subscription.id)
        await tx.commit()


@pytest.mark.parametrize("fault", ["drop", "answer_500"])
async def test_where_history_is_closed_to_us_a_lost_post_is_parked_and_the_others_go_on(
    newsroom: Newsroom, fault: str
) -> None:
    newsroom.platform.readable = False
    assert await newsroom.deliver(fault) == Delivery(waiting=3)
    assert await newsroom.deliver(after=PAUSED) == Delivery(sent=2, unknown=1)
    assert await newsroom.deliver(after=2 * KEEP_TRYING) == Delivery()
    assert newsroom.posted == KEYS
    assert list((await newsroom.states()).values()) == [PostState.UNKNOWN, PostState.SENT, PostState.SENT]


async def test_who_ordered_the_editions_is_told_of_a_parked_post(newsroom: Newsroom) -> None:
    newsroom.platform.readable = False
    await newsroom.deliver("drop")
    await newsroom.deliver(after=PAUSED)
    [(user, _, notice)] = newsroom.platform.told
    assert user == "ada"
    assert "may be missing" in notice.text
    assert "History cannot be read." in notice.text


async def test_while_history_does_not_answer_a_lost_post_waits_and_is_not_sent_again(newsroom: Newsroom) -> None:
    await newsroom.deliver("drop")
    newsroom.platform.silent = True
    for _ in range(3):
        assert await newsroom.deliver(after=2 * LONGEST_PAUSE) == Delivery(waiting=3)
    newsroom.platform.silent = False
    assert await newsroom.deliver(after=2 * LONGEST_PAUSE) == Delivery(sent=3, found_again=1)
    assert newsroom.posted == KEYS


async def test_after_a_day_without_an_answer_a_lost_post_is_parked_not_given_up(newsroom: Newsroom) -> None:
    await newsroom.deliver("drop")
    newsroom.platform.silent = True
    done = await newsroom.deliver(after=KEEP_TRYING + timedelta(seconds=1))
    assert done == Delivery(sent=2, unknown=1)
    assert (await newsroom.states())["first"] is PostState.UNKNOWN


async def test_a_parked_post_that_is_tried_again_is_looked_for_first(newsroom: Newsroom) -> None:
    newsroom.platform.readable = False
    await newsroom.deliver("drop")
    await newsroom.deliver(after=PAUSED)
    await _retry(newsroom, "first")
    assert await newsroom.deliver() == Delivery(unknown=1)
    newsroom.platform.readable = True
    await _retry(newsroom, "first")
    assert await newsroom.deliver() == Delivery(sent=1, found_again=1)
    assert newsroom.posted == KEYS


async def test_a_dead_post_that_never_came_is_posted_when_it_is_tried_again(newsroom: Newsroom) -> None:
    await newsroom.deliver("refuse")
    assert (await newsroom.deliver("refuse", after=KEEP_TRYING + timedelta(hours=1))).given_up == 1
    assert (await newsroom.deliver(after=timedelta(hours=1))).sent == 2
    await _retry(newsroom, "first")
    assert await newsroom.deliver() == Delivery(sent=1)
    assert sorted(newsroom.posted) == KEYS


async def test_a_platform_clock_that_runs_behind_ours_hides_no_post(newsroom: Newsroom) -> None:
    newsroom.platform.clock = FakeClock(newsroom.clock.now() - timedelta(minutes=50))
    await newsroom.deliver("drop")
    assert await newsroom.deliver(after=PAUSED) == Delivery(sent=3, found_again=1)
    assert newsroom.posted == KEYS


async def _retry(newsroom: Newsroom, key: str) -> None:
    async with newsroom.store() as tx:
        assert await tx.ledger.retry(key, now=newsroom.clock.now())
        await tx.commit()


class Jumping(FakeClock):
    """However soon somebody looks again, a good part of a lease is over."""

    def now(self) -> datetime:
        self.advance((LEASE - SETTLED) * 1.1)
        return super().now()


async def test_a_process_that_stands_still_once_more_after_it_renewed_its_lease_posts_nothing(store: Store) -> None:
    newsroom = Newsroom(store, Jumping())
    await newsroom.plan()
    assert (await newsroom.deliver()).sent == 0
    assert newsroom.posted == []
