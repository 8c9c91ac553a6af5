"""How a reply reaches whoever did something that Discord lets us answer.

The first response must come within three seconds and settles who sees it; what follows may come for a quarter of an
hour: docs.discord.com/developers/interactions/receiving-and-responding
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

import aiohttp
import discord
from discord import Interaction
from discord.ui import LayoutView, Modal

from adapters.discord.render import messages
from bot.messages import Reply

log = logging.getLogger(__name__)

_ACKNOWLEDGED = 40060
"""There is a response already: the answer to the first try was lost on its way."""
_OVER = frozenset({10062, 10015, 50027})
"""The interaction is unknown, and so is its webhook or the webhook's token: too late."""

_Response: TypeAlias = Callable[[], Awaitable[Any]]


class Answering:
    """What one interaction is answered with. A `private` answer is for the asker's eyes only; one that is `in_place`
    takes the place of the message whose button was pressed, which nobody else sees."""

    def __init__(self, interaction: Interaction[Any], *, private: bool = True, in_place: bool = False) -> None:
        self._interaction = interaction
        self._private = private
        self._in_place = in_place
        self.held = False
        """Whether it was said that the answer takes a while, and there is none yet."""
        self._responded = False

    async def hold(self) -> None:
        """Says that the answer takes a while. It can be no modal then."""
        self.held = True
        thinking = not self._in_place
        await self._respond_if_in_time(
            lambda: self._interaction.response.defer(ephemeral=self._private, thinking=thinking)
        )

    async def hear(self) -> None:
        """Says that it was heard, where what becomes of it is seen in the message itself."""
        await self._respond_if_in_time(self._interaction.response.defer)

    async def open(self, modal: Modal) -> None:
        """Shows a modal, if nothing was said so far."""
        modal.stop()  # what comes back of it is read without it
        await self._respond(lambda: self._interaction.response.send_modal(modal))

    async def show(self, reply: Reply) -> None:
        """Every message of the reply. Raises what the SDK raises where Discord does not take it."""
        await self.display(messages(reply), private=reply.private)

    async def display(self, views: Sequence[LayoutView], *, private: bool = True) -> None:
        """These messages, one after the other; of none, nothing is left to be seen."""
        left = [*views]
        try:
            if self.held and not self._in_place and (private != self._private or not left):
                await self._interaction.delete_original_response()
                self.held = False
            elif not left:
                await self._vanish()
            elif not self._responded or self.held:
                await self._first(left[0], private=private)
                del left[0]
            while left:
                await self._interaction.followup.send(view=left[0], ephemeral=private)
                del left[0]
        except discord.HTTPException as error:
            if error.code not in _OVER:
                raise
            log.info("Discord: an answer came too late for its interaction")
            await self._elsewhere(left, private=private)

    async def _first(self, view: LayoutView, *, private: bool) -> None:
        if self.held:
            self.held = False
            await self._interaction.edit_original_response(view=view)
        elif self._in_place:
            await self._respond(lambda: self._interaction.response.edit_message(view=view))
        else:
            await self._respond(lambda: self._interaction.response.send_message(view=view, ephemeral=private))

    async def _vanish(self) -> None:
        """An interaction that is not answered is shown as failed."""
        if not self._responded and not self._in_place:
            await self._respond(lambda: self._interaction.response.defer(ephemeral=True, thinking=True))
            await self._interaction.delete_original_response()
        elif not self._responded:
            await self.hear()

    async def _respond(self, response: _Response) -> None:
        """Once more where Discord's receipt was lost: if it took the first, it says so."""
        try:
            try:
                await response()
            except aiohttp.ClientError:
                await response()
        except discord.HTTPException as error:
            if error.code != _ACKNOWLEDGED:
                raise
        self._responded = True

    async def _respond_if_in_time(self, response: _Response) -> None:
        """What was only to bridge the time is not missed."""
        try:
            await self._respond(response)
        except discord.HTTPException as error:
            if error.code not in _OVER:
                raise
            self._responded = True

    async def _elsewhere(self, views: Sequence[LayoutView], *, private: bool) -> None:
        channel = self._interaction.channel
        where = channel if not private and isinstance(channel, discord.abc.Messageable) else self._interaction.user
        for view in views:
            await where.send(view=view)
