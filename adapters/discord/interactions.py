"""Slash commands, buttons, menus and modals: what each asks for, and how its answer is shown."""

import json
import re
from typing import Any

from discord import Interaction, InteractionType, Message
from discord.app_commands import Choice

from adapters.discord.components_actions import OPTION
from adapters.discord.conversation import Conversation, asks_back
from adapters.discord.people import People
from adapters.discord.render_forms import refusal, submitted
from adapters.plain import fitted
from bot.cards import forms, platforms
from bot.commands import COMMANDS, Blank, Complete, Help, Save, Search, ShowList, ToggleSave, filled, parse
from bot.messages import Form, Reply
from bot.papers import ArxivId

_TURNS_THE_PAGE = (ShowList, Search, Help)
"""Commands whose answer takes the place of the one that their button was pressed in."""
_MOST_SAVED = 5
"""Papers of one message."""
_LINK = re.compile(r"<(https://arxiv\.org/abs/[^<>\s]+)>")
"""A paper as our messages link to it."""
_TARGET = re.compile(r"(?P<line>.*?)(?P<target> <#(?P<channel>\d+)>)?", re.DOTALL)
"""A line, and the channel that it is meant for if that is another one than where the form was opened."""


class Interactions:
    """What the client and its tree of commands call."""

    def __init__(self, conversation: Conversation, people: People) -> None:
        self._conversation = conversation
        self._people = people

    async def typed(self, interaction: Interaction[Any], line: str, channel: int | None) -> None:
        """`/papers …`"""
        await self._carry_out(interaction, line, channel)

    async def pressed(self, interaction: Interaction[Any], line: str) -> None:
        """A button, or an option of a menu."""
        if await self._means_no_server(interaction):
            return
        command, message = parse(line), interaction.message
        alone = message is not None and message.flags.ephemeral
        on_a_post = message is not None and not alone and message.reference is None
        if on_a_post and isinstance(command, Save | ToggleSave):
            await self._conversation.change(interaction, command, self._people.asking(interaction))
        else:
            await self._carry_out(interaction, line, in_place=alone and isinstance(command, _TURNS_THE_PAGE))

    async def opens(self, interaction: Interaction[Any], line: str, page: int) -> None:
        """A button that opens a modal."""
        if await self._means_no_server(interaction):
            return
        line, target, channel = _parted(line)
        sender = self._people.asking(interaction, channel)
        await self._conversation.ask(interaction, parse(line), sender, target=target, page=page)

    async def submitted(self, interaction: Interaction[Any]) -> None:
        """A modal that was filled in: what is wrong is said, with a button that opens it again as it was."""
        data: Any = interaction.data
        answered = submitted(data)
        if answered is None:
            return
        line, _, channel = _parted(answered.command)
        command = filled(line, answered.values)
        if isinstance(command, dict):
            self._conversation.keep(interaction.user.id, answered.command, answered.values)
            problems = {name: forms.problem(slip) for name, slip in command.items()}
            await self._conversation.display(interaction, refusal(answered, problems))
            return
        self._conversation.forget(interaction.user.id, answered.command)
        sender = self._people.asking(interaction, channel)
        await self._conversation.answer(interaction, command, sender, private=_private(line))

    async def chose_to(self, interaction: Interaction[Any], verb: str, message: Message) -> None:
        """An entry of a message's menu: for those papers that ours links to, or is about, or that another one names.
        What can be done with one paper only is offered for each of several."""
        papers = _named(message, ours=message.author.id == interaction.client.bot_id)
        if not papers:
            await self._conversation.display(interaction, Reply((platforms.names_no_paper(),)))
        elif len(papers) == 1 or verb == "save":
            await self._carry_out(interaction, " ".join((verb, *map(str, papers))))
        else:
            titles = [await self._title(interaction, paper) for paper in papers]
            await self._conversation.display(interaction, Reply((platforms.names_several(papers, titles, verb),)))

    async def _title(self, interaction: Interaction[Any], paper: ArxivId) -> str:
        """ "" for a paper that was never seen."""
        return next((choice.name for choice in await self.completed(interaction, Blank.PAPER, str(paper))), "")

    async def completed(self, interaction: Interaction[Any], blank: Blank, typed: str) -> list[Choice[str]]:
        """Nothing where the product has nothing to offer, or it did not work."""
        reply = await self._conversation.reply_to(Complete(blank, typed), self._people.asking(interaction))
        asked = [each for part in reply.parts if isinstance(part, Form) for each in part.inputs]
        choices = [choice for each in asked for choice in each.choices if len(choice.value) <= OPTION]
        return [Choice(name=fitted(choice.label, OPTION) or choice.value, value=choice.value) for choice in choices]

    async def unknown(self, interaction: Interaction[Any]) -> None:
        """A command that is not what it was when it was shown."""
        if interaction.type is InteractionType.application_command:
            await self._conversation.display(interaction, Reply((platforms.command_changed(),)))

    async def _means_no_server(self, interaction: Interaction[Any]) -> bool:
        """Whether it came from a direct message, such as an answer that was late; then that is said."""
        if interaction.guild_id is None:
            await self._conversation.display(interaction, Reply((platforms.of_no_server(),)))
        return interaction.guild_id is None

    async def _carry_out(
        self, interaction: Interaction[Any], line: str, channel: int | None = None, *, in_place: bool = False
    ) -> None:
        command, sender = parse(line), self._people.asking(interaction, channel)
        if asks_back(command):
            await self._conversation.ask(interaction, command, sender, target=f" <#{channel}>" if channel else "")
        else:
            await self._conversation.answer(interaction, command, sender, private=_private(line), in_place=in_place)


def _parted(line: str) -> tuple[str, str, int | None]:
    found = _TARGET.fullmatch(line)
    if found is None or not found["target"]:
        return line, "", None
    return found["line"], found["target"], int(found["channel"])


def _named(message: Message, *, ours: bool) -> tuple[ArxivId, ...]:
    """At most _MOST_SAVED papers. Of ours, what it links to: its buttons and texts may name others."""
    written = message.content + " " + json.dumps([part.to_dict() for part in message.components])
    if ours and (linked := tuple(ArxivId.find_all(" ".join(_LINK.findall(written))))):
        return linked[:_MOST_SAVED]
    return tuple(ArxivId.find_all(written))[: 1 if ours else _MOST_SAVED]


def _private(line: str) -> bool:
    """Whether the answer is for the asker's eyes only, which must be known before the answer is."""
    row = COMMANDS.get(line.partition(" ")[0])
    return row is None or row.private
