"""Slack as a platform that editions are posted to."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from adapters.slack import render
from adapters.slack.answers import Origin, whisper
from adapters.slack.api import PATIENCE, Json
from adapters.slack.errors import Refused
from adapters.slack.ids import NAME, parted, reference
from adapters.slack.workspaces import Slack
from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Card, Image, Notice
from bot.ports import Clock
from bot.teams import Standing

log = logging.getLogger(__name__)

_EVENT_TYPE = "paper_round_post"
"""The name of the metadata that carries a message's key, and when it was posted by our clock."""
_SKEW = timedelta(minutes=5)
"""How far Slack's clock may be from ours."""
_UPLOAD = 10.0
"""Seconds that a picture's upload may take."""
_NOT_READY = "invalid_blocks"
"""Slack looks at an upload after it took it, and shows no picture before (github.com/slackapi/slack-github-action,
issue 413)."""
_TRIES, _SOON = 3, 2.0
"""Times that a message with its picture is tried, and seconds between."""
_CHANNELS_AT_ONCE = 100
"""Each has a rate of its own, so this is for our own good: a message a second in each leaves a process time for people.
More processes post in more."""
_PAGE = 200
_PAGES = 10
"""2,000 messages since the key was made. Where there are more, nobody can tell, and the post waits."""


class SlackPlatform:
    """Satisfies `bot.ports.Platform`. A channel is `T…/C…`."""

    name = NAME

    def __init__(self, slack: Slack, clock: Clock) -> None:
        self._slack = slack
        self._clock = clock
        self._room = asyncio.Semaphore(_CHANNELS_AT_ONCE)

    def room(self) -> asyncio.Semaphore:
        return self._room

    async def post(self, channel: str, card: Card, *, key: str, under: MessageRef | None = None) -> MessageRef:
        """With the card's image, or with its words where Slack does not take it. Nothing is sent when PATIENCE is over:
        with its time-out, that is less than a lease on the post."""
        by = self._clock.now() + timedelta(seconds=PATIENCE)
        if card.image:
            picture = await self._uploaded(parted(channel)[0], card.image)
            for _ in range(_TRIES if picture else 0):
                try:
                    return await self._post(channel, card, picture, key, under, by)
                except Refused as error:
                    if error.code != _NOT_READY:
                        raise
                    log.warning("a picture is not shown: %s", error)
                await self._clock.sleep(_SOON)
        return await self._post(channel, card, "", key, under, by)

    async def _post(
        self, channel: str, card: Card, picture: str, key: str, under: MessageRef | None, by: datetime
    ) -> MessageRef:
        now = self._clock.now()
        workspace, place = parted(channel)
        shown = render.message(card, picture)
        ts = await self._slack.post(
            workspace,
            place,
            by=by,
            text=shown.text,
            blocks=shown.blocks,
            metadata={"event_type": _EVENT_TYPE, "event_payload": {"key": key, "at": now.isoformat()}},
            thread_ts=under.message if under else None,
        )
        return reference(workspace, place, ts)

    async def _uploaded(self, workspace: str, image: Image) -> str:
        try:
            async with asyncio.timeout(_UPLOAD):
                return await self._slack.upload(workspace, image)
        except (PlatformError, TimeoutError) as error:
            log.warning("a picture was left out: %s", error or "its upload took too long")
            return ""

    async def find(
        self, channel: str, key: str, *, since: datetime, under: MessageRef | None = None
    ) -> MessageRef | None:
        workspace, place = parted(channel)
        above = under.message if under else None
        async for written in self._written(workspace, place, since - _SKEW, above):
            if above and (written["ts"] == above or written.get("thread_ts") != above):
                continue  # a thread is told with the message that it is under
            metadata = written.get("metadata") or {}
            ours = metadata.get("event_payload", {}) if metadata.get("event_type") == _EVENT_TYPE else {}
            if ours.get("key") == key and datetime.fromisoformat(ours["at"]) >= since:
                return reference(workspace, place, written["ts"])
        return None

    async def edit(self, message: MessageRef, card: Card) -> None:
        """An image is not sent again: its words stand there."""
        workspace, place = parted(message.channel)
        shown = render.message(card)
        await self._slack.do(
            workspace, "chat.update", channel=place, ts=message.message, text=shown.text, blocks=shown.blocks
        )

    async def mark(self, message: MessageRef, emoji: str) -> None:
        workspace, place = parted(message.channel)
        try:
            await self._slack.do(workspace, "reactions.add", channel=place, timestamp=message.message, name=emoji)
        except Refused as error:
            if error.code != "already_reacted":
                raise

    async def tell(self, user: str, channel: str, notice: Notice) -> None:
        """In the channel, for that person's eyes only; where that cannot be, as a direct message."""
        workspace, place = parted(channel)
        await whisper(self._slack, Origin(workspace, user, place), render.message(notice))

    async def link(self, message: MessageRef) -> str:
        workspace, place = parted(message.channel)
        found = await self._slack.read(workspace, "chat.getPermalink", channel=place, message_ts=message.message)
        return str(found["permalink"])

    async def discuss(self, message: MessageRef, card: Card) -> None:
        """Nothing: each message has a thread from the beginning."""

    async def standing(self, user: str, channel: str) -> Standing:
        """A channel is managed by who made it, and by the workspace's admins and owners; nobody else has direct
        messages."""
        workspace, place = parted(channel)
        person = (await self._slack.read(workspace, "users.info", user=user))["user"]
        admin = bool(person.get("is_admin") or person.get("is_owner"))
        zone = str(person.get("tz") or "")
        try:
            room = (await self._slack.read(workspace, "conversations.info", channel=place))["channel"]
        except Refused as error:
            if error.code != "channel_not_found":
                raise
            return Standing(manages=admin, bot_is_in=False, zone=zone, administers=admin)
        if room.get("is_im"):
            return Standing(manages=True, bot_is_in=True, zone=zone, administers=admin)
        manages = admin or room.get("creator") == user
        return Standing(manages=manages, bot_is_in=bool(room.get("is_member")), zone=zone, administers=admin)

    async def _written(self, workspace: str, place: str, oldest: datetime, thread: str | None) -> AsyncIterator[Json]:
        method = "conversations.replies" if thread else "conversations.history"
        cursor: str | None = None
        for _ in range(_PAGES):
            page = await self._slack.read(
                workspace,
                method,
                channel=place,
                ts=thread,
                oldest=f"{oldest.astimezone(UTC).timestamp():.6f}",
                limit=_PAGE,
                cursor=cursor,
                include_all_metadata=True,
            )
            for written in page["messages"]:
                yield written
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
        raise PlatformError("the channel has too many new messages to look for one of ours")
