"""Editions and the papers in them: today, show, status."""

from datetime import datetime

from bot.announcements import CategoryState
from bot.cards import answers, editions, papers
from bot.cards.delivery import skip_to_come, standstill
from bot.commands import Show, ShowStatus, Today
from bot.editions import Edition
from bot.handlers.earlier import address, summary_of
from bot.handlers.naming import named
from bot.handlers.services import Asker, Services, reply
from bot.handlers.signals import notice
from bot.messages import Notice, Reply
from bot.ports import UnitOfWork
from bot.publication import cards_by_slot
from bot.reading_list import Field
from bot.schedule import REACH, comes_again, local_date, next_due
from bot.teams import EditionKind, Subscription


async def today(command: Today, asker: Asker, services: Services) -> Reply:
    """The channel's edition of a date, or its latest with a word on why there is no newer, and on a skip to come."""
    now = services.clock.now()
    async with services.store() as tx:
        subscription = await tx.teams.subscription_of(asker.channel.id)
        if subscription is None:
            return reply(answers.not_subscribed())
        edition = await tx.editions.latest(asker.channel.id, until=command.day)
        if command.day and (edition is None or edition.date != command.day):
            latest = await tx.editions.latest(asker.channel.id)
            return reply(editions.no_edition_of(command.day, latest))
        if edition and not await tx.posts.of(edition.id):
            return reply(editions.known_by_date_alone(edition))
        cards = (await cards_by_slot(edition, subscription, tx)).values() if edition else ()
        states = await _states(subscription, tx)
        still = await _standstill(subscription, now, tx)
    if command.day:
        return reply(*cards)
    skip = skip_to_come(subscription, comes_again(subscription), today=local_date(subscription, now))
    if edition is None or edition.date != local_date(subscription, now):
        latest_date = edition.date if edition else None
        why_none = Notice(editions.why_no_edition(states, subscription, now=now, latest=latest_date))
        return reply(*(still or (why_none,)), *skip, *cards)
    return reply(*still, *skip, *cards)


async def show(command: Show, asker: Asker, services: Services) -> Reply:
    """A paper in full, with the way to its last summary. That somebody opened it is a signal of its own."""
    paper = await named(command.paper, asker, services, Show)
    await notice(Field.OPENED, paper.id, asker, services)
    async with services.store() as tx:
        entry = await tx.lists.entry(asker.team_id, paper.id)
        edition = await tx.editions.pick_of(asker.channel.id, paper.id)
        kept = await tx.summaries.of_papers(asker.team_id, [paper.id])
        summed_up = await summary_of(paper.id, kept, asker, tx)
    link = await address(summed_up, services)
    pick = next((pick for pick in edition.picks if pick.paper_id == paper.id), None) if edition else None
    return reply(papers.whole_paper(paper, entry, pick, now=services.clock.now(), summary=link))


async def status(_: ShowStatus, asker: Asker, services: Services) -> Reply:
    """What arXiv answered for each of the channel's categories, and when; first, what keeps editions from coming."""
    now = services.clock.now()
    async with services.store() as tx:
        subscription = await tx.teams.subscription_of(asker.channel.id)
        if subscription is None:
            return reply(answers.not_subscribed())
        states = await _states(subscription, tx)
        edition = await tx.editions.latest(asker.channel.id)
        still = await _standstill(subscription, now, tx)
    verdict = _verdict(states, subscription, edition, now)
    skip = skip_to_come(subscription, comes_again(subscription), today=local_date(subscription, now))
    return reply(*still, *skip, answers.collection_status(states, zone=subscription.zone, now=now, verdict=verdict))


def _verdict(states: list[CategoryState], subscription: Subscription, edition: Edition | None, now: datetime) -> str:
    if edition and edition.date == local_date(subscription, now):
        return editions.edition_is_out(edition, waits=subscription.halt is not None)
    return editions.why_no_edition(states, subscription, now=now, latest=edition.date if edition else None)


async def _standstill(subscription: Subscription, now: datetime, tx: UnitOfWork) -> tuple[Notice, ...]:
    exists = await tx.editions.made_on(subscription.id, EditionKind.DAILY, limit=REACH.days)
    return standstill(subscription, next_due(subscription, exists, now), today=local_date(subscription, now))


async def _states(subscription: Subscription, tx: UnitOfWork) -> list[CategoryState]:
    categories = subscription.interests.categories
    states = await tx.collections.states(categories)
    return [states[category] for category in categories if category in states]
