"""The Web API's door: arguments in every form the SDK sends, tokens, scopes, rates, faults, the record of calls."""

import base64
import json
from dataclasses import dataclass, field

from aiohttp import web

from tests.fakes.faults import CARRIED_OUT
from tests.fakes.slack.faults import too_many, with_fault
from tests.fakes.slack.methods import METHODS
from tests.fakes.slack.methods.accounts import connections_open, oauth_access
from tests.fakes.slack.methods.answering import ApiError
from tests.fakes.slack.model import Json, Team, Token
from tests.fakes.slack.service import Service


@dataclass(frozen=True)
class _Call:
    """A call as it arrived: `given` is the token's text, `token` what it stands for."""

    method: str
    args: Json
    given: str = field(repr=False)
    token: Token | None

    @property
    def team(self) -> Team | None:
        return self.token.team if self.token else None

    @property
    def channel(self) -> str:
        return str(self.args.get("channel", ""))


async def answered(service: Service, request: web.Request) -> web.StreamResponse:
    """Answers /api/METHOD, as the faults on order allow."""
    try:
        args, given = await _read(request)
    except ValueError:
        return web.json_response({"ok": False, "error": "invalid_json"})
    call = _Call(request.match_info["method"], args, given, service.tokens.get(given))
    fault = service.next_fault(call.method)
    if fault is None:
        return _carried_out(service, call)
    if fault.kind not in CARRIED_OUT:
        _record(service, call, str(fault.kind))

    async def answer() -> web.Response:
        return _carried_out(service, call)

    return await with_fault(fault, request, answer)


def _carried_out(service: Service, call: _Call) -> web.Response:
    team, token = call.team, call.token
    if team and (
        seconds := service.meter.wait(service.pacing, team.id, call.method, call.channel, service.clock.now())
    ):
        _record(service, call, "ratelimited")
        return too_many(seconds)
    headers = {"x-oauth-scopes": ",".join(sorted(token.scopes))} if token else {}
    try:
        told = _result(service, call)
    except ApiError as error:
        _record(service, call, error.code)
        return web.json_response(error.told(), headers=headers)
    _record(service, call, None)
    return web.json_response({"ok": True, **told}, headers=headers)


def _result(service: Service, call: _Call) -> Json:
    token, method = call.token, METHODS.get(call.method)
    if call.method == "oauth.v2.access":
        return oauth_access(service, call.args)
    if not call.given:
        raise ApiError("not_authed")
    if call.method == "apps.connections.open" and call.given == service.app_token:
        return connections_open(service)
    if token is None:
        raise ApiError("not_allowed_token_type" if call.given == service.app_token else "invalid_auth")
    if token.refusal:
        raise ApiError(token.refusal)
    if method is None:
        raise ApiError("not_allowed_token_type" if call.method == "apps.connections.open" else "unknown_method")
    needed = method.needed(token.team.channels.get(call.channel))
    if needed and needed not in token.scopes:
        raise ApiError("missing_scope", needed=needed, provided=",".join(sorted(token.scopes)))
    return method.call(service, token.team, call.args)


def _record(service: Service, call: _Call, error: str | None) -> None:
    told = {name: value for name, value in call.args.items() if name not in ("client_secret", "code")}
    service.record(call.method, call.team, told, error)


async def _read(request: web.Request) -> tuple[Json, str]:
    """The arguments of a query, a form or JSON, and the token, from the header or among them."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= json.loads(await request.text())
    elif request.method == "POST":
        args |= dict(await request.post())
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Basic":
        args["client_id"], _, args["client_secret"] = base64.b64decode(given).decode().partition(":")
    in_arguments = str(args.pop("token", ""))
    return args, given if scheme == "Bearer" else in_arguments
