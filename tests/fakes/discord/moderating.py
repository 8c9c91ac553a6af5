"""What people may do to a guild: its channels, its permissions, its bot. The acts of a `Person` who may."""

from tests.fakes.discord.forms import CannotDo
from tests.fakes.discord.gateway import GUILDS
from tests.fakes.discord.model import Channel, GuildData, Role, User
from tests.fakes.discord.payloads import guild_json
from tests.fakes.discord.permissions import NOTHING, Overwrite, Permission
from tests.fakes.discord.service import Service


class Moderating(User):
    """A `User` who can change guilds, given the permissions."""

    _discord: Service

    def kicks_bot(self, guild: GuildData) -> None:
        """Removes the app from a guild, with the commands that it has there alone."""
        self._needs(guild, Permission.KICK_MEMBERS)
        del guild.members[self._discord.bot.id]
        self._discord.commands.pop(guild.id, None)
        self._discord.gateway.dispatch("GUILD_DELETE", {"id": guild.id}, guild, intent=GUILDS)
        self._discord.changed()

    def invites_bot(self, guild: GuildData, permissions: Permission = NOTHING) -> None:
        """Adds the app to a guild, with what its invite link asks for."""
        self._needs(guild, Permission.MANAGE_GUILD)
        add_bot(self._discord, guild, permissions)

    def deletes_channel(self, channel: Channel) -> None:
        """Deletes a channel with its threads, or a thread."""
        self._needs(_guild(channel), Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS)
        self._discord.delete_channel(channel)

    def renames(self, channel: Channel, name: str) -> None:
        self._needs(_guild(channel), Permission.MANAGE_CHANNELS)
        channel.name = name
        self._tell_changed(channel)

    def archives(self, thread: Channel, *, locked: bool = False) -> None:
        """Closes a thread; a `locked` one opens again only for those who may manage threads."""
        self._needs(_guild(thread), Permission.MANAGE_THREADS)
        thread.archived, thread.locked = True, locked
        self._tell_changed(thread)

    def forbids(self, channel: Channel, permissions: Permission, whom: User | Role | None = None) -> None:
        """Takes permissions in a channel from somebody; from the bot unless told otherwise."""
        self._overwrites(channel, whom, NOTHING, permissions)

    def allows(self, channel: Channel, permissions: Permission, whom: User | Role | None = None) -> None:
        """Gives permissions in a channel to somebody; to the bot unless told otherwise."""
        self._overwrites(channel, whom, permissions, NOTHING)

    def _overwrites(self, channel: Channel, whom: User | Role | None, allow: Permission, deny: Permission) -> None:
        self._needs(_guild(channel), Permission.MANAGE_CHANNELS)
        target = whom or self._discord.bot
        own = channel.overwrites.get(target.id, Overwrite("role" if isinstance(target, Role) else "member"))
        channel.overwrites[target.id] = Overwrite(own.kind, own.allow & ~deny | allow, own.deny & ~allow | deny)
        self._tell_changed(channel)

    def _tell_changed(self, channel: Channel) -> None:
        self._discord.tell_channel("THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE", channel)

    def _needs(self, guild: GuildData, permission: Permission) -> None:
        if permission not in guild.may(self):
            raise CannotDo(f"{self} may not {permission.name} in {guild}")

    def _needs_in(self, channel: Channel, permission: Permission) -> None:
        """In direct messages everything is allowed."""
        if channel.guild and permission not in channel.guild.may(self, channel):
            raise CannotDo(f"{self} may not {permission.name} in {channel}")


def add_bot(discord: Service, guild: GuildData, permissions: Permission) -> None:
    """Makes the bot a member, with a role of its own that has `permissions`."""
    role = Role(discord.new_id(), discord.bot.name, permissions, position=1)
    guild.roles[role.id] = role
    guild.users[discord.bot.id] = discord.bot
    guild.members[discord.bot.id] = [role.id]
    discord.gateway.dispatch("GUILD_CREATE", guild_json(guild, reader=discord.bot), guild, intent=GUILDS)
    discord.changed()


def _guild(channel: Channel) -> GuildData:
    if channel.guild is None:
        raise CannotDo("direct messages are nobody's to manage")
    return channel.guild
