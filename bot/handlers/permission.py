"""Who may change what a channel is brought."""

import logging
from dataclasses import replace

from bot.cards import subscriptions as cards
from bot.errors import PlatformError, UserError
from bot.handlers.services import Asker, Services
from bot.teams import Channel, Standing

log = logging.getLogger(__name__)


async def standing_in(channel: Channel, asker: Asker, services: Services) -> Standing:
    """What the asker may do in a channel, as its platform and the settings of this installation say. A platform that is
    not running here refuses nobody. Raises UserError where the platform does not tell."""
    platform = services.platforms.get(channel.platform)
    if platform is None:
        return Standing(manages=True, bot_is_in=True, administers=True)
    try:
        standing = await platform.standing(asker.member.external_id, channel.external_id)
    except PlatformError as error:
        log.warning("nothing is known of a person's standing: %s", error)
        raise UserError(cards.standing_unknown()) from error
    return replace(standing, manages=True) if services.everyone_manages else standing


async def may_change(asker: Asker, services: Services) -> None:
    """Raises UserError unless the asker may change what the channel is brought."""
    if not (await standing_in(asker.channel, asker, services)).manages:
        raise UserError(cards.refused(asker.channel.platform))


async def may_bring(channel: Channel, asker: Asker, services: Services) -> Standing:
    """What the asker may do in the channel. Raises UserError unless they may change what it is brought, and the bot can
    post there."""
    standing = await standing_in(channel, asker, services)
    # First, since a platform may not know who manages a channel that the bot cannot see.
    if not standing.bot_is_in:
        raise UserError(cards.invite(channel.platform, standing.lacking))
    if not standing.manages:
        raise UserError(cards.refused(channel.platform))
    return standing
