"""Discord's objects as JSON."""

from datetime import UTC, datetime

from tests.fakes.discord.model import Attachment, Channel, GuildData, Json, Message, Role, Tag, User
from tests.fakes.discord.permissions import Permission

COMMAND_REPLY, REPLY, THREAD_STARTER = 20, 19, 21
JOINED = "2026-01-01T00:00:00+00:00"


def user_json(user: User) -> Json:
    return {
        "id": user.id,
        "username": user.name,
        "global_name": user.display_name or None,
        "discriminator": "0000" if user.is_bot else "0",
        "avatar": None,
        "bot": user.is_bot,
        "public_flags": 0,
    }


def member_json(guild: GuildData, user: User, *, whole: bool = True) -> Json:
    """A member; without the user inside, unless `whole`."""
    member: Json = {
        "nick": None,
        "avatar": None,
        "roles": guild.members.get(user.id, []),
        "joined_at": JOINED,
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
    }
    return member | {"user": user_json(user)} if whole else member


def role_json(role: Role) -> Json:
    return {
        "id": role.id,
        "name": role.name,
        "permissions": bits(role.permissions),
        "position": role.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": True,
        "flags": 0,
    }


def channel_json(channel: Channel) -> Json:
    """A channel of any type."""
    if channel.recipient:
        return {
            "id": channel.id,
            "type": channel.type,
            "last_message_id": _last(channel),
            "recipients": [user_json(channel.recipient)],
            "flags": 0,
        }
    body: Json = {
        "id": channel.id,
        "type": channel.type,
        "guild_id": channel.guild.id if channel.guild else None,
        "name": channel.name,
        "last_message_id": _last(channel),
        "rate_limit_per_user": 0,
        "flags": channel.flags,
        "parent_id": channel.parent.id if channel.parent else None,
    }
    if channel.is_thread:
        return body | _of_thread(channel)
    body |= {
        "position": 0,
        "topic": channel.topic or None,
        "nsfw": False,
        "permission_overwrites": [
            {"id": id_, "type": int(own.kind == "member"), "allow": bits(own.allow), "deny": bits(own.deny)}
            for id_, own in channel.overwrites.items()
        ],
        "available_tags": [tag_json(tag) for tag in channel.tags],
    }
    return body


def _of_thread(thread: Channel) -> Json:
    started = stamp(thread.created)
    return {
        "owner_id": thread.owner.id if thread.owner else None,
        "message_count": max(0, len(thread.messages) - bool(thread.find(thread.id))),
        "total_message_sent": len(thread.history),
        "member_count": len(thread.thread_members),
        "applied_tags": thread.applied_tags,
        "thread_metadata": {
            "archived": thread.archived,
            "locked": thread.locked,
            "auto_archive_duration": thread.auto_archive_minutes,
            "archive_timestamp": started,
            "create_timestamp": started,
        },
    }


def thread_member_json(thread: Channel, user_id: str) -> Json:
    return {"id": thread.id, "user_id": user_id, "join_timestamp": stamp(thread.created), "flags": 0}


def tag_json(tag: Tag) -> Json:
    return {"id": tag.id, "name": tag.name, "moderated": tag.moderated, "emoji_id": None, "emoji_name": None}


def _last(channel: Channel) -> str | None:
    return channel.history[-1].id if channel.history else None


def message_json(message: Message, reader: User, *, url: str, content: bool = True) -> Json:
    """A message as the bot `reader` is given it; without its content if that is kept from it.

    `url` is where attachments are served.
    """
    body: Json = {
        "id": message.id,
        "channel_id": message.channel.id,
        "author": user_json(message.author),
        "content": message.content,
        "embeds": message.embeds,
        "components": message.components,
        "attachments": [attachment_json(each, url) for each in message.attachments],
        "timestamp": stamp(message.at),
        "edited_timestamp": stamp(message.edited) if message.edited else None,
        "tts": False,
        "mention_everyone": bool({"@everyone", "@here"} & {*message.pings}),
        "mentions": [user_json(user) for user in message.mentioned],
        "mention_roles": [],
        "pinned": False,
        "type": COMMAND_REPLY if message.interaction else REPLY if message.reference else 0,
        "flags": message.flags,
        "reactions": [_reaction_json(message, emoji, reader) for emoji in message.reactions],
    }
    if message.interaction:
        body |= {"interaction_metadata": message.interaction, "application_id": reader.id, "webhook_id": reader.id}
    if message.reference:
        body["message_reference"] = {"message_id": message.reference.id, "channel_id": message.reference.channel.id}
    if message.thread and not message.thread.deleted:
        body["thread"] = channel_json(message.thread)
    if not content:
        body |= {"content": "", "embeds": [], "components": [], "attachments": []}
    return body


def attachment_json(attachment: Attachment, url: str) -> Json:
    address = f"{url}/attachments/{attachment.id}/{attachment.filename}"
    return {
        "id": attachment.id,
        "filename": attachment.filename,
        "size": len(attachment.content),
        "url": address,
        "proxy_url": address,
        "content_type": attachment.content_type,
        "description": attachment.description,
    }


def _reaction_json(message: Message, emoji: str, reader: User) -> Json:
    users = message.reactions[emoji]
    burst = sum((emoji, user) in message.bursts for user in users)
    counts = {"burst": burst, "normal": len(users) - burst}
    own = {"me": reader.id in users, "me_burst": False, "burst_colors": []}
    return {"emoji": emoji_json(emoji), "count": len(users), "count_details": counts} | own


def emoji_json(emoji: str) -> Json:
    """An emoji, which is a character or `name:id`."""
    name, _, id_ = emoji.partition(":")
    return {"id": id_ or None, "name": name}


def guild_json(guild: GuildData, *, reader: User | None = None) -> Json:
    """A guild; as GUILD_CREATE tells it where a `reader` is given, with channels, threads and that member."""
    body: Json = {
        "id": guild.id,
        "name": guild.name,
        "owner_id": guild.owner.id,
        "preferred_locale": guild.locale,
        "roles": [role_json(role) for role in guild.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": [],
        "icon": None,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_id": guild.system_channel.id if guild.system_channel else None,
        "system_channel_flags": 0,
    }
    if reader is None:
        return body
    there = [channel for channel in guild.channels.values() if not channel.deleted]
    return body | {
        "large": False,
        "joined_at": JOINED,
        "member_count": len(guild.members),
        "members": [member_json(guild, reader)],
        "channels": [channel_json(channel) for channel in there if not channel.is_thread],
        "threads": [
            channel_json(thread)
            for thread in there
            if thread.is_thread and not thread.archived and Permission.VIEW_CHANNEL in guild.may(reader, thread)
        ],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def bits(permissions: Permission) -> str:
    """Permissions as Discord writes them: a decimal number as text."""
    return str(int(permissions))


def stamp(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None
