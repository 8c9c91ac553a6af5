"""Gives commands to the product, and its replies to those who asked."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from discord import Interaction
from discord.ui import LayoutView

from adapters.discord.answers import Answering
from adapters.discord.errors import TROUBLES, refused
from adapters.discord.render_forms import modals, panel, refilled
from bot.cards import platforms as cards
from bot.commands import Ask, ChangeSettings, Command, Subscribe
from bot.messages import Form, Reply
from bot.ports import Clock, Dispatch
from bot.teams import Sender

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Commands that the product works on at the same time. More than it can do wait here, where waiting has no end, and not
for the database, which after some seconds is not waited for."""
PATIENCE = 1.0
"""Seconds that an answer may take before somebody is told that it takes a while: a first response has three."""
KEPT = timedelta(minutes=15)
"""How long what somebody wrote into a modal is kept for them, if something was wrong with it."""

Values: TypeAlias = Mapping[str, str | tuple[str, ...]]


def asks_back(command: Command) -> bool:
    """Whether the answer is a form."""
    return isinstance(command, Ask) or (isinstance(command, Subscribe | ChangeSettings) and command.order is None)


@asynccontextmanager
async def _told(answering: Answering) -> AsyncIterator[None]:
    """What goes wrong inside is logged, and said if that can still be done."""
    try:
        yield
    except TROUBLES as error:
        log.warning("%s", refused("answer", error))
    except Exception:
        log.exception("Discord: something broke")
    else:
        return
    try:
        await answering.show(Reply((cards.not_shown(),)))
    except TROUBLES as error:
        log.warning("%s", refused("say so", error))


class Conversation:
    """Asks the product, and shows what it says. Nothing is raised for what goes wrong on the way: it is said."""

    def __init__(self, dispatch: Dispatch, clock: Clock, *, patience: float = PATIENCE) -> None:
        self._dispatch = dispatch
        self._clock = clock
        self._patience = patience
        self._room = asyncio.Semaphore(AT_ONCE)
        self._kept: dict[tuple[int, str], tuple[Values, datetime]] = {}

    async def reply_to(self, command: Command, sender: Sender) -> Reply:
        """The product's reply."""
        async with self._room:
            return await self._dispatch(command, sender)

    async def answer(
        self, interaction: Interaction[Any], command: Command, sender: Sender, *, private: bool, in_place: bool = False
    ) -> None:
        """For what was typed, pressed or filled in."""
        answering = Answering(interaction, private=private, in_place=in_place)
        async with _told(answering):
            await answering.show(await self._in_time(command, sender, answering))

    async def ask(
        self,
        interaction: Interaction[Any],
        command: Command,
        sender: Sender,
        *,
        target: str = "",
        page: int | None = None,
    ) -> None:
        """For a command that is answered with a form. A short one opens at once, and so does the modal of that `page`;
        a long one, or one that took its time, is a message that opens modals. `target` goes with it, to be read in what
        comes back."""
        answering = Answering(interaction)
        async with _told(answering):
            reply = await self._in_time(command, sender, answering)
            form = next((part for part in reply.parts if isinstance(part, Form)), None)
            if form is None:
                await answering.show(reply)
                return
            form = replace(form, command=f"{form.command}{target}")
            pages = modals(refilled(form, self._written(interaction.user.id, form.command)))
            wanted = 0 if len(pages) == 1 else page
            if answering.held or wanted is None:
                await answering.display([panel(form)])
            else:
                await answering.open(pages[min(wanted, len(pages) - 1)])

    async def display(self, interaction: Interaction[Any], reply: Reply | LayoutView) -> None:
        """For what the product need not be asked."""
        answering = Answering(interaction)
        async with _told(answering):
            if isinstance(reply, Reply):
                await answering.show(reply)
            else:
                await answering.display([reply])

    async def change(self, interaction: Interaction[Any], command: Command, sender: Sender) -> None:
        """For what has an effect that the message itself will show: only that it could not be done is said."""
        answering = Answering(interaction)
        async with _told(answering):
            await answering.hear()
            reply = await self.reply_to(command, sender)
            if reply.failed:
                await answering.show(reply)

    def keep(self, user: int, command: str, values: Values) -> None:
        """Keeps what somebody wrote, for when they correct it."""
        now = self._clock.now()
        self._kept = {key: kept for key, kept in self._kept.items() if kept[1] > now}
        self._kept[user, command] = {**self._written(user, command), **values}, now + KEPT

    def forget(self, user: int, command: str) -> None:
        """It was right."""
        self._kept.pop((user, command), None)

    def _written(self, user: int, command: str) -> Values:
        values, until = self._kept.get((user, command), ({}, self._clock.now()))
        return values if until > self._clock.now() else {}

    async def _in_time(self, command: Command, sender: Sender, answering: Answering) -> Reply:
        asking = asyncio.create_task(self.reply_to(command, sender))
        try:
            if not (await asyncio.wait({asking}, timeout=self._patience))[0]:
                await answering.hold()
            return await asking
        finally:
            asking.cancel()
