"""Failures on order.

Kinds: those of `tests.fakes.faults`, and `ratelimited` (429 with `retry_after`). Anything else is an error code that
the call is answered with, such as `fatal_error`.
"""

from functools import partial

from aiohttp import web

from tests.fakes import faults


def too_many(seconds: int) -> web.Response:
    headers = {"Retry-After": str(seconds)}
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)


def _own(fault: faults.Fault) -> web.Response:
    if fault.kind == "ratelimited":
        return too_many(int(fault.retry_after))
    return web.json_response({"ok": False, "error": fault.kind})


with_fault = partial(faults.with_fault, own=_own)
"""Answers a request as a fault orders."""
