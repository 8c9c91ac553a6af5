"""What Discord tells of: emoji, messages in threads, messages that mention the bot or are for it alone, invitations."""

import asyncio
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from weakref import WeakValueDictionary

import discord
from discord import ForumChannel, MessageType, RawReactionActionEvent, Thread
from discord.abc import GuildChannel

from adapters.discord.client import PapersClient
from adapters.discord.conversation import Conversation
from adapters.discord.emoji import character
from adapters.discord.ids import NAME, parted, place, reference
from adapters.discord.people import People, is_open
from adapters.discord.render import messages
from bot.cards import platforms as cards
from bot.commands import Discussed, Help, Mention, React, Unreact, command_in, written
from bot.editions import MessageRef
from bot.messages import Notice, Reply
from bot.papers import ArxivId
from bot.ports import Clock, Platform, Store

log = logging.getLogger(__name__)

HOLD = timedelta(seconds=10)
"""How long an event is taken to be under way; whoever began it and has not finished then must have died."""
_LOOKS = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")
"""Skin tones, and that a character is shown as a picture."""


class Meanings:
    """The name that the settings have for an emoji, of those with a meaning."""

    def __init__(self, emoji: Mapping[str, str]) -> None:
        named = {_bare(character(name)): name for name in reversed([*emoji]) if character(name)}
        self._names = {**named, **{name: name for name in emoji}}

    def name(self, emoji: str) -> str | None:
        """Of a character in any skin tone, or of an emoji of the server by its name; None where it means nothing."""
        return self._names.get(_bare(emoji))


def _bare(emoji: str) -> str:
    return _LOOKS.sub("", emoji).casefold()


class Events:
    """Gives what concerns the product to it, each once over all processes and restarts, and of one person and message
    in order. Of all else nothing is kept."""

    def __init__(
        self,
        client: PapersClient,
        platform: Platform,
        people: People,
        conversation: Conversation,
        *,
        store: Store,
        clock: Clock,
        meanings: Meanings,
    ) -> None:
        self._client = client
        self._platform = platform
        self._people = people
        self._conversation = conversation
        self._store = store
        self._clock = clock
        self._meanings = meanings
        self._turns: WeakValueDictionary[tuple[MessageRef, int], asyncio.Lock] = WeakValueDictionary()

    async def reacted(self, reaction: RawReactionActionEvent) -> None:
        """An emoji was put on a message or taken back."""
        name = self._meanings.name(reaction.emoji.name)
        guild = reaction.guild_id
        if name is None or guild is None or reaction.user_id == self._client.bot_id:
            return
        if reaction.member:
            self._people.met(guild, reaction.member)
        message = reference(guild, reaction.channel_id, reaction.message_id)
        put = reaction.event_type == "REACTION_ADD"
        await self.found(React(message, name) if put else Unreact(message, name), reaction.user_id)

    async def found(self, command: React | Unreact, user: int) -> None:
        """Somebody put an emoji there, or took it back. That it was so already changes nothing."""
        guild, channel = map(int, parted(command.message.channel))
        async with self._turns.setdefault((command.message, user), asyncio.Lock()):
            sender = await self._people.sender(guild, channel, user)
            reply = await self._conversation.reply_to(command, sender)
        for part in reply.parts if reply.failed else ():
            if isinstance(part, Notice):
                await self._platform.tell(sender.user, sender.channel, part)

    async def wrote(self, message: discord.Message) -> None:
        """Somebody wrote a message: in a thread it counts for the paper that the thread is about, as a reply does;
        where it mentions the bot, it may name others. Who speaks to the bot is told how that is done."""
        sent = message.webhook_id is not None or message.author.bot
        if sent or message.type not in (MessageType.default, MessageType.reply):
            return
        guild, said = message.guild, _said_to(self._client.bot_id, message.content)
        if guild is None:
            await self._answer_once(message, cards.in_direct_messages())
            return
        self._people.met(guild.id, message.author)
        above = await self._posted([*_above(message, guild.id)])
        names_papers = any(ArxivId.find_all(message.content))
        if not (above or names_papers or said is not None) or not await self._begin(f"message {message.id}"):
            return
        sender = await self._people.sender(guild.id, message.channel.id, message.author.id)
        for each in above:
            await self._conversation.reply_to(Discussed(each), sender)
        command = command_in(said or "")
        if command and not isinstance(command, Help):
            await self._say(Reply((cards.offered(written(command)),)), message)
        elif names_papers:
            ours = reference(guild.id, message.channel.id, message.id)
            await self._say(await self._conversation.reply_to(Mention(ours, message.content), sender), message)
        elif said is not None:
            await self._say(Reply((cards.called(),)), message)
        await self._finish(f"message {message.id}")

    async def changed(self, channel: GuildChannel) -> None:
        """A channel was renamed, or opened or closed to people: what is told of it elsewhere depends on that at once,
        and not on when somebody speaks there next."""
        where = place(channel.guild.id, channel.id)
        async with self._store() as tx:
            await tx.teams.channel_changed(NAME, where, name=f"#{channel.name}", private=not is_open(channel))
            await tx.commit()

    async def joined(self, guild: discord.Guild) -> None:
        """Says hello where Discord itself says who came, if the bot may speak there."""
        channel = guild.system_channel
        event = f"joined {guild.id} {guild.me.joined_at}"
        if channel is None or not channel.permissions_for(guild.me).send_messages or not await self._begin(event):
            return
        there = place(guild.id, channel.id)
        if not await self._platform.find(there, event, since=self._clock.now() - timedelta(days=1)):
            await self._platform.post(there, cards.hello(), key=event)
        await self._finish(event)

    async def _posted(self, messages: Sequence[MessageRef]) -> list[MessageRef]:
        """Those that are posts. For most of what people write the database is not asked: it stands under nothing."""
        if not messages:
            return []
        async with self._store() as tx:
            return [each for each in messages if await tx.posts.by_message(each)]

    async def _say(self, reply: Reply, message: discord.Message) -> None:
        """Who only wrote cannot be answered in private: it is said beside what they wrote."""
        for view in messages(reply):
            await message.reply(view=view, mention_author=False)

    async def _answer_once(self, message: discord.Message, answer: Notice) -> None:
        if await self._begin(f"message {message.id}"):
            await self._say(Reply((answer,)), message)
            await self._finish(f"message {message.id}")

    async def _begin(self, event: str) -> bool:
        now = self._clock.now()
        async with self._store() as tx:
            begun = await tx.inbox.begin(NAME, event, now=now, until=now + HOLD)
            await tx.commit()
        return begun

    async def _finish(self, event: str) -> None:
        async with self._store() as tx:
            await tx.inbox.finish(NAME, event)
            await tx.commit()


def _said_to(bot: int, text: str) -> str | None:
    """What a message that begins with the bot's name says to it; None for one that does not."""
    found = re.fullmatch(rf"\s*<@!?{bot}>[\s,:]*(.*)", text, re.DOTALL)
    return found[1].strip() if found else None


def _above(message: discord.Message, guild: int) -> Iterator[MessageRef]:
    """The messages that it may be said under: the one that its thread hangs from, and the one that it replies to."""
    thread, replied = message.channel, message.reference
    if isinstance(thread, Thread):
        # A forum's thread begins with the message that it is about; any other hangs from one, which has its id.
        within = isinstance(thread.parent, ForumChannel)
        yield reference(guild, thread.id if within else thread.parent_id, thread.id)
    if message.type is MessageType.reply and replied and replied.message_id:
        yield reference(guild, message.channel.id, replied.message_id)
