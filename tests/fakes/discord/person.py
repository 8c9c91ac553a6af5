"""A person: what they can do on Discord, and what the app is told of it.

What the app may answer (commands, clicks, choices, submissions) returns an `Interaction` once there is a first response
or Discord gave up. What it is only told of returns at once: Discord learns nothing of what an app makes of an event.
"""

import asyncio
import secrets
import time
from datetime import UTC
from typing import Any

from tests.fakes.discord import forms, slash
from tests.fakes.discord.forms import CannotDo
from tests.fakes.discord.interaction import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL,
    SHOW_MODAL,
    Choice,
    Interaction,
    Modal,
)
from tests.fakes.discord.model import Channel, GuildData, Json, Message
from tests.fakes.discord.moderating import Moderating
from tests.fakes.discord.payloads import channel_json, member_json, user_json
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.service import Service

MOST_FILE_SIZE = 10 * 1024 * 1024


class Person(Moderating):
    """A `User` who acts. Made by `Guild.user`, and the same in every guild under one name."""

    def __init__(self, discord: Service, id: str, name: str, **profile: Any) -> None:  # noqa: A002 - a field of User
        super().__init__(id, name, **profile)
        self._discord = discord
        self.modal: Modal | None = None
        """The modal in front, if one is open."""

    @property
    def direct_messages(self) -> list[Message]:
        """What the app and this person wrote to one another."""
        return [
            message
            for channel in self._discord.direct.values()
            if channel.recipient is self
            for message in channel.messages
        ]

    async def uses(self, line: str, *, in_: Channel | None = None, **options: Any) -> Interaction:
        """A slash command, such as `/papers save`, with options by name; in direct messages unless `in_` is given."""
        channel = in_ or self._discord.direct_channel(self)
        typed = slash.line(self._discord, channel.guild, self, line)
        told, found = slash.filled(typed.options, options, channel)
        return await self._asks(COMMAND, channel, typed.data(told, found))

    async def autocompletes(
        self, line: str, option: str, typed: str, /, *, in_: Channel | None = None, **options: Any
    ) -> list[Choice]:
        """Types into an option; what the app offers. `options` were filled in before. Nothing if it fails."""
        channel = in_ or self._discord.direct_channel(self)
        whole = slash.line(self._discord, channel.guild, self, line)
        offered = next((each for each in whole.options if each["name"] == option), None)
        if offered is None or not offered.get("autocomplete"):
            raise CannotDo(f"{line} completes no {option!r}")
        others = [each | {"required": False} for each in whole.options if each["name"] != option]
        told, found = slash.filled(others, options, channel)
        focused = {"type": offered["type"], "name": option, "value": typed, "focused": True}
        return (await self._asks(AUTOCOMPLETE, channel, whole.data([*told, focused], found))).choices

    async def uses_context_menu(self, name: str, message: Message) -> Interaction:
        """An entry of a message's context menu, such as `Save paper`."""
        data = slash.context_menu(self._discord, message.channel.guild, self, name)
        self._sees(message)
        data |= {
            "target_id": message.id,
            "resolved": {"messages": {message.id: self._discord.told(message, content=True)}},
        }
        return await self._asks(COMMAND, message.channel, data)

    async def clicks(self, message: Message, what: str) -> Interaction:
        """Presses a button, named by its label, its custom_id or its emoji."""
        self._sees(message)
        button = forms.button(message.components, what)
        data = {"component_type": button["type"], "custom_id": button["custom_id"], "id": button["id"]}
        return await self._asks(COMPONENT, message.channel, data, message)

    async def selects(self, message: Message, what: str, *answers: Any) -> Interaction:
        """Chooses in the select menu of this placeholder or custom_id: options by label or value, people, channels."""
        self._sees(message)
        menu = forms.select(message.components, what)
        data = {"component_type": menu["type"], "custom_id": menu["custom_id"], "id": menu["id"]}
        data["values"] = forms.chosen(menu, list(answers))
        if resolved := forms.resolved(list(answers)):
            data["resolved"] = resolved
        return await self._asks(COMPONENT, message.channel, data, message)

    async def submits(self, modal: Modal, values: dict[str, Any] | None = None) -> Interaction:
        """Fills a modal in, by label or custom_id, and submits it.

        Raises `CannotDo` where Discord's client would not submit: a required field is empty, a text too long.
        """
        if modal is not self.modal:
            raise CannotDo(f"{modal.title!r} is not in front")
        components = modal.content["components"]
        modal.answers |= dict(forms.entered(components, name, answer) for name, answer in (values or {}).items())
        if empty := forms.missing(components, modal.answers):
            raise CannotDo(f"must be filled in: {', '.join(empty)}")
        data = {"custom_id": modal.content["custom_id"], "components": forms.submission(components, modal.answers)}
        submitted = await self._asks(MODAL, modal.channel, data, modal.message)
        if not submitted.failure:
            self.modal = None
        return submitted

    def reacts(self, message: Message, emoji: str) -> None:
        """Adds an emoji: a character, or `name:id`."""
        self._sees(message)
        if message.is_ephemeral:
            raise CannotDo("an ephemeral message takes no reactions")
        if emoji not in message.reactions:
            self._needs_in(message.channel, Permission.ADD_REACTIONS)
        self._discord.react(message, self, emoji)

    def unreacts(self, message: Message, emoji: str) -> None:
        """Takes an emoji back."""
        if self.id not in message.reactions.get(emoji, []):
            raise CannotDo(f"{self} did not react with {emoji}")
        self._discord.unreact(message, self, emoji)

    def writes(self, text: str, *, in_: Channel | None = None, replying_to: Message | None = None) -> Message:
        """Writes a message; in direct messages unless `in_` is given. `<@id>` mentions."""
        channel = in_ or self._discord.direct_channel(self)
        writing = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
        self._needs_in(channel, writing)
        message = self._discord.compose(channel, self, {"content": text}, reference=replying_to)
        self._discord.publish(message)
        return message

    def edits(self, message: Message, text: str) -> None:
        """Changes one's own message."""
        if message.author is not self:
            raise CannotDo(f"{message} is not {self}'s")
        self._discord.change(message, {"content": text})

    def deletes(self, message: Message) -> None:
        """Deletes a message: one's own, or with Manage Messages."""
        if message.author is not self:
            self._needs_in(message.channel, Permission.MANAGE_MESSAGES)
        self._discord.remove(message, self)

    def starts_thread(self, message: Message, name: str) -> Channel:
        """Starts a thread under a message."""
        thread = self._discord.start_thread(message.channel, self, {"name": name}, id=message.id)
        message.thread = thread
        return thread

    def dismisses(self, message: Message) -> None:
        """Takes an ephemeral message away; the app is not told."""
        self.ephemerals.remove(message)

    def _sees(self, message: Message) -> None:
        self._needs_in(message.channel, Permission.VIEW_CHANNEL)
        if message.deleted or (message.is_ephemeral and message not in self.ephemerals):
            raise CannotDo(f"{self} does not see {message}")

    async def _asks(self, type_: int, channel: Channel, data: Json, message: Message | None = None) -> Interaction:
        """Tells the app, and waits for its first response as long as Discord does."""
        self._needs_in(channel, Permission.VIEW_CHANNEL | Permission.USE_APPLICATION_COMMANDS)
        discord, guild = self._discord, channel.guild
        at = discord.clock.now().astimezone(UTC)
        interaction = Interaction(
            discord.new_id(), secrets.token_urlsafe(40), type_, self, channel, at, discord.until, message, message
        )
        discord.interactions[interaction.token] = interaction
        body: Json = {
            "id": interaction.id,
            "application_id": discord.app_id,
            "type": type_,
            "token": interaction.token,
            "version": 1,
            "data": data,
            "channel_id": channel.id,
            "channel": channel_json(channel),
            "locale": self.locale,
            "app_permissions": str(int(guild.may(discord.bot, channel) if guild else Permission.SEND_MESSAGES)),
            "entitlements": [],
            "authorizing_integration_owners": {"0": guild.id if guild else "0"},
            "context": 0 if guild else 1,
            "attachment_size_limit": MOST_FILE_SIZE,
            **self._as_asking(guild, channel),
            **({"message": discord.told(message, content=True)} if message else {}),
        }
        started = time.monotonic()
        discord.gateway.dispatch("INTERACTION_CREATE", body, guild)
        await self._answered(interaction, started)
        return interaction

    def _as_asking(self, guild: GuildData | None, channel: Channel) -> Json:
        if guild is None:
            return {"user": user_json(self)}
        member = member_json(guild, self) | {"permissions": str(int(guild.may(self, channel)))}
        about = {"id": guild.id, "locale": guild.locale, "features": []}
        return {"member": member, "guild_id": guild.id, "guild": about, "guild_locale": guild.locale}

    async def _answered(self, interaction: Interaction, started: float) -> None:
        try:
            async with asyncio.timeout(self._discord.response_timeout):
                await self._discord.until(lambda: interaction.response is not None, 10 * self._discord.response_timeout)
        except TimeoutError:
            interaction.failure = "did not respond"
            return
        interaction.delay = time.monotonic() - started
        if interaction.response == SHOW_MODAL:
            self.modal = interaction.modal
