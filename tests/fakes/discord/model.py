"""What a guild holds: its people, roles, channels, messages."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from tests.fakes.discord.permissions import EVERYTHING, NOTHING, Overwrite, Permission, in_channel
from tests.fakes.discord.showing import labels, links, texts

Json: TypeAlias = dict[str, Any]

TEXT, DM, ANNOUNCEMENT_THREAD, THREAD, FORUM = 0, 1, 10, 11, 15
"""Types of channels."""
EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15
"""Flags of messages."""
HAS_THREAD = 1 << 5
REQUIRE_TAG = 1 << 4
"""A forum's flag: no post without a tag."""


@dataclass(eq=False)
class User:
    """Somebody on Discord. `locale` is what their client tells."""

    id: str
    name: str
    display_name: str = ""
    is_bot: bool = False
    locale: str = "en-GB"
    accepts_direct_messages: bool = True
    ephemerals: "list[Message]" = field(default_factory=list)
    """What only this user sees, in every channel, oldest first."""

    def __repr__(self) -> str:
        return f"@{self.name}"


@dataclass(eq=False)
class Role:
    id: str
    name: str
    permissions: Permission
    position: int = 0


@dataclass(eq=False)
class Tag:
    """A tag of a forum's posts."""

    id: str
    name: str
    moderated: bool = False


@dataclass(eq=False)
class GuildData:
    """A guild; `members` are users' ids with the ids of their roles. The @everyone role has the guild's id."""

    id: str
    name: str
    owner: User
    bot: User
    locale: str = "en-US"
    roles: dict[str, Role] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    channels: "dict[str, Channel]" = field(default_factory=dict)
    """Text channels, forums and threads."""
    system_channel: "Channel | None" = None
    """Where Discord says who came."""

    @property
    def has_bot(self) -> bool:
        return self.bot.id in self.members

    def may(self, user: User, channel: "Channel | None" = None) -> Permission:
        """What a member may do, in the guild or in one of its channels; a thread goes by its parent."""
        if user.id not in self.members:
            return NOTHING
        if user is self.owner:
            return EVERYTHING
        roles = [self.id, *self.members[user.id]]
        base = NOTHING
        for role in roles:
            base |= self.roles[role].permissions
        if channel is None:
            return EVERYTHING if Permission.ADMINISTRATOR in base else base
        return in_channel(base, (channel.parent or channel).overwrites, self.id, roles, user.id)

    def __repr__(self) -> str:
        return self.name


@dataclass(eq=False)
class Channel:
    """A text channel, a forum, a thread (or a forum's post), or the direct messages of one user with the bot."""

    id: str
    name: str
    type: int
    guild: GuildData | None = None
    parent: "Channel | None" = None
    recipient: User | None = None
    owner: User | None = None
    topic: str = ""
    flags: int = 0
    overwrites: dict[str, Overwrite] = field(default_factory=dict)
    history: "list[Message]" = field(default_factory=list)
    """Every message ever written here, deleted ones included, in order."""
    tags: list[Tag] = field(default_factory=list)
    """What a forum offers."""
    applied_tags: list[str] = field(default_factory=list)
    """The ids of a post's tags."""
    thread_members: list[str] = field(default_factory=list)
    archived: bool = False
    locked: bool = False
    auto_archive_minutes: int = 1440
    created: datetime | None = None
    deleted: bool = False

    @property
    def is_thread(self) -> bool:
        return self.type in (ANNOUNCEMENT_THREAD, THREAD)

    @property
    def messages(self) -> "list[Message]":
        """What it shows, oldest first."""
        return [message for message in self.history if not message.deleted]

    @property
    def threads(self) -> "list[Channel]":
        """Its threads, or a forum's posts, oldest first."""
        there = self.guild.channels.values() if self.guild else ()
        return [each for each in there if each.parent is self and not each.deleted]

    @property
    def tag_names(self) -> list[str]:
        """The tags of a post."""
        offered = {tag.id: tag.name for tag in self.parent.tags} if self.parent else {}
        return [offered[tag] for tag in self.applied_tags]

    def find(self, id: str) -> "Message | None":  # noqa: A002 - Discord's own name
        """The message of this id, unless it was deleted."""
        return next((message for message in reversed(self.history) if message.id == id and not message.deleted), None)

    def __repr__(self) -> str:
        return f"#{self.name}"


@dataclass(eq=False)
class Attachment:
    id: str
    filename: str
    content: bytes
    content_type: str
    description: str | None = None


@dataclass(eq=False)
class Message:
    """A message in `channel`, ephemeral ones included. `embeds` and `components` are as the app gave them."""

    id: str
    channel: Channel
    author: User
    at: datetime
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    nonce: str | None = None
    reference: "Message | None" = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    """Emoji to the ids of the users who reacted with it; a custom one is `name:id`."""
    bursts: set[tuple[str, str]] = field(default_factory=set)
    """The reactions, emoji and user, that are super reactions."""
    mentioned: list[User] = field(default_factory=list)
    """The users whom it notifies."""
    pings: list[str] = field(default_factory=list)
    """Everybody whom it notifies: `@everyone`, `@here`, `@ada`, `@&a role`."""
    allowed_mentions: Json | None = None
    """As the app gave them; None if it gave none."""
    thread: Channel | None = None
    interaction: Json | None = None
    """What the message tells of the interaction that it answers."""
    edits: int = 0
    """How many times it was changed."""
    edited: datetime | None = None
    deleted: bool = False

    @property
    def is_ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def is_loading(self) -> bool:
        """Whether it says that the app is thinking."""
        return bool(self.flags & LOADING)

    @property
    def replies(self) -> "list[Message]":
        """What is written in the thread under it; a post's own first message is not among them."""
        return [message for message in self.thread.messages if message is not self] if self.thread else []

    @property
    def shown(self) -> str:
        """What a reader sees, a line each: content, embeds, texts of components. Buttons are left out."""
        return "\n".join(texts(self.content, self.embeds, self.components))

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons, in order."""
        return labels(self.components)

    @property
    def links(self) -> list[str]:
        """The addresses it links to, in order."""
        return links(self.content, self.embeds, self.components)

    def __repr__(self) -> str:
        return f"<{self.author} in {self.channel}: {self.shown[:80]!r}>"


@dataclass(frozen=True)
class ApiCall:
    """A call as it was answered: `route` such as `POST /channels/{channel}/messages`, `code` of Discord's errors."""

    route: str
    path: str
    body: Json
    status: int
    code: int | None
    at: datetime
