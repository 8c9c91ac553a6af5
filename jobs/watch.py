"""Looks what became of papers that teams saved or were shown, and plans who is told of it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.editions import Edition, Pick, Post, PostState
from bot.errors import SourceUnavailable
from bot.ports import Clock, Source, Store
from bot.revisions import Untold
from bot.schedule import has_edition, hour_of, local_date
from bot.teams import EditionKind, Subscription
from jobs.collect import AT_ONCE
from jobs.curate import KEY_BYTES

WEEK = timedelta(days=7)
"""Feeds tell new versions by themselves. What they do not tell is asked for so rarely."""
SHOWN = timedelta(days=90)
"""So long after a paper was shown, it is news where it appeared. What somebody saves is watched for ever."""
FRESH = timedelta(days=60)
"""Older news is told nowhere: for so long nobody wanted to hear it."""
MOST_ASKED = 3 * AT_ONCE
"""Records that one run asks for: three requests."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What one run did."""

    asked: int = 0
    """Papers whose records were asked for."""
    planned: int = 0
    """Replies that are to be posted."""
    problem: str = ""
    """Why not all that was due was asked for."""


async def watch(store: Store, source: Source, *, clock: Clock) -> Watched:
    """Asks for the records that were last asked for a WEEK ago, and plans a reply for each paper with news.

    A reply is planned under the paper's last post in the team's channels, once a day for each channel, from the hour of
    its editions on, on the days that have one; `deliver` posts it. News of papers that were not posted is left to the
    weekly digest. To be run about once an hour; never raises for a source that does not answer.
    """
    asked, problem = await ask(store, source, clock, before=clock.now() - WEEK)
    return Watched(asked, await _plan(store, clock.now()), problem)


async def ask(store: Store, source: Source, clock: Clock, *, before: datetime) -> tuple[int, str]:
    """Asks for the first MOST_ASKED of the records that were last asked for before that moment. Returns how many were
    asked for, and the problem that this stopped at."""
    now = clock.now()
    async with store() as tx:
        due = await tx.revisions.to_ask(before=before, shown_since=now - SHOWN, limit=MOST_ASKED)
    for start in range(0, len(due), AT_ONCE):
        lot = due[start : start + AT_ONCE]
        try:
            records = await source.fetch(lot)
        except SourceUnavailable as error:
            return start, str(error)
        async with store() as tx:
            await tx.papers.add(records, seen_at=clock.now())
            await tx.revisions.asked(lot, at=clock.now())
            await tx.commit()
    return len(due), ""


async def _plan(store: Store, now: datetime) -> int:
    async with store() as tx:
        subscriptions = [one for one in await tx.teams.subscriptions() if _hears(one, now)]
        waiting = {one.subscription_id for one in await tx.revisions.untold(since=now - FRESH)}
    return sum([await _told(one, store, now) for one in subscriptions if one.id in waiting])


def _hears(subscription: Subscription, now: datetime) -> bool:
    """Whether it is a time at which the channel hears of papers."""
    today = local_date(subscription, now)
    open_now = has_edition(subscription, today) and hour_of(subscription, today) <= now
    return open_now and subscription.halt is None


async def _told(subscription: Subscription, store: Store, now: datetime) -> int:
    """Plans the replies in one channel, unless there were some today; how many they are."""
    async with store() as tx:
        under: dict[str, list[Untold]] = {}
        for one in await tx.revisions.untold(since=now - FRESH):
            if one.subscription_id == subscription.id:
                under.setdefault(one.post_key, []).append(one)
        slots = dict(enumerate(under.values(), start=1))
        edition = Edition(
            id=0,
            subscription_id=subscription.id,
            channel_id=subscription.channel_id,
            kind=EditionKind.NEWS,
            date=local_date(subscription, now),
            made_at=now,
            considered=0,
            picks=tuple(Pick(told[0].revision.paper_id, slot, "", (), 0.0) for slot, told in slots.items()),
        )
        posts = [
            Post(secrets.token_hex(KEY_BYTES), 0, subscription.channel_id, slot, PostState.PLANNED, now)
            for slot in slots
        ]
        made = await tx.editions.add(edition, posts)
        if made is None:
            return 0
        await tx.revisions.tell(made, slots)
        await tx.commit()
    return len(slots)
