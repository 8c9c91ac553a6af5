"""Drops what was remembered of platforms and papers and is of no use any more."""

from datetime import timedelta

from bot.ports import Clock, Store
from jobs.watch import FRESH

EVENTS = timedelta(days=1)
"""How long an event may come again: Slack tries within minutes, and a day leaves room for outages."""
MENTIONS = timedelta(days=90)
"""How long an emoji on a person's message means the papers that it names."""


async def tidy(store: Store, *, clock: Clock) -> None:
    """Drops events, codes that are out of time, papers that old messages name, and old news of papers. To be run about
    once a day."""
    now = clock.now()
    async with store() as tx:
        await tx.inbox.forget(before=now - EVENTS)
        await tx.tickets.forget(now=now)
        await tx.mentions.forget(before=now - MENTIONS)
        await tx.revisions.forget(before=now - FRESH)
        await tx.commit()
