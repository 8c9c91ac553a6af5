"""Posts what editions have planned, each slot once: claim and commit, post, record and commit."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta
from functools import reduce
from operator import add
from random import Random

from bot.cards import delivery as cards
from bot.editions import HEADER_SLOT, Edition, MessageRef, Post, PostState
from bot.errors import PlatformError
from bot.leases import LEASE
from bot.messages import Card, Notice
from bot.ports import Clock, Platform, Progress, Store, UnitOfWork, silent
from bot.publication import cards_by_slot
from bot.teams import Channel, Halt, Layout, Subscription

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
JITTER = 0.25
"""A pause is longer or shorter by up to this share, so that what failed together is not tried again together. Even the
shortest is longer than SETTLED: what the platform did accept can be found by then."""
KEEP_TRYING = timedelta(days=1)
"""After so long a post is given up: what `today` shows is never lost with it."""
SKEW = timedelta(hours=1)
"""So much later than the platform's clock ours may be."""
MOST_CHANNELS = 20
"""So many channels are posted in at once."""

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
    """Not those whose subscription ended before they were sent."""
    unknown: int = 0
    """Parked: the platform cannot tell whether it has them."""
    halted: int = 0
    """Channels that were closed to us."""

    def beside(self, other: "Delivery") -> "Delivery":
        """What was done in two places."""
        return Delivery(*map(add, astuple(self), astuple(other)))

    def then(self, other: "Delivery") -> "Delivery":
        """Both runs as one; what waits is what still waits after the other."""
        return replace(self, waiting=0).beside(other)

    @property
    def went_wrong(self) -> bool:
        """Whether something was not posted."""
        return bool(self.waiting or self.given_up or self.unknown or self.halted)


