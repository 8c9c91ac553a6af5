"""Who may change what a channel is brought."""

from bot.cards import delivery
from bot.errors import UserError
from bot.handlers.services import Asker, Services


async def may_change(asker: Asker, services: Services) -> None:
    """Raises UserError unless the asker may change what the channel is brought, by the platform's own rules."""
    platform = services.platforms.get(asker.channel.platform)
    if platform is None:
        return
    standing = await platform.standing(asker.member.external_id, asker.channel.external_id)
    if not standing.manages:
        raise UserError(delivery.not_yours())
