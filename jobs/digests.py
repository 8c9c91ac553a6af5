"""Makes each subscription's weekly digest and monthly round-up, once for each week and month."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.cards.digests import digest_cards
from bot.editions import Edition, Post, PostState
from bot.gathering import gathered, linked
from bot.periods import Period, digest_due
from bot.ports import UNMEASURED, Charts, Measures, Platform, Store, UnitOfWork
from bot.schedule import local_date
from bot.teams import EditionKind, Layout, Subscription
from jobs.curate import KEY_BYTES


async def make_digests(
    store: Store,
    platforms: Mapping[str, Platform],
    charts: Charts,
    *,
    now: datetime,
    measures: Measures = UNMEASURED,
) -> list[Edition]:
    """Makes the digests that are due at `now` and were not made before, with their posts planned; returns those.

    A digest is kept as it is at this moment: what changes between its first message and its last changes nothing in it.
    A week or month without any daily edition has no digest, and a channel that is paused or halted gets none.
    `platforms` are those running here, by name: they tell the addresses of the posts that a digest links to.
    """
    async with store() as tx:
        due = [
            (kind, subscription, period)
            for subscription in await tx.teams.subscriptions()
            if goes_on(subscription, now)
            for kind in (EditionKind.WEEKLY, EditionKind.MONTHLY)
            if (period := digest_due(kind, subscription, now))
        ]
        there = {
            (kind, first): await tx.editions.made_for(kind, first)
            for kind, first in {(kind, period.first) for kind, _, period in due}
        }
    return [
        made
        for kind, subscription, period in due
        if subscription.id not in there[kind, period.first]
        and (made := await _made(kind, subscription, period, store, platforms, charts, now, measures))
    ]


def goes_on(subscription: Subscription, now: datetime) -> bool:
    """Whether the channel is neither paused nor halted."""
    paused = subscription.pause is not None and subscription.pause.holds(local_date(subscription, now))
    return subscription.halt is None and not paused


async def _made(
    kind: EditionKind,
    subscription: Subscription,
    period: Period,
    store: Store,
    platforms: Mapping[str, Platform],
    charts: Charts,
    now: datetime,
    measures: Measures,
) -> Edition | None:
    async with store() as tx:
        channel = await tx.teams.channel(subscription.channel_id)
        days = await tx.editions.dated(subscription.id, EditionKind.DAILY, first=period.first, last=period.last)
        since = await _end_of_last_week(tx, subscription, period) if kind is EditionKind.WEEKLY else None
    if not days:
        return None
    with measures.span("edition", kind=kind, subscription=subscription.id, date=str(period.first)):
        unlinked = await gathered(kind, store, subscription, period, charts, since=since)
        digest = await linked(unlinked, platforms.get(channel.platform))
    edition = Edition(
        id=0,
        subscription_id=subscription.id,
        channel_id=subscription.channel_id,
        kind=kind,
        date=period.first,
        made_at=now,
        considered=digest.considered,
        picks=(),
        layout=Layout.COMPACT,
    )
    async with store() as tx:
        made = await tx.editions.add(edition, _posts(edition, len(digest_cards(digest))))
        if made:
            await tx.digests.keep(made, digest)
            await tx.commit()
    return made


async def _end_of_last_week(tx: UnitOfWork, subscription: Subscription, period: Period) -> datetime | None:
    """When the digest of the week before was made, if that was before its week was over: the rest is in this one."""
    before = await tx.editions.of(subscription.id, EditionKind.WEEKLY, period.first - timedelta(days=7))
    return before.made_at if before and before.made_at < period.begins(subscription.zone) else None


def _posts(edition: Edition, count: int) -> list[Post]:
    """The message above and its replies, each under a key that nobody can guess."""
    return [
        Post(secrets.token_hex(KEY_BYTES), edition.id, edition.channel_id, slot, PostState.PLANNED, edition.made_at)
        for slot in range(count)
    ]
