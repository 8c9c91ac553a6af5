"""Channels of the fake server as the product names them."""

from tests.fakes.discord.model import Channel


def place(channel: Channel) -> str:
    """`GUILD/CHANNEL`."""
    assert channel.guild
    return f"{channel.guild.id}/{channel.id}"
