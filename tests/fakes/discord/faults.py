"""Failures on order.

Kinds: `error_before` and `error_after` (status 500, without and with the call having been carried out), `unavailable`
(503), `drop_before` and `drop_after` (the connection ends without an answer), `slow` (answers after `seconds`),
`malformed` (broken JSON, the call having been carried out), `ratelimited` and `ratelimited_globally` (429 with
`retry_after`). A number is one of Discord's error codes, such as 50013. The real client repeats a 500 by itself.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from tests.fakes.discord.errors import ApiError
from tests.fakes.discord.rates import too_many
from tests.fakes.discord.wire import json_text


@dataclass
class Fault:
    """What happens to the next `times` calls of `route`; of any route, if that is `*`."""

    route: str
    kind: str | int
    times: int = 1
    seconds: float = 1.0
    retry_after: float = 1.0

    def hits(self, route: str) -> bool:
        """Whether this call is one of them; counts it if so."""
        if self.times < 1 or self.route not in (route, "*"):
            return False
        self.times -= 1
        return True


async def with_fault(fault: Fault, request: web.Request, answer: Callable[[], Awaitable[web.Response]]) -> web.Response:
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
            return json_text((whole.text or "")[:-5], whole.status)
        case "ratelimited" | "ratelimited_globally":
            return too_many(fault.retry_after, everywhere=fault.kind == "ratelimited_globally")
        case int(code):
            raise ApiError(code)
        case kind:
            raise ValueError(f"there is no fault {kind!r}")


def server_error(status: int) -> web.Response:
    return web.Response(status=status, text="<html><body>Server Error</body></html>", content_type="text/html")


def dropped(request: web.Request) -> web.Response:
    """Ends the connection; what is returned never arrives."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
