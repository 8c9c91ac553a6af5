"""Reactions of the bot, and who reacted."""

from tests.fakes.discord.errors import MISSING_PERMISSIONS, UNKNOWN_EMOJI, UNKNOWN_USER, ApiError
from tests.fakes.discord.methods.answering import Call, channel_of, may, message_of, open_thread
from tests.fakes.discord.model import Json
from tests.fakes.discord.payloads import user_json
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.service import Service


def add(service: Service, call: Call) -> None:
    channel = channel_of(service, call, Permission.READ_MESSAGE_HISTORY)
    message, emoji = message_of(service, call, channel), _emoji(call)
    if emoji not in message.reactions and not may(service, channel, Permission.ADD_REACTIONS):
        raise ApiError(MISSING_PERMISSIONS)
    open_thread(channel)
    service.react(message, service.bot, emoji)


def remove_own(service: Service, call: Call) -> None:
    service.unreact(message_of(service, call, channel_of(service, call)), service.bot, _emoji(call))


def remove(service: Service, call: Call) -> None:
    channel = channel_of(service, call, Permission.MANAGE_MESSAGES)
    user = service.people.get(call.ids["user"])
    if user is None:
        raise ApiError(UNKNOWN_USER)
    service.unreact(message_of(service, call, channel), user, _emoji(call))


def users(service: Service, call: Call) -> list[Json]:
    """Of one type, by id, a page at a time; a user who left is among them still."""
    message = message_of(service, call, channel_of(service, call))
    after, limit = int(call.query.get("after", 0)), call.number("limit", 25, least=1, most=100)
    emoji, burst = _emoji(call), bool(call.number("type", 0, least=0, most=1))
    there = [id_ for id_ in message.reactions.get(emoji, []) if ((emoji, id_) in message.bursts) is burst]
    ids = sorted(int(id_) for id_ in there if int(id_) > after)
    return [user_json(service.people[str(id_)]) for id_ in ids[:limit]]


def _emoji(call: Call) -> str:
    emoji = call.ids["emoji"]
    name, _, id_ = emoji.partition(":")
    if name.isascii() and not id_.isdigit():
        raise ApiError(UNKNOWN_EMOJI)
    return emoji
