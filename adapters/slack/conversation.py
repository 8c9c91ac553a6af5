"""What people ask for, by command, button, shortcut or modal, and how it is answered."""

import asyncio
import re
from dataclasses import replace

from adapters.slack import render
from adapters.slack.answers import Answers, Origin
from adapters.slack.api import Json
from adapters.slack.errors import Refused
from adapters.slack.people import People
from adapters.slack.render_forms import modal
from adapters.slack.workspaces import Slack
from bot.cards import platforms as cards
from bot.commands import (
    AddNote,
    AddTags,
    Ask,
    ChangeSettings,
    Command,
    Dislike,
    Help,
    Like,
    Mark,
    RemoveTags,
    Save,
    Search,
    ShowHome,
    ShowList,
    Subscribe,
    ToggleSave,
    Undo,
    Unsave,
    parse,
    written,
)
from bot.messages import Form, Reply
from bot.ports import Dispatch

_TURNS_THE_PAGE = (ShowList, Search, Help)
"""Commands whose answer takes the place of the one that their button was pressed in."""
_SHOWN_BY_HOME = (Save, Unsave, ToggleSave, Mark, Like, Dislike, AddTags, RemoveTags, AddNote, Undo)
"""Commands that change what a Home tab shows, and need no other answer there."""

AT_ONCE = 20
"""Commands that the product works on at the same time. More than it can do wait here, where waiting has no end, and not
for the database, which after some seconds is not waited for."""

_LINK = re.compile(r"<((?:https?|mailto):[^|>\s]+)(?:\|[^>]*)?>")


def typed(text: str) -> str:
    """What somebody wrote, without what Slack makes of links and of &, < and >."""
    return _LINK.sub(r"\1", text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def asks_back(command: Command) -> bool:
    """Whether the answer is a form."""
    return isinstance(command, Ask) or (isinstance(command, Subscribe | ChangeSettings) and command.order is None)


class Conversation:
    """Gives commands to the product, and its replies to those who asked."""

    def __init__(self, slack: Slack, people: People, dispatch: Dispatch) -> None:
        self._slack = slack
        self._people = people
        self._dispatch = dispatch
        self._answers = Answers(slack)
        self._room = asyncio.Semaphore(AT_ONCE)

    async def reply_to(self, command: Command, origin: Origin) -> Reply:
        """The product's reply. Raises PlatformError where nobody can tell who asks."""
        sender = await self._people.sender(origin.workspace, origin.user, origin.channel)
        async with self._room:
            return await self._dispatch(command, sender)

    async def say(self, command: Command, origin: Origin, trigger: str) -> None:
        """For what was typed, or pressed in a message. `trigger` is what a modal can be opened with; "" where nothing
        can: then a button is shown that can."""
        if asks_back(command) and not trigger:
            await self._answers.show(Reply((cards.opens_a_form(written(command)),)), origin)
            return
        if asks_back(command):
            await self._in_modal(command, origin, trigger)
            return
        reply = await self.reply_to(command, origin)
        if origin.on_a_post and isinstance(command, Save | ToggleSave):
            await self.fail_quietly(reply, origin)
            return
        origin = replace(origin, in_place=origin.in_place and isinstance(command, _TURNS_THE_PAGE))
        await self._answers.show(reply, origin)

    async def press_at_home(self, command: Command, origin: Origin, trigger: str) -> None:
        """For what was pressed in a Home tab, which shows what became of it."""
        if isinstance(command, ShowHome):
            await self.show_home(command, origin)
        elif isinstance(command, _SHOWN_BY_HOME):
            await self.change(command, origin)
        else:
            await self._in_modal(command, origin, trigger)

    async def press_in_modal(self, command: Command, origin: Origin, view: str) -> None:
        """For what was pressed in a modal, where the answer is shown."""
        await self._fill(view, await self.reply_to(command, origin), origin)

    async def change(self, command: Command, origin: Origin) -> None:
        """For what a modal was filled in for, and what was pressed in a Home tab."""
        reply = await self.reply_to(command, origin)
        if not origin.home or reply.failed:
            await self._answers.show(reply, origin)
        if origin.home:
            await self.show_home(parse(origin.home), origin)

    async def show_home(self, command: Command, origin: Origin) -> None:
        """Publishes the person's Home tab as `command` has it; if that is no longer one for it, as it is at first."""
        command = command if isinstance(command, ShowHome) else ShowHome()
        reply = await self.reply_to(command, replace(origin, channel=""))
        view = render.home(reply) | {"private_metadata": written(command)}
        await self._slack.do(origin.workspace, "views.publish", user_id=origin.user, view=view)

    async def show(self, reply: Reply, origin: Origin) -> None:
        """For what the product need not be asked."""
        await self._answers.show(reply, origin)

    async def fail_quietly(self, reply: Reply, origin: Origin) -> None:
        """For what has an effect that can be seen: only that it could not be done is said."""
        if reply.failed:
            await self._answers.show(reply, origin)

    async def _in_modal(self, command: Command, origin: Origin, trigger: str) -> None:
        # A trigger lives three seconds, and an answer may take longer: the modal opens without it.
        waiting = _page(Reply((cards.one_moment(),)), origin)
        try:
            opened = await self._slack.do(origin.workspace, "views.open", trigger_id=trigger, view=waiting)
        except Refused as error:
            if error.code != "expired_trigger_id":
                raise
            await self._answers.show(Reply((cards.too_late(),)), origin)
            return
        await self._fill(opened["view"]["id"], await self.reply_to(command, origin), origin)

    async def _fill(self, view: str, reply: Reply, origin: Origin) -> None:
        form = next((part for part in reply.parts if isinstance(part, Form)), None)
        content = modal(form, origin.packed()) if form else _page(reply, origin)
        try:
            await self._slack.do(origin.workspace, "views.update", view_id=view, view=content)
        except Refused as error:
            if error.code != "not_found":  # whoever closed it meanwhile wants it no more
                raise


def _page(reply: Reply, origin: Origin) -> Json:
    """A modal that shows a reply and asks nothing."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": cards.NAME},
        "close": {"type": "plain_text", "text": cards.CLOSE},
        "private_metadata": origin.packed(),
        "blocks": render.home(reply)["blocks"],
    }
