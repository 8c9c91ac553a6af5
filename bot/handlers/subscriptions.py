"""What a channel is brought: subscribe, settings, unsubscribe."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cards import answers, forms
from bot.cards import subscriptions as cards
from bot.commands import ChangeSettings, Subscribe, Unsubscribe, nearest_zone, written
from bot.curation.taxonomy import TAXONOMY
from bot.curation.topics import entry_named
from bot.errors import UserError
from bot.handlers.permission import may_bring, may_change
from bot.handlers.services import Asker, Services, reply
from bot.messages import Card, Form, Reply
from bot.ports import UnitOfWork
from bot.schedule import REACH, hour_of, next_due
from bot.teams import DEFAULT_CATEGORIES, Channel, EditionKind, Interests, Order, Subscription, Topic

_TOPICS = tuple(entry.name for entry in TAXONOMY)


async def subscribe(command: Subscribe, asker: Asker, services: Services) -> Reply:
    """Orders editions for the asker's channel, on top of what it had; or asks for what is wanted."""
    standing = await may_bring(asker.channel, asker, services)
    async with services.store() as tx:
        stood = await tx.teams.subscription_of(asker.channel.id)
    wanted = stood or Subscription(
        id=0,
        team_id=asker.team_id,
        channel_id=asker.channel.id,
        interests=Interests(DEFAULT_CATEGORIES),
        zone=nearest_zone(standing.zone) or "UTC",
    )
    if command.order is None:
        return reply(_form(wanted, asker.channel, written(command)))
    return reply(await _ordered(command.order, wanted, asker.channel, asker, services))


async def change_settings(command: ChangeSettings, asker: Asker, services: Services) -> Reply:
    """Changes what a channel is brought, or shows how it stands: to who may change it in the form that does, to all
    others with the reason why they cannot."""
    async with services.store() as tx:
        if command.channel is None:
            subscription, channel = await tx.teams.subscription_of(asker.channel.id), asker.channel
        else:
            subscription, channel = await named_elsewhere(command.channel, asker, tx)
    if subscription is None:
        return reply(answers.not_subscribed())
    try:
        await may_bring(channel, asker, services)
    except UserError as refused:
        if command.order is not None:
            raise
        async with services.store() as tx:
            now = services.clock.now()
            return reply(await standing_card(subscription, channel, asker, now, tx, why_fixed=str(refused)))
    if command.order is None:
        return reply(_form(subscription, channel, written(command)))
    return reply(await _ordered(command.order, subscription, channel, asker, services))


async def unsubscribe(_: Unsubscribe, asker: Asker, services: Services) -> Reply:
    """Ends the channel's editions."""
    async with services.store() as tx:
        if await tx.teams.subscription_of(asker.channel.id) is None:
            return reply(answers.not_subscribed())
    await may_change(asker, services)
    async with services.store() as tx:
        await tx.teams.unsubscribe(asker.channel.id, at=services.clock.now())
        await tx.commit()
    return reply(cards.ended(asker.channel))


async def named_elsewhere(channel_id: int, asker: Asker, tx: UnitOfWork) -> tuple[Subscription, Channel]:
    """The subscription of the channel with this id, if the asker may hear of it. Raises UserError."""
    for subscription, channel in await within_reach(asker, tx):
        if channel.id == channel_id:
            return subscription, channel
    raise UserError(cards.no_such_channel())


async def within_reach(asker: Asker, tx: UnitOfWork) -> list[tuple[Subscription, Channel]]:
    """The subscriptions that the asker may hear of without being in their channels: those of the asker's
    workspace, but of private channels only those that the asker ordered. Who manages a channel need not be in it."""
    return [
        (subscription, channel)
        for subscription, channel in await tx.teams.team_subscriptions(asker.team_id)
        if channel.workspace_id == asker.channel.workspace_id
        and (not channel.private or subscription.made_by == asker.member.id)
    ]


def _form(wanted: Subscription, channel: Channel, command: str) -> Form:
    entries = {topic: entry_named(topic.name) for topic in wanted.interests.topics}
    spelled = tuple(Topic(entry.name) if entry else topic for topic, entry in entries.items())
    asked = replace(wanted, interests=replace(wanted.interests, topics=spelled))
    return forms.subscription_form(asked, channel, _TOPICS, command=command)


async def _ordered(order: Order, stood: Subscription, channel: Channel, asker: Asker, services: Services) -> Card:
    now = services.clock.now()
    async with services.store() as tx:
        subscription = await tx.teams.subscribe(replace(order.of(stood), made_by=asker.member.id))
        card = await standing_card(subscription, channel, asker, now, tx)
        await tx.commit()
    return card


async def standing_card(
    subscription: Subscription, channel: Channel, asker: Asker, now: datetime, tx: UnitOfWork, *, why_fixed: str = ""
) -> Card:
    """How a channel's subscription stands; for who cannot change it, with the reason."""
    exists = await tx.editions.made_on(subscription.id, EditionKind.DAILY, limit=REACH.days)
    coming = next_due(subscription, exists, now)
    return cards.how_it_stands(
        subscription,
        channel,
        due=hour_of(subscription, coming).astimezone(ZoneInfo(subscription.zone)) if coming else None,
        now=now,
        first=not exists,
        from_elsewhere=channel.id != asker.channel.id,
        why_fixed=why_fixed,
    )
