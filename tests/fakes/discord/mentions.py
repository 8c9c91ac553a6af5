"""Whom a message notifies: what its text mentions, its author may mention, and `allowed_mentions` lets through."""

import re
from typing import NamedTuple

from tests.fakes.discord.model import COMPONENTS_V2, Channel, Json, User
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.showing import TEXT_DISPLAY, parts

_MENTION = re.compile(r"@(everyone|here)|<@!?(\d+)>|<@&(\d+)>")
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


class Notified(NamedTuple):
    users: list[User]
    pings: list[str]
    """`@everyone`, `@here`, `@ada`, `@&a role`, each once, in order."""


def notified(channel: Channel, author: User, body: Json, replied_to: User | None = None) -> Notified:
    """Whom a message with this body notifies. Embeds notify nobody; text in components does."""
    text = str(body.get("content") or "")
    if int(body.get("flags") or 0) & COMPONENTS_V2:
        displays = [part for part in parts(body.get("components") or []) if part["type"] == TEXT_DISPLAY]
        text = "\n".join(part["content"] for part in displays)
    allowed = body.get("allowed_mentions")
    kinds = ["everyone", "users", "roles"] if allowed is None else allowed.get("parse", [])
    listed = allowed or {}
    guild = channel.guild
    users: list[User] = []
    pings: list[str] = []
    for all_of_them, user_id, role_id in _MENTION.findall(_CODE.sub("", text)):
        if all_of_them and guild and "everyone" in kinds:
            if Permission.MENTION_EVERYONE in guild.may(author, channel):
                pings.append(f"@{all_of_them}")
        elif user_id and ("users" in kinds or user_id in map(str, listed.get("users") or [])):
            known = guild.users.get(user_id) if guild else channel.recipient
            users += [known] if known and known.id == user_id else []
        elif role_id and guild and ("roles" in kinds or role_id in map(str, listed.get("roles") or [])):
            pings += [f"@&{guild.roles[role_id].name}"] if role_id in guild.roles else []
    if replied_to and (allowed is None or listed.get("replied_user")):
        users.append(replied_to)
    users = list(dict.fromkeys(users))
    return Notified(users, list(dict.fromkeys([*pings, *(f"@{user.name}" for user in users)])))