@dataclass(frozen=True, slots=True)
class _Run:
    """What one run works with."""

    store: Store
    platforms: Mapping[str, Platform]
    clock: Clock
    random: Random


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a post belongs."""

    channel: Channel
    subscription: Subscription
    platform: Platform
    above: MessageRef | None
    """The message in whose thread it belongs."""


async def deliver(
    store: Store,
    platforms: Mapping[str, Platform],
    *,
    clock: Clock,
    random: Random | None = None,
    patient: bool = False,
    progress: Progress = silent,
) -> Delivery:
    """Posts every post that is due: in many channels at once, in each in the order of edition and slot. `platforms` are
    those running here, by name; `random` decides how long pauses are.

    A post whose fate is not known, since a run was cut off or an answer was lost, is looked up on its platform by its
    key before it is sent again, once its LEASE is over; `patient` waits for that. Where the platform will not tell, the
    post is parked. After a failure the rest of that channel waits, so that its order is kept; a channel that is closed
    to us is halted. Who ordered the editions is told of both, once. The papers of a compact edition are posted under
    its header.
    """
    run = _Run(store, platforms, clock, random or Random())
    done = await _all_due(run, progress)
    while patient and (held := await _held_until(run)):
        progress("Waiting for a run that was cut off", 0, 0)
        await clock.sleep((held - clock.now()).total_seconds())
        done = done.then(await _all_due(run, progress))
    return done


async def _held_until(run: _Run) -> datetime | None:
    async with run.store() as tx:
        leases = [post.lease_until for post in await tx.posts.in_flight(run.clock.now()) if post.lease_until]
    return max(leases, default=None)


async def _all_due(run: _Run, progress: Progress) -> Delivery:
    async with run.store() as tx:
        due = await tx.posts.due(run.clock.now())
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
        held = len(await tx.posts.in_flight(run.clock.now()))
    return reduce(Delivery.beside, done, Delivery(waiting=held))


async def _in_channel(posts: Sequence[Post], run: _Run) -> Delivery:
    """Posts them in their order, up to one that fails."""
    done = Delivery()
    for number, post in enumerate(posts, 1):
        one = await _one(post, run)
        done = done.beside(one)
        if one.waiting or one.given_up:
            return done.beside(Delivery(waiting=len(posts) - number))
    return done


async def _one(post: Post, run: _Run) -> Delivery:
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
        header = await _above(post, edition, tx)
        if header and header.state not in _SETTLED:
            return Delivery(waiting=1)
        claimed = await tx.posts.claim(post.key, attempts=post.attempts, now=now, until=now + LEASE)
        if claimed is None:
            return Delivery(waiting=1)
        subscription = await tx.teams.subscription_of(post.channel_id)
        if subscription is None:
            return await _dropped(claimed, "the subscription had ended", Delivery(), tx)
        if header and header.message is None:
            return await _dropped(claimed, "the message above it was not posted", Delivery(given_up=1), tx)
        card = (await cards_by_slot(edition, subscription, tx))[post.slot]
        await tx.commit()
    return await _posted(claimed, card, _Place(channel, subscription, platform, header and header.message), run)


async def _above(post: Post, edition: Edition, tx: UnitOfWork) -> Post | None:
    """The post in whose thread this one belongs."""
    if edition.layout is not Layout.COMPACT or post.slot == HEADER_SLOT:
        return None
    return next(each for each in await tx.posts.of(edition.id) if each.slot == HEADER_SLOT)


async def _dropped(post: Post, why: str, outcome: Delivery, tx: UnitOfWork) -> Delivery:
    """Gives up a post that is not to be sent any more."""
    await tx.posts.failed(post.key, attempts=post.attempts, error=why, retry_at=None)
    await tx.commit()
    log.info("post %s is not sent: %s", post.key, why)
    return outcome


async def _posted(post: Post, card: Card, place: _Place, run: _Run) -> Delivery:
    """Posts what was claimed, unless an earlier attempt did."""
    if post.attempts > 1:
        channel, since = place.channel.external_id, post.planned_at - SKEW
        try:
            found = await place.platform.find(channel, post.key, since=since, under=place.above)
        except PlatformError as error:
            return await _not_told(post, place, error, run)
        if found:
            return replace(await _record(post, found, run), found_again=1)
    try:
        return await _send(post, card, place, run)
    except PlatformError as error:
        return await _failed(post, place, error, run)


async def _send(post: Post, card: Card, place: _Place, run: _Run) -> Delivery:
    now = run.clock.now()
    async with run.store() as tx:
        # This process may have been held up: whoever lost the lease meanwhile must not post.
        held = await tx.posts.renew(post.key, attempts=post.attempts, now=now, until=now + LEASE)
        await tx.commit()
    if not held:
        return Delivery(waiting=1)
    message = await place.platform.post(place.channel.external_id, card, key=post.key, under=place.above)
    return await _record(post, message, run)


async def _record(post: Post, message: MessageRef, run: _Run) -> Delivery:
    async with run.store() as tx:
        await tx.posts.sent(post.key, attempts=post.attempts, message=message)
        await tx.commit()
    return Delivery(sent=1)


async def _failed(post: Post, place: _Place, error: PlatformError, run: _Run) -> Delivery:
    now = run.clock.now()
    log.warning("post %s failed (attempt %d): %s", post.key, post.attempts, error)
    if error.permanent:
        return await _closed(post, place, error, run)
    for_good = now - post.planned_at > KEEP_TRYING
    retry_at = None if for_good else now + pause(post.attempts, run.random)
    async with run.store() as tx:
        await tx.posts.failed(post.key, attempts=post.attempts, error=str(error), retry_at=retry_at)
        await tx.commit()
    return Delivery(given_up=1) if for_good else Delivery(waiting=1)


async def _closed(post: Post, place: _Place, error: PlatformError, run: _Run) -> Delivery:
    """The post stays planned: it goes on when somebody resumes its channel."""
    now = run.clock.now()
    async with run.store() as tx:
        await tx.posts.failed(post.key, attempts=post.attempts, error=str(error), retry_at=now)
        halted = await tx.interruptions.halt(place.subscription.id, Halt(now, str(error)))
        await tx.commit()
    if halted:
        await _tell(place, cards.halted(place.channel, str(error)), run)
    return Delivery(waiting=1, halted=int(halted))


async def _not_told(post: Post, place: _Place, error: PlatformError, run: _Run) -> Delivery:
    """The platform did not tell what became of the post, so it must not be sent again."""
    now = run.clock.now()
    log.warning("what became of post %s is not known (attempt %d): %s", post.key, post.attempts, error)
    if not error.permanent and now - post.planned_at <= KEEP_TRYING:
        async with run.store() as tx:
            retry_at = now + pause(post.attempts, run.random)
            await tx.posts.failed(post.key, attempts=post.attempts, error=str(error), retry_at=retry_at)
            await tx.commit()
        return Delivery(waiting=1)
    async with run.store() as tx:
        others = [other.state for other in await tx.posts.of(post.edition_id) if other.key != post.key]
        await tx.posts.lost(post.key, attempts=post.attempts, error=str(error))
        await tx.commit()
    if PostState.UNKNOWN not in others:
        await _tell(place, cards.fate_unknown(place.channel, str(error)), run)
    return Delivery(unknown=1)


async def _tell(place: _Place, notice: Notice, run: _Run) -> None:
    """Tells who ordered the editions. It is on record already, so that nobody is told twice; the log has it anyway."""
    if place.subscription.made_by is None:
        return
    async with run.store() as tx:
        member = await tx.teams.member(place.subscription.made_by)
    try:
        await place.platform.tell(member.external_id, place.channel.external_id, notice)
    except PlatformError as error:
        log.warning("%s could not be told about %s: %s", member.name, place.channel.name, error)


def pause(attempts: int, random: Random) -> timedelta:
    """How long to wait after attempt number `attempts` (from 1): doubling from FIRST_PAUSE to LONGEST_PAUSE, give or
    take JITTER."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(attempts - 1, 16)
    return min(doubled, LONGEST_PAUSE) * random.uniform(1 - JITTER, 1 + JITTER)
