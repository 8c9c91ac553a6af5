"""Digests from the store: everything is read in one unit of work, and what is made of it is made outside of it."""

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.cards.retrospect import chart_title
from bot.curation.phrases import Text
from bot.curation.topics import classify
from bot.digests.material import Material
from bot.digests.monthly import round_up
from bot.digests.values import AnyDigest, Digest, RoundUp, Told
from bot.digests.weekly import MOST_LISTED, digest
from bot.editions import Edition, MessageRef
from bot.errors import PlatformError
from bot.papers import ArxivId
from bot.periods import Period
from bot.ports import Charts, Platform, Store, UnitOfWork
from bot.reading_list import Entry, ListFilter, Status
from bot.summaries.values import Summary
from bot.teams import EditionKind, Subscription

log = logging.getLogger(__name__)


async def gathered(
    kind: EditionKind,
    store: Store,
    subscription: Subscription,
    period: Period,
    charts: Charts,
    *,
    since: datetime | None = None,
) -> AnyDigest:
    """The digest of a week, or the round-up of a month with its chart, as far as that has gone.

    With `since`, what happened from then on, before the period began, is taken as happening in it.
    """
    async with store() as tx:
        material = await gather(tx, subscription, period, since=since)
    # In a thread and outside of a transaction: extracts hold up neither the event loop nor the database.
    if kind is EditionKind.MONTHLY:
        return await asyncio.to_thread(_with_chart, material, charts)
    return await asyncio.to_thread(digest, material)


async def linked(made: AnyDigest, platform: Platform | None) -> AnyDigest:
    """The same with the addresses of the posts that are linked to; without those that the platform cannot tell."""
    if platform is None:
        return made
    if isinstance(made, Digest):
        topics = [replace(topic, papers=await _linked(topic.papers, platform)) for topic in made.topics]
        return replace(made, topics=tuple(topics))
    return replace(made, leading=await _linked(made.leading, platform), others=await _linked(made.others, platform))


async def gather(
    tx: UnitOfWork, subscription: Subscription, period: Period, *, since: datetime | None = None
) -> Material:
    """All that `gathered` goes by, but for the topics of papers that were not picked."""
    team, zone = subscription.team_id, subscription.zone
    begins, ends = since or period.begins(zone), period.ends(zone)
    editions = await tx.editions.dated(subscription.id, EditionKind.DAILY, first=period.first, last=period.last)
    if since:
        day = timedelta(days=1)
        earlier = await tx.editions.dated(
            subscription.id, EditionKind.DAILY, first=since.date() - day, last=period.first - day
        )
        editions = [*(edition for edition in earlier if edition.made_at >= since), *editions]
    given = await tx.lists.signals(team, since=begins, until=ends)
    signals = [signal for signal in given if signal.given_at < ends]
    picked = {pick.paper_id for edition in editions for pick in edition.picks}
    passed_over = await tx.revisions.passed_over(subscription.id, since=begins, until=ends)
    ids = sorted(picked | {signal.paper_id for signal in signals} | {one.paper_id for one in passed_over})
    return Material(
        subscription=subscription,
        period=period,
        editions=editions,
        signals=signals,
        papers=await tx.papers.many(ids),
        entries=await tx.lists.entries(team, ids),
        topics={},
        posts=await _posts(tx, editions),
        summaries=await _summaries(tx, team, ids),
        unread=await _longest_unread(tx, team),
        revised=await tx.revisions.elsewhere(team, since=begins, until=ends),
        passed_over=passed_over,
    )


async def _posts(tx: UnitOfWork, editions: list[Edition]) -> dict[ArxivId, MessageRef]:
    first: dict[ArxivId, MessageRef] = {}
    for edition in editions:
        messages = {post.slot: post.message for post in await tx.posts.of(edition.id)}
        for pick in edition.picks:
            if message := messages.get(pick.number):
                first.setdefault(pick.paper_id, message)
    return first


async def _summaries(tx: UnitOfWork, team_id: int, ids: list[ArxivId]) -> dict[ArxivId, list[Summary]]:
    made: dict[ArxivId, list[Summary]] = {}
    for kept in await tx.summaries.of_papers(team_id, ids):
        made.setdefault(kept.summary.paper_id, []).append(kept.summary)
    return made


async def _longest_unread(tx: UnitOfWork, team_id: int) -> list[Entry]:
    unread = ListFilter(status=Status.UNREAD)
    count = (await tx.lists.counts(team_id, unread))[Status.UNREAD]
    last = await tx.lists.page(team_id, unread, limit=MOST_LISTED, offset=max(0, count - MOST_LISTED))
    return last[::-1]


def _with_chart(material: Material, charts: Charts) -> RoundUp:
    picked = material.picks
    unpicked = {
        paper_id: classify(Text.of(material.papers[paper_id])).topic
        for paper_id in material.saved()
        if paper_id not in picked
    }
    made = round_up(replace(material, topics=unpicked))
    return replace(made, chart=charts.topics(made.topics, title=chart_title(made)) if made.topics else None)


async def _linked(papers: tuple[Told, ...], platform: Platform) -> tuple[Told, ...]:
    return tuple([replace(told, link=await _address(told.post, platform)) if told.post else told for told in papers])


async def _address(post: MessageRef, platform: Platform) -> str:
    try:
        return await platform.link(post)
    except PlatformError as error:
        log.warning("no address of message %s: %s", post.message, error)
        return ""
