"""The client of discord.py: what it asks to be told, and whom it tells what people do."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

import discord
from aiohttp import ClientSession, TraceConfig, TraceRequestEndParams, TraceRequestStartParams
from discord import AllowedMentions, Intents, Interaction, InteractionType, MemberCacheFlags
from discord.http import HTTPClient

from adapters.discord.components_actions import CommandButton, CommandMenu
from adapters.discord.render_forms import FormButton
from bot.leases import CALL
from bot.ports import Clock, RateLimiter

_BETWEEN_IDENTIFIES = timedelta(seconds=5)
"""Of shards that may not identify at the same time: docs.discord.com/developers/events/gateway#rate-limiting"""
_BETWEEN_SWEEPS = timedelta(minutes=1)
"""Of what the SDK keeps of channels."""
_GUILDS_FOLLOW = 0.2
"""Seconds after a server was told until no more are thought to come."""


class Listener(Protocol):
    """Told what people do. Each call is a task of its own; what it raises is logged, and nobody hears of it."""

    async def pressed(self, interaction: Interaction[Any], line: str) -> None:
        """A button was pressed, or an option chosen, that gives this command."""

    async def opens(self, interaction: Interaction[Any], line: str, page: int) -> None:
        """A button was pressed that opens a modal: that of this place in the form that answers the line."""

    async def submitted(self, interaction: Interaction[Any]) -> None:
        """A modal was filled in."""

    async def reacted(self, reaction: discord.RawReactionActionEvent) -> None:
        """An emoji was put on a message or taken back, by the bot itself too; `event_type` tells which."""

    async def wrote(self, message: discord.Message) -> None:
        """Somebody wrote a message, the bot itself too. What it says is told only where it mentions the bot, and
        in direct messages."""

    async def connected(self, shard: int) -> None:
        """A session of this shard began: what happened in its servers before was not told."""

    async def joined(self, guild: discord.Guild) -> None:
        """The bot was invited to a server."""

    async def left(self, guild: int) -> None:
        """The bot was removed from a server, or the server deleted."""

    async def changed(self, channel: discord.abc.GuildChannel) -> None:
        """A channel was renamed, or opened or closed to people, or something else of it changed."""

    async def deleted(self, channel: int) -> None:
        """A channel was deleted, and what was in it."""


class PapersClient(discord.AutoShardedClient):
    """Tells `listener`, once there is one. Buttons of any age are told: what they mean is written on them.

    It repeats no message that Discord may have posted, waits no longer for its turn than CALL, mentions nobody, and
    remembers neither people nor messages. What Discord counts towards the rate of all calls goes through `limiter`: the
    SDK knows that rate by being refused alone, and knows of this process's calls alone.
    """

    def __init__(self, clock: Clock, limiter: RateLimiter | None = None, *, shards: int | None = None) -> None:
        trace = TraceConfig()
        trace.on_request_end.append(_not_posted_again)
        if limiter:
            trace.on_request_start.append(_in_turn(limiter))
        super().__init__(
            intents=Intents(guilds=True, guild_messages=True, dm_messages=True, guild_reactions=True),
            allowed_mentions=AllowedMentions.none(),
            member_cache_flags=MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=_GUILDS_FOLLOW,
            max_ratelimit_timeout=CALL.total_seconds(),
            http_trace=trace,
            shard_count=shards,
        )
        _sweep_seldom(self.http, clock)
        self.listener: Listener | None = None
        self.concurrency = 1
        """How many shards may identify at a time, as Discord says."""
        self._clock = clock
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._identified: dict[int, datetime] = {}

    async def setup_hook(self) -> None:
        self.add_dynamic_items(CommandButton, CommandMenu, FormButton)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:  # noqa: ARG002 - the SDK's
        """Waits for the turn of the shard, among those that Discord lets identify one after the other."""
        key = (shard_id or 0) % self.concurrency
        async with self._turns[key]:
            if last := self._identified.get(key):
                await self._clock.sleep((last + _BETWEEN_IDENTIFIES - self._clock.now()).total_seconds())
            self._identified[key] = self._clock.now()

    @property
    def bot_id(self) -> int:
        """The user that the bot is. Once it is logged in."""
        return self.user.id if self.user else 0

    def let_go(self) -> None:
        """After a call was cut off. While one call waits out a limit on all of them, the SDK holds them all back: for
        ever, where the one that waits is cut off."""
        self.http._global_over.set()  # noqa: SLF001 - there is no other way to end that

    async def pressed(self, interaction: Interaction[Any], line: str) -> None:
        if self.listener:
            await self.listener.pressed(interaction, line)

    async def opens(self, interaction: Interaction[Any], line: str, page: int) -> None:
        if self.listener:
            await self.listener.opens(interaction, line, page)

    async def on_interaction(self, interaction: Interaction[Any]) -> None:
        if self.listener and interaction.type is InteractionType.modal_submit:
            await self.listener.submitted(interaction)

    async def on_raw_reaction_add(self, reaction: discord.RawReactionActionEvent) -> None:
        if self.listener:
            await self.listener.reacted(reaction)

    async def on_raw_reaction_remove(self, reaction: discord.RawReactionActionEvent) -> None:
        if self.listener:
            await self.listener.reacted(reaction)

    async def on_message(self, message: discord.Message) -> None:
        if self.listener:
            await self.listener.wrote(message)

    async def on_shard_ready(self, shard_id: int) -> None:
        if self.listener:
            await self.listener.connected(shard_id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        if self.listener:
            await self.listener.joined(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        if self.listener:
            await self.listener.left(guild.id)

    async def on_guild_channel_update(self, _: discord.abc.GuildChannel, now: discord.abc.GuildChannel) -> None:
        if self.listener:
            await self.listener.changed(now)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        if self.listener:
            await self.listener.deleted(channel.id)


def _sweep_seldom(http: HTTPClient, clock: Clock) -> None:
    """For each channel that it calls for the first time, the SDK looks through all that it called in the last five
    minutes, for those that it may forget. Of thousands, that takes longer than the call."""
    sweep, last = http._try_clear_expired_ratelimits, clock.now()  # noqa: SLF001 - there is no other way

    def seldom() -> None:
        nonlocal last
        if not last <= clock.now() < last + _BETWEEN_SWEEPS:
            last = clock.now()
            sweep()

    http._try_clear_expired_ratelimits = seldom  # type: ignore[method-assign]  # noqa: SLF001


def _in_turn(limiter: RateLimiter) -> Callable[[ClientSession, object, TraceRequestStartParams], Awaitable[None]]:
    async def wait(_: ClientSession, __: object, begun: TraceRequestStartParams) -> None:
        # Answers to what people do are not counted: docs.discord.com/developers/topics/rate-limits#global-rate-limit
        path = begun.url.path
        if "/api/" in path and "/interactions/" not in path and "/webhooks/" not in path:
            await limiter.turn()

    return wait


async def _not_posted_again(_: ClientSession, __: object, ended: TraceRequestEndParams) -> None:
    """Discord may have posted what it answers with an error of its own; the SDK would post it again."""
    if ended.method == "POST" and ended.response.status >= 500 and "/channels/" in ended.url.path:
        ended.response.release()
        raise discord.DiscordServerError(ended.response, None)
