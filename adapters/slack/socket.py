"""Socket Mode: Slack's news through a connection that we open, so that no address of ours need be public."""

import asyncio
from functools import partial

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from adapters.slack.api import WebApi
from adapters.slack.app import SlackApp

PING = 5.0
"""Seconds between two looks whether the connection still stands."""
_LOST = 6
"""Looks without a connection, after which everything about it is made anew: the SDK would go on with the address it was
given, and that is good once only."""


async def listen(app: SlackApp, api: WebApi, app_token: str, *, ping: float = PING) -> None:
    """Keeps connected until it is cancelled."""
    while True:
        handler = AsyncSocketModeHandler(
            app.bolt, app_token, logger=app.bolt.logger, web_client=api.client, ping_interval=ping
        )
        app.reached = partial(_stands, handler.client)
        connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call] # it is not
        try:
            await _until_lost(handler, ping)
        finally:
            app.reached = lambda: False
            connecting.cancel()
            await handler.close_async()  # type: ignore[no-untyped-call] # it is not


def _stands(client: SocketModeClient) -> bool:
    """As it is now: what was true at the last look may be PING old, and whoever asks sends people to us."""
    session = client.current_session
    return not client.closed and not client.stale and session is not None and not session.closed


async def _until_lost(handler: AsyncSocketModeHandler, ping: float) -> None:
    missed = 0
    while missed < _LOST:
        await asyncio.sleep(ping)
        missed = 0 if await handler.client.is_connected() else missed + 1
