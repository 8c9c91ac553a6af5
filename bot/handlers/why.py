"""Why a paper was picked, or was not."""

import asyncio

from bot.cards import answers, papers
from bot.commands import Why
from bot.curation.explain import Standing, standing, twin_of, unwanted_in
from bot.curation.material import Material, gather
from bot.editions import Edition
from bot.handlers.naming import named
from bot.handlers.services import Asker, Services, reply
from bot.messages import Card, Reply
from bot.papers import Paper
from bot.ports import UnitOfWork
from bot.teams import Subscription


async def why(command: Why, asker: Asker, services: Services) -> Reply:
    """The reasons of a pick; for another paper, how it stood in the pool of the channel's first edition after it was
    announced, and what kept it out. What is said of a ranking is what was known when the edition was made."""
    async with services.store() as tx:
        subscription = await tx.teams.subscription_of(asker.channel.id)
    if subscription is None:
        return reply(answers.not_subscribed())
    paper = await named(command.paper, asker, services, Why)
    async with services.store() as tx:
        picked_in = await tx.editions.pick_of(asker.channel.id, paper.id)
        seen = await tx.papers.announced_at(paper.id, subscription.interests.categories)
        if picked_in is None and seen is None:
            return reply(papers.never_considered(paper))
        after = await tx.editions.made_since(subscription.id, seen, limit=1) if seen else []
        edition = picked_in or next(iter(after), None)
        if edition is None:
            return reply(papers.not_considered_yet(paper))
        material = await gather(tx, subscription, now=edition.made_at)
        shown = await _shown_in(edition, tx)
    # In a thread and outside of a transaction: ranking holds up neither the event loop nor the database.
    found = await asyncio.to_thread(_standing, paper, subscription, material, services)
    if picked_in:
        pick = next(pick for pick in picked_in.picks if pick.paper_id == paper.id)
        against = found.against if found else ()
        return reply(papers.why_picked(paper, pick, picked_in.considered, against))
    if found is None:
        return reply(papers.never_considered(paper))
    return reply(await asyncio.to_thread(_why_not, paper, subscription, edition, material, found, shown))


async def _shown_in(edition: Edition, tx: UnitOfWork) -> tuple[Paper, ...]:
    return tuple((await tx.papers.many([pick.paper_id for pick in edition.picks])).values())


def _standing(paper: Paper, subscription: Subscription, material: Material, services: Services) -> Standing | None:
    ranked = services.ranker(material.pool, subscription.interests, material.taste)
    return standing(paper.id, ranked, subscription.size)


def _why_not(
    paper: Paper,
    subscription: Subscription,
    edition: Edition,
    material: Material,
    found: Standing,
    shown: tuple[Paper, ...],
) -> Card:
    return papers.why_not_picked(
        paper,
        day=edition.date,
        rank=found.rank,
        considered=found.considered,
        cut=found.cut,
        on_topic=found.on_topic,
        reasons=found.reasons,
        against=found.against,
        unwanted=unwanted_in(paper, subscription.interests),
        on_list=paper.id in material.listed,
        twin=twin_of(paper, [*shown, *material.shown]),
    )
