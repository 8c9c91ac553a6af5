"""The API's front door: which method an address means, who may call, how often, and how it is answered."""

import json
import re
from typing import Any, NamedTuple
from urllib.parse import unquote

from aiohttp import BodyPartReader, web

from tests.fakes.discord import rates
from tests.fakes.discord.errors import INVALID_JSON, UNAUTHORIZED, ApiError, not_found
from tests.fakes.discord.faults import with_fault
from tests.fakes.discord.methods import app, channels, interactions, messages, reactions
from tests.fakes.discord.methods.answering import Call, Method
from tests.fakes.discord.model import Attachment, Json
from tests.fakes.discord.service import Service
from tests.fakes.discord.wire import json_answer

_CHANNEL = "/channels/{channel}"
_MESSAGE = "/channels/{channel}/messages/{message}"
_REACTION = "/channels/{channel}/messages/{message}/reactions/{emoji}"
_MEMBER = "/channels/{channel}/thread-members"
_COMMANDS = "/applications/{application}/commands"
_GUILD_COMMANDS = "/applications/{application}/guilds/{guild}/commands"
_TOKEN = "/webhooks/{application}/{token}"

ROUTES: dict[str, Method] = {
    "GET /gateway": app.gateway,
    "GET /gateway/bot": app.gateway_bot,
    "GET /users/@me": app.me,
    "GET /users/@me/guilds": channels.own_guilds,
    "GET /oauth2/applications/@me": app.application,
    "GET /applications/@me": app.application,
    "POST /users/@me/channels": channels.open_direct,
    "GET /users/{user}": channels.user,
    "GET /guilds/{guild}": channels.guild,
    "GET /guilds/{guild}/channels": channels.guild_channels,
    "GET /guilds/{guild}/roles": channels.guild_roles,
    "GET /guilds/{guild}/members/{user}": channels.member,
    "GET /guilds/{guild}/threads/active": channels.active_threads,
    f"GET {_CHANNEL}": channels.get,
    f"PATCH {_CHANNEL}": channels.modify,
    f"DELETE {_CHANNEL}": channels.delete,
    f"POST {_CHANNEL}/typing": messages.typing,
    f"GET {_CHANNEL}/messages": messages.history,
    f"POST {_CHANNEL}/messages": messages.create,
    f"GET {_MESSAGE}": messages.get,
    f"PATCH {_MESSAGE}": messages.edit,
    f"DELETE {_MESSAGE}": messages.delete,
    f"GET {_REACTION}": reactions.users,
    f"PUT {_REACTION}/@me": reactions.add,
    f"DELETE {_REACTION}/@me": reactions.remove_own,
    f"DELETE {_REACTION}/{{user}}": reactions.remove,
    f"POST {_MESSAGE}/threads": channels.thread_from_message,
    f"POST {_CHANNEL}/threads": channels.thread,
    f"GET {_CHANNEL}/threads/archived/public": channels.archived_threads,
    f"GET {_MEMBER}": channels.thread_members,
    f"PUT {_MEMBER}/@me": channels.join,
    f"DELETE {_MEMBER}/@me": channels.leave,
    f"PUT {_MEMBER}/{{user}}": channels.join,
    f"DELETE {_MEMBER}/{{user}}": channels.leave,
    f"GET {_COMMANDS}": app.commands,
    f"PUT {_COMMANDS}": app.overwrite_commands,
    f"GET {_COMMANDS}/{{command}}": app.command,
    f"GET {_GUILD_COMMANDS}": app.commands,
    f"PUT {_GUILD_COMMANDS}": app.overwrite_commands,
    "POST /interactions/{interaction}/{token}/callback": interactions.respond,
    f"POST {_TOKEN}": interactions.follow_up,
    f"GET {_TOKEN}/messages/{{message}}": interactions.get,
    f"PATCH {_TOKEN}/messages/{{message}}": interactions.edit,
    f"DELETE {_TOKEN}/messages/{{message}}": interactions.delete,
}
"""What is answered. An id that could be `@me` is matched after the address that says so."""

_PATTERNS = {route: re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(route))) for route in ROUTES}


class _Routed(NamedTuple):
    route: str
    ids: dict[str, str]

    @property
    def major(self) -> str:
        """The parameters that make a bucket of their own."""
        return "+".join(self.ids.get(name, "") for name in ("channel", "guild", "token"))


def _routed(method: str, path: str) -> _Routed | None:
    for route, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(f"{method} {path}"):
            return _Routed(route, {name: unquote(value) for name, value in found.groupdict().items()})
    return None


async def answered(service: Service, request: web.Request) -> web.Response:
    """Answers a call of the API."""
    path = request.raw_path.partition("?")[0].removeprefix("/api/v10")
    if service.refusals >= service.rates.refusals:
        return rates.banned()
    routed = _routed(request.method, path)
    if routed is None:
        service.record(f"{request.method} {path}", path, {}, 404, 0)
        return json_answer(not_found(), 404)
    body, files = await _read(service, request)
    response = await _limited(service, request, routed, Call(routed.ids, dict(request.query), body, files))
    if response.status in rates.REFUSALS and response.headers.get("X-RateLimit-Scope") != "shared":
        service.meter.refused()
    return response


async def _limited(service: Service, request: web.Request, routed: _Routed, call: Call) -> web.Response:
    allowance = service.meter.allow(service.rates, routed.route, routed.major)
    if allowance.wait:
        service.record(routed.route, request.path, _as_object(call.body), 429, None)
        return rates.too_many(allowance.wait, everywhere=allowance.everywhere, headers=allowance.headers)

    async def answer() -> web.Response:
        return _carried_out(service, request, routed, call)

    fault = service.next_fault(routed.route)
    try:
        response = await (with_fault(fault, request, answer) if fault else answer())
    except ApiError as error:
        response = _refused(service, request, routed, call, error)
    response.headers.update(allowance.headers)
    return response


def _carried_out(service: Service, request: web.Request, routed: _Routed, call: Call) -> web.Response:
    try:
        _check(service, request, routed, call)
        answer = ROUTES[routed.route](service, call)
    except ApiError as error:
        return _refused(service, request, routed, call, error)
    status = 204 if answer is None else 200
    service.record(routed.route, request.path, _as_object(call.body), status, None)
    if answer is None:
        return web.Response(status=204)
    return json_answer(answer)


def _check(service: Service, request: web.Request, routed: _Routed, call: Call) -> None:
    if "{token}" not in routed.route and request.headers.get("Authorization") != f"Bot {service.token}":
        raise ApiError(UNAUTHORIZED)
    if call.body is None:
        raise ApiError(INVALID_JSON)


def _refused(service: Service, request: web.Request, routed: _Routed, call: Call, error: ApiError) -> web.Response:
    service.record(routed.route, request.path, _as_object(call.body), error.status, error.code)
    return json_answer(error.body, error.status)


def _as_object(body: Any) -> Json:
    return body if isinstance(body, dict) else {"items": body}


async def _read(service: Service, request: web.Request) -> tuple[Any, dict[str, Attachment]]:
    """The JSON of a request and the files with it. None if it is not JSON."""
    if not request.can_read_body:
        return {}, {}
    if not request.content_type.startswith("multipart/"):
        return _parsed(await request.text()), {}
    body: Any = {}
    files: dict[str, Attachment] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        if part.name == "payload_json":
            body = _parsed(await part.text())
        elif number := re.fullmatch(r"files\[(\d+)\]", part.name or ""):
            kind = part.headers.get("Content-Type", "application/octet-stream")
            content = bytes(await part.read())
            files[number.group(1)] = service.keep(part.filename or "file", content, kind)
    return body, files


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
