"""Messages that the bot writes, reads, changes and deletes."""

from datetime import timedelta
from typing import Any

from tests.fakes.discord.errors import (
    CANNOT_MESSAGE_USER,
    EMPTY_MESSAGE,
    MISSING_PERMISSIONS,
    NO_HISTORY_TO_REPLY_TO,
    NOT_A_TEXT_CHANNEL,
    NOT_THE_AUTHOR,
    ApiError,
    InvalidForm,
    Problem,
)
from tests.fakes.discord.message_rules import message_problems
from tests.fakes.discord.methods.answering import (
    Call,
    attachments,
    channel_of,
    checked,
    may,
    message_of,
    open_thread,
)
from tests.fakes.discord.model import EPHEMERAL, FORUM, Channel, Json, Message
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.service import Service

_CHANGEABLE = ("content", "embeds", "components", "flags")


def create(service: Service, call: Call) -> Json:
    channel = channel_of(service, call)
    body: Json = call.body
    if channel.type == FORUM:
        raise ApiError(NOT_A_TEXT_CHANNEL)
    if channel.recipient and not channel.recipient.accepts_direct_messages:
        raise ApiError(CANNOT_MESSAGE_USER)
    sending = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
    if not may(service, channel, sending) or (channel.locked and not may(service, channel, Permission.MANAGE_THREADS)):
        raise ApiError(MISSING_PERMISSIONS)
    sound_and_allowed(service, channel, call, body)
    if earlier := _same_nonce(service, channel, body):
        return service.told(earlier) | {"nonce": earlier.nonce}
    message = service.compose(
        channel,
        service.bot,
        body,
        reference=_reference(service, channel, body),
        attachments=attachments(call, body, []),
    )
    message.flags &= ~EPHEMERAL
    service.publish(message)
    return service.told(message) | ({"nonce": message.nonce} if message.nonce else {})


def sound(call: Call, body: Json) -> None:
    """Raises `ApiError` unless this may be the body of a message."""
    content = str(body.get("content") or "").strip()
    if not (content or body.get("embeds") or body.get("components") or call.files):
        raise ApiError(EMPTY_MESSAGE)
    checked(message_problems(body))


def sound_and_allowed(service: Service, channel: Channel, call: Call, body: Json) -> None:
    """Raises `ApiError` unless this may be the body of a new message of the bot here.

    Answers to interactions need only be sound: what the bot may do in a channel does not bind them.
    """
    sound(call, body)
    if body.get("embeds") and not may(service, channel, Permission.EMBED_LINKS):
        raise ApiError(MISSING_PERMISSIONS)
    if call.files and not may(service, channel, Permission.ATTACH_FILES):
        raise ApiError(MISSING_PERMISSIONS)


def _same_nonce(service: Service, channel: Channel, body: Json) -> Message | None:
    if not body.get("enforce_nonce") or body.get("nonce") is None:
        return None
    since = service.clock.now() - timedelta(minutes=service.nonce_minutes)
    for message in reversed(channel.history):
        if message.at <= since:
            break
        if message.nonce == str(body["nonce"]) and message.author is service.bot and not message.deleted:
            return message
    return None


def _reference(service: Service, channel: Channel, body: Json) -> Message | None:
    reference = body.get("message_reference")
    if not reference:
        return None
    if not may(service, channel, Permission.READ_MESSAGE_HISTORY):
        raise ApiError(NO_HISTORY_TO_REPLY_TO)
    found = channel.find(str(reference["message_id"]))
    if found is None and reference.get("fail_if_not_exists", True):
        sentence = "Unknown message"
        raise InvalidForm([Problem(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", sentence)])
    return found


def get(service: Service, call: Call) -> Json:
    return service.told(message_of(service, call, channel_of(service, call)))


def history(service: Service, call: Call) -> list[Json]:
    """The newest first. Without Read Message History there is nothing to be seen, as with Discord."""
    channel = channel_of(service, call)
    limit = call.number("limit", 50, least=1, most=100)
    if not may(service, channel, Permission.READ_MESSAGE_HISTORY):
        return []
    newest_first = channel.messages[::-1]
    if around := call.query.get("around"):
        before = [message for message in newest_first if int(message.id) <= int(around)][: limit // 2 + 1]
        after = [message for message in newest_first if int(message.id) > int(around)][-(limit // 2) :]
        return [service.told(message) for message in [*after, *before][:limit]]
    if before_id := call.query.get("before"):
        newest_first = [message for message in newest_first if int(message.id) < int(before_id)]
    if after_id := call.query.get("after"):
        newest_first = [message for message in newest_first if int(message.id) > int(after_id)][-limit:]
    return [service.told(message) for message in newest_first[:limit]]


def edit(service: Service, call: Call) -> Json:
    channel = channel_of(service, call)
    message = message_of(service, call, channel)
    if message.author is not service.bot:
        raise ApiError(NOT_THE_AUTHOR)
    open_thread(channel)
    change(service, call, message, call.body)
    return service.told(message)


def change(service: Service, call: Call, message: Message, body: Json) -> None:
    """Changes one of the bot's messages. Raises `ApiError` if it cannot become that."""
    now: dict[str, Any] = {name: getattr(message, name) for name in _CHANGEABLE}
    after = now | {name: body[name] for name in _CHANGEABLE if body.get(name) is not None}
    after |= {name: None for name in _CHANGEABLE if name in body and body[name] is None and name != "flags"}
    after["flags"] = int(after["flags"]) | message.flags
    checked(message_problems(after | {"allowed_mentions": body.get("allowed_mentions")}))
    files = attachments(call, body, message.attachments)
    if not (after["content"] or after["embeds"] or after["components"] or files):
        raise ApiError(EMPTY_MESSAGE)
    message.attachments = files
    service.change(message, body)


def delete(service: Service, call: Call) -> None:
    channel = channel_of(service, call)
    message = channel.find(call.ids["message"])
    if message is None:
        message_of(service, call, channel)
    elif message.author is not service.bot and not may(service, channel, Permission.MANAGE_MESSAGES):
        raise ApiError(MISSING_PERMISSIONS)
    else:
        open_thread(channel)
        service.remove(message)


def typing(service: Service, call: Call) -> None:
    channel_of(service, call, Permission.SEND_MESSAGES)
