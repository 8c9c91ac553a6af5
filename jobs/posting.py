"""Posts one slot of an edition that was claimed: once, whatever became of earlier attempts."""

import logging
from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from datetime import timedelta
from operator import add
from random import Random

from bot.cards import delivery as cards
from bot.editions import MessageRef, Post, PostState
from bot.errors import PlatformError
from bot.leases import LEASE, SKEW, in_time
from bot.messages import Card, Notice
from bot.ports import Clock, Measures, Platform, Store, UnitOfWork
from bot.teams import Channel, Halt, Subscription

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
JITTER = 0.25
"""A pause is longer or shorter by up to this share, so that what failed together is not tried again together. Even the
shortest is longer than SETTLED: what the platform did accept can be found by then."""
KEEP_TRYING = timedelta(days=1)
"""After so long a post is given up: what `today` shows is never lost with it."""


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
class Run:
    """What one run works with."""

    store: Store
    platforms: Mapping[str, Platform]
    clock: Clock
    random: Random
    measures: Measures
    channel_id: int | None
    """The one channel that it posts in; None: all."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post belongs."""

    channel: Channel
    subscription: Subscription
    platform: Platform
    above: MessageRef | None
    """The message in whose thread it belongs."""
    threaded: bool
    """Whether a thread is opened for it."""
    answers: bool
    """Whether the message above it may be old, and gone: that it is refused says nothing of the channel."""


async def dropped(post: Post, why: str, outcome: Delivery, tx: UnitOfWork) -> Delivery:
    """Gives up a post that is not to be sent any more."""
    await tx.posts.failed(post.key, attempts=post.attempts, error=why, retry_at=None)
    await tx.commit()
    log.info("post %s is not sent: %s", post.key, why)
    return outcome


async def posted(post: Post, card: Card, place: Place, run: Run) -> Delivery:
    """Posts what was claimed, unless an earlier attempt did."""
    channel = place.channel
    with run.measures.span(
        "post", post=post.key, edition=post.edition_id, platform=channel.platform, channel=channel.external_id
    ):
        return await _posted(post, card, place, run)


async def _posted(post: Post, card: Card, place: Place, run: Run) -> Delivery:
    if post.attempts > 1:
        run.measures.retried()
        channel, since = place.channel.external_id, post.planned_at - SKEW
        try:
            found = await place.platform.find(channel, post.key, since=since, under=place.above)
        except PlatformError as error:
            return await _not_told(post, place, error, run)
        if found:
            # What it shows is of an earlier attempt.
            return replace(await _record(replace(post, outdated_at=None), found, card, place, run), found_again=1)
    try:
        return await _send(post, card, place, run)
    except PlatformError as error:
        return await _failed(post, place, error, run)


async def _send(post: Post, card: Card, place: Place, run: Run) -> Delivery:
    async with run.store() as tx:
        now = run.clock.now()
        # This process may have been held up: whoever lost the lease meanwhile must not post.
        held = await tx.posts.renew(post.key, attempts=post.attempts, now=now, until=now + LEASE)
        await tx.commit()
    if not held or not in_time(leased_at=now, now=run.clock.now()):
        return Delivery(waiting=1)
    with run.measures.span("send"):
        message = await place.platform.post(place.channel.external_id, card, key=post.key, under=place.above)
    return await _record(post, message, card, place, run)


async def _record(post: Post, message: MessageRef, card: Card, place: Place, run: Run) -> Delivery:
    async with run.store() as tx:
        await tx.posts.sent(post.key, attempts=post.attempts, message=message, as_of=post.outdated_at)
        await tx.commit()
    run.measures.posted(run.clock.now() - post.planned_at)
    if place.threaded:
        try:
            await place.platform.discuss(message, card)
        except PlatformError as error:  # people can open it themselves
            log.warning("post %s has no thread: %s", post.key, error)
    return Delivery(sent=1)


async def _failed(post: Post, place: Place, error: PlatformError, run: Run) -> Delivery:
    now = run.clock.now()
    log.warning("post %s failed (attempt %d): %s", post.key, post.attempts, error)
    if error.permanent and place.answers:
        async with run.store() as tx:
            return await dropped(post, str(error), Delivery(given_up=1), tx)
    if error.permanent:
        return await _closed(post, place, error, run)
    for_good = now - post.planned_at > KEEP_TRYING
    retry_at = None if for_good else now + pause(post.attempts, run.random)
    async with run.store() as tx:
        await tx.posts.failed(post.key, attempts=post.attempts, error=str(error), retry_at=retry_at)
        await tx.commit()
    return Delivery(given_up=1) if for_good else Delivery(waiting=1)


async def _closed(post: Post, place: Place, error: PlatformError, run: Run) -> Delivery:
    """The post stays planned: it goes on when somebody resumes its channel."""
    now = run.clock.now()
    async with run.store() as tx:
        await tx.posts.refused(post.key, attempts=post.attempts, error=str(error))
        halted = await tx.interruptions.halt(place.subscription.id, Halt(now, str(error)))
        await tx.commit()
    if halted:
        await _tell(place, cards.halted(place.channel, str(error)), run)
    return Delivery(waiting=1, halted=int(halted))


async def _not_told(post: Post, place: Place, error: PlatformError, run: Run) -> Delivery:
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


async def _tell(place: Place, notice: Notice, run: Run) -> None:
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
