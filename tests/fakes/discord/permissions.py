"""What members may do: Discord's permission bits, and how roles and a channel's overwrites make them up.

The computation is the one in Discord's documentation, "Permissions", section "Permission Hierarchy".
"""

from enum import IntFlag
from typing import Literal, NamedTuple


class Permission(IntFlag):
    """The bits that something here depends on."""

    KICK_MEMBERS = 1 << 1
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38


NOTHING = Permission(0)
EVERYTHING = ~NOTHING
ORDINARY = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
"""What @everyone may do in a new guild, as far as it matters here."""


class Overwrite(NamedTuple):
    """What a channel changes for one role or member."""

    kind: Literal["role", "member"]
    allow: Permission = NOTHING
    deny: Permission = NOTHING


def in_channel(
    base: Permission, overwrites: dict[str, Overwrite], everyone: str, roles: list[str], member: str
) -> Permission:
    """What a member with `base` in the guild may do in a channel; `everyone`, `roles` and `member` are ids."""
    if Permission.ADMINISTRATOR in base:
        return EVERYTHING
    may = base
    general = overwrites.get(everyone, Overwrite("role"))
    may = may & ~general.deny | general.allow
    of_roles = [overwrites[role] for role in roles if role in overwrites and role != everyone]
    for overwrite in of_roles:
        may &= ~overwrite.deny
    for overwrite in of_roles:
        may |= overwrite.allow
    own = overwrites.get(member, Overwrite("member"))
    may = may & ~own.deny | own.allow
    return may if Permission.VIEW_CHANNEL in may else NOTHING
