"""Whether Slack is set up as it must be, and what to click where it is not."""

from dataclasses import dataclass

from adapters.slack.api import SCOPES
from adapters.slack.errors import Refused
from adapters.slack.http import EVENTS
from adapters.slack.ids import NAME, parted
from adapters.slack.scopes import BOT_SCOPES
from adapters.slack.service import SlackService
from adapters.slack.workspaces import Installation
from bot.errors import PaperRoundError, PlatformError
from bot.ports import Store
from bot.teams import Channel

_INSTALL = "api.slack.com/apps > your app > OAuth & Permissions > Install to Workspace; copy the xoxb-… token."
_ADD_SCOPES = "api.slack.com/apps > your app > OAuth & Permissions > Scopes: add them, then Reinstall to Workspace."
_APP_LEVEL = "api.slack.com/apps > your app > Basic Information > App-Level Tokens: make one with connections:write."
_REACH = "Look at the network, a proxy, and SLACK_API_URL. What was set was not looked at."
_INVITE = "In that channel, say: /invite @Paper Round"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `mend` says what to do where it is broken."""

    state: str
    mend: str = ""
    broken: bool = False


async def checks(service: SlackService, store: Store) -> list[Check]:
    """Token and scopes of each workspace, the way in, and whether the bot is in the channels that it serves."""
    try:
        installed = await service.workspaces.all()
    except PaperRoundError as error:
        return [Check(str(error), _mend(error, _INSTALL), broken=True)]
    found = [await _workspace(service, one) for one in installed]
    if not found:
        found = [Check("no workspace has installed it yet", "Open /slack/install at the address of `papers run`.")]
    return [*found, *await _way_in(service), *await _channels(service, store)]


def _mend(error: PaperRoundError, otherwise: str) -> str:
    """What to do: an answer of Slack's is about what is set, and no answer about the way there."""
    unheard = isinstance(error, PlatformError) and not isinstance(error, Refused)
    return _REACH if unheard else otherwise


async def _workspace(service: SlackService, installed: Installation) -> Check:
    try:
        known = await service.slack.read(installed.workspace, "auth.test")
    except PlatformError as error:
        return Check(f"{installed.workspace}: {error}", _mend(error, _INSTALL), broken=True)
    missing = [scope for scope in BOT_SCOPES if scope not in known[SCOPES]]
    if missing:
        return Check(f"{known['team']}: the scopes {', '.join(missing)} are missing", _ADD_SCOPES, broken=True)
    return Check(f"{known['team']}: speaks as @{known['user']}, with all scopes")


async def _way_in(service: SlackService) -> list[Check]:
    access = service.access
    if not access.app_token:
        return [Check(f"signed HTTP, served at {EVENTS} while `papers run` runs")]
    try:
        await service.api.call("apps.connections.open", {}, token=access.app_token)
    except PlatformError as error:
        wrong = isinstance(error, Refused) and error.about_the_token
        state = "SLACK_APP_TOKEN is not valid" if wrong else str(error)
        return [Check(f"Socket Mode: {state}", _mend(error, _APP_LEVEL), broken=True)]
    return [Check("Socket Mode can be opened")]


async def _channels(service: SlackService, store: Store) -> list[Check]:
    async with store() as tx:
        served = [await tx.teams.channel(order.channel_id) for order in await tx.teams.subscriptions()]
    return [await _channel(service, channel) for channel in served if channel.platform == NAME]


async def _channel(service: SlackService, channel: Channel) -> Check:
    workspace, place = parted(channel.external_id)
    try:
        room = (await service.slack.read(workspace, "conversations.info", channel=place))["channel"]
    except PlatformError as error:
        return Check(f"{channel.name}: {error}", _mend(error, _INVITE), broken=True)
    if room.get("is_archived"):
        return Check(f"{channel.name} is archived", "Unarchive it, or subscribe another channel.", broken=True)
    if not (room.get("is_member") or room.get("is_im")):
        return Check(f"{channel.name}: the bot is not in it", _INVITE, broken=True)
    return Check(f"{channel.name}: the bot is in it")
