import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from adapters.store import SqlStore
from bot.editions import MessageRef, Post, PostState
from tests import factories
from tests.factories import NOON
from tests.store.scene import THURSDAY, Scene

LATER = NOON + timedelta(minutes=2)
HEADER, FIRST = f"{THURSDAY}/0", f"{THURSDAY}/1"
SENT = MessageRef("terminal", "papers", "17")


async def due(scene: Scene, now: datetime = NOON) -> list[str]:
    return [post.key for post in await scene.tx.posts.due(now)]


@pytest.fixture
async def posts(scene: Scene) -> list[Post]:
    edition = await scene.edition(factories.paper())
    return await scene.tx.posts.of(edition.id)


async def claimed(scene: Scene, attempts: int = 0) -> Post | None:
    return await scene.tx.posts.claim(FIRST, attempts=attempts, now=NOON, until=LATER)


async def test_planned_posts_are_due_in_the_order_of_edition_and_slot(scene: Scene, posts: list[Post]) -> None:
    await scene.edition(factories.paper(), day=THURSDAY - timedelta(days=1))

    assert [key.split("/")[1] for key in await due(scene)] == ["0", "1", "0", "1"]
    assert await scene.tx.posts.due(NOON) == posts + (await scene.tx.posts.due(NOON))[2:]


async def test_a_claimed_post_is_due_again_when_its_lease_has_run_out(scene: Scene, posts: list[Post]) -> None:
    post = await claimed(scene)

    assert post == replace(posts[1], state=PostState.SENDING, attempts=1, lease_until=LATER)
    assert await due(scene) == [HEADER]
    assert await due(scene, LATER) == [HEADER, FIRST]


@pytest.mark.usefixtures("posts")
async def test_a_post_is_claimed_only_as_it_was_seen(scene: Scene) -> None:
    assert await claimed(scene, attempts=1) is None
    assert await claimed(scene)
    assert await claimed(scene) is None
    assert await claimed(scene, attempts=1) is None
    assert await scene.tx.posts.claim(FIRST, attempts=1, now=LATER, until=LATER + timedelta(1))
    assert await scene.tx.posts.claim("unknown", attempts=0, now=NOON, until=LATER) is None


@pytest.mark.usefixtures("posts")
async def test_only_who_holds_a_post_extends_its_lease(scene: Scene) -> None:
    ledger, longer = scene.tx.posts, LATER + timedelta(minutes=2)
    assert not await ledger.renew(FIRST, attempts=0, now=NOON, until=longer)
    await claimed(scene)

    assert await ledger.renew(FIRST, attempts=1, now=NOON, until=longer)
    assert await due(scene, LATER) == [HEADER]
    assert not await ledger.renew(FIRST, attempts=2, now=NOON, until=longer)
    assert not await ledger.renew(FIRST, attempts=1, now=longer, until=longer + timedelta(minutes=2))


async def test_a_sent_post_is_found_by_its_message_and_never_due_again(scene: Scene, posts: list[Post]) -> None:
    await claimed(scene)

    assert await scene.tx.posts.sent(FIRST, attempts=1, message=SENT)

    sent = replace(posts[1], state=PostState.SENT, attempts=1, message=SENT)
    assert await scene.tx.posts.by_message(SENT) == sent
    assert await scene.tx.posts.by_message(replace(SENT, message="18")) is None
    assert await due(scene, LATER) == [HEADER]
    assert await claimed(scene, attempts=1) is None


@pytest.mark.usefixtures("posts")
async def test_who_lost_a_post_records_nothing(scene: Scene) -> None:
    await claimed(scene)
    await scene.tx.posts.claim(FIRST, attempts=1, now=LATER, until=LATER + timedelta(minutes=2))

    assert not await scene.tx.posts.sent(FIRST, attempts=1, message=SENT)
    assert not await scene.tx.posts.failed(FIRST, attempts=1, error="gone", retry_at=None)
    assert await scene.tx.posts.by_message(SENT) is None


@pytest.mark.usefixtures("posts")
async def test_a_failed_post_waits_until_it_is_tried_again(scene: Scene) -> None:
    await claimed(scene)

    assert await scene.tx.posts.failed(FIRST, attempts=1, error="not in channel", retry_at=LATER)

    assert await due(scene) == [HEADER]
    assert await due(scene, LATER) == [HEADER, FIRST]
    again = await scene.tx.posts.claim(FIRST, attempts=1, now=LATER, until=LATER + timedelta(minutes=2))
    assert again
    assert (again.attempts, again.last_error, again.planned_at) == (2, "not in channel", NOON)


async def test_a_post_that_failed_for_good_is_dead(scene: Scene, posts: list[Post]) -> None:
    await claimed(scene)

    assert await scene.tx.posts.failed(FIRST, attempts=1, error="channel is gone", retry_at=None)

    assert await due(scene, LATER) == [HEADER]
    dead = (await scene.tx.posts.of(posts[1].edition_id))[1]
    assert (dead.state, dead.last_error) == (PostState.DEAD, "channel is gone")


async def test_of_many_who_claim_a_post_at_once_one_gets_it(store: SqlStore) -> None:
    async with store() as tx:
        ada, channel = await tx.teams.identify(factories.sender())
        await Scene(tx, ada, channel).edition(factories.paper())
        await tx.commit()

    async def claim() -> Post | None:
        async with store() as tx:
            post = await tx.posts.claim(FIRST, attempts=0, now=NOON, until=LATER)
            await tx.commit()
            return post

    claims = await asyncio.gather(*(claim() for _ in range(12)))

    assert len([post for post in claims if post]) == 1


async def test_what_was_sent_since_a_moment_is_told_for_each_platform_by_channel(scene: Scene) -> None:
    edition = await scene.edition(factories.paper(), factories.paper())
    for slot, platform, at in ((0, "terminal", NOON), (2, "discord", NOON), (1, "terminal", NOON)):
        key = f"{THURSDAY}/{slot}"
        assert await scene.tx.posts.claim(key, attempts=0, now=at, until=LATER)
        await scene.tx.posts.sent(key, attempts=1, message=MessageRef(platform, "papers", key))
    await scene.edition(factories.paper(), day=THURSDAY + timedelta(days=1))

    async def since(platform: str, moment: datetime) -> list[str]:
        return [post.key for post in await scene.tx.posts.sent_since(platform, moment)]

    assert await since("terminal", NOON) == [HEADER, FIRST]
    assert await since("discord", NOON) == [f"{THURSDAY}/2"]
    assert await since("terminal", NOON + timedelta(microseconds=1)) == []
    assert (await scene.tx.posts.sent_since("terminal", NOON))[1] == (await scene.tx.posts.of(edition.id))[1]
