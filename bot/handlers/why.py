"""Why a paper was picked, or was not."""

import asyncio

from bot.cards import answers, papers
from bot.commands import Why
from bot.curation.explain import standing
from bot.curation.material import gather
from bot.handlers.naming import named
from bot.handlers.services import Asker, Services, reply
from bot.messages import Reply


async def why(command: Why, asker: Asker, services: Services) -> Reply:
    """The reasons of a pick; for another paper, how it stood in the pool of the channel's latest edition."""
    async with services.store() as tx:
        subscription = await tx.teams.subscription_of(asker.channel.id)
    if subscription is None:
        return reply(answers.not_subscribed())
    paper = await named(command.paper, asker, services, Why)
    async with services.store() as tx:
        picked_in = await tx.editions.pick_of(asker.channel.id, paper.id)
        if picked_in:
            pick = next(pick for pick in picked_in.picks if pick.paper_id == paper.id)
            return reply(papers.why_picked(paper, pick, picked_in.considered))
        latest = await tx.editions.latest(asker.channel.id)
        material = await gather(tx, subscription, now=latest.made_at) if latest else None
    if material is None:
        return reply(papers.never_considered(paper))
    ranked = await asyncio.to_thread(services.ranker, material.pool, subscription.interests, material.taste)
    found = standing(paper.id, ranked, subscription.size)
    if found is None:
        return reply(papers.never_considered(paper))
    return reply(
        papers.why_not_picked(
            paper,
            rank=found.rank,
            considered=found.considered,
            cut=found.cut,
            on_topic=found.on_topic,
            reasons=found.reasons,
        )
    )
