"""The service as Slack and people's browsers reach it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.slack.service import SlackService
from adapters.web.server import serving
from bot.ports import Dispatch


@asynccontextmanager
async def reached(service: SlackService, dispatch: Dispatch) -> AsyncIterator[str]:
    """It listens, and what it serves is at this address, until the block is left."""
    async with serving(service.routes(), "127.0.0.1", 0) as address:
        listening = asyncio.create_task(service.run(dispatch, ping=0.05))
        try:
            async with asyncio.timeout(10):
                while not service.connected:  # noqa: ASYNC110 - nobody is told when that changes
                    await asyncio.sleep(0.01)
            yield address
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
