"""What the whole service knows: its app, guilds, people, the record of calls, and when something changed."""

import asyncio
import base64
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from adapters.clock import RealClock
from bot.ports import Clock
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.interaction import Interaction
from tests.fakes.discord.model import ApiCall, Attachment, Channel, GuildData, Json, User
from tests.fakes.discord.rates import Meter, Rates
from tests.fakes.faults import Fault, Faults

_Seen = TypeVar("_Seen")

DISCORD_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)


class Core:
    """The service behind both doors. Its settings may be changed at any time."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or RealClock()
        self.url = ""
        """Where it listens; empty until it does."""
        self._last_id = 0
        self._change = asyncio.Event()
        self.app_id = self.new_id()
        self.bot = User(self.app_id, "paper-round", is_bot=True)
        self.token = f"{base64.b64encode(self.app_id.encode()).decode().rstrip('=')}.fake.{secrets.token_hex(16)}"
        self.response_timeout = 10.0
        """Seconds until a first response is too late. Discord's is 3; a slow machine shall fail no test."""
        self.token_minutes = 15.0
        """How long an interaction's token is good, on the clock."""
        self.nonce_minutes = 3.0
        """How long an enforced nonce finds the message that it was first sent with, on the clock."""
        self.app_settings: Json = {}
        """What the app's pages on Discord's site set, such as `bot_require_code_grant`, where it is not as at first."""
        self.privileged_intents = 0
        """The privileged intents that the app is granted, as their bits."""
        self.shards = 1
        """How many shards are recommended."""
        self.rates = Rates()
        self.meter = Meter()
        self.faults = Faults()
        self.calls: list[ApiCall] = []
        """Every call, in the order they were answered."""
        self.people: dict[str, User] = {self.bot.id: self.bot}
        self.guilds: dict[str, GuildData] = {}
        self.direct: dict[str, Channel] = {}
        """The channels of direct messages, by their ids."""
        self.commands: dict[str | None, list[Json]] = {}
        """The app's commands: by guild, and under None those for every guild."""
        self.interactions: dict[str, Interaction] = {}
        """Everything that people did and the app may answer, by its token, in order."""
        self.files: dict[str, Attachment] = {}
        """What was sent along with messages, by `id/filename`."""
        self.gateway = Gateway(self)

    @property
    def api_url(self) -> str:
        """The API's address, as `discord.http.Route.BASE`."""
        return f"{self.url}/api/v10"

    @property
    def gateway_url(self) -> str:
        """The gateway's address, as `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY`."""
        return f"{self.url.replace('http', 'ws', 1)}/gateway/"

    @property
    def refusals(self) -> int:
        """How many calls were refused with 401, 403 or 429 in the last ten minutes: 10,000 lead to a ban."""
        return self.meter.refusals

    def fail(
        self, route: str, kind: str | int, *, times: int = 1, seconds: float = 1.0, retry_after: float = 1.0
    ) -> Fault:
        """Orders a fault for the next `times` calls of a route, as `rest.ROUTES` has them; `*` is any."""
        return self.faults.order(Fault(route, kind, times, seconds, retry_after))

    def next_fault(self, route: str) -> Fault | None:
        """The fault that this call of `route` runs into."""
        return self.faults.next(route)

    def calls_to(self, route: str) -> list[ApiCall]:
        """The calls of one route."""
        return [call for call in self.calls if call.route == route]

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
            last = [f"{call.route} {call.status} {call.code or ''}".strip() for call in self.calls[-8:]]
            raise AssertionError(f"did not happen within {seconds} s; the last calls: {last}") from None

    def changed(self) -> None:
        """Wakes whoever waits for something to happen."""
        self._change.set()
        self._change = asyncio.Event()

    def new_id(self) -> str:
        """A snowflake of now, greater than every one before."""
        milliseconds = int((self.clock.now() - DISCORD_EPOCH).total_seconds() * 1000)
        self._last_id = max(self._last_id + 1, milliseconds << 22)
        return str(self._last_id)

    def channel(self, id: str) -> Channel | None:  # noqa: A002 - Discord's own name
        """A channel, thread or direct channel that is still there."""
        found = self.direct.get(id) or next((g.channels[id] for g in self.guilds.values() if id in g.channels), None)
        return None if found is None or found.deleted else found

    def record(self, route: str, path: str, body: Json, status: int, code: int | None) -> None:
        self.calls.append(ApiCall(route, path, body, status, code, self.clock.now().astimezone(UTC)))
        self.changed()
