"""The app's configuration: what it may hear, which commands and shortcuts people find, what it asks to be allowed."""

from dataclasses import dataclass
from typing import Any

BOT_SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "commands",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "mpim:read",
        "reactions:read",
        "reactions:write",
        "users:read",
    }
)
"""What a workspace grants unless a test says otherwise."""

_NAMES = {"name": 35, "description": 140, "long_description": 4000}
_COMMAND = {"command": 32, "description": 2000, "usage_hint": 1000}
_SHORTCUT = {"name": 24, "description": 150, "callback_id": 255}


@dataclass(frozen=True)
class Manifest:
    """What is configured. None means that everything is."""

    events: frozenset[str] | None = None
    """As a manifest names them: `reaction_added`, `message.channels`."""
    commands: frozenset[str] | None = None
    shortcuts: frozenset[str] | None = None
    """Their callback_ids."""
    scopes: frozenset[str] = BOT_SCOPES
    home: bool = True

    @staticmethod
    def read(given: dict[str, Any]) -> "Manifest":
        """What an app manifest configures. Raises `ValueError` where Slack would not take it.

        Source of the limits: docs.slack.dev/reference/app-manifest.
        """
        features, settings = given.get("features", {}), given.get("settings", {})
        commands, shortcuts = features.get("slash_commands", []), features.get("shortcuts", [])
        _within(given["display_information"], _NAMES)
        _within(features.get("bot_user", {}), {"display_name": 80})
        if len(commands) > 50 or len(shortcuts) > 10:
            raise ValueError("more than 50 commands or 10 shortcuts")
        for command in commands:
            _within(command, _COMMAND, required=("command", "description"))
            if not command["command"].startswith("/"):
                raise ValueError(f"{command['command']} does not begin with a slash")
        for shortcut in shortcuts:
            _within(shortcut, _SHORTCUT, required=tuple(_SHORTCUT))
            if shortcut.get("type") not in ("message", "global"):
                raise ValueError("a shortcut is of type message or global")
        if (commands or shortcuts) and "commands" not in given["oauth_config"]["scopes"]["bot"]:
            raise ValueError("commands and shortcuts need the scope `commands`")
        return Manifest(
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
            commands=frozenset(command["command"] for command in commands),
            shortcuts=frozenset(shortcut["callback_id"] for shortcut in shortcuts),
            scopes=frozenset(given["oauth_config"]["scopes"]["bot"]),
            home=bool(features.get("app_home", {}).get("home_tab_enabled")),
        )


def _within(given: dict[str, Any], most: dict[str, int], required: tuple[str, ...] = ()) -> None:
    for name in required:
        if not given.get(name):
            raise ValueError(f"{name} is missing in {given}")
    for name, length in most.items():
        if len(given.get(name, "")) > length:
            raise ValueError(f"{name} is longer than {length} characters")
