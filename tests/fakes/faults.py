"""Failures on order, of any platform of our own.

Kinds: `error_before` and `error_after` (status 500, without and with the call having been carried out), `unavailable`
(503), `drop_before` and `drop_after` (the connection ends without an answer), `slow` (answers after `seconds`),
`malformed` (broken JSON, the call having been carried out). What else there is, a platform says itself.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from aiohttp import web

CARRIED_OUT = ("error_after", "drop_after", "slow", "malformed")
"""The kinds with which the call has its effect all the same."""


@dataclass
class Fault:
    """What happens to the next `times` calls of `call`, a method or a route; of any, if that is `*`."""

    call: str
    kind: str | int
    times: int = 1
    seconds: float = 1.0
    retry_after: float = 1.0

    def hits(self, call: str) -> bool:
        """Whether this call is one of them; counts it if so."""
        if self.times < 1 or self.call not in (call, "*"):
            return False
        self.times -= 1
        return True


class Faults(list[Fault]):
    """In the order in which they were ordered."""

    def order(self, fault: Fault) -> Fault:
        self.append(fault)
        return fault

    def next(self, call: str) -> Fault | None:
        """The fault that this call runs into; counts it."""
        return next((each for each in self if each.hits(call)), None)


Answer: TypeAlias = Callable[[], Awaitable[web.Response]]
"""Carries a call out."""


async def with_fault(
    fault: Fault, request: web.Request, answer: Answer, *, own: Callable[[Fault], web.Response]
) -> web.Response:
    """Answers `request` as `fault` orders; `own` answers to the kinds that only this platform has."""
    match fault.kind:
        case "error_before":
            return _server_error(500)
        case "error_after":
            await answer()
            return _server_error(500)
        case "unavailable":
            return _server_error(503)
        case "drop_before":
            return _dropped(request)
        case "drop_after":
            await answer()
            return _dropped(request)
        case "slow":
            await asyncio.sleep(fault.seconds)
            return await answer()
        case "malformed":
            whole = await answer()
            cut = (whole.text or "")[:-5].encode()
            return web.Response(body=cut, status=whole.status, content_type="application/json")
        case _:
            return own(fault)


def _server_error(status: int) -> web.Response:
    return web.Response(status=status, text="<html><body>Server Error</body></html>", content_type="text/html")


def _dropped(request: web.Request) -> web.Response:
    """Ends the connection; what is returned never arrives."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
