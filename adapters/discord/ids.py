"""Discord's ids as the product knows them."""

from bot.editions import MessageRef
from bot.errors import PlatformError

NAME = "discord"


def place(guild: int | str, channel: int | str) -> str:
    """`GUILD/CHANNEL`: a channel's own id does not say in which server it is. A thread is a channel."""
    return f"{guild}/{channel}"


def parted(external_id: str) -> tuple[str, str]:
    """The server and the channel of a place."""
    guild, _, channel = external_id.partition("/")
    return guild, channel


def reference(guild: int | str, channel: int | str, message: int | str) -> MessageRef:
    """A message in a channel or thread of a server."""
    return MessageRef(NAME, place(guild, channel), str(message))


def snowflake(text: str) -> int:
    """An id as Discord's calls take it. Raises PlatformError where it is none of Discord's."""
    if not text.isdecimal():
        raise PlatformError("there is nothing of that id in Discord", permanent=True)
    return int(text)
