"""The app's manifest, from which Slack makes the app: https://docs.slack.dev/reference/app-manifest"""

from adapters.slack.api import Json
from adapters.slack.http import EVENTS
from adapters.slack.interactions import SAVE_PAPER
from adapters.slack.scopes import BOT_SCOPES
from bot.cards import platforms as cards
from bot.commands import COMMANDS

COMMAND = "/papers"
BOT_EVENTS = (
    "app_home_opened",
    "app_uninstalled",
    "channel_rename",
    "group_rename",
    "member_joined_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "reaction_removed",
    "tokens_revoked",
)


def manifest(http: str = "") -> Json:
    """For Socket Mode, or for HTTP where `http` is the address at which the bot can be reached."""
    address = http.rstrip("/")
    reached: Json = {"request_url": f"{address}{EVENTS}"} if address else {}
    verbs = "|".join(row.verb for row in COMMANDS.values() if row.listed)
    command: Json = {"command": COMMAND, "description": cards.ABOUT, "usage_hint": f"[{verbs}]", "should_escape": False}
    scopes: Json = {"scopes": {"bot": list(BOT_SCOPES)}}
    return {
        "display_information": {"name": cards.NAME, "description": cards.ABOUT},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": cards.NAME, "always_online": True},
            "shortcuts": [
                {
                    "name": cards.SAVE_SHORTCUT,
                    "type": "message",
                    "callback_id": SAVE_PAPER,
                    "description": cards.ABOUT_SAVE_SHORTCUT,
                }
            ],
            "slash_commands": [command | ({"url": reached["request_url"]} if address else {})],
        },
        "oauth_config": ({"redirect_urls": [f"{address}/slack/oauth_redirect"]} if address else {}) | scopes,
        "settings": {
            "event_subscriptions": reached | {"bot_events": list(BOT_EVENTS)},
            "interactivity": {"is_enabled": True} | reached,
            "org_deploy_enabled": False,
            "socket_mode_enabled": not address,
            "token_rotation_enabled": False,
        },
    }
