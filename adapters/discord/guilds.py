"""Servers: who may do what in their channels."""

import discord
from discord import Permissions

from adapters.discord.client import PapersClient
from adapters.discord.ids import parted, snowflake
from adapters.discord.permissions import missing
from bot.teams import Standing

_TO_POST = Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    read_message_history=True,
)
"""Without pictures and emoji editions are posted all the same."""


async def standing(client: PapersClient, user: str, channel: str) -> Standing:
    """A channel is managed by who may change it, a server by who may change that. Discord tells no time
    zones. Raises what the SDK does."""
    server, place = parted(channel)
    guild = await client.fetch_guild(snowflake(server), with_counts=False)
    person = await guild.fetch_member(snowflake(user))
    general = person.guild_permissions
    try:
        room = await guild.fetch_channel(snowflake(place))
        if isinstance(room, discord.Thread):
            room = await guild.fetch_channel(room.parent_id)
    except (discord.Forbidden, discord.NotFound):
        return Standing(manages=general.manage_channels, bot_is_in=False, administers=general.manage_guild)
    bot = await guild.fetch_member(client.bot_id)
    lacking = tuple(missing(room.permissions_for(bot) | ~_TO_POST))
    return Standing(
        manages=room.permissions_for(person).manage_channels,
        bot_is_in=not lacking,
        administers=general.manage_guild,
        lacking=lacking,
    )
