"""Editions that are planned, as jobs that deliver them find them."""

from collections.abc import Sequence

from bot.editions import Edition, Pick, Post, PostState
from bot.papers import Paper
from bot.ports import Clock, Store
from bot.teams import EditionKind, Interests, Layout, Subscription
from tests.factories import sender


async def plan(
    store: Store,
    clock: Clock,
    papers: Sequence[Paper],
    *,
    channel: str = "papers",
    platform: str = "terminal",
    layout: Layout = Layout.MESSAGES,
) -> Edition:
    """A channel's edition of these papers; its posts have keys like `terminal-papers-1`."""
    now = clock.now()
    async with store() as tx:
        _, place = await tx.teams.identify(sender(channel=channel, platform=platform))
        subscription = await tx.teams.subscribe(Subscription(0, place.team_id, place.id, Interests(("cs.CL",))))
        await tx.papers.add(papers, seen_at=now)
        picks = tuple(Pick(one.id, number, "reasoning", (), 1.0) for number, one in enumerate(papers, 1))
        made = Edition(0, subscription.id, place.id, EditionKind.DAILY, now.date(), now, 9, picks, layout=layout)
        posts = [
            Post(f"{platform}-{channel}-{slot}", 0, place.id, slot, PostState.PLANNED, now)
            for slot in range(len(picks) + 1)
        ]
        stored = await tx.editions.add(made, posts)
        await tx.commit()
    assert stored
    return stored
