"""What other settings would have brought."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.cards import answers
from bot.cards import preview as cards
from bot.commands import Preview
from bot.curation.choosing import choose
from bot.curation.material import Material, gather
from bot.editions import Edition
from bot.handlers.services import Asker, Services, channel_numbers, reply
from bot.messages import Reply
from bot.papers import ArxivId, Paper
from bot.reading_list import Field
from bot.teams import Subscription

REPLAYED = timedelta(days=30)


async def preview(command: Preview, asker: Asker, services: Services) -> Reply:
    """The editions of the last 30 days, chosen again by other settings from what was known when each was made. Changes
    nothing."""
    async with services.store() as tx:
        subscription = await tx.teams.subscription_of(asker.channel.id)
        if subscription is None:
            return reply(answers.not_subscribed())
        editions = await tx.editions.made_since(subscription.id, services.clock.now() - REPLAYED)
        wanted = command.adjustment.of(subscription)
        collected = await tx.collections.states(wanted.interests.categories)
    if not editions:
        return reply(cards.nothing_to_replay())
    would = await _replayed(wanted, editions, services)
    async with services.store() as tx:
        shown = await tx.papers.many([pick.paper_id for edition in editions for pick in edition.picks])
        signals = await tx.lists.signals(asker.team_id, since=editions[0].made_at)
        numbers = await channel_numbers(asker, tx)
    difference = cards.Difference(
        editions=len(editions),
        shown=tuple(shown.values()),
        would=tuple(would.values()),
        saved=frozenset(signal.paper_id for signal in signals if signal.field is Field.SAVED),
        missing=tuple(category for category in wanted.interests.categories if category not in collected),
    )
    return reply(*cards.previewed(difference, numbers))


async def _replayed(wanted: Subscription, editions: Sequence[Edition], services: Services) -> dict[ArxivId, Paper]:
    """What `wanted` would have picked in place of these editions."""
    shown = {pick.paper_id for edition in editions for pick in edition.picks}
    would: dict[ArxivId, Paper] = {}
    for edition in editions:
        async with services.store() as tx:
            material = await gather(tx, wanted, now=edition.made_at)
        # In a thread and outside of a transaction: ranking holds up neither the event loop nor the database.
        picked = await asyncio.to_thread(_picked, wanted, material, services, shown, list(would.values()))
        would.update({paper.id: paper for paper in picked})
    return would


def _picked(
    wanted: Subscription, material: Material, services: Services, shown: set[ArxivId], would: Sequence[Paper]
) -> list[Paper]:
    """The picks of one edition, had the channel been brought `would` before it and not `shown`."""
    earlier = [paper for paper in material.shown if paper.id not in shown]
    exclude = material.listed | (material.brought - shown) | {paper.id for paper in would}
    selection = choose(wanted, material, services.ranker, exclude=exclude, shown=[*earlier, *would])
    by_id = {paper.id: paper for paper in material.pool}
    return [by_id[pick.paper_id] for pick in selection.picks]
