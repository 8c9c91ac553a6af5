"""Whether Discord is set up as it must be, and what to click where it is not."""

from dataclasses import dataclass

import discord
from discord.abc import GuildChannel

from adapters.discord.api import Discord
from adapters.discord.client import PapersClient
from adapters.discord.errors import UNKNOWN_CHANNEL, Refused
from adapters.discord.ids import NAME, parted, snowflake
from adapters.discord.permissions import invite_link, missing
from bot.errors import PlatformError
from bot.ports import Store
from bot.teams import Channel

_APP = "discord.com/developers/applications > your app"
_CODE_GRANT = f"{_APP} > Bot > Requires OAuth2 Code Grant: switch it off."
_ENDPOINT = f"{_APP} > General Information > Interactions Endpoint URL: empty it."
_WAY = "Look at the network, a proxy, and DISCORD_API_URL."
_REACH = f"{_WAY} What was set was not looked at."
_INVITE = "Open the link that `papers discord invite` prints."
_TOMORROW = "Something starts the bot over and over. Find it, then wait until tomorrow."
_ALLOW = "Edit Channel > Permissions > the bot's role: allow them."
_GONE = "Nothing to do: it gets no more papers. Say `/papers subscribe` in a channel that shall have them."
_TAG = "Edit Channel > Tags: make one that everybody may use."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `mend` says what to do where it is broken."""

    state: str
    mend: str = ""
    broken: bool = False


async def invitation(api: Discord) -> str:
    """The link with which the bot is added to a server. Raises PlatformError, whose text says what to look at."""
    try:
        async with api.asked("tell who the bot is") as client:
            return invite_link(client.application_id or 0)
    except Refused:
        raise
    except PlatformError as error:
        raise PlatformError(f"{error}. {_WAY}") from error


async def checks(api: Discord, store: Store) -> list[Check]:
    """The token and the app's settings, the gateway, the commands, and what the bot may in the channels that it
    serves."""
    try:
        async with api.asked("log in") as client:
            found = [await _app(client), await _gateway(client), await _commands(client)]
    except PlatformError as error:
        return [_failed("", error)]
    return [*found, *await _channels(api, store)]


def _failed(about: str, error: PlatformError) -> Check:
    """What Discord refuses says what to do by itself, if anything can be; no answer is about the way there."""
    if not isinstance(error, Refused):
        return Check(f"{about}{error}", _REACH, broken=True)
    return Check(f"{about}{error}", _GONE if error.code == UNKNOWN_CHANNEL else "", broken=True)


async def _app(client: PapersClient) -> Check:
    app = await client.application_info()
    if app.bot_require_code_grant:
        return Check(f"{app.name} asks for a code where people invite it, so nobody can", _CODE_GRANT, broken=True)
    if app.interactions_endpoint_url:
        state = f"{app.name}: Discord sends commands to {app.interactions_endpoint_url}, not to `papers run`"
        return Check(state, _ENDPOINT, broken=True)
    if not app.approximate_guild_count:
        return Check(f"{app.name} is in no server yet", _INVITE)
    servers = f"{app.approximate_guild_count:,} server{'' if app.approximate_guild_count == 1 else 's'}"
    return Check(f"{app.name} is in {servers}, and needs no privileged intent")


async def _gateway(client: PapersClient) -> Check:
    shards, _, limit = await client.http.get_bot_gateway()
    state = f"the gateway takes {limit['remaining']:,} more connections today; all servers need {shards}"
    return Check(state, _TOMORROW, broken=True) if limit["remaining"] < shards else Check(state)


async def _commands(client: PapersClient) -> Check:
    known = await client.http.get_global_commands(client.application_id or 0)
    names = ", ".join(f"/{each['name']}" if each["type"] == 1 else each["name"] for each in known)
    if not names:
        return Check("no commands are registered yet", "Nothing to do: `papers run` registers them when it starts.")
    return Check(f"registered: {names}")


async def _channels(api: Discord, store: Store) -> list[Check]:
    async with store() as tx:
        served = [await tx.teams.channel(order.channel_id) for order in await tx.teams.subscriptions()]
    return [await _channel(api, channel) for channel in served if channel.platform == NAME]


async def _channel(api: Discord, channel: Channel) -> Check:
    server, place = parted(channel.external_id)
    try:
        async with api.asked("look at it") as client:
            guild = await client.fetch_guild(snowflake(server), with_counts=False)
            room = await guild.fetch_channel(snowflake(place))
            bot = await guild.fetch_member(client.user.id if client.user else 0)
    except PlatformError as error:
        return _failed(f"{channel.name}: ", error)
    if not isinstance(room, GuildChannel):
        return Check(f"{channel.name}: it is a thread", "Subscribe its channel.", broken=True)
    # Not the channel's own method: it takes away what is of no use without another permission, as if it were denied.
    if lacking := missing(GuildChannel.permissions_for(room, bot)):
        return Check(f"{channel.name}: the bot lacks {', '.join(lacking)}", _ALLOW, broken=True)
    if isinstance(room, discord.ForumChannel) and room.flags.require_tag and not _usable(room):
        return Check(f"{channel.name}: the forum wants a tag, and has none that the bot may use", _TAG, broken=True)
    return Check(f"{channel.name}: the bot may do all that it needs")


def _usable(forum: discord.ForumChannel) -> bool:
    return any(not tag.moderated for tag in forum.available_tags)
