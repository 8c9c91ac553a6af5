"""The app itself: who it is, where its gateway is, its commands."""

from typing import Any

from tests.fakes.discord.command_rules import CHAT_INPUT, command_problems
from tests.fakes.discord.errors import MISSING_ACCESS, UNKNOWN_APPLICATION, UNKNOWN_COMMAND, ApiError
from tests.fakes.discord.methods.answering import Call, checked
from tests.fakes.discord.model import Json
from tests.fakes.discord.payloads import user_json
from tests.fakes.discord.service import Service

IDENTIFIES_A_DAY = 1000


def gateway(service: Service, call: Call) -> Json:
    return {"url": service.gateway_url}


def gateway_bot(service: Service, call: Call) -> Json:
    left = max(0, IDENTIFIES_A_DAY - len(service.gateway.identified))
    limit = {"total": IDENTIFIES_A_DAY, "remaining": left, "reset_after": 86_400_000, "max_concurrency": 1}
    return {"url": service.gateway_url, "shards": service.shards, "session_start_limit": limit}


def me(service: Service, call: Call) -> Json:
    return user_json(service.bot) | {"verified": True, "mfa_enabled": True, "locale": "en-US", "flags": 0}


def application(service: Service, call: Call) -> Json:
    return {
        "id": service.app_id,
        "name": service.bot.name,
        "icon": None,
        "description": "",
        "summary": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "owner": user_json(service.bot),
        "team": None,
        "flags": 0,
        "interactions_endpoint_url": None,
        "approximate_guild_count": sum(guild.has_bot for guild in service.guilds.values()),
        **service.app_settings,
    }


def commands(service: Service, call: Call) -> list[Json]:
    return service.commands.get(_scope(service, call), [])


def overwrite_commands(service: Service, call: Call) -> list[Json]:
    """Replaces all commands; one that keeps its name and type keeps its id."""
    scope = _scope(service, call)
    checked(command_problems(call.body))
    before = {_key(command): command["id"] for command in service.commands.get(scope, [])}
    service.commands[scope] = [_stored(service, scope, each, before.get(_key(each))) for each in call.body]
    service.changed()
    return service.commands[scope]


def command(service: Service, call: Call) -> Json:
    found = [each for each in commands(service, call) if each["id"] == call.ids["command"]]
    if not found:
        raise ApiError(UNKNOWN_COMMAND)
    return found[0]


def _scope(service: Service, call: Call) -> str | None:
    if call.ids["application"] != service.app_id:
        raise ApiError(UNKNOWN_APPLICATION)
    guild = call.ids.get("guild")
    if guild and (guild not in service.guilds or not service.guilds[guild].has_bot):
        raise ApiError(MISSING_ACCESS)
    return guild


def _key(command: Json) -> tuple[Any, ...]:
    return command.get("type", CHAT_INPUT), command["name"]


def _stored(service: Service, scope: str | None, command: Json, id_: str | None) -> Json:
    guild = {"guild_id": scope} if scope else {}
    known = {
        "id": id_ or service.new_id(),
        "application_id": service.app_id,
        "version": service.new_id(),
        "default_member_permissions": None,
        "type": CHAT_INPUT,
        "description": "",
    }
    return known | guild | command
