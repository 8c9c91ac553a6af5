"""Failures on order.

Kinds: `error_before` and `error_after` (status 500, without and with the call having been carried out), `unavailable`
(503), `drop_before` and `drop_after` (the connection ends without an answer), `slow` (answers after `seconds`),
`malformed` (broken JSON, the call having been carried out), `ratelimited` (429 with `retry_after`). Anything else is
an error code that the call is answered with, such as `fatal_error`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

CARRIED_OUT = ("error_after", "drop_after", "slow", "malformed")
"""The kinds with which the call has its effect all the same."""


@dataclass
class Fault:
    """What happens to the next `times` calls of `method`; of any method, if that is `*`."""

    method: str
    kind: str
    times: int = 1
    seconds: float = 1.0
    retry_after: int = 1

    def hits(self, method: str) -> bool:
        """Whether this call is one of them; counts it if so."""
        if self.times < 1 or self.method not in (method, "*"):
            return False
        self.times -= 1
        return True


async def with_fault(
    fault: Fault, request: web.Request, answer: Callable[[], Awaitable[web.Response]]
) -> web.StreamResponse:
    """Answers `request` as `fault` orders; `answer` carries the call out."""
    match fault.kind:
        case "error_before":
            return server_error(500)
        case "error_after":
            await answer()
            return server_error(500)
        case "unavailable":
            return server_error(503)
        case "drop_before":
            return dropped(request)
        case "drop_after":
            await answer()
            return dropped(request)
        case "slow":
            await asyncio.sleep(fault.seconds)
            return await answer()
        case "malformed":
            whole = await answer()
            return web.Response(text=(whole.text or "")[:-5], content_type="application/json")
        case "ratelimited":
            return too_many(fault.retry_after)
        case code:
            return web.json_response({"ok": False, "error": code})


def server_error(status: int) -> web.Response:
    return web.Response(status=status, text="<html><body>Server Error</body></html>", content_type="text/html")


def too_many(seconds: int) -> web.Response:
    headers = {"Retry-After": str(seconds)}
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)


def dropped(request: web.Request) -> web.Response:
    """Ends the connection; what is returned never arrives."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
