"""What Slack tells of: emoji, messages, arrivals, and the end of an installation. Each event is handled once."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import TypeAlias
from weakref import WeakValueDictionary

from adapters.slack.answers import Origin
from adapters.slack.api import Json
from adapters.slack.conversation import Conversation, typed
from adapters.slack.errors import Refused
from adapters.slack.ids import NAME, place, reference
from adapters.slack.people import People
from adapters.slack.platform import SlackPlatform
from adapters.slack.workspaces import Slack
from bot.cards import platforms as cards
from bot.commands import Discussed, Mention, React, Unreact, command_in, parse, verb_of_emoji
from bot.messages import Reply
from bot.papers import ArxivId
from bot.ports import Clock, Store

HOLD = timedelta(seconds=10)
"""How long an event is taken to be under way; whoever began it and has not finished then must have died."""

_BY_A_PERSON = (None, "thread_broadcast", "file_share", "me_message")
"""The subtypes of messages that people write: https://docs.slack.dev/reference/events/message"""

_NAME = re.compile(r"\s*<@(?P<user>\w+)(?:\|[^>]*)?>[\s,:]*")
"""Somebody's name at the beginning of a message: https://docs.slack.dev/messaging/formatting-message-text"""

_Doing: TypeAlias = Callable[[], Awaitable[None]]


