"""The real client before the fake server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.fakes.discord.core import Core


@contextmanager
def pointed_at(fake: Core) -> Iterator[None]:
    """Lets every discord.py client speak to `fake`, which is serving, until the block is left."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = fake.api_url, yarl.URL(fake.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


@asynccontextmanager
async def running(fake: Core, client: discord.Client) -> AsyncIterator[discord.Client]:
    """Logs `client` in and runs it: it is ready when the block begins, and closed when it is left.

    Make the client with a short `guild_ready_timeout`: it waits so long after the last guild.
    """
    async with client:
        run = asyncio.ensure_future(client.start(fake.token))
        ready = asyncio.ensure_future(client.wait_until_ready())
        try:
            await asyncio.wait([run, ready], return_when=asyncio.FIRST_COMPLETED)
            if run.done():
                run.result()
            yield client
        finally:
            ready.cancel()
            await client.close()
            await asyncio.gather(run, return_exceptions=True)
