"""Everything that people do in Discord, on its way to the product. What breaks on the way is logged."""

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

import discord
from discord import Interaction, Message
from discord.app_commands import Choice

from adapters.discord.client import PapersClient
from adapters.discord.conversation import PATIENCE, Conversation
from adapters.discord.errors import TROUBLES, refused
from adapters.discord.events import Events, Meanings
from adapters.discord.interactions import Interactions
from adapters.discord.people import People
from adapters.discord.reconcile import Reconciliation
from bot.commands import Blank
from bot.errors import PlatformError
from bot.ports import Clock, Dispatch, Platform, Store

log = logging.getLogger(__name__)

_Done = TypeVar("_Done")


class Listening:
    """Satisfies `client.Listener` and `tree.Hearing`. `emoji` has the verb of each emoji's name."""

    def __init__(
        self,
        client: PapersClient,
        platform: Platform,
        dispatch: Dispatch,
        *,
        store: Store,
        clock: Clock,
        emoji: Mapping[str, str],
        patience: float = PATIENCE,
    ) -> None:
        meanings = Meanings(emoji)
        conversation = Conversation(dispatch, clock, patience=patience)
        self._client = client
        self._people = People(client)
        self._interactions = Interactions(conversation, self._people)
        self._events = Events(client, platform, self._people, conversation, store=store, clock=clock, meanings=meanings)
        self._reconciliation = Reconciliation(client, self._events, store=store, clock=clock, meanings=meanings)
        self._comparing: dict[int, asyncio.Task[None]] = {}
        self._under_way: set[asyncio.Task[Any]] = set()

    async def finish(self, grace: float) -> None:
        """Returns when nothing is under way any more; what takes longer than `grace` seconds is cut off."""
        for begun in self._comparing.values():
            self._cut_off(begun)
        if self._under_way:
            for task in (await asyncio.wait(self._under_way, timeout=grace))[1]:
                task.cancel()
        await asyncio.gather(*self._under_way, *self._comparing.values(), return_exceptions=True)

    # What the client's listener and its tree promise:

    async def typed(self, interaction: Interaction[Any], line: str, channel: int | None) -> None:
        await self._do(self._interactions.typed(interaction, line, channel))

    async def completed(self, interaction: Interaction[Any], blank: Blank, typed: str) -> list[Choice[str]]:
        return await self._do(self._interactions.completed(interaction, blank, typed)) or []

    async def chose_to(self, interaction: Interaction[Any], verb: str, message: Message) -> None:
        await self._do(self._interactions.chose_to(interaction, verb, message))

    async def unknown(self, interaction: Interaction[Any]) -> None:
        await self._do(self._interactions.unknown(interaction))

    async def pressed(self, interaction: Interaction[Any], line: str) -> None:
        await self._do(self._interactions.pressed(interaction, line))

    async def opens(self, interaction: Interaction[Any], line: str, page: int) -> None:
        await self._do(self._interactions.opens(interaction, line, page))

    async def submitted(self, interaction: Interaction[Any]) -> None:
        await self._do(self._interactions.submitted(interaction))

    async def reacted(self, reaction: discord.RawReactionActionEvent) -> None:
        await self._do(self._events.reacted(reaction))

    async def wrote(self, message: Message) -> None:
        await self._do(self._events.wrote(message))

    async def joined(self, guild: discord.Guild) -> None:
        await self._do(self._events.joined(guild))

    async def connected(self, shard: int) -> None:
        """In the background, instead of what was begun for this shard's last session."""
        if begun := self._comparing.get(shard):
            self._cut_off(begun)
        self._comparing[shard] = asyncio.create_task(self._do(self._reconciliation.run(shard)))

    async def left(self, guild: int) -> None:
        self._people.left(guild)

    async def changed(self, channel: discord.abc.GuildChannel) -> None:
        await self._do(self._events.changed(channel))

    async def deleted(self, channel: int) -> None:
        self._people.gone(channel)

    def _cut_off(self, comparing: asyncio.Task[None]) -> None:
        comparing.cancel()
        self._client.let_go()

    async def _do(self, doing: Coroutine[Any, Any, _Done]) -> _Done | None:
        task = asyncio.create_task(doing)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        try:
            return await task
        except PlatformError as error:
            log.warning("%s", error)
        except TROUBLES as error:
            log.warning("%s", refused("go on", error))
        except Exception:
            log.exception("Discord: something broke")
        return None
