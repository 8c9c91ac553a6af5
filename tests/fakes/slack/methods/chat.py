"""chat.*: messages that the app writes, changes and deletes."""

from typing import Any

from tests.fakes.slack.block_kit import TOO_LONG, characters, message_problems
from tests.fakes.slack.block_rules import wrong
from tests.fakes.slack.methods.answering import (
    ApiError,
    Method,
    direct,
    is_set,
    joined,
    message_in,
    parsed,
    user_in,
    visible,
)
from tests.fakes.slack.model import Channel, Json, Team
from tests.fakes.slack.payloads import message_json
from tests.fakes.slack.service import Service

MOST_TEXT = 40_000
"""A longer text is cut, with a warning."""
MOST_UPDATED_TEXT = 4_000
"""As many bytes, escaped, the text of an update may have."""


def post_message(service: Service, team: Team, args: Json) -> Json:
    if args.get("channel") in team.users:
        channel = direct(service, team, team.users[args["channel"]])
    else:
        channel = _writable(team, args)
    blocks = _blocks(service, args)
    text = str(args.get("text") or args.get("markdown_text") or "")
    if not text and not blocks:
        raise ApiError("no_text")
    message, _ = service.post(
        team,
        channel,
        team.bot,
        text[:MOST_TEXT],
        blocks=service.with_ids(blocks),
        metadata=_metadata(args),
        thread_ts=_thread(channel, args.get("thread_ts")),
        unfurls=is_set(args.get("unfurl_links", False)) or is_set(args.get("unfurl_media", True)),
    )
    answer = {"channel": channel.id, "ts": message.ts, "message": message_json(team, message, metadata=True)}
    if len(text) > MOST_TEXT:
        cut = f"Your message was truncated but still posted. The `text` field accepts up to {MOST_TEXT:,} characters."
        answer["response_metadata"] = {"messages": [f"[WARN] {cut}"], "warnings": ["message_truncated"]}
    return answer


def post_ephemeral(service: Service, team: Team, args: Json) -> Json:
    channel, user = _writable(team, args), user_in(team, args.get("user"))
    if user.id not in channel.members or user.deleted:
        raise ApiError("user_not_in_channel")
    blocks, text = _blocks(service, args), args.get("text")
    if not text and not blocks:
        raise ApiError("no_text")
    shown = service.show(team, channel, user, {"text": text, "blocks": blocks, "thread_ts": args.get("thread_ts")})
    return {"message_ts": shown.ts}


def update(service: Service, team: Team, args: Json) -> Json:
    channel = visible(team, args)
    message = message_in(channel, args.get("ts"))
    if message.author is not team.bot:
        raise ApiError("cant_update_message")
    if channel.archived:
        raise ApiError("is_inactive")
    text, blocks = args.get("text"), _blocks(service, args) if "blocks" in args else None
    if not text and not blocks:
        raise ApiError("no_text")
    if len(str(text or "").encode()) > MOST_UPDATED_TEXT:
        raise ApiError("msg_too_long")
    before = message_json(team, message)
    message.text = str(text) if text else message.text
    message.blocks = service.with_ids(blocks or [])
    if "metadata" in args:
        message.metadata = _metadata(args)
    message.edited += 1
    service.changed_message(team, message, before)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": message_json(team, message)}


def delete(service: Service, team: Team, args: Json) -> Json:
    channel = visible(team, args)
    message = message_in(channel, args.get("ts"))
    if message.author is not team.bot:
        raise ApiError("cant_delete_message")
    before = message_json(team, message)
    message.deleted = True
    service.changed_message(team, message, before)
    return {"channel": channel.id, "ts": message.ts}


def permalink(service: Service, team: Team, args: Json) -> Json:
    message = message_in(visible(team, args), args.get("message_ts"))
    address = f"https://{team.name}.slack.com/archives/{message.channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        address += f"?thread_ts={message.thread_ts}&cid={message.channel.id}"
    return {"channel": message.channel.id, "permalink": address}


def _writable(team: Team, args: Json) -> Channel:
    channel = visible(team, args)
    if channel.archived:
        raise ApiError("is_archived")
    return joined(team, args)


def _blocks(service: Service, args: Json) -> list[Json]:
    blocks: Any = parsed(args.get("blocks") or [])
    if not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    if problems := message_problems(blocks) or _missing_files(service, blocks):
        raise ApiError("invalid_blocks", problems)
    if characters(blocks) > TOO_LONG:
        raise ApiError("msg_blocks_too_long")
    return blocks


def _missing_files(service: Service, blocks: list[Json]) -> list[str]:
    """Files that pictures show, but that nobody finished uploading."""
    shown = {
        f"/blocks/{number}": block["slack_file"]["id"] for number, block in enumerate(blocks) if "slack_file" in block
    }
    ready = {file.id for file in service.files.values() if file.title}
    return [wrong("invalid slack file", f"{at}/slack_file") for at, file in shown.items() if file not in ready]


def _metadata(args: Json) -> Json | None:
    metadata = parsed(args.get("metadata") or None)
    if not metadata:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise ApiError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str):
        raise ApiError("invalid_metadata_format")
    return metadata


def _thread(channel: Channel, ts: str | None) -> str | None:
    """The thread a message goes to. Where the parent is gone with all its replies, Slack writes into the channel."""
    parent = channel.find(ts) if ts else None
    if parent is not None:
        return parent.thread_ts or parent.ts
    return ts if ts and channel.thread(ts) else None


METHODS = {
    "chat.postMessage": Method(post_message, "chat:write"),
    "chat.postEphemeral": Method(post_ephemeral, "chat:write"),
    "chat.update": Method(update, "chat:write"),
    "chat.delete": Method(delete, "chat:write"),
    "chat.getPermalink": Method(permalink),
}
