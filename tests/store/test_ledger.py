"""The ledger as its operator sees it, and what keeps editions from coming."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.editions import MessageRef, Post, PostState
from bot.ports import HaltedChannel
from bot.teams import EditionKind, Halt, OnNothing, Pause
from tests import factories
from tests.factories import NOON
from tests.store.scene import THURSDAY, Scene

LATER = NOON + timedelta(minutes=2)
HEADER, FIRST, SECOND = (f"{THURSDAY}/{slot}" for slot in range(3))
SENT = MessageRef("terminal", "papers", "17")


@pytest.fixture
async def posts(scene: Scene) -> list[Post]:
    edition = await scene.edition(factories.paper(), factories.paper())
    posts = await scene.tx.posts.of(edition.id)
    for key in (HEADER, FIRST, SECOND):
        await scene.tx.posts.claim(key, attempts=0, now=NOON, until=LATER)
    await scene.tx.posts.sent(HEADER, attempts=1, message=SENT)
    assert await scene.tx.posts.lost(FIRST, attempts=1, error="history cannot be read")
    await scene.tx.posts.failed(SECOND, attempts=1, error="gone", retry_at=None)
    return posts


@pytest.mark.usefixtures("posts")
async def test_a_parked_post_is_never_due_and_cannot_be_claimed(scene: Scene) -> None:
    much_later = NOON + timedelta(days=9)
    assert await scene.tx.posts.due(much_later) == []
    assert await scene.tx.posts.claim(FIRST, attempts=1, now=much_later, until=much_later) is None
    assert not await scene.tx.posts.lost(FIRST, attempts=1, error="again")


@pytest.mark.usefixtures("posts")
async def test_the_ledger_lists_what_is_not_sent_with_its_team_channel_and_edition(scene: Scene) -> None:
    rows = await scene.tx.ledger.unsent(limit=10)
    assert [(row.post.key, row.post.state, row.team, row.channel, row.kind, row.date) for row in rows] == [
        (FIRST, PostState.UNKNOWN, "lab", "#papers", EditionKind.DAILY, THURSDAY),
        (SECOND, PostState.DEAD, "lab", "#papers", EditionKind.DAILY, THURSDAY),
    ]
    assert [row.post.key for row in await scene.tx.ledger.unsent(limit=1)] == [SECOND]
    assert await scene.tx.ledger.counts() == {PostState.SENT: 1, PostState.UNKNOWN: 1, PostState.DEAD: 1}


@pytest.mark.usefixtures("posts")
async def test_another_teams_posts_are_not_in_a_teams_ledger(scene: Scene) -> None:
    assert await scene.tx.ledger.unsent(team="firm", limit=10) == []
    assert await scene.tx.ledger.counts(team="firm") == {}
    assert len(await scene.tx.ledger.unsent(team="lab", limit=10)) == 2


@pytest.mark.usefixtures("posts")
async def test_stuck_posts_are_found_by_the_beginning_of_their_key(scene: Scene) -> None:
    found = [[post.key for post in await scene.tx.ledger.stuck(key)] for key in (str(THURSDAY), FIRST, "%", HEADER)]
    assert found == [[FIRST, SECOND], [FIRST], [], []]


@pytest.mark.usefixtures("posts")
async def test_a_post_that_is_tried_again_keeps_its_attempts(scene: Scene) -> None:
    for key in (FIRST, SECOND):
        assert await scene.tx.ledger.retry(key, now=LATER)
    assert not await scene.tx.ledger.retry(HEADER, now=LATER)
    assert await scene.tx.posts.due(NOON) == []
    assert [(post.key, post.attempts) for post in await scene.tx.posts.due(LATER)] == [(FIRST, 1), (SECOND, 1)]
    assert not await scene.tx.ledger.retry(FIRST, now=LATER)


@pytest.mark.usefixtures("posts")
async def test_only_a_post_of_unknown_fate_is_dropped(scene: Scene) -> None:
    assert [await scene.tx.ledger.drop(key) for key in (HEADER, FIRST, SECOND, "none")] == [False, True, False, False]
    assert await scene.tx.ledger.counts() == {PostState.SENT: 1, PostState.DEAD: 2}


async def test_only_planned_posts_of_before_are_dropped_with_their_dates(scene: Scene) -> None:
    for days in (2, 1, 0):
        await scene.edition(factories.paper(), day=THURSDAY - timedelta(days=days))
    await scene.tx.posts.claim(HEADER, attempts=0, now=NOON, until=LATER)
    subscription = await scene.subscription()
    ledger = scene.tx.ledger
    assert await ledger.drop_planned(subscription.id, before=NOON, why="too old") == []
    dropped = await ledger.drop_planned(subscription.id, before=LATER, why="too old")
    assert dropped == [THURSDAY - timedelta(days=days) for days in (2, 1, 0)]
    assert await ledger.counts() == {PostState.SENDING: 1, PostState.DEAD: 5}


async def test_posts_of_a_halted_subscription_are_not_due_until_it_is_resumed(scene: Scene) -> None:
    await scene.edition(factories.paper())
    subscription, halt = await scene.subscription(), Halt(NOON, "not in the channel")
    assert await scene.tx.interruptions.halt(subscription.id, halt)
    assert not await scene.tx.interruptions.halt(subscription.id, replace(halt, why="still not"))
    assert (await scene.subscription()).halt == halt
    assert await scene.tx.ledger.halted() == [HaltedChannel("lab", "#papers", halt)]
    assert await scene.tx.ledger.halted(team="firm") == []
    assert await scene.tx.posts.due(NOON) == []
    assert await scene.tx.interruptions.resume(subscription.id)
    assert not await scene.tx.interruptions.resume(subscription.id)
    assert len(await scene.tx.posts.due(NOON)) == 2


async def test_a_new_order_changes_neither_pause_nor_halt(scene: Scene) -> None:
    subscription, pause, halt = await scene.subscription(), Pause(THURSDAY), Halt(NOON, "gone")
    await scene.tx.interruptions.pause(subscription.id, pause)
    await scene.tx.interruptions.halt(subscription.id, halt)
    again = replace(subscription, size=9, on_nothing=OnNothing.LINE, pause=None, made_by=scene.ada.id)
    await scene.tx.teams.subscribe(again)
    assert await scene.subscription() == replace(again, pause=pause, halt=halt)
    await scene.tx.interruptions.pause(subscription.id, None)
    assert (await scene.subscription()).pause is None


async def test_the_dates_of_editions_are_told_with_when_they_were_made(scene: Scene) -> None:
    days = [THURSDAY - timedelta(days=number) for number in range(3)]
    for day in days:
        await scene.edition(day=day)
    subscription = await scene.subscription()
    made = await scene.tx.editions.made_on(subscription.id, EditionKind.DAILY, limit=2)
    assert made == {THURSDAY: NOON, days[1]: NOON - timedelta(days=1)}


async def test_why_an_edition_is_late_and_what_it_covers_is_kept(scene: Scene) -> None:
    edition = await scene.edition()
    late = replace(edition, date=THURSDAY + timedelta(days=1), late_since=NOON, covers=THURSDAY)
    stored = await scene.tx.editions.add(late, [])
    assert stored is not None
    assert await scene.tx.editions.get(stored.id) == replace(late, id=stored.id)
