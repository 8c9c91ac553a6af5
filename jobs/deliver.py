"""Posts what editions have planned, each slot once: claim and commit, post, record and commit."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.editions import HEADER_SLOT, Edition, MessageRef, Post, PostState
from bot.errors import PlatformError
from bot.messages import Card
from bot.papers import ArxivId
from bot.ports import Clock, Platform, Progress, Store, UnitOfWork, silent
from bot.publication import cards_by_slot
from bot.teams import Layout

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=1)
"""How long a worker may hold a post: longer than any platform's call may take. Then another looks what became of it."""
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
KEEP_TRYING = timedelta(days=1)
"""After so long a post is given up: what `today` shows is never lost with it."""

_SETTLED = (PostState.SENT, PostState.DEAD)


@dataclass(frozen=True, slots=True)
class _Message:
    """What is to be posted, and where."""

    channel: str
    card: Card
    under: MessageRef | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one run did."""

    sent: int = 0
    found_again: int = 0
    """Of those sent, how many had reached the platform before, in a run that was cut off."""
    waiting: int = 0
    """Failed for now, held by another run, behind one of those, or for a platform that is not running here."""
    given_up: int = 0

    def __add__(self, other: "Delivery") -> "Delivery":
        """Both runs as one; what waits is what still waits after the other."""
        return Delivery(
            self.sent + other.sent, self.found_again + other.found_again, other.waiting, self.given_up + other.given_up
        )


async def deliver(
    store: Store,
    platforms: Mapping[str, Platform],
    *,
    clock: Clock,
    patient: bool = False,
    progress: Progress = silent,
) -> Delivery:
    """Posts every post that is due, in the order of edition and slot. `platforms` are those running here, by name.

    A post whose fate is unknown, since a run was cut off after claiming it, is looked up on its platform by its key
    before it is sent again, once its LEASE is over; `patient` waits for that. After a failure the rest of that channel
    waits, so that its order is kept. The papers of a compact edition are posted under its header.
    """
    done = await _all_due(store, platforms, clock, progress)
    while patient and (held := await _held_until(store, clock)):
        progress("Waiting for a run that was cut off", 0, 0)
        await clock.sleep((held - clock.now()).total_seconds())
        done += await _all_due(store, platforms, clock, progress)
    return done


async def _held_until(store: Store, clock: Clock) -> datetime | None:
    async with store() as tx:
        leases = [post.lease_until for post in await tx.posts.in_flight(clock.now()) if post.lease_until]
    return max(leases, default=None)


async def _all_due(store: Store, platforms: Mapping[str, Platform], clock: Clock, progress: Progress) -> Delivery:
    async with store() as tx:
        due = await tx.posts.due(clock.now())
    tried: list[Delivery] = []
    halted: set[int] = set()
    for count, post in enumerate(due):
        progress("Posting", count, len(due))
        outcome = Delivery(waiting=1) if post.channel_id in halted else await _one(post, store, platforms, clock)
        if outcome.waiting or outcome.given_up:
            halted.add(post.channel_id)
        tried.append(outcome)
    async with store() as tx:
        held = len(await tx.posts.in_flight(clock.now()))
    return Delivery(
        sent=sum(one.sent for one in tried),
        found_again=sum(one.found_again for one in tried),
        waiting=sum(one.waiting for one in tried) + held,
        given_up=sum(one.given_up for one in tried),
    )


async def _one(post: Post, store: Store, platforms: Mapping[str, Platform], clock: Clock) -> Delivery:
    now = clock.now()
    async with store() as tx:
        channel = await tx.teams.channel(post.channel_id)
        platform = platforms.get(channel.platform)
        edition = await tx.editions.get(post.edition_id)
        subscription = await tx.teams.subscription_of(post.channel_id)
        if platform is None or edition is None or subscription is None:
            return Delivery(waiting=1)
        header = await _above(post, edition, tx)
        if header and header.state not in _SETTLED:
            return Delivery(waiting=1)
        claimed = await tx.posts.claim(post.key, attempts=post.attempts, now=now, until=now + LEASE)
        if claimed is None:
            return Delivery(waiting=1)
        if header and header.state is PostState.DEAD:
            return await _dropped(claimed, "the message above it could not be posted", tx)
        card = (await cards_by_slot(edition, subscription, tx))[post.slot]
        teased = card.paper_id if card.paper_id in await tx.shortlists.teasers(edition.id) else None
        await tx.commit()
    message = _Message(channel.external_id, card, header.message if header else None)
    try:
        return await _send(claimed, message, teased, platform, store, clock)
    except PlatformError as error:
        return await _failed(claimed, error, store, clock.now())


async def _above(post: Post, edition: Edition, tx: UnitOfWork) -> Post | None:
    """The post in whose thread this one belongs."""
    if edition.layout is not Layout.COMPACT or post.slot == HEADER_SLOT:
        return None
    return next(each for each in await tx.posts.of(edition.id) if each.slot == HEADER_SLOT)


async def _dropped(post: Post, why: str, tx: UnitOfWork) -> Delivery:
    """Gives up a post that is not to be sent any more."""
    await tx.posts.failed(post.key, attempts=post.attempts, error=why, retry_at=None)
    await tx.commit()
    log.info("post %s is not sent: %s", post.key, why)
    return Delivery(given_up=1)


async def _send(
    post: Post, message: _Message, teased: ArxivId | None, platform: Platform, store: Store, clock: Clock
) -> Delivery:
    """`teased` is the paper of which the card holds what a model says."""
    if post.attempts > 1:
        found = await platform.find(message.channel, post.key, since=post.planned_at)
        if found:
            return replace(await _record(post, found, store), found_again=1)
    async with store() as tx:
        # The lookup may have taken long: whoever lost the lease meanwhile must not post.
        held = await tx.posts.renew(post.key, attempts=post.attempts, until=clock.now() + LEASE)
        await tx.commit()
    if not held:
        return Delivery(waiting=1)
    sent = await platform.post(message.channel, message.card, key=post.key, under=message.under)
    return await _record(post, sent, store, teased)


async def _record(post: Post, message: MessageRef, store: Store, teased: ArxivId | None = None) -> Delivery:
    async with store() as tx:
        await tx.posts.sent(post.key, attempts=post.attempts, message=message)
        if teased:
            await tx.shortlists.shown(post.edition_id, teased)
        await tx.commit()
    return Delivery(sent=1)


async def _failed(post: Post, error: PlatformError, store: Store, now: datetime) -> Delivery:
    for_good = error.permanent or now - post.planned_at > KEEP_TRYING
    retry_at = None if for_good else now + pause(post.attempts)
    async with store() as tx:
        await tx.posts.failed(post.key, attempts=post.attempts, error=str(error), retry_at=retry_at)
        await tx.commit()
    log.warning("post %s failed (attempt %d): %s", post.key, post.attempts, error)
    return Delivery(given_up=1) if for_good else Delivery(waiting=1)


def pause(attempts: int) -> timedelta:
    """How long to wait after attempt number `attempts` (from 1): doubling from FIRST_PAUSE to LONGEST_PAUSE."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(attempts - 1, 16)
    return min(doubled, LONGEST_PAUSE)
