"""Who said something and where, by the names that people know."""

from typing import Any

import discord
from discord import ForumChannel, Interaction, Thread
from discord.abc import GuildChannel

from adapters.discord.client import PapersClient
from adapters.discord.errors import TROUBLES
from adapters.discord.ids import NAME, place
from bot.teams import Sender

_MOST = 20_000
"""Names that are remembered; beyond, the oldest go."""


class People:
    """Turns Discord's ids into a `Sender`. What is said in a thread is said in its channel."""

    def __init__(self, client: PapersClient) -> None:
        self._client = client
        self._names: dict[tuple[int, int], str] = {}
        self._parents: dict[int, int] = {}
        """Channels of threads that sleep, which Discord does not tell of."""

    def asking(self, interaction: Interaction[Any], channel: int | None = None) -> Sender:
        """Who did something that can be answered; in that channel of the same server, if one is given."""
        guild, here, person = interaction.guild_id or 0, interaction.channel, interaction.user
        self.met(guild, person)
        channel = channel or (here.parent_id if isinstance(here, Thread) else interaction.channel_id) or 0
        return self._sender(guild, channel, person.id, person.display_name, called=getattr(here, "name", ""))

    async def sender(self, guild: int, channel: int, user: int) -> Sender:
        """Who did something that is only told of. For a name that Discord does not say stands the id."""
        name = self._names.get((guild, user)) or await self._ask_name(guild, user)
        if name:
            self._remember(guild, user, name)
        return self._sender(guild, await self._channel_of(guild, channel), user, name or str(user))

    async def _channel_of(self, guild: int, channel: int) -> int:
        """The channel itself, or that which the thread is in."""
        there = self._client.get_guild(guild)
        known = there and there.get_channel_or_thread(channel)
        if known is None and there and channel not in self._parents:
            try:
                known = await there.fetch_channel(channel)
            except TROUBLES:
                return channel
            if isinstance(known, Thread):
                self._parents[channel] = known.parent_id
        return known.parent_id if isinstance(known, Thread) else self._parents.get(channel, channel)

    def met(self, guild: int, person: discord.abc.User) -> None:
        """Somebody was told of with the name that people know here."""
        self._remember(guild, person.id, person.display_name)

    def left(self, guild: int) -> None:
        """The bot is no longer in this server."""
        self._names = {key: name for key, name in self._names.items() if key[0] != guild}

    def gone(self, channel: int) -> None:
        """A channel was deleted, and what was in it."""
        self._parents = {thread: parent for thread, parent in self._parents.items() if parent != channel}

    def _remember(self, guild: int, user: int, name: str) -> None:
        self._names.pop((guild, user), None)
        self._names[guild, user] = name
        if len(self._names) > _MOST:
            del self._names[next(iter(self._names))]

    async def _ask_name(self, guild: int, user: int) -> str:
        """ "" where Discord does not say it, which may be for now."""
        try:
            member = await self._client.http.get_member(guild, user)
        except TROUBLES:
            return ""
        return member.get("nick") or member["user"].get("global_name") or member["user"]["username"]

    def _sender(self, guild: int, channel: int, user: int, name: str, *, called: str = "") -> Sender:
        """A channel that the bot does not know counts as private; it is `called` so where that is told."""
        there = self._client.get_guild(guild)
        known = there.get_channel(channel) if there else None
        return Sender(
            platform=NAME,
            workspace=str(guild),
            user=str(user),
            user_name=name,
            channel=place(guild, channel),
            channel_name=f"#{known.name if known else called or channel}",
            channel_private=known is None or not is_open(known),
            channel_forum=isinstance(known, ForumChannel),
        )


def is_open(channel: GuildChannel) -> bool:
    """Whether everybody in the server may see it."""
    return channel.permissions_for(channel.guild.default_role).view_channel
