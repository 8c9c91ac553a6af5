"""Channels, threads and forum posts, guilds, people."""

from typing import Any

from tests.fakes.discord.component_rules import Path
from tests.fakes.discord.errors import (
    MISSING_PERMISSIONS,
    TAG_REQUIRED,
    THREAD_EXISTS,
    UNKNOWN_MEMBER,
    UNKNOWN_USER,
    WRONG_CHANNEL_TYPE,
    ApiError,
    Problem,
)
from tests.fakes.discord.methods.answering import (
    Call,
    attachments,
    channel_of,
    checked,
    guild_of,
    may,
    message_of,
)
from tests.fakes.discord.methods.messages import sound_and_allowed
from tests.fakes.discord.model import FORUM, HAS_THREAD, REQUIRE_TAG, TEXT, Channel, Json, User
from tests.fakes.discord.payloads import (
    channel_json,
    guild_json,
    member_json,
    role_json,
    thread_member_json,
    user_json,
)
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.service import Service

ARCHIVES_AFTER = (60, 1440, 4320, 10080)
MOST_TAGS, MOST_APPLIED_TAGS = 20, 5


def get(service: Service, call: Call) -> Json:
    return channel_json(channel_of(service, call))


def modify(service: Service, call: Call) -> Json:
    """Changes a thread's name, tags, archived and locked; a forum's tags."""
    channel, body = channel_of(service, call), call.body
    if channel.is_thread:
        checked(_problems(channel.parent or channel, {"name": channel.name} | body))
        own = channel.owner is service.bot
        if not own and not may(service, channel, Permission.MANAGE_THREADS):
            raise ApiError(MISSING_PERMISSIONS)
        channel.applied_tags = [str(tag) for tag in body.get("applied_tags", channel.applied_tags)]
        channel.archived, channel.locked = body.get("archived", channel.archived), body.get("locked", channel.locked)
    elif not may(service, channel, Permission.MANAGE_CHANNELS):
        raise ApiError(MISSING_PERMISSIONS)
    channel.name = body.get("name", channel.name)
    service.tell_channel("THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE", channel)
    return channel_json(channel)


def delete(service: Service, call: Call) -> Json:
    channel = channel_of(service, call)
    needed = Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS
    if not may(service, channel, needed):
        raise ApiError(MISSING_PERMISSIONS)
    service.delete_channel(channel)
    return channel_json(channel)


def thread_from_message(service: Service, call: Call) -> Json:
    channel = channel_of(service, call)
    message = message_of(service, call, channel)
    if channel.type != TEXT:
        raise ApiError(WRONG_CHANNEL_TYPE)
    if not may(service, channel, Permission.CREATE_PUBLIC_THREADS):
        raise ApiError(MISSING_PERMISSIONS)
    if message.thread:
        raise ApiError(THREAD_EXISTS)
    checked(_problems(channel, call.body))
    message.thread = service.start_thread(channel, service.bot, call.body, id=message.id)
    message.flags |= HAS_THREAD
    service.tell_of("MESSAGE_UPDATE", message, service.told(message))
    return channel_json(message.thread) | _own_membership(service, message.thread)


def thread(service: Service, call: Call) -> Json:
    """A thread without a message, or a forum's post with its first message."""
    channel, body = channel_of(service, call), call.body
    if channel.type not in (TEXT, FORUM):
        raise ApiError(WRONG_CHANNEL_TYPE)
    needed = Permission.SEND_MESSAGES if channel.type == FORUM else Permission.CREATE_PUBLIC_THREADS
    if not may(service, channel, needed):
        raise ApiError(MISSING_PERMISSIONS)
    checked(_problems(channel, body))
    if channel.type == TEXT:
        started = service.start_thread(channel, service.bot, body)
        return channel_json(started) | _own_membership(service, started)
    if channel.flags & REQUIRE_TAG and not body.get("applied_tags"):
        raise ApiError(TAG_REQUIRED)
    first: Json = body.get("message") or {}
    sound_and_allowed(service, channel, call, first)
    started = service.start_thread(channel, service.bot, body)
    message = service.compose(started, service.bot, first, id=started.id, attachments=attachments(call, first, []))
    message.thread = started
    service.publish(message)
    return channel_json(started) | {"message": service.told(message)} | _own_membership(service, started)


