"""The terminal as a platform that editions are posted to."""

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime

from adapters.terminal.transcript import Edit, Message, Transcript
from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Card, Notice
from bot.ports import Clock
from bot.teams import Standing

NAME = "terminal"
WORKSPACE = "local"
CHANNEL = "terminal"
"""The one channel that a terminal has."""


class TerminalPlatform:
    """Satisfies `bot.ports.Platform`: posts into a transcript, and shows what it posts to whoever is watching."""

    name = NAME

    def __init__(
        self, transcript: Transcript, clock: Clock, show: Callable[[Card | Notice], None] | None = None
    ) -> None:
        self._transcript = transcript
        self._clock = clock
        self._show = show

    def room(self) -> nullcontext[None]:
        return nullcontext()

    async def post(self, channel: str, card: Card, *, key: str, under: MessageRef | None = None) -> MessageRef:
        message = Message(key, channel, self._clock.now(), card, under.message if under else None)
        await self._append(message)
        if self._show is not None:
            self._show(card)
        return MessageRef(NAME, channel, key)

    async def find(
        self, channel: str, key: str, *, since: datetime, under: MessageRef | None = None
    ) -> MessageRef | None:
        wanted = channel, key, under.message if under else None
        for message in await self._messages():
            if (message.channel, message.id, message.under) == wanted and message.posted_at >= since:
                return MessageRef(NAME, channel, key)
        return None

    async def edit(self, message: MessageRef, card: Card) -> None:
        await self._known(message)
        await self._append(Edit(message.message, self._clock.now(), card))

    async def mark(self, message: MessageRef, emoji: str) -> None:  # noqa: ARG002 - a transcript has no place for emoji
        await self._known(message)

    async def tell(self, user: str, channel: str, notice: Notice) -> None:  # noqa: ARG002 - who watches is who is there
        if self._show is None:
            raise PlatformError("nobody is watching the terminal")
        self._show(notice)

    async def link(self, message: MessageRef) -> str:
        await self._known(message)
        return ""

    async def discuss(self, message: MessageRef, card: Card) -> None:  # noqa: ARG002 - a terminal has no threads to open
        await self._known(message)

    async def standing(self, user: str, channel: str) -> Standing:  # noqa: ARG002 - who can type here may do everything
        return Standing(manages=True, bot_is_in=True, administers=True)

    async def _known(self, message: MessageRef) -> None:
        if all(known.id != message.message for known in await self._messages()):
            raise PlatformError("the transcript holds no such message", permanent=True)

    async def _messages(self) -> list[Message]:
        try:
            return await asyncio.to_thread(self._transcript.messages)
        except OSError as error:
            raise PlatformError(f"cannot read the transcript: {error.strerror}") from error

    async def _append(self, line: Message | Edit) -> None:
        image = line.card.image
        if image:  # a terminal shows its words alone
            line = replace(line, card=replace(line.card, image=replace(image, png=b"")))
        try:
            await asyncio.to_thread(self._transcript.append, line)
        except OSError as error:
            raise PlatformError(f"cannot write the transcript: {error.strerror}") from error
