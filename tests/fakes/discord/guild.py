"""A guild as tests make it."""

from typing import Any

from tests.fakes.discord.gateway import GUILDS
from tests.fakes.discord.model import FORUM, REQUIRE_TAG, TEXT, Channel, GuildData, Message, Role, Tag, User
from tests.fakes.discord.moderating import add_bot
from tests.fakes.discord.payloads import guild_json
from tests.fakes.discord.permissions import NOTHING, ORDINARY, Overwrite, Permission
from tests.fakes.discord.person import Person
from tests.fakes.discord.service import Service

MANAGING = Permission.MANAGE_CHANNELS | Permission.MANAGE_THREADS | Permission.MANAGE_MESSAGES


class Guild(GuildData):
    """A `GuildData` with people, roles and channels on demand. Made by `FakeDiscord.guild`."""

    owner: Person

    def __init__(
        self, discord: Service, name: str, *, bot: bool, bot_permissions: Permission, everyone: Permission
    ) -> None:
        owner = Person(discord, discord.new_id(), f"{name}-owner")
        super().__init__(discord.new_id(), name, owner, discord.bot)
        self._discord = discord
        self.roles[self.id] = Role(self.id, "@everyone", everyone)
        self._enter(owner, [])
        discord.guilds[self.id] = self
        if bot:
            add_bot(discord, self, bot_permissions)

    def user(
        self,
        name: str,
        *,
        is_admin: bool = False,
        manages: bool = False,
        roles: list[Role] | None = None,
        **profile: Any,
    ) -> Person:
        """The member of this name; made on first use, or taken from another guild.

        An admin may everything; one who `manages` may manage channels, threads and messages. `profile` is
        display_name, locale, accepts_direct_messages.
        """
        known = next((user for user in self._discord.people.values() if user.name == name), None)
        person = known if isinstance(known, Person) else Person(self._discord, self._discord.new_id(), name, **profile)
        if person.id not in self.members:
            given = list(roles or [])
            given += [self.role("admin", Permission.ADMINISTRATOR)] if is_admin else []
            given += [self.role("manager", MANAGING)] if manages else []
            self._enter(person, given)
        return person

    def _enter(self, person: Person, roles: list[Role]) -> None:
        self._discord.people[person.id] = person
        self.users[person.id] = person
        self.members[person.id] = [role.id for role in roles]

    def role(self, name: str, permissions: Permission = NOTHING) -> Role:
        """The role of this name, with these permissions; made on first use."""
        found = next((role for role in self.roles.values() if role.name == name), None)
        if found is None:
            found = Role(self._discord.new_id(), name, permissions, position=len(self.roles))
            self.roles[found.id] = found
            self._tell()
        return found

    def channel(self, name: str, *, members: list[User] | None = None, topic: str = "") -> Channel:
        """A new text channel; with `members`, a private one that only they (and the bot if it is among them) see."""
        return self._add(Channel(self._discord.new_id(), name, TEXT, self, topic=topic, overwrites=self._only(members)))

    def forum(
        self, name: str, *, tags: list[str] | None = None, tag_required: bool = False, members: list[User] | None = None
    ) -> Channel:
        """A new forum with tags of these names."""
        flags = REQUIRE_TAG if tag_required else 0
        forum = Channel(self._discord.new_id(), name, FORUM, self, flags=flags, overwrites=self._only(members))
        forum.tags = [Tag(self._discord.new_id(), tag) for tag in tags or []]
        return self._add(forum)

    def _only(self, members: list[User] | None) -> dict[str, Overwrite]:
        if members is None:
            return {}
        closed = {self.id: Overwrite("role", deny=Permission.VIEW_CHANNEL)}
        return closed | {user.id: Overwrite("member", allow=ORDINARY) for user in members}

    def _add(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        if self.has_bot:
            self._discord.tell_channel("CHANNEL_CREATE", channel)
        return channel

    def _tell(self) -> None:
        if self.has_bot:
            self._discord.gateway.dispatch("GUILD_UPDATE", guild_json(self), self, intent=GUILDS)

    def posted(self) -> list[Message]:
        """What the bot wrote in this guild and did not delete, oldest first."""
        there = [message for channel in self.channels.values() for message in channel.messages]
        return sorted((each for each in there if each.author is self.bot), key=lambda message: int(message.id))
