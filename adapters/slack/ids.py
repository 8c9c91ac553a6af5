"""Slack's ids as the product knows them."""

from bot.editions import MessageRef

NAME = "slack"


def place(workspace: str, channel: str) -> str:
    """`T…/C…`: a channel's own id does not say in which workspace it is."""
    return f"{workspace}/{channel}"


def parted(external_id: str) -> tuple[str, str]:
    """The workspace and the channel of a place."""
    workspace, _, channel = external_id.partition("/")
    return workspace, channel


def reference(workspace: str, channel: str, ts: str) -> MessageRef:
    return MessageRef(NAME, place(workspace, channel), ts)
