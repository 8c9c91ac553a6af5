"""What the bot asks a server to be allowed, and no more. docs/discord.md says the same."""

from dataclasses import dataclass

from discord import Permissions
from discord.utils import oauth_url


@dataclass(frozen=True, slots=True)
class Needed:
    """A permission. `name` is that of an attribute of `discord.Permissions`."""

    name: str
    title: str
    """What Discord's settings call it."""
    why: str
    """What the bot cannot do without it."""


NEEDED = (
    Needed("view_channel", "View Channels", "see the channels that it posts in"),
    Needed("send_messages", "Send Messages", "post editions, or in a forum the day's post"),
    Needed("send_messages_in_threads", "Send Messages in Threads", "post summaries, and papers below a header"),
    Needed("create_public_threads", "Create Public Threads", "open the thread under a paper, or under a header"),
    Needed(
        "read_message_history",
        "Read Message History",
        "look for a post before it is sent again, and for emoji that came while it was away",
    ),
    Needed("add_reactions", "Add Reactions", "offer to save a paper that somebody names"),
    Needed("attach_files", "Attach Files", "show the chart of a month"),
)

SCOPES = ("bot", "applications.commands")
"""Of the invite link: a member of the server, and its slash commands."""


def permissions() -> Permissions:
    """All that is needed."""
    return Permissions(**{needed.name: True for needed in NEEDED})


def missing(held: Permissions) -> list[str]:
    """The titles of what is needed and not `held`, in the order of NEEDED."""
    return [needed.title for needed in NEEDED if not getattr(held, needed.name)]


def invite_link(application: int) -> str:
    """Where somebody who may manage a server adds the bot to it. `application` is the app's id."""
    return oauth_url(application, permissions=permissions(), scopes=SCOPES)
