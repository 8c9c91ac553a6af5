"""The emoji that were put on recent posts, or taken back, while nobody listened."""

import logging
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from functools import partial
from operator import eq
from typing import Any, Literal, TypeAlias

from discord import Guild

from adapters.discord.client import PapersClient
from adapters.discord.errors import TROUBLES, refused
from adapters.discord.events import Events, Meanings
from adapters.discord.ids import NAME, parted
from bot.commands import React, Unreact
from bot.editions import MessageRef
from bot.ports import Clock, Store

log = logging.getLogger(__name__)

RECENT = timedelta(days=7)
"""How far back posts are looked at."""
_PAGE = 100
_MOST_PAGES = 20
"""Of a channel's history, the last."""

_Kind: TypeAlias = Literal[0, 1]
"""Of a reaction: an ordinary one, and a super reaction, which are asked for one by one."""
_Variant: TypeAlias = tuple[str, _Kind]


class Reconciliation:
    """Compares what Discord shows with what was heard of, and tells the difference as if it happened now.

    Who put an emoji there is asked only where there are more or fewer than were heard of: that somebody came for
    somebody who left, both unheard, is not seen.
    """

    def __init__(self, client: PapersClient, events: Events, *, store: Store, clock: Clock, meanings: Meanings) -> None:
        self._client = client
        self._events = events
        self._store = store
        self._clock = clock
        self._meanings = meanings

    async def run(self, shard: int) -> None:
        """For the channels of a shard, one after the other; for those of a server that Discord has not told of yet,
        once it does. One that cannot be read is logged and left."""
        async with self._store() as tx:
            posts = await tx.posts.sent_since(NAME, self._clock.now() - RECENT)
        places: dict[tuple[Guild, str], set[MessageRef]] = {}
        for message in (post.message for post in posts if post.message):
            guild = self._client.get_guild(int(parted(message.channel)[0]))
            if guild and guild.shard_id == shard:
                places.setdefault((guild, message.channel), set()).add(message)
        for guild, where in sorted(places, key=lambda place: place[0].unavailable):
            messages = places[guild, where]
            if guild.unavailable:
                await self._client.wait_for("guild_available", check=partial(eq, guild))
            try:
                await self._channel(where, messages)
            except TROUBLES as error:
                log.warning("emoji of the last days are not known in %s: %s", where, refused("read", error))

    async def _channel(self, where: str, messages: set[MessageRef]) -> None:
        # Before Discord is asked: what is heard of meanwhile is then told twice, which does nothing, and never undone.
        async with self._store() as tx:
            heard = {message: await tx.reactions.on(message) for message in messages}
        async for told in self._history(where, oldest=min(int(message.message) for message in messages)):
            message = MessageRef(NAME, where, told["id"])
            if message in messages:
                await self._compare(message, told.get("reactions") or [], heard[message])

    async def _history(self, where: str, *, oldest: int) -> AsyncIterator[Mapping[str, Any]]:
        """The newest message first."""
        before = None
        for _ in range(_MOST_PAGES):
            page = await self._client.http.logs_from(int(parted(where)[1]), _PAGE, before=before)
            for told in page:
                yield told
            if len(page) < _PAGE or int(page[-1]["id"]) <= oldest:
                return
            before = int(page[-1]["id"])

    async def _compare(self, message: MessageRef, shown: list[Mapping[str, Any]], heard: set[tuple[str, str]]) -> None:
        counts: dict[str, int] = {name: 0 for _, name in heard}
        variants: dict[str, list[_Variant]] = {}
        for reaction in shown:
            if name := self._meanings.name(reaction["emoji"]["name"] or ""):
                counts[name] = counts.get(name, 0) + reaction["count"] - reaction["me"]
                variants.setdefault(name, []).extend(_variants(reaction))
        for name, count in counts.items():
            known = {user for user, emoji in heard if emoji == name}
            if count == len(known):
                continue
            there = {user for variant in variants.get(name, ()) async for user in self._users(message, *variant)}
            for user in there - known:
                await self._events.found(React(message, name), int(user))
            for user in known - there:
                await self._events.found(Unreact(message, name), int(user))

    async def _users(self, message: MessageRef, emoji: str, kind: _Kind) -> AsyncIterator[str]:
        """Everybody but the bot who put it there."""
        channel, after = int(parted(message.channel)[1]), None
        while True:
            page = await self._client.http.get_reaction_users(channel, int(message.message), emoji, _PAGE, after, kind)
            for user in page:
                if int(user["id"]) != self._client.bot_id:
                    yield str(user["id"])
            if len(page) < _PAGE:
                return
            after = int(page[-1]["id"])


def _variants(reaction: Mapping[str, Any]) -> list[_Variant]:
    emoji = reaction["emoji"]
    spelled = f"{emoji['name']}:{emoji['id']}" if emoji["id"] else emoji["name"]
    kinds: tuple[_Kind, ...] = (0, 1) if reaction["count_details"]["burst"] else (0,)
    return [(spelled, kind) for kind in kinds]
