"""reactions.*: emoji on messages."""

import re

from tests.fakes.slack.events import Event
from tests.fakes.slack.methods.answering import ApiError, Method, joined, message_in, visible
from tests.fakes.slack.model import Json, Message, Team
from tests.fakes.slack.payloads import message_json
from tests.fakes.slack.service import Service

_NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def add(service: Service, team: Team, args: Json) -> Json:
    channel = joined(team, args)
    if channel.archived:
        raise ApiError("is_archived")
    message, name = message_in(channel, args.get("timestamp")), _name(args)
    users = message.reactions.setdefault(name, [])
    if team.bot.id in users:
        raise ApiError("already_reacted")
    users.append(team.bot.id)
    _tell(service, team, "reaction_added", message, name)
    return {}


def remove(service: Service, team: Team, args: Json) -> Json:
    message, name = message_in(joined(team, args), args.get("timestamp")), _name(args)
    if team.bot.id not in message.reactions.get(name, []):
        raise ApiError("no_reaction")
    message.reactions[name].remove(team.bot.id)
    if not message.reactions[name]:
        del message.reactions[name]
    _tell(service, team, "reaction_removed", message, name)
    return {}


def get(service: Service, team: Team, args: Json) -> Json:
    message = message_in(visible(team, args), args.get("timestamp"))
    return {"type": "message", "channel": message.channel.id, "message": message_json(team, message)}


def _name(args: Json) -> str:
    name = str(args.get("name", ""))
    if not _NAME.fullmatch(name):
        raise ApiError("invalid_name")
    return name


def _tell(service: Service, team: Team, kind: str, message: Message, name: str) -> None:
    item = {"type": "message", "channel": message.channel.id, "ts": message.ts}
    body = {"type": kind, "user": team.bot.id, "reaction": name, "item": item, "item_user": message.author.id}
    service.tell(Event(team, body, message.channel))


METHODS = {
    "reactions.add": Method(add, "reactions:write"),
    "reactions.remove": Method(remove, "reactions:write"),
    "reactions.get": Method(get, "reactions:read"),
}
