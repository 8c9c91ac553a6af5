"""What the API's methods have in common: who asks what of which channel, and what they may."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tests.fakes.discord.errors import (
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    THREAD_ARCHIVED,
    UNKNOWN_CHANNEL,
    UNKNOWN_GUILD,
    UNKNOWN_MESSAGE,
    ApiError,
    InvalidForm,
    Problem,
)
from tests.fakes.discord.model import Attachment, Channel, GuildData, Json, Message
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.service import Service


@dataclass(frozen=True)
class Call:
    """A call: `ids` from its address, `query`, the JSON `body`, the files sent along by their number."""

    ids: dict[str, str]
    query: dict[str, str]
    body: Any
    files: dict[str, Attachment] = field(default_factory=dict)

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        """A number from the query. Raises `InvalidForm` if it is out of bounds."""
        given = int(self.query.get(name, default))
        if not least <= given <= most:
            sentence = f"int value should be between {least} and {most}."
            raise InvalidForm([Problem((name,), "NUMBER_TYPE_MAX", sentence)])
        return given


Method: TypeAlias = Callable[[Service, Call], Any]
"""Answers with what becomes JSON; None is an empty answer, 204. Raises `ApiError`."""


def guild_of(service: Service, call: Call) -> GuildData:
    """The guild that is asked for. Raises `ApiError` if the bot is not in it."""
    guild = service.guilds.get(call.ids["guild"])
    if guild is None or not guild.has_bot:
        raise ApiError(UNKNOWN_GUILD)
    return guild


def channel_of(service: Service, call: Call, *needed: Permission) -> Channel:
    """The channel that is asked for. Raises `ApiError` if there is none, or the bot may not do what is `needed`."""
    channel = service.channel(call.ids["channel"])
    if channel is None:
        raise ApiError(UNKNOWN_CHANNEL)
    if channel.guild is not None:
        may = channel.guild.may(service.bot, channel)
        if Permission.VIEW_CHANNEL not in may:
            raise ApiError(MISSING_ACCESS)
        if any(permission not in may for permission in needed):
            raise ApiError(MISSING_PERMISSIONS)
    return channel


def may(service: Service, channel: Channel, permission: Permission) -> bool:
    """Whether the bot may; in direct messages it may everything."""
    return channel.guild is None or permission in channel.guild.may(service.bot, channel)


def message_of(service: Service, call: Call, channel: Channel) -> Message:
    """The message that is asked for, where the bot may read the history. Raises `ApiError`."""
    if not may(service, channel, Permission.READ_MESSAGE_HISTORY):
        raise ApiError(MISSING_ACCESS)
    message = channel.find(call.ids["message"])
    if message is None:
        raise ApiError(UNKNOWN_MESSAGE)
    return message


def open_thread(channel: Channel) -> None:
    """Raises `ApiError` if this is an archived thread, where nothing can be changed."""
    if channel.is_thread and channel.archived:
        raise ApiError(THREAD_ARCHIVED)


def checked(problems: list[Problem]) -> None:
    """Raises `InvalidForm` if there are problems."""
    if problems:
        raise InvalidForm(problems)


def attachments(call: Call, body: Json, kept: list[Attachment]) -> list[Attachment]:
    """The files of a message: new ones described by `attachments`, and those of `kept` that it still names."""
    described = body.get("attachments")
    if described is None:
        return [*kept, *call.files.values()]
    found: list[Attachment] = []
    for each in described:
        number = str(each["id"])
        if number in call.files:
            attachment = call.files[number]
            attachment.description = each.get("description")
            attachment.filename = each.get("filename") or attachment.filename
            found.append(attachment)
        else:
            found += [old for old in kept if old.id == number]
    return found
