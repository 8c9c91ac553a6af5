"""Slack's Web API: calls, their pace, and what their failures mean."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeAlias

from aiohttp import ClientError, ClientSession, ClientTimeout, TraceConfig, TraceRequestChunkSentParams
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.errors import refused, retry_after
from adapters.slack.logs import sdk_logger
from adapters.slack.pace import Pace
from bot.errors import PlatformError
from bot.ports import Clock

Json: TypeAlias = dict[str, Any]

SCOPES = "x-oauth-scopes"
"""Where an answer has the token's scopes."""
TIME_OUT = 15.0
"""Seconds until a call that has no answer is given up."""
PATIENCE = 20.0
"""Seconds that a call waits for its turns: with its time-out, less than anybody's lease on a message."""
TRIES = 3
MESSAGE_GAP = 1.05
"""Seconds between two messages to a channel: one is what Slack asks for, and not all are under way for equally long.
Source: https://docs.slack.dev/apis/web-api/rate-limits"""


_UNTIL: ContextVar[datetime] = ContextVar("until")
"""When the call that is under way may still be sent."""


class WebApi:
    """The Web API at one address, for any token."""

    def __init__(self, client: AsyncWebClient, clock: Clock) -> None:
        self.client = client
        """The SDK's own, without a token. It repeats nothing by itself."""
        self._clock = clock
        self._pace = Pace(clock)

    async def call(
        self,
        method: str,
        arguments: Json,
        *,
        token: str,
        workspace: str = "",
        channel: str = "",
        reads: bool = False,
        again: bool = True,
        by: datetime | None = None,
    ) -> Json:
        """Slack's answer to `method`. Raises PlatformError.

        What Slack asks to be left out for a while waits as long for each workspace and method; with a `channel`, a
        second passes between two calls. `reads` for methods that take no JSON. `again` repeats a call whose connection
        broke, which may do it twice. Nothing is sent after `by`, or after PATIENCE where that is not given.
        """
        until = by or self._clock.now() + timedelta(seconds=PATIENCE)
        for tries_left in reversed(range(TRIES)):
            await self._turn(method, workspace, channel, until)
            begun = _UNTIL.set(until)
            try:
                return _read(await self._send(method, {**arguments, "token": token}, reads=reads))
            except SlackApiError as error:
                seconds = retry_after(error)
                if seconds is None:
                    raise refused(method, error) from error
                self._pace.pause((workspace, method), seconds)
            except (ClientError, TimeoutError) as error:
                if not (again and tries_left):
                    raise PlatformError(f"Slack did not answer {method}: {type(error).__name__}") from error
            finally:
                _UNTIL.reset(begun)
        raise PlatformError(f"Slack has too much to do for {method}")

    async def _send(self, method: str, given: Json, *, reads: bool) -> AsyncSlackResponse:
        if reads:
            return await self.client.api_call(method, http_verb="GET", params=given)
        return await self.client.api_call(method, json=given)

    async def respond(self, url: str, said: Json) -> bool:
        """Whether `said` was taken by the address that Slack gave for answers to something that was done."""
        webhook = AsyncWebhookClient(url, session=self.client.session, logger=self.client.logger, retry_handlers=[])
        try:
            return (await webhook.send_dict(said)).status_code == HTTPStatus.OK
        except (ClientError, TimeoutError):
            return False

    async def upload(self, url: str, content: bytes) -> None:
        """Sends a file to the address that Slack gave for it. Raises PlatformError."""
        try:
            async with self.client.session.post(url, data=content) as response:  # type: ignore[union-attr]  # from open_api
                status = response.status
        except (ClientError, TimeoutError) as error:
            raise PlatformError(f"Slack did not take the file: {type(error).__name__}") from error
        if status != HTTPStatus.OK:
            raise PlatformError(f"Slack did not take the file: status {status}")

    async def _turn(self, method: str, workspace: str, channel: str, until: datetime) -> None:
        places = {(workspace, method): 0.0} | ({(workspace, method, channel): MESSAGE_GAP} if channel else {})
        for place, gap in places.items():
            left = (until - self._clock.now()).total_seconds()
            if not await self._pace.turn(place, gap=gap, patience=left):
                raise PlatformError(f"Slack asked to wait with {method}")
        if self._clock.now() > until:  # a process that stood still does not know it
            raise PlatformError(f"it became too late for {method}")


def _in_time(clock: Clock) -> Callable[[ClientSession, object, TraceRequestChunkSentParams], Awaitable[None]]:
    """Asked with each part of a body, at the last moment before it is written: the loop may have gone round since the
    call began, and the process may have stood still meanwhile, for as long as its lease and longer."""

    async def check(_: ClientSession, __: object, ___: TraceRequestChunkSentParams) -> None:
        if (until := _UNTIL.get(None)) and clock.now() > until:
            raise TimeoutError("it became too late to send it")

    return check


def _read(response: AsyncSlackResponse) -> Json:
    """What the token is good for comes as a header, with every answer."""
    answer = dict(response.data) if isinstance(response.data, dict) else {}
    scopes = response.headers.get(SCOPES, "")
    return answer | {SCOPES: [scope.strip() for scope in scopes.split(",") if scope.strip()]}


@asynccontextmanager
async def open_api(api_url: str, clock: Clock, *, time_out: float = TIME_OUT) -> AsyncIterator[WebApi]:
    """The Web API at `api_url`, which ends with a slash."""
    trace = TraceConfig()
    trace.on_request_chunk_sent.append(_in_time(clock))
    async with ClientSession(timeout=ClientTimeout(total=time_out), trace_configs=[trace]) as session:
        # The SDK's own retries would repeat a post whose connection broke after it was taken.
        client = AsyncWebClient(base_url=api_url, session=session, logger=sdk_logger(), retry_handlers=[])
        yield WebApi(client, clock)
