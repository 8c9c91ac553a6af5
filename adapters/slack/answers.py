"""Where people are answered, and how."""

import json
from dataclasses import dataclass, replace

from adapters.slack.api import Json
from adapters.slack.errors import Refused
from adapters.slack.render import Message, messages
from adapters.slack.workspaces import Slack
from bot.messages import Reply


@dataclass(frozen=True, slots=True)
class Origin:
    """Where somebody did something, and so where they are answered. Without a channel, in direct messages."""

    workspace: str
    user: str
    channel: str = ""
    thread: str = ""
    """The `ts` of the message under which it was done, if it was in a thread."""
    response_url: str = ""
    """Good for some answers within half an hour."""
    home: str = ""
    """The line of what the person's Home tab shows, if it was done there."""
    in_place: bool = False
    """Whether the answer may take the place of the message that was clicked in: nobody else sees that."""
    on_a_post: bool = False
    """Whether it was done with a message of ours that all can see, and that soon shows what was done."""

    def packed(self) -> str:
        """For a modal to carry."""
        return json.dumps([self.channel, self.thread, self.response_url, self.home])

    @classmethod
    def unpacked(cls, workspace: str, user: str, packed: str) -> "Origin":
        channel, thread, response_url, home = json.loads(packed) if packed else ("", "", "", "")
        return cls(workspace, user, channel, thread, response_url, home)


class Answers:
    """Shows replies to those who asked."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def show(self, reply: Reply, origin: Origin) -> None:
        """Every message of the reply, to the asker alone if it is private. Raises PlatformError."""
        for shown in messages(reply):
            if not await self._responded(shown, origin, private=reply.private):
                await self._said(shown, origin, private=reply.private)
                origin = replace(origin, response_url="")
            origin = replace(origin, in_place=False)

    async def _responded(self, shown: Message, origin: Origin, *, private: bool) -> bool:
        """Whether the response_url took it: it is good for five answers in half an hour."""
        if not origin.response_url:
            return False
        said = {
            "response_type": "ephemeral" if private else "in_channel",
            "replace_original": origin.in_place,
            "text": shown.text,
            "blocks": shown.blocks,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if origin.thread:
            said["thread_ts"] = origin.thread
        return await self._slack.respond(origin.response_url, said)

    async def _said(self, shown: Message, origin: Origin, *, private: bool) -> None:
        if private:
            await whisper(self._slack, origin, shown)
        else:
            await self._slack.post(
                origin.workspace,
                origin.channel or origin.user,
                text=shown.text,
                blocks=shown.blocks,
                thread_ts=origin.thread or None,
            )


async def whisper(slack: Slack, origin: Origin, shown: Message) -> None:
    """Says it in the channel for one person's eyes only; where that cannot be, as a direct message. Raises
    PlatformError."""
    said: Json = {"text": shown.text, "blocks": shown.blocks}
    if origin.channel:
        try:
            await slack.do(
                origin.workspace,
                "chat.postEphemeral",
                channel=origin.channel,
                user=origin.user,
                thread_ts=origin.thread or None,
                **said,
            )
        except Refused as error:
            if not error.permanent and error.code != "user_not_in_channel":
                raise
        else:
            return
    await slack.post(origin.workspace, origin.user, **said)
