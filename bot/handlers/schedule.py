"""When editions come, and when they do not: pause, skip, resume."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.cards import answers, delivery
from bot.commands import PauseEditions, ResumeEditions, SkipEdition
from bot.errors import UserError
from bot.handlers.permission import may_bring, may_change
from bot.handlers.services import Asker, Services, reply
from bot.messages import Reply
from bot.ports import UnitOfWork
from bot.schedule import REACH, comes_again, due, ended, has_edition, is_over, local_date, next_due, skipping
from bot.teams import EditionKind, Pause, Subscription

TOO_OLD = timedelta(days=1)
"""What was left to post when a channel was halted goes on within this time; after that, a newer edition comes."""
LONGEST = timedelta(days=366)
"""A pause until a date lasts no longer: beyond, a slip of the pen is likelier."""
LEFT_OUT = "left out: its channel was halted for too long"
"""What the ledger says of the rest."""


async def pause(command: PauseEditions, asker: Asker, services: Services) -> Reply:
    """No editions until the date, which has one again, or until somebody resumes them."""
    await may_change(asker, services)
    now = services.clock.now()
    async with services.store() as tx:
        subscription = await tx.teams.subscription_of(asker.channel.id)
        if subscription is None:
            return reply(answers.not_subscribed())
        today = local_date(subscription, now)
        if command.until and not today < command.until <= today + LONGEST:
            raise UserError(delivery.not_in_the_year_to_come(command.until))
        last = command.until - timedelta(days=1) if command.until else None
        paused = replace(subscription, pause=Pause(today, last))
        await tx.interruptions.pause(subscription.id, paused.pause)
        exists = await _exists(subscription, tx)
        await tx.commit()
    return reply(delivery.paused(next_due(paused, exists, now)))


async def skip(command: SkipEdition, asker: Asker, services: Services) -> Reply:
    """Leaves out the next edition, or tomorrow's."""
    await may_change(asker, services)
    now = services.clock.now()
    async with services.store() as tx:
        subscription = await tx.teams.subscription_of(asker.channel.id)
        if subscription is None:
            return reply(answers.not_subscribed())
        today, exists = local_date(subscription, now), await _exists(subscription, tx)
        coming = next_due(subscription, exists, now)
        day = today + timedelta(days=1) if command.tomorrow else coming
        if day is None:
            return reply(delivery.paused(None))
        if not has_edition(subscription, day):
            return reply(delivery.none_to_skip(day, coming))
        skipped = replace(subscription, pause=skipping(subscription, day, today))
        await tx.interruptions.pause(subscription.id, skipped.pause)
        await tx.commit()
    return reply(delivery.skipped(day, comes_again(skipped)))


async def resume(_: ResumeEditions, asker: Asker, services: Services) -> Reply:
    """Ends a pause, what is to be skipped, and a halt, if the bot can post here. What a halt left unposted goes on,
    unless it is TOO_OLD."""
    await may_bring(asker.channel, asker, services)
    now = services.clock.now()
    async with services.store() as tx:
        subscription = await tx.teams.subscription_of(asker.channel.id)
        if subscription is None:
            return reply(answers.not_subscribed())
        today, exists = local_date(subscription, now), await _exists(subscription, tx)
        pause = subscription.pause
        if not subscription.halt and (pause is None or is_over(pause, today)):
            return reply(delivery.going_already(next_due(subscription, exists, now)))
        going = replace(subscription, pause=pause and ended(pause, today), halt=None)
        await tx.interruptions.pause(subscription.id, going.pause)
        dropped: list[date] = []
        if await tx.interruptions.resume(subscription.id):
            dropped = await tx.ledger.drop_planned(subscription.id, before=now - TOO_OLD, why=LEFT_OUT)
        left = bool(await tx.posts.due(now, channel_id=asker.channel.id))
        await tx.commit()
    missed = due(going, exists, now) is not None
    return reply(delivery.resumed(next_due(going, exists, now), dropped, at_once=missed, left=left))


async def _exists(subscription: Subscription, tx: UnitOfWork) -> dict[date, datetime]:
    return await tx.editions.made_on(subscription.id, EditionKind.DAILY, limit=REACH.days)
