"""Edits what was posted to how things stand now: papers' posts, and summaries of an older version of their paper."""

import logging
from collections.abc import Mapping
from enum import Enum, auto

from bot.cards.summaries import summary_card
from bot.editions import MessageRef, Post
from bot.errors import PlatformError
from bot.messages import Card
from bot.ports import Clock, Platform, Store
from bot.publication import cards_by_slot

log = logging.getLogger(__name__)

MOST_EDITS = 50
"""Posts that one run edits. The next run is a minute away, and whoever waits for this one is not kept for long."""


class _Came(Enum):
    """What came of an edit."""

    THROUGH = auto()
    TO_NOTHING = auto()
    """It failed for now."""
    TO_AN_END = auto()
    """It is refused for good: the message is gone, or not ours to edit any more."""


async def refresh(store: Store, platforms: Mapping[str, Platform], *, clock: Clock) -> int:
    """Edits posts that no longer show how things stand, and summaries that do not say yet that a newer version is out.

    `platforms` are those running here, by name. Returns how many messages were edited: one that missed several changes
    is edited once. An edit that fails for now is left to a later run, and the rest of its channel with it; one that is
    refused for good is not tried again. Two runs at the same time may make an edit twice.
    """
    return await _posts(store, platforms, clock) + await _summaries(store, platforms)


async def _posts(store: Store, platforms: Mapping[str, Platform], clock: Clock) -> int:
    async with store() as tx:
        waiting = await tx.posts.outdated(platforms, limit=MOST_EDITS)
    edited = 0
    halted: set[int] = set()
    for post in waiting:
        if post.channel_id in halted:
            continue
        came = await _refreshed(post, store, platforms)
        async with store() as tx:
            if came is _Came.TO_NOTHING:
                # Behind the others of its channel: what is wrong may be with this one alone.
                await tx.posts.put_back(post.key, at=clock.now())
                halted.add(post.channel_id)
            elif post.outdated_at:
                await tx.posts.refreshed(post.key, as_of=post.outdated_at)
            await tx.commit()
        edited += came is _Came.THROUGH
    return edited


async def _refreshed(post: Post, store: Store, platforms: Mapping[str, Platform]) -> _Came:
    async with store() as tx:
        edition = await tx.editions.get(post.edition_id)
        if edition is None or post.message is None:
            return _Came.TO_AN_END
        subscription = await tx.teams.subscription(edition.subscription_id)
        card = (await cards_by_slot(edition, subscription, tx))[post.slot]
    return await _edit(post.message, card, platforms)


async def _summaries(store: Store, platforms: Mapping[str, Platform]) -> int:
    async with store() as tx:
        waiting = await tx.summaries.outdated()
    edited = 0
    for post, kept in waiting:
        if post.message is None or post.message.platform not in platforms:
            continue
        async with store() as tx:
            paper = (await tx.papers.many([kept.summary.paper_id]))[kept.summary.paper_id]
            asked_by = await tx.teams.member(kept.asked_by)
        came = await _edit(post.message, summary_card(paper, kept.summary, asked_by=asked_by.name), platforms)
        if came is _Came.TO_NOTHING:
            continue
        async with store() as tx:
            await tx.summaries.said_outdated(post.key)
            await tx.commit()
        edited += came is _Came.THROUGH
    return edited


async def _edit(message: MessageRef, card: Card, platforms: Mapping[str, Platform]) -> _Came:
    try:
        await platforms[message.platform].edit(message, card)
    except PlatformError as error:
        log.warning("message %s was not edited: %s", message.message, error)
        return _Came.TO_AN_END if error.permanent else _Came.TO_NOTHING
    return _Came.THROUGH
