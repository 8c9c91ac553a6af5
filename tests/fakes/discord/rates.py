"""How often an app may call: a bucket for each route and major parameter, all routes together, and refusals.

Discord's documentation, "Rate Limits", tells the headers, the 50 a second and the 10,000 refusals in ten minutes;
the buckets' sizes it does not tell. All of this goes by the machine's clock, since the client waits by that one.
"""

import hashlib
import math
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from aiohttp import web

from tests.fakes.discord.wire import json_answer

REFUSALS = (401, 403, 429)
BAN_SECONDS = 600.0


class Limit(NamedTuple):
    """So many calls within so many seconds."""

    calls: int
    seconds: float


@dataclass(frozen=True)
class Rates:
    """What is enforced: `everywhere` on all routes but interactions' own, `routes` on each with its major parameter.

    `default` is the bucket of every other route. `refusals` is how many of 401, 403 and 429 within ten minutes lead
    to a ban.
    """

    everywhere: Limit | None = None
    routes: Mapping[str, Limit] = field(default_factory=lambda: MappingProxyType({}))
    default: Limit | None = None
    refusals: int = 10_000


OBSERVED = Rates(
    everywhere=Limit(50, 1.0),
    routes=MappingProxyType(
        {
            "POST /channels/{channel}/messages": Limit(5, 5.0),
            "PATCH /channels/{channel}/messages/{message}": Limit(5, 5.0),
            "DELETE /channels/{channel}/messages/{message}": Limit(5, 1.0),
            "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me": Limit(1, 0.25),
            "POST /channels/{channel}/threads": Limit(50, 300.0),
            "POST /webhooks/{application}/{token}": Limit(5, 2.0),
        }
    ),
    default=Limit(10, 10.0),
)
"""Discord's own numbers where it tells them, and what people report of the buckets where it does not."""


class Allowance(NamedTuple):
    """What the meter says of a call: seconds to wait (0 if it may pass), and the headers of the answer."""

    wait: float
    everywhere: bool
    headers: dict[str, str]


@dataclass
class _Window:
    """What was let through since `start`."""

    start: float
    calls: int = 0

    def wait(self, limit: Limit, now: float) -> float:
        """Seconds until a call may pass; a window that is over starts anew."""
        if now - self.start >= limit.seconds:
            self.start, self.calls = now, 0
        return 0.0 if self.calls < limit.calls else self.start + limit.seconds - now


class Meter:
    """Counts calls and refusals."""

    def __init__(self) -> None:
        self._everywhere = _Window(0.0)
        self._windows: dict[tuple[str, str], _Window] = {}
        self._refused: deque[float] = deque()

    @property
    def refusals(self) -> int:
        """How many answers of 401, 403 and 429 there were in the last ten minutes."""
        while self._refused and time.monotonic() - self._refused[0] > BAN_SECONDS:
            self._refused.popleft()
        return len(self._refused)

    def refused(self) -> None:
        self._refused.append(time.monotonic())

    def allow(self, rates: Rates, route: str, major: str) -> Allowance:
        """Whether a call may pass now; counts it if so."""
        now = time.monotonic()
        everywhere = rates.everywhere if "{token}" not in route else None
        if everywhere and (wait := self._everywhere.wait(everywhere, now)):
            return Allowance(wait, True, {})
        limit, wait, headers = rates.routes.get(route, rates.default), 0.0, {}
        if limit:
            window = self._windows.setdefault((route, major), _Window(now))
            wait = window.wait(limit, now)
            window.calls += not wait
            headers = _headers(route, limit, window, now)
        if everywhere and not wait:
            self._everywhere.calls += 1
        return Allowance(wait, False, headers)


def _headers(route: str, limit: Limit, window: _Window, now: float) -> dict[str, str]:
    reset_after = window.start + limit.seconds - now
    return {
        "X-RateLimit-Limit": str(limit.calls),
        "X-RateLimit-Remaining": str(limit.calls - window.calls),
        "X-RateLimit-Reset": f"{time.time() + reset_after:.3f}",
        "X-RateLimit-Reset-After": f"{reset_after:.3f}",
        "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:32],
    }


def too_many(seconds: float, *, everywhere: bool = False, headers: Mapping[str, str] | None = None) -> web.Response:
    """A 429. Its `Via` header is what the client knows it by: without one it takes the answer for a ban."""
    more = {
        "Via": "1.1 google",
        "Retry-After": str(math.ceil(seconds)),
        "X-RateLimit-Scope": "global" if everywhere else "user",
    }
    if everywhere:
        more["X-RateLimit-Global"] = "true"
    body = {"message": "You are being rate limited.", "retry_after": round(seconds, 3), "global": everywhere}
    return json_answer(body, 429, {**more, **(headers or {})})


def banned() -> web.Response:
    """What the address is answered with once it had too many refusals."""
    return web.Response(status=429, text="<html><body>Error 1015</body></html>", content_type="text/html")
