"""auth.*, users.info, bots.info, apps.*, oauth.v2.access: who is who, and what tokens are good for."""

import secrets

from tests.fakes.slack.installing import revoke, uninstall
from tests.fakes.slack.methods.answering import ApiError, Method, is_set, user_in
from tests.fakes.slack.model import APP_ID, Json, Team, Token
from tests.fakes.slack.payloads import user_json
from tests.fakes.slack.service import Service


def auth_test(service: Service, team: Team, args: Json) -> Json:
    return {
        "url": f"https://{team.name}.slack.com/",
        "team": team.name,
        "user": team.bot.name,
        "team_id": team.id,
        "user_id": team.bot.id,
        "bot_id": team.bot_id,
        "is_enterprise_install": False,
    }


def users_info(service: Service, team: Team, args: Json) -> Json:
    return {"user": user_json(team, user_in(team, args.get("user")))}


def bots_info(service: Service, team: Team, args: Json) -> Json:
    if args.get("bot") not in (None, team.bot_id):
        raise ApiError("bot_not_found")
    bot = {"id": team.bot_id, "name": team.bot.name, "app_id": APP_ID, "user_id": team.bot.id, "deleted": False}
    return {"bot": bot}


def auth_revoke(service: Service, team: Team, args: Json) -> Json:
    if is_set(args.get("test")):
        return {"revoked": False}
    revoke(service, team, "token_revoked")
    return {"revoked": True}


def apps_uninstall(service: Service, team: Team, args: Json) -> Json:
    _is_the_app(service, args)
    uninstall(service, team)
    return {}


def oauth_access(service: Service, args: Json) -> Json:
    """Exchanges the code of an approved installation for a token."""
    _is_the_app(service, args)
    code = service.codes.get(str(args.get("code")))
    if code is None:
        raise ApiError("invalid_code")
    if code.used:
        raise ApiError("code_already_used")
    if code.redirect_uri and args.get("redirect_uri") != code.redirect_uri:
        raise ApiError("bad_redirect_uri")
    code.used = True
    team = code.team
    if team.token is None:
        team.token = Token(f"xoxb-{secrets.token_hex(16)}", team, code.scopes)
        service.tokens[team.token.value] = team.token
    team.token.scopes = code.scopes
    return {
        "access_token": team.token.value,
        "token_type": "bot",
        "scope": ",".join(sorted(code.scopes)),
        "bot_user_id": team.bot.id,
        "app_id": APP_ID,
        "team": {"id": team.id, "name": team.name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": code.user.id},
    }


def connections_open(service: Service) -> Json:
    """A new address for Socket Mode."""
    return {"url": service.sockets.new_link()}


def _is_the_app(service: Service, args: Json) -> None:
    if args.get("client_id") != service.client_id:
        raise ApiError("invalid_client_id")
    if args.get("client_secret") != service.client_secret:
        raise ApiError("bad_client_secret")


METHODS = {
    "auth.test": Method(auth_test),
    "auth.revoke": Method(auth_revoke),
    "users.info": Method(users_info, "users:read"),
    "bots.info": Method(bots_info, "users:read"),
    "apps.uninstall": Method(apps_uninstall),
}
