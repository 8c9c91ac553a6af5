"""The gateway: sessions that are told of events, and resume where they were cut off.

Opcodes and closing codes: Discord's documentation, "Opcodes and Status Codes"; the course of a session: "Gateway".
"""

import asyncio
import json
import secrets
import zlib
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.fakes.discord.model import GuildData, Json
from tests.fakes.discord.payloads import guild_json, user_json

if TYPE_CHECKING:
    from tests.fakes.discord.core import Core

DISPATCH, HEARTBEAT, IDENTIFY, RESUME = 0, 1, 2, 6
RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 7, 9, 10, 11
UNKNOWN_ERROR, NOT_AUTHENTICATED, AUTHENTICATION_FAILED, ALREADY_AUTHENTICATED = 4000, 4003, 4004, 4005
INVALID_SHARD, SHARDING_REQUIRED, INVALID_INTENTS, DISALLOWED_INTENTS = 4010, 4011, 4013, 4014
GUILDS, GUILD_MESSAGES, GUILD_REACTIONS, DIRECT_MESSAGES, DIRECT_REACTIONS, MESSAGE_CONTENT = (
    1 << 0,
    1 << 9,
    1 << 10,
    1 << 12,
    1 << 13,
    1 << 15,
)
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT
EVERY_INTENT = (1 << 26) - 1


@dataclass(frozen=True)
class Identified:
    """What the app identified itself with."""

    intents: int
    shard: int
    shards: int


@dataclass(eq=False)
class Session:
    """What one shard of the app is told, and how much of that it may still ask for again."""

    id: str
    told: Identified
    missed: deque[Json]
    sequence: int = 0
    link: "Link | None" = None

    def covers(self, guild: GuildData | None) -> bool:
        """Whether this shard is told of a guild; direct messages go to the first."""
        return (int(guild.id) >> 22) % self.told.shards == self.told.shard if guild else self.told.shard == 0


