"""Slash commands and context menus as people use them: what the app registered, and what Discord sends of its use."""

from typing import Any, NamedTuple

from tests.fakes.discord.command_rules import CHAT_INPUT, MESSAGE_COMMAND, SUB_COMMAND, SUB_GROUP
from tests.fakes.discord.forms import CannotDo, resolved
from tests.fakes.discord.model import Channel, GuildData, Json, User
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.service import Service

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = 3, 4, 5, 6, 7, 8, 9, 10
_TYPES: dict[int, type | tuple[type, ...]] = {STRING: str, INTEGER: int, BOOLEAN: bool, NUMBER: (int, float)}


class Line(NamedTuple):
    """A registered command and the way to what was typed: its subcommands, and the options there."""

    command: Json
    way: list[Json]

    @property
    def options(self) -> list[Json]:
        return (self.way or [self.command])[-1].get("options") or []

    def data(self, options: list[Json], found: Json) -> Json:
        """What an interaction tells of it."""
        for step in reversed(self.way):
            options = [{"type": step["type"], "name": step["name"], "options": options}]
        return _about(self.command) | {"options": options} | ({"resolved": found} if found else {})


def line(service: Service, guild: GuildData | None, user: User, typed: str) -> Line:
    """What a person types, such as `/papers save`. Raises `CannotDo` if they have no such command."""
    name, *steps = typed.removeprefix("/").split()
    command = _command(service, guild, user, name, CHAT_INPUT)
    way: list[Json] = []
    for step in steps:
        below = (way or [command])[-1].get("options") or []
        found = [option for option in below if option["type"] in (SUB_COMMAND, SUB_GROUP) and option["name"] == step]
        if not found:
            raise CannotDo(f"{typed} has no {step!r} among {[option['name'] for option in below]}")
        way += found
    whole = Line(command, way)
    if any(option["type"] in (SUB_COMMAND, SUB_GROUP) for option in whole.options):
        raise CannotDo(f"{typed} needs one of {[option['name'] for option in whole.options]}")
    return whole


def context_menu(service: Service, guild: GuildData | None, user: User, name: str) -> Json:
    """What an interaction tells of a message's context menu. Raises `CannotDo` if there is no such entry."""
    return _about(_command(service, guild, user, name, MESSAGE_COMMAND))


def _about(command: Json) -> Json:
    about = {name: command[name] for name in ("id", "name", "type")}
    return about | ({"guild_id": command["guild_id"]} if command.get("guild_id") else {})


def _command(service: Service, guild: GuildData | None, user: User, name: str, kind: int) -> Json:
    if guild and not guild.has_bot:
        raise CannotDo(f"the app is not in {guild}")
    here = [*(service.commands.get(guild.id, []) if guild else []), *service.commands.get(None, [])]
    there = [command for command in here if command["type"] == kind]
    for command in there:
        if command["name"] == name:
            _check_allowed(guild, user, command)
            return command
    raise CannotDo(f"there is no {name!r} among {[command['name'] for command in there]}")


def _check_allowed(guild: GuildData | None, user: User, command: Json) -> None:
    contexts = command.get("contexts")
    if contexts is not None and (0 if guild else 1) not in contexts:
        raise CannotDo(f"{command['name']} is not to be used here")
    if guild is None:
        return
    needed = Permission(int(command.get("default_member_permissions") or 0))
    if needed not in guild.may(user):
        raise CannotDo(f"{user} may not use {command['name']}")


def filled(options: list[Json], values: dict[str, Any], channel: Channel) -> tuple[list[Json], Json]:
    """What an interaction tells of options filled in by name, and of the objects among them. Raises `CannotDo`."""
    known = {option["name"]: option for option in options}
    if unknown := values.keys() - known.keys():
        raise CannotDo(f"there are no options {sorted(unknown)} among {list(known)}")
    if absent := [name for name, option in known.items() if option.get("required") and name not in values]:
        raise CannotDo(f"must be filled in: {', '.join(absent)}")
    objects = [value for value in values.values() if not isinstance(value, str | int | float)]
    told = [
        {"type": option["type"], "name": name, "value": _value(option, values[name])}
        for name, option in known.items()
        if name in values
    ]
    found = resolved(objects)
    if channel.guild and "users" in found:
        roles = channel.guild.members
        found["members"] = {
            id_: {"roles": roles.get(id_, []), "joined_at": None, "flags": 0, "permissions": "0"}
            for id_ in found["users"]
        }
    return told, found


def _value(option: Json, value: Any) -> Any:
    if choices := option.get("choices"):
        for choice in choices:
            if value in (choice["name"], choice["value"]):
                return choice["value"]
        raise CannotDo(f"{value!r} is not among {[choice['name'] for choice in choices]}")
    if option["type"] in (USER, CHANNEL, ROLE, MENTIONABLE):
        return value.id
    wanted = _TYPES[option["type"]]
    if not isinstance(value, wanted) or (isinstance(value, bool) and option["type"] != BOOLEAN):
        raise CannotDo(f"{option['name']} takes {wanted}, not {value!r}")
    size = len(value) if isinstance(value, str) else value
    least, most = ("min_length", "max_length") if isinstance(value, str) else ("min_value", "max_value")
    if not option.get(least, size) <= size <= option.get(most, size):
        raise CannotDo(f"{option['name']} is from {option.get(least)} to {option.get(most)}, not {size}")
    return value
