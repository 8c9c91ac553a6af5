"""How often an app may call, per workspace and method, and per channel where it writes."""

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

_TIERS = {
    "conversations.list": 20,
    "users.conversations": 50,
    "conversations.history": 50,
    "conversations.replies": 50,
    "conversations.info": 50,
    "conversations.join": 50,
    "conversations.open": 50,
    "chat.update": 50,
    "chat.delete": 50,
    "chat.postEphemeral": 100,
    "conversations.members": 100,
    "reactions.add": 50,
    "reactions.remove": 20,
    "reactions.get": 50,
    "users.info": 100,
    "views.open": 100,
    "views.push": 100,
    "views.update": 100,
    "views.publish": 100,
    "files.getUploadURLExternal": 100,
    "files.completeUploadExternal": 100,
    "apps.connections.open": 20,
}


@dataclass(frozen=True)
class Pacing:
    """The rates that are enforced: `per_channel` messages a second after a burst of `burst`; `per_minute` by method."""

    per_channel: float | None = None
    burst: int = 1
    per_minute: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


DOCUMENTED = Pacing(per_channel=1.0, burst=3, per_minute=MappingProxyType(_TIERS))
"""As Slack's documentation has them. How long a burst may be it does not say."""


class Meter:
    """Counts calls and says how long to wait."""

    def __init__(self) -> None:
        self._calls: dict[tuple[str, ...], deque[datetime]] = {}

    def wait(self, pacing: Pacing, team: str, method: str, channel: str, now: datetime) -> int:
        """Whole seconds until this call is allowed; 0 counts it as made now."""
        limits: list[tuple[tuple[str, ...], int, float]] = []
        if method == "chat.postMessage" and pacing.per_channel:
            limits.append(((team, method, channel), pacing.burst, pacing.burst / pacing.per_channel))
        if method in pacing.per_minute:
            limits.append(((team, method), pacing.per_minute[method], 60.0))
        waits = [self._wait(key, most, timedelta(seconds=seconds), now) for key, most, seconds in limits]
        if not any(waits):
            for key, _, _ in limits:
                self._calls[key].append(now)
        return max(waits, default=0)

    def _wait(self, key: tuple[str, ...], most: int, window: timedelta, now: datetime) -> int:
        calls = self._calls.setdefault(key, deque())
        while calls and now - calls[0] >= window:
            calls.popleft()
        if len(calls) < most:
            return 0
        return max(1, math.ceil((window - (now - calls[0])).total_seconds()))