@dataclass(eq=False)
class Link:
    """One connection, compressed as one stream if the app asked for that."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    deflate: "zlib._Compress | None"
    session: Session | None = None
    outbox: asyncio.Queue[Json] = field(default_factory=asyncio.Queue)

    def send(self, payload: Json) -> None:
        """Sends after what was sent before."""
        self.outbox.put_nowait(payload)

    async def write(self) -> None:
        """Writes what is sent, until it is cancelled or the connection is gone."""
        with suppress(ConnectionError):
            while True:
                text = json.dumps(await self.outbox.get())
                if self.deflate is None:
                    await self.socket.send_str(text)
                else:
                    packed = self.deflate.compress(text.encode()) + self.deflate.flush(zlib.Z_SYNC_FLUSH)
                    await self.socket.send_bytes(packed)


class Gateway:
    """Every session and connection of the app."""

    def __init__(self, core: "Core") -> None:
        self._core = core
        self.heartbeat_seconds = 41.25
        self.buffer = 250
        """How many events a session may miss and still resume."""
        self.tells_guilds = True
        """Whether a session is told of its guilds at once; if not, by `tell_guilds`."""
        self.sessions: list[Session] = []
        self.identified: list[Identified] = []
        """Every IDENTIFY that was accepted, in order: a thousand a day are allowed."""
        self.resumed = 0
        """How many times a session was resumed."""
        self.heartbeats = 0
        self._links: list[Link] = []

    @property
    def connected(self) -> int:
        """How many connections have a session."""
        return sum(link.session is not None for link in self._links)

    def dispatch(self, event: str, body: Json, guild: GuildData | None = None, *, intent: int = 0) -> None:
        """Tells the sessions of `guild`'s shard of an event, if they asked for its `intent`; those cut off, later."""
        for session in self.sessions:
            if session.covers(guild) and session.told.intents & intent == intent:
                self._tell(session, event, body)

    def sees_content(self) -> bool:
        """Whether the app has and asked for the contents of messages that do not concern it."""
        return any(session.told.intents & MESSAGE_CONTENT for session in self.sessions)

    def tell_guilds(self, session: Session) -> None:
        """GUILD_CREATE for each guild of a session."""
        for guild in self._guilds(session) if session.told.intents & GUILDS else []:
            self._tell(session, "GUILD_CREATE", guild_json(guild, reader=self._core.bot) | {"unavailable": False})

    async def drop(self) -> None:
        """Cuts every connection without a word."""
        for link in list(self._links):
            if link.transport is not None:
                link.transport.abort()
        await self._core.until(lambda: not self._links)

    def ask_to_reconnect(self) -> None:
        """RECONNECT to every connection."""
        for link in list(self._links):
            link.send({"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """INVALID_SESSION to every connection; the sessions are forgotten unless they are `resumable`."""
        if not resumable:
            self.forget_sessions()
        for link in list(self._links):
            link.send({"op": INVALID_SESSION, "d": resumable})

    def forget_sessions(self) -> None:
        """No session can be resumed any more."""
        self.sessions.clear()

    async def close(self, code: int = 1001) -> None:
        """Ends every connection, and says why."""
        for link in list(self._links):
            await link.socket.close(code=code)

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """A connection, until it ends."""
        compress = request.query.get("compress", "")
        if compress not in ("", "zlib-stream"):
            raise web.HTTPBadRequest(text=f"this gateway does not compress by {compress}")
        socket = web.WebSocketResponse(max_msg_size=4096)
        await socket.prepare(request)
        link = Link(socket, request.transport, zlib.compressobj() if compress else None)
        self._links.append(link)
        writer = asyncio.ensure_future(link.write())
        try:
            interval = int(self.heartbeat_seconds * 1000)
            link.send({"op": HELLO, "s": None, "t": None, "d": {"heartbeat_interval": interval}})
            async for received in socket:
                if received.type is WSMsgType.TEXT:
                    await self._received(link, json.loads(received.data))
        finally:
            writer.cancel()
            self._left(link)
        return socket

    def _left(self, link: Link) -> None:
        self._links.remove(link)
        session = link.session
        if session and session.link is link:
            session.link = None
            if link.socket.close_code in (1000, 1001) and session in self.sessions:
                self.sessions.remove(session)
        self._core.changed()

    async def _received(self, link: Link, payload: Json) -> None:
        match payload["op"]:
            case 1:
                self.heartbeats += 1
                self._core.changed()
                link.send({"op": HEARTBEAT_ACK, "d": None})
            case 2:
                await self._identify(link, payload["d"])
            case 6:
                await self._resume(link, payload["d"])
            case _ if link.session is None:
                await link.socket.close(code=NOT_AUTHENTICATED)

    async def _identify(self, link: Link, body: Json) -> None:
        intents = body.get("intents", -1)
        shard, shards = body.get("shard", (0, 1))
        if link.session is not None:
            await link.socket.close(code=ALREADY_AUTHENTICATED)
        elif body.get("token") != self._core.token:
            await link.socket.close(code=AUTHENTICATION_FAILED, message=b"Authentication failed.")
        elif not 0 <= shard < shards:
            await link.socket.close(code=INVALID_SHARD, message=b"Invalid shard.")
        elif not 0 <= intents <= EVERY_INTENT:
            await link.socket.close(code=INVALID_INTENTS, message=b"Invalid intent(s).")
        elif intents & PRIVILEGED & ~self._core.privileged_intents:
            await link.socket.close(code=DISALLOWED_INTENTS, message=b"Disallowed intent(s).")
        else:
            await self._ready(link, Identified(intents, shard, shards))

    async def _ready(self, link: Link, told: Identified) -> None:
        session = Session(secrets.token_hex(16), told, deque(maxlen=self.buffer), link=link)
        link.session = session
        self.identified.append(told)
        self.sessions.append(session)
        ready = {
            "v": 10,
            "user": user_json(self._core.bot) | {"verified": True, "mfa_enabled": True, "flags": 0},
            "guilds": [{"id": guild.id, "unavailable": True} for guild in self._guilds(session)],
            "session_id": session.id,
            "resume_gateway_url": self._core.gateway_url,
            "shard": [told.shard, told.shards],
            "application": {"id": self._core.app_id, "flags": 0},
        }
        self._tell(session, "READY", ready)
        if self.tells_guilds:
            self.tell_guilds(session)
        self._core.changed()

    def _guilds(self, session: Session) -> list[GuildData]:
        return [guild for guild in self._core.guilds.values() if guild.has_bot and session.covers(guild)]

    async def _resume(self, link: Link, body: Json) -> None:
        session = next((each for each in self.sessions if each.id == body["session_id"]), None)
        if body.get("token") != self._core.token:
            await link.socket.close(code=AUTHENTICATION_FAILED)
            return
        missed = [event for event in session.missed if event["s"] > body["seq"]] if session else []
        if session is None or len(missed) < session.sequence - body["seq"]:
            link.send({"op": INVALID_SESSION, "d": False})
            return
        session.link, link.session = link, session
        for event in missed:
            link.send(event)
        self.resumed += 1
        self._tell(session, "RESUMED", {})
        self._core.changed()

    def _tell(self, session: Session, event: str, body: Json) -> None:
        session.sequence += 1
        payload: dict[str, Any] = {"op": DISPATCH, "t": event, "s": session.sequence, "d": body}
        session.missed.append(json.loads(json.dumps(payload)))
        if session.link:
            session.link.send(session.missed[-1])