class Events:
    """Handles what concerns the product, each event once over all processes and restarts. Of all else nothing is kept.

    `emoji` has the verb of each emoji's name.
    """

    def __init__(
        self,
        slack: Slack,
        platform: SlackPlatform,
        people: People,
        conversation: Conversation,
        *,
        store: Store,
        clock: Clock,
        emoji: Mapping[str, str],
    ) -> None:
        self._slack = slack
        self._platform = platform
        self._people = people
        self._conversation = conversation
        self._store = store
        self._clock = clock
        self._emoji = emoji
        self._turns: WeakValueDictionary[tuple[str, str, str], asyncio.Lock] = WeakValueDictionary()

    async def handle(self, workspace: str, event: Json, event_id: str) -> None:
        """Does what an event asks for, unless that was done before. Raises what goes wrong: then Slack may send it
        again."""
        doing = await self._wanted(workspace, event, event_id)
        if doing is None:
            return
        async with self._turn(event, event_id):
            if await self._did(doing, event_id):
                return
        # It was done, or is under way, or died with whoever began it, and Slack may not send it once more.
        await self._clock.sleep(HOLD.total_seconds())
        async with self._turn(event, event_id):
            await self._did(doing, event_id)

    def _turn(self, event: Json, event_id: str) -> asyncio.Lock:
        """In order: an emoji that was put on a message and taken back must not end up there."""
        item = event.get("item", {})
        key = (item.get("channel", event_id), item.get("ts", ""), str(event.get("user", "")))
        return self._turns.setdefault(key, asyncio.Lock())

    async def _did(self, doing: _Doing, event_id: str) -> bool:
        """Whether the event was to be done, and now is."""
        if not await self._begin(event_id):
            return False
        await doing()
        async with self._store() as tx:
            await tx.inbox.finish(NAME, event_id)
            await tx.commit()
        return True

    async def _begin(self, event_id: str) -> bool:
        now = self._clock.now()
        async with self._store() as tx:
            begun = await tx.inbox.begin(NAME, event_id, now=now, until=now + HOLD)
            await tx.commit()
        return begun

    async def _wanted(self, workspace: str, event: Json, event_id: str) -> _Doing | None:
        match event["type"]:
            case "reaction_added" | "reaction_removed":
                known = event["item"]["type"] == "message" and verb_of_emoji(event["reaction"], self._emoji)
                return partial(self._reaction, workspace, event) if known else None
            case "message":
                return await self._said(workspace, event)
            case "app_home_opened" if event.get("tab") == "home":
                return partial(self._home, workspace, event)
            case "member_joined_channel":
                return partial(self._joined, workspace, event, event_id)
            case "channel_rename" | "group_rename":
                self._people.renamed(workspace, event["channel"]["id"])
            case "app_uninstalled" | "tokens_revoked":
                return partial(self._ended, workspace)
        return None

    async def _reaction(self, workspace: str, event: Json) -> None:
        item, user = event["item"], event["user"]
        if user == (await self._slack.installation(workspace)).bot_user:
            return
        message = reference(workspace, item["channel"], item["ts"])
        act = React if event["type"] == "reaction_added" else Unreact
        origin = Origin(workspace, user, item["channel"])
        reply = await self._conversation.reply_to(act(message, event["reaction"]), origin)
        await self._conversation.fail_quietly(reply, origin)

    async def _said(self, workspace: str, event: Json) -> _Doing | None:
        """What a person writes counts for the paper that it is under; it may name papers; and it may be for the bot: by
        its name, or in direct messages."""
        if event.get("subtype") not in _BY_A_PERSON or "bot_id" in event or "user" not in event:
            return None
        text, alone = typed(event.get("text", "")), _is_direct(event) and not _is_reply(event)
        concerns_papers = _is_reply(event) or any(ArxivId.find_all(text))
        if not (concerns_papers or alone or _NAME.match(text)):
            return None
        bot = (await self._slack.installation(workspace)).bot_user
        to_bot = text if alone else _said_to(bot, text)
        if event["user"] == bot or not (concerns_papers or to_bot is not None):
            return None
        return partial(self._heard, workspace, event, to_bot)

    async def _heard(self, workspace: str, event: Json, to_bot: str | None) -> None:
        channel, user, text = event["channel"], event["user"], typed(event.get("text", ""))
        if _is_reply(event):
            above = reference(workspace, channel, event["thread_ts"])
            await self._conversation.reply_to(Discussed(above), Origin(workspace, user, channel))
        origin = Origin(workspace, user, channel, thread=event.get("thread_ts", ""))
        if _is_direct(event) and not _is_reply(event):
            origin = Origin(workspace, user)  # else it would be a whisper, and gone when they are opened again
        if command := command_in(to_bot or ""):
            await self._conversation.say(command, origin, "")
        elif any(ArxivId.find_all(text)):
            await self._conversation.say(Mention(reference(workspace, channel, event["ts"]), text), origin, "")
        elif to_bot is not None:
            await self._conversation.show(Reply((cards.called(),)), origin)

    async def _home(self, workspace: str, event: Json) -> None:
        shown = (event.get("view") or {}).get("private_metadata") or "home"
        await self._conversation.show_home(parse(shown), Origin(workspace, event["user"], home=shown))

    async def _ended(self, workspace: str) -> None:
        """Unless it was installed again meanwhile: its token tells."""
        if await self._slack.workspaces.get(workspace) is None:
            return
        try:
            await self._slack.read(workspace, "auth.test")
        except Refused as error:
            if not error.about_the_token:
                raise
            await self._slack.workspaces.remove(workspace)

    async def _joined(self, workspace: str, event: Json, event_id: str) -> None:
        if event["user"] != (await self._slack.installation(workspace)).bot_user:
            return
        channel, since = place(workspace, event["channel"]), self._clock.now() - timedelta(days=1)
        self._people.renamed(workspace, event["channel"])
        if not await self._platform.find(channel, event_id, since=since):
            await self._platform.post(channel, cards.hello(), key=event_id)


def _is_direct(event: Json) -> bool:
    return event.get("channel_type") == "im"


def _is_reply(event: Json) -> bool:
    return event.get("thread_ts") not in (None, event["ts"])


def _said_to(bot: str, text: str) -> str | None:
    """What a message that begins with the bot's name says to it; None for one that does not."""
    name = _NAME.match(text)
    return text[name.end() :].strip() if name and name["user"] == bot else None
