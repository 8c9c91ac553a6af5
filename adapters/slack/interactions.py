"""Slash commands, buttons, shortcuts and modals: told at once that they were heard, then answered."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from slack_bolt.context.ack.async_ack import AsyncAck

from adapters.slack.answers import Origin
from adapters.slack.api import Json
from adapters.slack.blocks_actions import command_of
from adapters.slack.conversation import Conversation, typed
from adapters.slack.render_forms import refusal, submitted
from adapters.slack.work import Work
from bot.cards import forms, platforms
from bot.commands import Save, filled, parse
from bot.messages import Reply
from bot.papers import ArxivId

SAVE_PAPER = "save_paper"
"""The message shortcut's callback_id."""
_MOST_SAVED = 5
"""Papers of one message."""

Listener: TypeAlias = Callable[..., Awaitable[Any]]


class Interactions:
    """What bolt calls. Each says at once that it heard, and goes on in the background."""

    def __init__(self, conversation: Conversation, work: Work) -> None:
        self._conversation = conversation
        self._work = work

    async def command(self, ack: AsyncAck, body: Json) -> None:
        """`/papers …`"""
        await ack()
        origin = Origin(body["team_id"], body["user_id"], body["channel_id"], response_url=body["response_url"])
        self._work.begin(self._conversation.say(parse(typed(body.get("text", ""))), origin, body["trigger_id"]))

    async def action(self, ack: AsyncAck, body: Json) -> None:
        """A button, or an option of a menu."""
        await ack()
        line = command_of(body["actions"][0])
        if not line:
            return
        command, trigger = parse(line), body["trigger_id"]
        workspace, user, view = body["team"]["id"], body["user"]["id"], body.get("view") or {}
        if view.get("type") == "home":
            origin = Origin(workspace, user, home=view.get("private_metadata") or "home")
            self._work.begin(self._conversation.press_at_home(command, origin, trigger))
        elif view:
            origin = Origin.unpacked(workspace, user, view.get("private_metadata", ""))
            self._work.begin(self._conversation.press_in_modal(command, origin, view["id"]))
        else:
            self._work.begin(self._conversation.say(command, _beside(body), trigger))

    async def view(self, ack: AsyncAck, body: Json) -> None:
        """A modal that was filled in: what is wrong is shown under the question it is about."""
        answered = submitted(body["view"])
        command = filled(answered.command, answered.values)
        if isinstance(command, dict):
            await ack(**refusal({name: forms.problem(slip) for name, slip in command.items()}))
            return
        await ack()
        origin = Origin.unpacked(body["team"]["id"], body["user"]["id"], answered.origin)
        self._work.begin(self._conversation.change(command, origin))

    async def shortcut(self, ack: AsyncAck, body: Json) -> None:
        """ "Save paper" on a message: of ours, the paper it is about; of others, those that it names."""
        await ack()
        self._work.begin(self._save(body["message"], _beside(body)))

    async def _save(self, message: Json, origin: Origin) -> None:
        written = typed(message.get("text", "")) + " " + json.dumps(message.get("blocks", []))
        papers = tuple(ArxivId.find_all(written))[: 1 if "bot_id" in message else _MOST_SAVED]
        if papers:
            await self._conversation.say(Save(papers), origin, "")
        else:
            await self._conversation.show(Reply((platforms.names_no_paper(),)), origin)


def _beside(body: Json) -> Origin:
    """Where to answer to something that was done with a message."""
    container, message = body.get("container") or {}, body.get("message") or {}
    return Origin(
        body["team"]["id"],
        body["user"]["id"],
        body["channel"]["id"],
        thread=message.get("thread_ts") or container.get("thread_ts") or "",
        response_url=body.get("response_url", ""),
        in_place=bool(container.get("is_ephemeral")),
        on_a_post=bool(container) and not container.get("is_ephemeral"),
    )
