"""Which events the app is told of, and how they are wrapped."""

from dataclasses import dataclass

from tests.fakes.slack.core import Core
from tests.fakes.slack.model import APP_ID, Channel, Json, Team

_READ = {"public": "channels:read", "private": "groups:read", "im": "im:read"}
_HISTORY = {"public": "channels:history", "private": "groups:history", "im": "im:history"}
_SUBSCRIBED_AS = {"public": "message.channels", "private": "message.groups", "im": "message.im"}
_SCOPES = {
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "app_mention": "app_mentions:read",
    "user_change": "users:read",
}
_OF_THE_CHANNEL = ("member_joined_channel", "channel_archive", "group_archive", "channel_left", "group_left")


@dataclass(frozen=True)
class Event:
    """Something that happened, in `channel` if it is there. `regardless` of whether the app is still installed."""

    team: Team
    body: Json
    channel: Channel | None = None
    regardless: bool = False


def is_told(core: Core, event: Event) -> bool:
    """Whether the app hears of it: installed, subscribed, with the scope for it, and in the channel."""
    team, kind, channel = event.team, event.body["type"], event.channel
    if event.regardless:
        return True
    if not team.installed or team.token is None:
        return False
    if channel and team.bot.id not in channel.members and not kind.endswith("_left"):
        return False
    subscription, scope = kind, _SCOPES.get(kind)
    if channel and kind == "message":
        subscription, scope = _SUBSCRIBED_AS[channel.kind], _HISTORY[channel.kind]
    elif channel and kind in _OF_THE_CHANNEL:
        scope = _READ[channel.kind]
    subscribed = core.manifest.events is None or subscription in core.manifest.events
    return subscribed and (scope is None or scope in team.token.scopes)


def wrapped(core: Core, event: Event) -> Json:
    """The payload of an `event_callback`."""
    team, now = event.team, core.clock.now().timestamp()
    return {
        "token": "legacy",
        "team_id": team.id,
        "context_team_id": team.id,
        "context_enterprise_id": None,
        "api_app_id": APP_ID,
        "event": {"event_ts": f"{now:.6f}", **event.body},
        "type": "event_callback",
        "event_id": core.new_id("Ev"),
        "event_time": int(now),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team.id,
                "user_id": team.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": core.new_id("4-"),
    }
