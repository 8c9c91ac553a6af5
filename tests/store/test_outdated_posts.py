"""A post whose paper's state changed is outdated until it shows that change, whatever else happens meanwhile."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from adapters.store import SqlStore
from bot.editions import Edition, MessageRef, Post, PostState
from bot.reading_list import FactKey, Field
from bot.teams import Channel, Interests, Subscription
from tests import factories
from tests.factories import NOON
from tests.store.scene import THURSDAY, Scene, edition_of, planned

PAPERS = [factories.paper("2601.00001"), factories.paper("2601.00002")]
ONE, TWO = (paper.id for paper in PAPERS)
HERE = ["terminal"]


def after(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


async def publish(scene: Scene, channel: Channel, *, send: bool = True) -> Edition:
    """An edition of both papers in that channel, with its posts sent."""
    await scene.stored(*PAPERS)
    subscription = await scene.tx.teams.subscribe(Subscription(0, channel.team_id, channel.id, Interests(("cs.CL",))))
    posts = [planned(f"{channel.external_id}/{slot}", slot, channel.id) for slot in range(3)]
    edition = await scene.tx.editions.add(edition_of(subscription, *PAPERS), posts)
    assert edition
    if send:
        for post in await scene.tx.posts.of(edition.id):
            await deliver(scene, post)
    return edition


async def deliver(scene: Scene, post: Post, platform: str = "terminal") -> None:
    assert await scene.tx.posts.claim(post.key, attempts=0, now=NOON, until=after(1))
    message = MessageRef(platform, "any", post.key)
    assert await scene.tx.posts.sent(post.key, attempts=1, message=message, as_of=post.outdated_at)


async def waiting(scene: Scene, platforms: Sequence[str] = HERE, limit: int = 99) -> dict[str, datetime | None]:
    return {post.key: post.outdated_at for post in await scene.tx.posts.outdated(platforms, limit=limit)}


async def test_a_change_outdates_the_posts_about_its_papers_in_the_teams_channels_and_no_others(scene: Scene) -> None:
    _, second = await scene.tx.teams.identify(factories.sender(channel="second"))
    _, strangers = await scene.tx.teams.identify(factories.sender(channel="strangers", workspace="institute"))
    for channel in (scene.channel, second, strangers):
        await publish(scene, channel)
    assert await waiting(scene) == {}

    await scene.tx.posts.outdate(scene.team_id, [ONE], at=after(1))

    assert await waiting(scene) == {"papers/1": after(1), "second/1": after(1)}


async def test_posts_about_a_paper_are_found_in_the_teams_channels_the_last_first(scene: Scene) -> None:
    _, strangers = await scene.tx.teams.identify(factories.sender(channel="strangers", workspace="institute"))
    await publish(scene, strangers)
    first = await publish(scene, scene.channel)
    again = await scene.edition(PAPERS[0], day=THURSDAY + timedelta(days=1))
    assert [post.edition_id for post in await scene.tx.posts.of_paper(scene.team_id, ONE)] == [first.id]

    await deliver(scene, (await scene.tx.posts.of(again.id))[1])

    posts = await scene.tx.posts.of_paper(scene.team_id, ONE)
    assert [(post.edition_id, post.slot, post.state) for post in posts] == [
        (again.id, 1, PostState.SENT),
        (first.id, 1, PostState.SENT),
    ]


async def test_a_refreshed_post_is_not_outdated_but_by_what_changed_since(scene: Scene) -> None:
    await publish(scene, scene.channel)
    await scene.tx.posts.outdate(scene.team_id, [ONE, TWO], at=after(1))
    await scene.tx.posts.outdate(scene.team_id, [ONE], at=after(2))

    for key in ("papers/1", "papers/2"):
        await scene.tx.posts.refreshed(key, as_of=after(1))
    assert await waiting(scene) == {"papers/1": after(2)}

    await scene.tx.posts.refreshed("papers/1", as_of=after(2))
    assert await waiting(scene) == {}


@pytest.mark.parametrize("minutes", [1, 0, -1])
async def test_a_change_during_a_refresh_is_not_lost_whatever_its_clock_says(scene: Scene, minutes: int) -> None:
    await publish(scene, scene.channel)
    await scene.tx.posts.outdate(scene.team_id, [ONE], at=NOON)
    seen = (await waiting(scene))["papers/1"]
    assert seen

    await scene.tx.posts.outdate(scene.team_id, [ONE], at=after(minutes))
    await scene.tx.posts.refreshed("papers/1", as_of=seen)

    assert list(await waiting(scene)) == ["papers/1"]


async def test_each_channel_has_its_turn_and_its_longest_waiting_post_goes_first(scene: Scene) -> None:
    _, second = await scene.tx.teams.identify(factories.sender(channel="second"))
    for channel in (scene.channel, second):
        await publish(scene, channel)
    await scene.tx.posts.outdate(scene.team_id, [TWO], at=after(1))
    await scene.tx.posts.outdate(scene.team_id, [ONE], at=after(2))
    await scene.tx.posts.refreshed("second/2", as_of=after(1))

    assert list(await waiting(scene)) == ["papers/2", "second/1", "papers/1"]
    assert list(await waiting(scene, limit=2)) == ["papers/2", "second/1"]


async def test_a_post_that_was_put_back_waits_behind_its_channels_others_and_loses_no_change(scene: Scene) -> None:
    await publish(scene, scene.channel)
    await scene.tx.posts.outdate(scene.team_id, [ONE], at=after(1))
    await scene.tx.posts.outdate(scene.team_id, [TWO], at=after(2))

    await scene.tx.posts.put_back("papers/1", at=after(3))
    await scene.tx.posts.put_back("papers/2", at=after(1))

    assert await waiting(scene) == {"papers/2": after(2), "papers/1": after(3)}


async def test_only_posts_on_the_platforms_that_are_asked_for_are_given(scene: Scene) -> None:
    edition = await publish(scene, scene.channel, send=False)
    _, first, second = await scene.tx.posts.of(edition.id)
    await deliver(scene, first)
    await deliver(scene, second, platform="slack")
    await scene.tx.posts.outdate(scene.team_id, [ONE, TWO], at=NOON)

    assert list(await waiting(scene)) == ["papers/1"]
    assert list(await waiting(scene, ["slack"])) == ["papers/2"]
    assert await waiting(scene, []) == {}


async def test_what_changed_before_it_was_read_what_a_post_shows_is_shown_by_it(scene: Scene) -> None:
    edition = await publish(scene, scene.channel, send=False)
    await scene.tx.posts.outdate(scene.team_id, [ONE], at=NOON)

    await deliver(scene, (await scene.tx.posts.of(edition.id))[1])

    assert await waiting(scene) == {}


@pytest.mark.parametrize("before", [True, False])
async def test_what_changes_after_it_was_read_what_a_post_shows_outdates_it(scene: Scene, *, before: bool) -> None:
    edition = await publish(scene, scene.channel, send=False)
    if before:
        await scene.tx.posts.outdate(scene.team_id, [ONE], at=NOON)
    as_read = (await scene.tx.posts.of(edition.id))[1]
    await scene.tx.posts.outdate(scene.team_id, [ONE], at=NOON)
    assert await waiting(scene) == {}

    await deliver(scene, as_read)

    assert list(await waiting(scene)) == ["papers/1"]


async def test_a_change_that_is_just_being_made_is_seen_or_outdates_the_post(store: SqlStore) -> None:
    async with store() as tx:
        ada, channel = await tx.teams.identify(factories.sender())
        edition = await publish(Scene(tx, ada, channel), channel, send=False)
        await tx.commit()
    saved = FactKey(ONE, Field.SAVED, member_id=ada.id)

    async def send() -> tuple[str, ...]:
        async with store() as tx:
            post = (await tx.posts.of(edition.id))[1]
            entry = await tx.lists.entry(ada.team_id, ONE)
        async with store() as tx:
            await deliver(Scene(tx, ada, channel), post)
            await tx.commit()
        return entry.savers if entry else ()

    async with store() as tx:
        await tx.lists.set(ada.team_id, saved, "yes", by=ada.id, at=NOON)
        await tx.posts.outdate(ada.team_id, [ONE], at=NOON)
        sending = asyncio.create_task(send())
        await asyncio.wait({sending}, timeout=0.1)
        await tx.commit()

    shown = await sending
    async with store() as tx:
        outdated = [post.key for post in await tx.posts.outdated(HERE, limit=9)]
    assert outdated == ([] if shown == ("Ada",) else ["papers/1"])


async def test_of_two_changes_at_the_same_moment_the_second_is_later(store: SqlStore) -> None:
    async with store() as tx:
        ada, channel = await tx.teams.identify(factories.sender())
        await publish(Scene(tx, ada, channel), channel)
        await tx.commit()

    async def outdate() -> None:
        async with store() as tx:
            await tx.posts.outdate(ada.team_id, [ONE], at=NOON)
            await tx.commit()

    async with store() as tx:
        await tx.posts.outdate(ada.team_id, [ONE], at=NOON)
        second = asyncio.create_task(outdate())
        await asyncio.wait({second}, timeout=0.1)
        await tx.commit()
    await second

    async with store() as tx:
        (post,) = await tx.posts.outdated(HERE, limit=9)
    assert post.outdated_at
    assert post.outdated_at > NOON
