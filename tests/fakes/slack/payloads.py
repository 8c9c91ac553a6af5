"""How Slack writes what it holds as JSON."""

from typing import Any

from tests.fakes.slack.model import APP_ID, Channel, File, Json, Message, Team, User, View


def user_json(team: Team, user: User) -> Json:
    return {
        "id": user.id,
        "team_id": team.id,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": user.deleted,
        "tz": user.tz,
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "locale": "en-GB",
        "profile": {"real_name": user.real_name, "display_name": user.name, "team": team.id},
    }


def channel_json(team: Team, channel: Channel) -> Json:
    told: Json = {
        "id": channel.id,
        "created": 1,
        "creator": channel.creator.id,
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_mpim": False,
        "context_team_id": team.id,
    }
    if channel.kind == "im":
        return told | {"user": next(member for member in channel.members if member != team.bot.id)}
    return told | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind == "private",
        "is_member": team.bot.id in channel.members,
        "num_members": len(channel.members),
    }


def message_json(team: Team, message: Message, *, metadata: bool = False) -> Json:
    """A message as the Web API and interactions show it; its metadata only where it was asked for."""
    told: Json = {"type": "message", "user": message.author.id, "text": message.text, "ts": message.ts, "team": team.id}
    if message.author is team.bot:
        told |= {"bot_id": team.bot_id, "app_id": APP_ID}
    if message.blocks:
        told["blocks"] = message.blocks
    if message.thread_ts:
        told["thread_ts"] = message.thread_ts
    if message.is_reply:
        parent = message.channel.find(message.thread_ts or "")
        told["parent_user_id"] = parent.author.id if parent else None
    elif replies := message.replies:
        told |= {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users": list(dict.fromkeys(reply.author.id for reply in replies)),
            "latest_reply": replies[-1].ts,
        }
    if message.reactions:
        told["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)} for name, users in message.reactions.items()
        ]
    if message.files:
        told["files"] = [file_json(file) for file in message.files]
    if message.edited:
        told["edited"] = {"user": message.author.id, "ts": message.ts}
    if metadata and message.metadata:
        told["metadata"] = message.metadata
    return told


def view_json(team: Team, view: View, state: Json) -> Json:
    """A view with what the user entered so far."""
    return {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "title": None,
        "submit": None,
        "close": None,
        **view.content,
        "id": view.id,
        "team_id": team.id,
        "app_id": APP_ID,
        "bot_id": team.bot_id,
        "app_installed_team_id": team.id,
        "state": {"values": state},
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
    }


def file_json(file: File) -> Json:
    return {"id": file.id, "name": file.name, "title": file.title, "size": file.length, "alt_txt": file.alt}


def who(team: Team, user: User) -> Json:
    """The user as interactions name them."""
    return {"id": user.id, "username": user.name, "name": user.name, "team_id": team.id}


def page(items: list[Any], args: Json, most: int = 100) -> tuple[list[Any], str]:
    """One page of `items` as `limit` and `cursor` ask for it, and the cursor of the next, empty on the last."""
    start = int(str(args.get("cursor") or "next:0").partition(":")[2])
    size = min(int(args.get("limit") or most), 1000)
    rest = start + size
    return items[start:rest], f"next:{rest}" if rest < len(items) else ""
