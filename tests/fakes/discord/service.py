"""What the doors have in common: messages, reactions, threads and channels, and what the app is told of them."""

from datetime import UTC
from typing import Any

from tests.fakes.discord.component_rules import with_ids
from tests.fakes.discord.core import Core
from tests.fakes.discord.gateway import (
    DIRECT_MESSAGES,
    DIRECT_REACTIONS,
    GUILD_MESSAGES,
    GUILD_REACTIONS,
    GUILDS,
)
from tests.fakes.discord.mentions import notified
from tests.fakes.discord.model import (
    COMPONENTS_V2,
    DM,
    EPHEMERAL,
    HAS_THREAD,
    THREAD,
    Attachment,
    Channel,
    GuildData,
    Json,
    Message,
    User,
)
from tests.fakes.discord.payloads import channel_json, emoji_json, member_json, message_json, role_json
from tests.fakes.discord.permissions import Permission

_LASTING = EPHEMERAL | HAS_THREAD | COMPONENTS_V2
"""Flags that no edit takes away."""


class Service(Core):
    """The service behind both doors."""

    def direct_channel(self, user: User) -> Channel:
        """The direct messages of a user with the bot; made on first use."""
        found = next((each for each in self.direct.values() if each.recipient is user), None)
        if found is None:
            found = Channel(self.new_id(), "", DM, recipient=user)
            self.direct[found.id] = found
        return found

    def may_content(self, message: Message) -> bool:
        """Whether the app is given a message's content: its own, direct, mentioning it, or by the intent."""
        concerned = message.author is self.bot or message.channel.recipient is not None
        return concerned or self.bot in message.mentioned or self.gateway.sees_content()

    def told(self, message: Message, *, content: bool | None = None) -> Json:
        """A message as the app is given it."""
        whole = self.may_content(message) if content is None else content
        return message_json(message, self.bot, url=self.url, content=whole)

    def compose(self, channel: Channel, author: User, body: Json, **more: Any) -> Message:
        """A message with this body that is nowhere yet; `more` are fields of `Message`."""
        reference: Message | None = more.get("reference")
        users, pings = notified(channel, author, body, reference.author if reference else None)
        return Message(
            more.pop("id", None) or self.new_id(),
            channel,
            author,
            self.clock.now().astimezone(UTC),
            content=body.get("content") or "",
            embeds=body.get("embeds") or [],
            components=with_ids(body.get("components") or []),
            flags=int(body.get("flags") or 0),
            nonce=str(body["nonce"]) if body.get("nonce") is not None else None,
            allowed_mentions=body.get("allowed_mentions"),
            mentioned=users,
            pings=pings,
            **more,
        )

    def publish(self, message: Message) -> None:
        """Puts a message where it is seen: in its channel or, an ephemeral one, before one user."""
        channel = message.channel
        channel.history.append(message)
        if channel.archived:
            channel.archived = False
            self.tell_channel("THREAD_UPDATE", channel)
        if channel.is_thread and message.author.id not in channel.thread_members:
            channel.thread_members.append(message.author.id)
        nonce = {"nonce": message.nonce} if message.nonce else {}
        self.tell_of("MESSAGE_CREATE", message, self.told(message) | nonce)

    def tell_of(self, event: str, message: Message, body: Json) -> None:
        """Tells the app of an event around a message, if it can see the channel and asked for such events."""
        guild, channel = message.channel.guild, message.channel
        direct, public = (
            (DIRECT_REACTIONS, GUILD_REACTIONS) if "REACTION" in event else (DIRECT_MESSAGES, GUILD_MESSAGES)
        )
        if guild and Permission.VIEW_CHANNEL in guild.may(self.bot, channel):
            author = {"member": member_json(guild, message.author, whole=False)} if event == "MESSAGE_CREATE" else {}
            self.gateway.dispatch(event, {**author, **body, "guild_id": guild.id}, guild, intent=public)
        elif guild is None:
            self.gateway.dispatch(event, body, intent=direct)
        self.changed()

    def change(self, message: Message, body: Json) -> None:
        """Changes what `body` names of a message: content, embeds, components, flags, attachments."""
        for name in ("embeds", "components"):
            if name in body:
                setattr(message, name, body[name] or [])
        if "content" in body:
            message.content = body["content"] or ""
        if body.get("flags") is not None:
            message.flags = int(body["flags"]) & ~EPHEMERAL | message.flags & _LASTING
        with_ids(message.components)
        message.edits += 1
        message.edited = self.clock.now().astimezone(UTC)
        self.changed()
        if not message.is_ephemeral:
            self.tell_of("MESSAGE_UPDATE", message, self.told(message))

    def remove(self, message: Message, shown_to: User | None = None) -> None:
        """Deletes a message; an ephemeral one from before the user it is `shown_to`."""
        message.deleted = True
        if shown_to and message in shown_to.ephemerals:
            shown_to.ephemerals.remove(message)
            self.changed()
        else:
            self.tell_of("MESSAGE_DELETE", message, {"id": message.id, "channel_id": message.channel.id})

    def react(self, message: Message, user: User, emoji: str) -> None:
        """Adds a reaction; a second equal one changes nothing."""
        users = message.reactions.setdefault(emoji, [])
        if user.id not in users:
            users.append(user.id)
            self._tell_reaction("MESSAGE_REACTION_ADD", message, user, emoji)

    def unreact(self, message: Message, user: User, emoji: str) -> None:
        """Takes a reaction back, if it is there."""
        if user.id in message.reactions.get(emoji, []):
            message.reactions[emoji].remove(user.id)
            if not message.reactions[emoji]:
                del message.reactions[emoji]
            self._tell_reaction("MESSAGE_REACTION_REMOVE", message, user, emoji)

    def _tell_reaction(self, event: str, message: Message, user: User, emoji: str) -> None:
        guild = message.channel.guild
        body: Json = {
            "user_id": user.id,
            "channel_id": message.channel.id,
            "message_id": message.id,
            "emoji": emoji_json(emoji),
            "burst": False,
            "type": 0,
        }
        if event == "MESSAGE_REACTION_ADD":
            body["message_author_id"] = message.author.id
            if guild and user.id in guild.members:
                body["member"] = member_json(guild, user)
        self.tell_of(event, message, body)

    def start_thread(self, parent: Channel, owner: User, body: Json, *, id: str | None = None) -> Channel:  # noqa: A002
        """A new public thread, or a forum's post."""
        guild = parent.guild
        assert guild is not None
        thread = Channel(
            id or self.new_id(),
            body["name"],
            THREAD,
            guild,
            parent,
            owner=owner,
            applied_tags=[str(tag) for tag in body.get("applied_tags") or []],
            auto_archive_minutes=body.get("auto_archive_duration") or 1440,
            thread_members=[owner.id],
            created=self.clock.now().astimezone(UTC),
        )
        guild.channels[thread.id] = thread
        self.tell_channel("THREAD_CREATE", thread, newly_created=True)
        return thread

    def tell_channel(self, event: str, channel: Channel, **more: Any) -> None:
        """Tells the app that a channel or thread was made, changed or deleted."""
        self.gateway.dispatch(event, channel_json(channel) | more, channel.guild, intent=GUILDS)
        self.changed()

    def delete_channel(self, channel: Channel) -> None:
        """Deletes a channel with its threads."""
        for thread in channel.threads:
            thread.deleted = True
        channel.deleted = True
        self.tell_channel("THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE", channel)

    def change_role(self, guild: GuildData, role_id: str, permissions: Permission) -> None:
        role = guild.roles[role_id]
        role.permissions = permissions
        self.gateway.dispatch(
            "GUILD_ROLE_UPDATE", {"guild_id": guild.id, "role": role_json(role)}, guild, intent=GUILDS
        )
        self.changed()

    def keep(self, filename: str, content: bytes, content_type: str) -> Attachment:
        """A file that was sent along; it is served from now on."""
        kept = Attachment(self.new_id(), filename, content, content_type)
        self.files[f"{kept.id}/{filename}"] = kept
        return kept
