"""A card on its way to a channel."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

import discord
from discord.ui import LayoutView

from adapters.discord import render
from adapters.plain import fitted
from bot.messages import Card

_FILE = "picture.png"
_DESCRIPTION = 1024
"""Characters of a file's."""
_NONCE = 25
"""Characters: docs.discord.com/developers/resources/message#create-message"""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A card with the key by which it is found again; `pictured`, with its image, or else with the words of that."""

    card: Card
    key: str
    pictured: bool

    @property
    def view(self) -> LayoutView:
        return render.message(self.card, self.key, f"attachment://{_FILE}" if self.pictured else "")

    @property
    def files(self) -> list[discord.File]:
        """Good for one call."""
        if not self.pictured or self.card.image is None:
            return []
        image = self.card.image
        return [discord.File(BytesIO(image.png), _FILE, description=fitted(image.alt, _DESCRIPTION) or None)]

    async def sent(self, channel: discord.abc.Messageable) -> discord.Message:
        """The message. Discord itself sends one with the same nonce once, within minutes. Raises what the SDK does."""
        nonce = hashlib.sha256(self.key.encode()).hexdigest()[:_NONCE]
        return await channel.send(view=self.view, files=self.files, nonce=nonce)
