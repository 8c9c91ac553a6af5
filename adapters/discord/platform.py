"""Discord as a platform that editions are posted to."""

import asyncio
import logging
from dataclasses import replace
from datetime import datetime

import discord
from discord.utils import time_snowflake

from adapters.discord import forums, guilds, render
from adapters.discord.api import Discord
from adapters.discord.client import PapersClient
from adapters.discord.emoji import character
from adapters.discord.errors import (
    MISSING_PERMISSIONS,
    NOT_A_TEXT_CHANNEL,
    THREAD_ARCHIVED,
    TOO_LARGE,
    UNKNOWN_CHANNEL,
    UNKNOWN_EMOJI,
    WRONG_CHANNEL_TYPE,
    refusal,
)
from adapters.discord.ids import NAME, parted, reference, snowflake
from adapters.discord.outgoing import Outgoing
from adapters.discord.render import carries
from adapters.discord.threads import open_thread, reopen, thread_of
from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Card, Notice
from bot.teams import Standing

log = logging.getLogger(__name__)

_NO_PICTURES = (MISSING_PERMISSIONS, TOO_LARGE)
_CHANNELS_AT_ONCE = 25
"""All calls to Discord share one rate: half a second passes until a call has its turn behind so many posts."""
_MESSAGES = 1000
"""Since the key was made. Where there are more, nobody can tell, and the post waits."""


class DiscordPlatform:
    """Satisfies `bot.ports.Platform`, with calls alone: no connection to the gateway. A channel is `GUILD/CHANNEL`; a
    message in a thread, and the first one of a forum's post, is in the channel of that thread."""

    name = NAME

    def __init__(self, api: Discord) -> None:
        self._api = api
        self._is_forum: dict[str, bool] = {}
        """What is known of channels; it never changes."""
        self._room = asyncio.Semaphore(_CHANNELS_AT_ONCE)

    def room(self) -> asyncio.Semaphore:
        return self._room

    async def post(self, channel: str, card: Card, *, key: str, under: MessageRef | None = None) -> MessageRef:
        """With the card's image, or with its words where Discord does not take it. In a forum it begins a post; under
        another message it stands in its thread."""
        async with self._api.asked("post") as client:
            try:
                posted = await self._posted(
                    client, channel, Outgoing(card, key, pictured=card.image is not None), under
                )
            except discord.HTTPException as error:
                if card.image is None or error.code not in _NO_PICTURES:
                    raise
                log.warning("a picture was left out: %s", error)
                posted = await self._posted(client, channel, Outgoing(card, key, pictured=False), under)
        return reference(parted(channel)[0], posted.channel.id, posted.id)

    async def find(
        self, channel: str, key: str, *, since: datetime, under: MessageRef | None = None
    ) -> MessageRef | None:
        async with self._api.asked("look for a post") as client:
            if under:
                found = await _found_under(client, thread_of(channel, under), key, since)
            elif forum := await self._forum(client, channel):
                found = await forums.found(forum, key, since, client.bot_id)
            else:
                found = await _found(client, _id(channel), key, since)
        return reference(parted(channel)[0], found.channel.id, found.id) if found else None

    async def edit(self, message: MessageRef, card: Card) -> None:
        """It keeps its key. An image is not sent again: its words stand there. An archived thread opens for it."""
        async with self._api.asked("change a message") as client:
            posted = await _partial(client, message).fetch()
            view = render.replacing(posted.components, card)
            try:
                await posted.edit(view=view, attachments=[])
            except discord.HTTPException as error:
                if error.code != THREAD_ARCHIVED:
                    raise
                await reopen(client, posted.channel.id)
                await posted.edit(view=view, attachments=[])

    async def mark(self, message: MessageRef, emoji: str) -> None:
        doing = "put an emoji on a message"
        async with self._api.asked(doing) as client:
            if not character(emoji):
                raise refusal(doing, UNKNOWN_EMOJI)
            await _partial(client, message).add_reaction(character(emoji))

    async def tell(self, user: str, channel: str, notice: Notice) -> None:  # noqa: ARG002 - nothing is private in a channel
        """As a direct message. It has no buttons but links: there they would mean no server."""
        links = tuple(action for action in notice.actions if action.url)
        async with self._api.asked("write to a person") as client:
            direct = await client.create_dm(discord.Object(snowflake(user)))
            await direct.send(view=render.message(replace(notice, actions=links)))

    async def link(self, message: MessageRef) -> str:
        return f"https://discord.com/channels/{message.channel}/{message.message}"

    async def discuss(self, message: MessageRef, card: Card) -> None:
        """Nothing for a message in a thread, which is talked about there; the first of a forum's post has its id."""
        if message.message == parted(message.channel)[1]:
            return
        async with self._api.asked("open a thread") as client:
            await open_thread(client, message, render.thread_name(card))

    async def standing(self, user: str, channel: str) -> Standing:
        async with self._api.asked("look who may do what") as client:
            return await guilds.standing(client, user, channel)

    async def _posted(
        self, client: PapersClient, channel: str, outgoing: Outgoing, under: MessageRef | None
    ) -> discord.Message:
        if under is None:
            return await self._posted_at_top(client, channel, outgoing)
        thread = client.get_partial_messageable(thread_of(channel, under))
        try:
            return await outgoing.sent(thread)
        except discord.NotFound as error:
            if error.code != UNKNOWN_CHANNEL:
                raise
        await open_thread(client, under)
        return await outgoing.sent(thread)

    async def _posted_at_top(self, client: PapersClient, channel: str, outgoing: Outgoing) -> discord.Message:
        """Takes a channel for no forum until Discord says so: of thousands, asking each would cost a call."""
        if not self._is_forum.get(channel):
            try:
                message = await outgoing.sent(client.get_partial_messageable(_id(channel)))
            except discord.HTTPException as error:
                if error.code not in (NOT_A_TEXT_CHANNEL, WRONG_CHANNEL_TYPE):
                    raise
            else:
                self._is_forum[channel] = False
                return message
        if forum := await self._forum(client, channel):
            return await forums.begun(forum, outgoing)
        raise refusal("post", NOT_A_TEXT_CHANNEL)

    async def _forum(self, client: PapersClient, channel: str) -> discord.ForumChannel | None:
        """The channel, with the tags that it has now, if it is a forum."""
        if self._is_forum.get(channel) is False:
            return None
        place = await client.fetch_channel(_id(channel))
        self._is_forum[channel] = isinstance(place, discord.ForumChannel)
        return place if isinstance(place, discord.ForumChannel) else None


def _id(channel: str) -> int:
    return snowflake(parted(channel)[1])


def _partial(client: PapersClient, message: MessageRef) -> discord.PartialMessage:
    return client.get_partial_messageable(_id(message.channel)).get_partial_message(snowflake(message.message))


async def _found_under(client: PapersClient, thread: int, key: str, since: datetime) -> discord.Message | None:
    try:
        return await _found(client, thread, key, since)
    except discord.NotFound:
        return None  # nothing was posted there yet


async def _found(client: PapersClient, place: int, key: str, since: datetime) -> discord.Message | None:
    seen = 0
    after = discord.Object(time_snowflake(since) - 1)
    async for written in client.get_partial_messageable(place).history(limit=_MESSAGES, after=after):
        # A post of a forum begins with a message of the post's own id, which stands under no other.
        if written.author.id == client.bot_id and written.id != place and carries(written.components, key):
            return written
        seen += 1
    if seen == _MESSAGES:
        raise PlatformError("the channel has too many new messages to look for one of ours")
    return None
