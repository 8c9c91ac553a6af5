"""Posts what editions have planned, each slot once: claim and commit, post, record and commit."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce
from random import Random

from bot.editions import HEADER_SLOT, Edition, Post, PostState
from bot.leases import LEASE
from bot.ports import UNMEASURED, Clock, Measures, Platform, Progress, Store, UnitOfWork, silent
from bot.publication import cards_by_slot
from bot.teams import EditionKind, Layout
from jobs.posting import Delivery, Place, Run, dropped, posted

MOST_CHANNELS = 20
"""So many channels are posted in at once."""


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
    """Posts every post that is due, in one channel or in all: in many channels at once, in each in the order of edition
    and slot. `platforms` are those running here, by name; `random` decides how long pauses are.

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
    async with run.store() as tx:
        due = await tx.posts.due(run.clock.now(), channel_id=run.channel_id)
    channels: dict[int, list[Post]] = {}
    for post in due:
        channels.setdefault(post.channel_id, []).append(post)
    turns, done = asyncio.Semaphore(MOST_CHANNELS), [Delivery()]

    async def post_all(posts: Sequence[Post]) -> None:
        async with turns:
            done.append(await _in_channel(posts, run))
        progress("Posting", sum(one.sent for one in done), len(due))

    progress("Posting", 0, len(due))
    ended = await asyncio.gather(*map(post_all, channels.values()), return_exceptions=True)
    for broken in filter(None, ended):
        raise broken  # only now: what breaks in one channel keeps no other from its posts
    async with run.store() as tx:
        held = len(await tx.posts.in_flight(run.clock.now(), channel_id=run.channel_id))
    return reduce(Delivery.beside, done, Delivery(waiting=held))


async def _in_channel(posts: Sequence[Post], run: Run) -> Delivery:
    """Posts them in their order, up to one that fails."""
    done = Delivery()
    for number, post in enumerate(posts, 1):
        one = await _one(post, run)
        done = done.beside(one)
        if one.waiting or one.given_up:
            return done.beside(Delivery(waiting=len(posts) - number))
    return done


async def _one(post: Post, run: Run) -> Delivery:
    now = run.clock.now()
    async with run.store() as tx:
        channel = await tx.teams.channel(post.channel_id)
        platform = run.platforms.get(channel.platform)
        edition = await tx.editions.get(post.edition_id)
        if platform is None or edition is None:
            return Delivery(waiting=1)
        header = await _above(post, edition, tx)
        if header and header.state in (PostState.PLANNED, PostState.SENDING):
            return Delivery(waiting=1)
        claimed = await tx.posts.claim(post.key, attempts=post.attempts, now=now, until=now + LEASE)
        if claimed is None:
            return Delivery(waiting=1)
        subscription = await tx.teams.subscription_of(post.channel_id)
        if subscription is None:
            return await dropped(claimed, "the subscription had ended", Delivery(), tx)
        if header and header.message is None:
            return await dropped(claimed, "the message above it was not posted", Delivery(given_up=1), tx)
        card = (await cards_by_slot(edition, subscription, tx))[post.slot]
        await tx.commit()
    threaded = edition.layout is Layout.THREADS and post.slot != HEADER_SLOT
    answers = edition.kind is EditionKind.NEWS
    place = Place(channel, subscription, platform, header.message if header else None, threaded, answers)
    return await posted(claimed, card, place, run)


async def _above(post: Post, edition: Edition, tx: UnitOfWork) -> Post | None:
    """The post in whose thread this one belongs."""
    if edition.kind is EditionKind.NEWS and (about := await tx.revisions.above(post)):
        brought_in = await tx.editions.get(about.edition_id)
        return (await _above(about, brought_in, tx) if brought_in else None) or about
    if edition.layout is not Layout.COMPACT or post.slot == HEADER_SLOT:
        return None
    return next(each for each in await tx.posts.of(edition.id) if each.slot == HEADER_SLOT)