def _problems(parent: Channel, body: Json) -> list[Problem]:
    """What is wrong with a thread or post."""
    found: list[Problem] = []
    at: Path = ("name",)
    if not 1 <= len(body.get("name") or "") <= 100:
        found.append(Problem(at, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."))
    if (body.get("auto_archive_duration") or 1440) not in ARCHIVES_AFTER:
        sentence = f"Value must be one of {ARCHIVES_AFTER}."
        found.append(Problem(("auto_archive_duration",), "BASE_TYPE_CHOICES", sentence))
    applied, offered = body.get("applied_tags") or [], [tag.id for tag in parent.tags]
    if len(applied) > MOST_APPLIED_TAGS:
        sentence = f"Must be {MOST_APPLIED_TAGS} or fewer in length."
        found.append(Problem(("applied_tags",), "BASE_TYPE_MAX_LENGTH", sentence))
    for index, tag in enumerate(applied):
        if str(tag) not in offered:
            found.append(Problem(("applied_tags", str(index)), "FORUM_TAG_INVALID", "Unknown tag"))
    return found


def _own_membership(service: Service, thread: Channel) -> Json:
    return {"member": thread_member_json(thread, service.bot.id)}


def join(service: Service, call: Call) -> None:
    thread = channel_of(service, call)
    _member_of_thread(service, call, thread)
    if _who(service, call).id not in thread.thread_members:
        thread.thread_members.append(_who(service, call).id)
        service.changed()


def leave(service: Service, call: Call) -> None:
    thread = channel_of(service, call)
    _member_of_thread(service, call, thread)
    if _who(service, call).id in thread.thread_members:
        thread.thread_members.remove(_who(service, call).id)
        service.changed()


def thread_members(service: Service, call: Call) -> list[Json]:
    thread = channel_of(service, call)
    return [thread_member_json(thread, id_) for id_ in thread.thread_members]


def active_threads(service: Service, call: Call) -> Json:
    guild = guild_of(service, call)
    open_ones = [each for each in guild.channels.values() if each.is_thread and not each.archived and not each.deleted]
    seen = [each for each in open_ones if may(service, each, Permission.VIEW_CHANNEL)]
    members = [thread_member_json(each, service.bot.id) for each in seen if service.bot.id in each.thread_members]
    return {"threads": [channel_json(each) for each in seen], "members": members}


def archived_threads(service: Service, call: Call) -> Json:
    parent = channel_of(service, call, Permission.READ_MESSAGE_HISTORY)
    archived = [each for each in parent.threads if each.archived]
    return {"threads": [channel_json(each) for each in archived], "members": [], "has_more": False}


def _who(service: Service, call: Call) -> User:
    return service.people.get(call.ids.get("user", service.bot.id), service.bot)


def _member_of_thread(service: Service, call: Call, thread: Channel) -> None:
    if not thread.is_thread:
        raise ApiError(WRONG_CHANNEL_TYPE)
    if thread.guild and _who(service, call).id not in thread.guild.members:
        raise ApiError(UNKNOWN_MEMBER)


def open_direct(service: Service, call: Call) -> Json:
    return channel_json(service.direct_channel(_user(service, str(call.body.get("recipient_id")))))


def user(service: Service, call: Call) -> Json:
    return user_json(_user(service, call.ids["user"]))


def _user(service: Service, id_: str) -> User:
    if id_ not in service.people:
        raise ApiError(UNKNOWN_USER)
    return service.people[id_]


def guild(service: Service, call: Call) -> Json:
    return guild_json(guild_of(service, call))


def guild_channels(service: Service, call: Call) -> list[Json]:
    there = guild_of(service, call).channels.values()
    return [channel_json(each) for each in there if not each.is_thread and not each.deleted]


def guild_roles(service: Service, call: Call) -> list[Json]:
    return [role_json(role) for role in guild_of(service, call).roles.values()]


def member(service: Service, call: Call) -> Json:
    guild = guild_of(service, call)
    if call.ids["user"] not in guild.members:
        raise ApiError(UNKNOWN_MEMBER)
    return member_json(guild, guild.users[call.ids["user"]])


def own_guilds(service: Service, call: Call) -> list[dict[str, Any]]:
    there = [guild for guild in service.guilds.values() if guild.has_bot]
    return [guild_json(guild) | {"permissions": str(int(guild.may(service.bot))), "owner": False} for guild in there]
