"""What the whole service knows: its app, workspaces, tokens, the record of calls, and when something changed."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from adapters.clock import RealClock
from bot.ports import Clock
from tests.fakes.faults import Fault, Faults
from tests.fakes.slack.manifest import Manifest
from tests.fakes.slack.model import APP_ID, ApiCall, Channel, File, Json, Message, Team, Token, User
from tests.fakes.slack.pacing import Meter, Pacing

_Seen = TypeVar("_Seen")


@dataclass(eq=False)
class Trigger:
    """The right to open one modal before somebody, for three seconds."""

    team: Team
    user: User
    at: datetime
    used: bool = False


@dataclass(eq=False)
class Code:
    """What an approved installation is exchanged for; good once."""

    team: Team
    user: User
    scopes: frozenset[str]
    redirect_uri: str
    used: bool = False


class Core:
    """The service behind every door. Its settings may be changed at any time."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or RealClock()
        self.url = ""
        """Where it listens; empty until it does."""
        self.app_id = APP_ID
        self.client_id = "1000.2000"
        self.client_secret = secrets.token_hex(16)
        self.signing_secret = secrets.token_hex(16)
        self.app_token = f"xapp-1-{APP_ID}-{secrets.token_hex(16)}"
        self.redirect_url = ""
        """The redirect URL of the app's configuration, for installations that name none."""
        self.manifest = Manifest()
        self.ack_timeout = 10.0
        """Seconds until an acknowledgement is too late. Slack's is 3; a slow machine shall fail no test."""
        self.trigger_seconds = 3.0
        """How long a trigger_id is good, on the clock."""
        self.retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)
        """Seconds between the redeliveries of an event that was not acknowledged."""
        self.pacing = Pacing()
        self.faults = Faults()
        self.calls: list[ApiCall] = []
        """Every call, in the order they were answered."""
        self.teams: dict[str, Team] = {}
        self.tokens: dict[str, Token] = {}
        self.triggers: dict[str, Trigger] = {}
        self.codes: dict[str, Code] = {}
        self.files: dict[str, File] = {}
        self.meter = Meter()
        self._last_id = 0
        self._last_ts = 0
        self._change = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def api_url(self) -> str:
        """The Web API's address, as `base_url` of a client."""
        return f"{self.url}/api/"

    @property
    def authorize_url(self) -> str:
        """Where an installation is approved, as `authorization_url` of OAuth settings."""
        return f"{self.url}/oauth/v2/authorize"

    def fail(self, method: str, kind: str, *, times: int = 1, seconds: float = 1.0, retry_after: int = 1) -> Fault:
        """Orders a fault for the next `times` calls of `method`; `*` is any, `response_url` and `upload` are two."""
        return self.faults.order(Fault(method, kind, times, seconds, retry_after))

    def next_fault(self, method: str) -> Fault | None:
        """The fault that this call of `method` runs into."""
        fault = self.faults.next(method)
        self.changed()
        return fault

    def calls_to(self, method: str, team: Team | None = None) -> list[ApiCall]:
        """The calls of one method, in one workspace if given."""
        return [call for call in self.calls if call.method == method and (team is None or call.team == team.id)]

    async def until(self, condition: Callable[[], _Seen], seconds: float = 10.0) -> _Seen:
        """Returns what `condition` returns, once that is true; it is asked again whenever something happened here.

        Fails with the last calls if it does not come true within `seconds`.
        """
        try:
            async with asyncio.timeout(seconds):
                while True:
                    change = self._change
                    if seen := condition():
                        return seen
                    await change.wait()
        except TimeoutError:
            last = [f"{call.method}{'' if call.error is None else ' ' + call.error}" for call in self.calls[-8:]]
            raise AssertionError(f"did not happen within {seconds} s; the last calls: {last}") from None

    def changed(self) -> None:
        """Tells those who wait that something happened."""
        self._change.set()
        self._change = asyncio.Event()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Runs `work` beside everything else, until the service stops."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Ends what was spawned."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def new_id(self, prefix: str) -> str:
        self._last_id += 1
        return f"{prefix}{self._last_id:010d}"

    def new_ts(self) -> str:
        """A message's time stamp: the clock's microsecond, or the next that is free."""
        micros = int(self.clock.now().timestamp() * 1_000_000)
        self._last_ts = max(micros, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_trigger(self, team: Team, user: User) -> str:
        trigger_id = f"{self._last_ts}.{team.id}.{secrets.token_hex(16)}"
        self.triggers[trigger_id] = Trigger(team, user, self.clock.now())
        return trigger_id

    def with_ids(self, blocks: list[Json]) -> list[Json]:
        """The blocks as Slack keeps them: each with a block_id, each element with an action_id."""
        kept = []
        for block in blocks:
            whole = {"block_id": self.new_id("b"), **block}
            for name in ("accessory", "element"):
                if name in whole:
                    whole[name] = {"action_id": self.new_id("a"), **whole[name]}
            if whole["type"] == "actions":
                whole["elements"] = [{"action_id": self.new_id("a"), **part} for part in whole["elements"]]
            kept.append(whole)
        return kept

    def direct(self, team: Team, user: User) -> Channel:
        """The direct messages of `user` and the app, opened if they were not."""
        channel = team.direct(user)
        if channel is None:
            channel = Channel(self.new_id("D"), user.name, "im", user, [user.id, team.bot.id])
            team.channels[channel.id] = channel
        return channel

    def write(self, channel: Channel, author: User, text: str, **more: Any) -> Message:
        """A new message in a channel; `more` are fields of `Message`."""
        message = Message(self.new_ts(), channel, author, text, **more)
        channel.history.append(message)
        self.changed()
        return message

    def record(self, method: str, team: Team | None, args: Json, error: str | None) -> None:
        self.calls.append(ApiCall(method, team.id if team else None, self.clock.now().astimezone(UTC), args, error))
        self.changed()
