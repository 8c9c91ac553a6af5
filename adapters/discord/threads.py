"""Threads: where what stands under a message is posted."""

import discord
from discord.http import Route

from adapters.discord.client import PapersClient
from adapters.discord.errors import THREAD_EXISTS, WRONG_CHANNEL_TYPE
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
    channel, its = snowflake(parted(message.channel)[1]), snowflake(message.message)
    if not name:
        posted = client.get_partial_messageable(channel).get_partial_message(its)
        name = posted_name((await posted.fetch()).components)
    # The SDK's own way begins with looking at the channel, of which nothing need be known.
    route = Route("POST", "/channels/{channel_id}/messages/{message_id}/threads", channel_id=channel, message_id=its)
    try:
        await client.http.request(route, json={"name": name})
    except discord.HTTPException as error:
        if error.code not in (THREAD_EXISTS, WRONG_CHANNEL_TYPE):
            raise


async def reopen(client: PapersClient, thread: int) -> None:
    """Nothing in an archived thread can be changed. It archives itself again. Raises what the SDK does."""
    archived = await client.fetch_channel(thread)
    if isinstance(archived, discord.Thread):
        await archived.edit(archived=False)
