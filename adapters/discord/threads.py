"""Threads: where what stands under a message is posted."""

import discord

from adapters.discord.client import PapersClient
from adapters.discord.errors import THREAD_EXISTS
from adapters.discord.ids import parted, snowflake
from adapters.discord.render import posted_name
from bot.editions import MessageRef


def thread_of(channel: str, under: MessageRef) -> int:
    """The id of the thread for what is posted in `channel` under a message: the message's own, or that of the thread
    which the message stands in."""
    return snowflake(under.message if under.channel == channel else parted(under.channel)[1])


async def open_thread(client: PapersClient, message: MessageRef, name: str = "") -> None:
    """Makes a message's thread; one that is there is good, and messages in threads have none. Without a `name`, it has
    that of the card which the message shows. Raises what the SDK does."""
    channel = await client.fetch_channel(snowflake(parted(message.channel)[1]))
    if not isinstance(channel, discord.TextChannel):
        return
    posted = channel.get_partial_message(snowflake(message.message))
    try:
        await posted.create_thread(name=name or posted_name((await posted.fetch()).components))
    except discord.HTTPException as error:
        if error.code != THREAD_EXISTS:
            raise


async def reopen(client: PapersClient, thread: int) -> None:
    """Nothing in an archived thread can be changed. It archives itself again. Raises what the SDK does."""
    archived = await client.fetch_channel(thread)
    if isinstance(archived, discord.Thread):
        await archived.edit(archived=False)
