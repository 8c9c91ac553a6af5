"""The one HTTP server of a process: what operators look at, and the addresses of chats that reach us through HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TypeAlias

from aiohttp import web

from bot.errors import PlatformError

LAST_ANSWERS = 3.0
"""Seconds that requests which are under way are given when it stops: chats wait no longer."""
_EXPOSITION = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
"""https://prometheus.io/docs/instrumenting/exposition_formats/"""

Missing: TypeAlias = Callable[[], Awaitable[Sequence[str]]]
"""What keeps the process from its work at present; nothing where it is ready."""


def operators_pages(missing: Missing, metrics: Callable[[], Awaitable[bytes]]) -> list[web.RouteDef]:
    """`/healthz` while the process runs, `/readyz` while nothing is `missing`, else 503, and `/metrics`."""

    async def health(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def readiness(_: web.Request) -> web.Response:
        if reasons := await missing():
            return web.json_response(
                {"status": "not ready", "missing": [*reasons]}, status=HTTPStatus.SERVICE_UNAVAILABLE
            )
        return web.json_response({"status": "ready"})

    async def exposition(_: web.Request) -> web.Response:
        return web.Response(body=await metrics(), headers=_EXPOSITION)

    return [web.get("/healthz", health), web.get("/readyz", readiness), web.get("/metrics", exposition)]


@asynccontextmanager
async def serving(routes: Iterable[web.RouteDef], host: str, port: int) -> AsyncIterator[str]:
    """Serves until the block is left; gives the address. A `port` of 0 is one that is free. Raises PlatformError where
    that is not possible."""
    served = web.Application()
    served.add_routes(routes)
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
