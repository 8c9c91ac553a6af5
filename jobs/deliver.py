"""Posts what editions have planned, each slot once: claim and commit, post, record and commit."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from random import Random

from bot.editions import HEADER_SLOT, Edition, Post, PostState
from bot.leases import LEASE
from bot.messages import Card
from bot.ports import UNMEASURED, Clock, Measures, Platform, Progress, Store, UnitOfWork, silent
from bot.publication import cards_by_slot
from bot.teams import Channel, EditionKind, Layout, Subscription
from jobs.posting import Delivery, Place, Run, dropped, posted


async def deliver(
    store: Store,
    platforms: Mapping[str, Platform],
    *,
    clock: Clock,
    channel_id: int | None = None,
    random: Random | None = None,
    patient: bool = False,
    progress: Progress = silent,
    measures: Measures = UNMEASURED,
) -> Delivery:
    """Posts every post that is due, in one channel or in all: in as many channels at once as their platforms have room
    for, in each in the order of edition and slot. `platforms` are those running here, by name; `random` decides how
    long pauses are.

    A post whose fate is not known, since a run was cut off or an answer was lost, is looked up on its platform by its
    key before it is sent again, once its LEASE is over; `patient` waits for that. Where the platform will not tell, the
    post is parked. After a failure the rest of that channel waits, so that its order is kept; a channel that is closed
    to us is halted. Who ordered the editions is told of both, once. The papers of a compact edition are posted under
    its header.
    """
    run = Run(store, platforms, clock, random or Random(), measures, channel_id)
    done = await _all_due(run, progress)
    while patient and (held := await _held_until(run)):
        progress("Waiting for a run that was cut off", 0, 0)
        await clock.sleep((held - clock.now()).total_seconds())
        done = done.then(await _all_due(run, progress))
    return done


async def _held_until(run: Run) -> datetime | None:
    async with run.store() as tx:
        held = await tx.posts.in_flight(run.clock.now(), channel_id=run.channel_id)
    return max((post.lease_until for post in held if post.lease_until), default=None)


async def _all_due(run: Run, progress: Progress) -> Delivery:
    now = run.clock.now()
    async with run.store() as tx:
        due = await tx.posts.due(now, channel_id=run.channel_id)
        held = len(await tx.posts.in_flight(now, channel_id=run.channel_id))
    channels: dict[int, list[Post]] = {}
    for post in due:
        channels.setdefault(post.channel_id, []).append(post)
    done = [Delivery()]

    async def post_all(posts: Sequence[Post]) -> None:
        done.append(await _in_channel(posts, run))
        progress("Posting", sum(one.sent for one in done), len(due))

    progress("Posting", 0, len(due))
    ended = await asyncio.gather(*map(post_all, channels.values()), return_exceptions=True)
    for broken in filter(None, ended):
        raise broken  # only now: what breaks in one channel keeps no other from its posts
    return reduce(Delivery.beside, done, Delivery(waiting=held))


async def _in_channel(posts: Sequence[Post], run: Run) -> Delivery:
    """Posts them in their order, up to one that fails."""
    async with run.store() as tx:
        channel = await tx.teams.channel(posts[0].channel_id)
    platform = run.platforms.get(channel.platform)
    if platform is None:
        return Delivery(waiting=len(posts))
    async with platform.room():
        done, copy = Delivery(), None
        for number, post in enumerate(posts):
            if copy is None or post.key not in copy.above:
                copy = await _copy(posts[number:], channel, copy, run)
            one = await _one(post, copy, platform, run)
            done = done.beside(one)
            if one.waiting or one.given_up:
                return done.beside(Delivery(waiting=len(posts) - number - 1))
    return done


@dataclass(frozen=True, slots=True)
class _Copy:
    """What some posts of an edition show, as things stood when they were read."""

    channel: Channel
    subscription: Subscription
    edition: Edition
    cards: Mapping[int, Card]
    """By slot."""
    above: Mapping[str, Post | None]
    """By key, for each of the posts: the one in whose thread it belongs."""


async def _copy(posts: Sequence[Post], channel: Channel, earlier: _Copy | None, run: Run) -> _Copy:
    """For the first of these posts, and for those after it that can be posted from the same copy. What an `earlier` one
    shows of the same edition is not read again."""
    first = posts[0]
    async with run.store() as tx:
        if earlier and earlier.edition.id == first.edition_id:
            edition, subscription, cards = earlier.edition, earlier.subscription, earlier.cards
        else:
            edition, subscription, cards = await _shown(first, tx)
        its = [post for post in posts if post.edition_id == edition.id]
        if edition.layout is Layout.COMPACT and first.slot == HEADER_SLOT:
            its = [first]  # the others need to know what message it became
        if edition.kind is EditionKind.NEWS:
            above = {post.key: await _above(post, edition, tx) for post in its}
        else:
            above = dict.fromkeys((post.key for post in its), await _above(first, edition, tx))
    return _Copy(channel, subscription, edition, cards, above)


async def _shown(post: Post, tx: UnitOfWork) -> tuple[Edition, Subscription, Mapping[int, Card]]:
    edition = await tx.editions.get(post.edition_id)
    if edition is None:
        raise LookupError(f"post {post.key} is of no edition")
    subscription = await tx.teams.subscription(edition.subscription_id)
    return edition, subscription, await cards_by_slot(edition, subscription, tx)


async def _one(post: Post, copy: _Copy, platform: Platform, run: Run) -> Delivery:
    now, above = run.clock.now(), copy.above[post.key]
    if above and above.state in (PostState.PLANNED, PostState.SENDING):
        return Delivery(waiting=1)
    async with run.store() as tx:
        claimed = await tx.posts.claim(post.key, attempts=post.attempts, now=now, until=now + LEASE)
        if claimed is None and not await tx.teams.is_subscribed(post.channel_id):
            await tx.posts.drop(post.key, attempts=post.attempts, now=now, error="the subscription had ended")
            await tx.commit()
            return Delivery()
        if claimed is None:
            return Delivery(waiting=1)
        if above and above.message is None:
            return await dropped(claimed, "the message above it was not posted", Delivery(given_up=1), tx)
        await tx.commit()
    edition = copy.edition
    threaded = _begins_a_thread(post.slot, edition.layout, replies=len(copy.cards) > 1)
    answers = edition.kind is EditionKind.NEWS
    place = Place(copy.channel, copy.subscription, platform, above.message if above else None, threaded, answers)
    held = replace(claimed, outdated_at=post.outdated_at)  # what changed since then, the copy may not show
    return await posted(held, copy.cards[post.slot], place, run)


def _begins_a_thread(slot: int, layout: Layout, *, replies: bool) -> bool:
    """Whether its thread is opened with it: for people, or for the posts that follow, which would have to open it."""
    match layout:
        case Layout.THREADS:
            return slot != HEADER_SLOT
        case Layout.COMPACT:
            return slot == HEADER_SLOT and replies
        case _:
            return False


async def _above(post: Post, edition: Edition, tx: UnitOfWork) -> Post | None:
    """The post in whose thread this one belongs."""
    if edition.kind is EditionKind.NEWS and (about := await tx.revisions.above(post)):
        brought_in = await tx.editions.get(about.edition_id)
        return (await _above(about, brought_in, tx) if brought_in else None) or about
    if edition.layout is not Layout.COMPACT or post.slot == HEADER_SLOT:
        return None
    return next(each for each in await tx.posts.of(edition.id) if each.slot == HEADER_SLOT)
