"""What a week or a month brought."""

from zoneinfo import ZoneInfo

from bot.cards import answers
from bot.cards.digests import digest_cards
from bot.commands import ShowDigest
from bot.gathering import gathered, linked
from bot.handlers.services import Asker, Services, reply
from bot.messages import Reply
from bot.periods import period_of


async def digest(command: ShowDigest, asker: Asker, services: Services) -> Reply:
    """The week or month that the date is in, as it looks now, whole."""
    async with services.store() as tx:
        subscription = await tx.teams.subscription_of(asker.channel.id)
    if subscription is None:
        return reply(answers.not_subscribed())
    day = command.day or services.clock.now().astimezone(ZoneInfo(subscription.zone)).date()
    period = period_of(command.kind, day)
    found = await gathered(command.kind, services.store, subscription, period, services.charts)
    return reply(*digest_cards(await linked(found, services.platforms.get(asker.channel.platform))))
