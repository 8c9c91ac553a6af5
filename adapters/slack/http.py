"""Signed HTTP: Slack's news at an address of ours, and the pages that install the app."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow

from adapters.slack.app import SlackApp
from bot.errors import PlatformError

LAST_ANSWERS = 3.0
"""Seconds that requests which are under way are given when it stops: Slack waits no longer."""
EVENTS = "/slack/events"
"""Where events, commands and interactions go alike."""


def pages(app: SlackApp, flow: AsyncOAuthFlow | None, *, signed: bool) -> web.Application:
    """What is served: events if there is a secret that they are `signed` with, and the sign-in if there is a `flow`."""

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.bolt.async_dispatch(await to_bolt_request(request)))

    async def health(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    served = web.Application()
    served.router.add_get("/healthz", health)
    if signed:
        served.router.add_post(EVENTS, events)
    if flow is not None:
        _add_sign_in(served, flow)
    return served


def _add_sign_in(served: web.Application, flow: AsyncOAuthFlow) -> None:
    async def install(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await flow.handle_installation(await to_bolt_request(request)))

    async def installed(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await flow.handle_callback(await to_bolt_request(request)))

    served.router.add_get(flow.install_path, install)
    served.router.add_get(flow.redirect_uri_path, installed)


@asynccontextmanager
async def serving(served: web.Application, host: str, port: int) -> AsyncIterator[str]:
    """Serves until the block is left; gives the address. Raises PlatformError where that is not possible."""
    runner = web.AppRunner(served, access_log=None, shutdown_timeout=LAST_ANSWERS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise PlatformError(f"HTTP cannot be served at {host}:{port}: {error.strerror}", permanent=True) from error
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
