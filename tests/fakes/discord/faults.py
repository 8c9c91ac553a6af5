"""Failures on order.

Kinds: those of `tests.fakes.faults`, `ratelimited` and `ratelimited_globally` (429 with `retry_after`). A number is one
of Discord's error codes, such as 50013. The real client repeats a 500 by itself.
"""

from functools import partial

from aiohttp import web

from tests.fakes import faults
from tests.fakes.discord.errors import ApiError
from tests.fakes.discord.rates import too_many


def _own(fault: faults.Fault) -> web.Response:
    match fault.kind:
        case "ratelimited" | "ratelimited_globally":
            return too_many(fault.retry_after, everywhere=fault.kind == "ratelimited_globally")
        case int(code):
            raise ApiError(code)
        case kind:
            raise ValueError(f"there is no fault {kind!r}")


with_fault = partial(faults.with_fault, own=_own)
"""Answers a request as a fault orders. Raises ApiError where the fault is a code."""
