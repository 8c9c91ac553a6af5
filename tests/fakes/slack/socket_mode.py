"""Socket Mode: the app's open connections, each payload to one of them in turn."""

import asyncio
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.slack.core import Core
from tests.fakes.slack.delivery import Ack, Delivery, NotDelivered
from tests.fakes.slack.model import Json

MOST_CONNECTIONS = 10


@dataclass(eq=False)
class _Connection:
    request: web.Request
    socket: web.WebSocketResponse
    leaving: bool = False
    """It was asked to reconnect; nothing is sent here any more."""
    waiting: "dict[str, asyncio.Future[Json]]" = field(default_factory=dict)
    """Envelope ids to what will come with their acknowledgements."""


class SocketMode:
    """The `Transport` through WebSockets."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._tickets: set[str] = set()
        self._connections: list[_Connection] = []
        self._turn = 0
        self.opened = 0
        """How many connections were ever made."""
        self.late_acks: list[str] = []
        """Envelope ids that were acknowledged after Slack stopped waiting, or twice."""

    @property
    def connected(self) -> int:
        """How many connections payloads go to."""
        return len(self._ready())

    def new_link(self) -> str:
        """An address to connect to once."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return f"{self._core.url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={self._core.app_id}"

    async def ask_to_leave(self, reason: str = "refresh_requested") -> None:
        """Asks every connection to make way for a new one; `warning` is the other usual reason."""
        for connection in self._ready():
            connection.leaving = True
            await connection.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "fake"}})

    def drop(self) -> None:
        """Ends every connection without a word."""
        for connection in self._connections:
            if connection.request.transport is not None:
                connection.request.transport.abort()

    async def reachable(self) -> None:
        await self._core.until(lambda: self.connected, seconds=86_400)

    async def send(self, delivery: Delivery, number: int, reason: str) -> Ack:
        ready = self._ready()
        if not ready:
            raise NotDelivered("connection_failed")
        self._turn += 1
        connection = ready[self._turn % len(ready)]
        envelope_id = secrets.token_hex(8)
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": delivery.kind,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.kind != "events_api",
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        loop = asyncio.get_running_loop()
        answer = connection.waiting[envelope_id] = loop.create_future()
        began = loop.time()
        try:
            await connection.socket.send_json(envelope)
            async with asyncio.timeout(self._core.ack_timeout):
                body = await answer
        except TimeoutError:
            raise NotDelivered("timeout") from None
        except ConnectionError:
            raise NotDelivered("connection_failed") from None
        finally:
            connection.waiting.pop(envelope_id, None)
        return Ack(loop.time() - began, body)

    async def link(self, request: web.Request) -> web.StreamResponse:
        """The WebSocket's end of a link."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self._connections) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        connection = _Connection(request, socket)
        self._connections.append(connection)
        self.opened += 1
        await socket.send_json(self._hello())
        self._core.changed()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledged(connection, json.loads(message.data))
        finally:
            self._connections.remove(connection)
            for answer in connection.waiting.values():
                if not answer.done():
                    answer.set_exception(ConnectionError())
            self._core.changed()
        return socket

    async def close(self) -> None:
        """Says goodbye to every connection."""
        for connection in tuple(self._connections):
            await connection.socket.close()

    def _ready(self) -> list[_Connection]:
        return [each for each in self._connections if not each.leaving and not each.socket.closed]

    def _acknowledged(self, connection: _Connection, message: dict[str, Any]) -> None:
        answer = connection.waiting.get(message.get("envelope_id", ""))
        if answer is None or answer.done():
            self.late_acks.append(message.get("envelope_id", ""))
        else:
            answer.set_result(message.get("payload") or {})

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "connection_info": {"app_id": self._core.app_id},
            "debug_info": {"host": "fake", "approximate_connection_time": 18060},
        }
