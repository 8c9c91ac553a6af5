"""A person of a workspace: what they can do in Slack, and what the app is told of it.

What the app may answer (commands, clicks, submissions, shortcuts) returns an `Interaction` once it is acknowledged or
Slack gave up. What it is only told of returns after the first attempt to tell it; None if the app is not told.
"""

from typing import Any

import aiohttp

from tests.fakes.slack import forms
from tests.fakes.slack.delivery import Delivery
from tests.fakes.slack.events import Event
from tests.fakes.slack.installing import installs, uninstall
from tests.fakes.slack.interaction import Interaction
from tests.fakes.slack.model import Channel, Json, Message, Team, User, View
from tests.fakes.slack.mrkdwn import as_typed
from tests.fakes.slack.payloads import message_json, user_json, view_json, who
from tests.fakes.slack.service import Service
from tests.fakes.slack.views import submitted


class Person(User):
    """A `User` who acts. Made by `Workspace.user`."""

    def __init__(self, slack: Service, team: Team, id: str, name: str, **profile: Any) -> None:  # noqa: A002 - a field of User
        super().__init__(id, name, **profile)
        self._slack = slack
        self._team = team

    @property
    def direct_messages(self) -> list[Message]:
        """What the app and this person wrote to one another."""
        channel = self._team.direct(self)
        return channel.messages if channel else []

    async def says(self, line: str, *, in_: Channel) -> Interaction:
        """Types a slash command, such as `/papers save 2`."""
        command, _, text = line.partition(" ")
        commands = self._slack.manifest.commands
        if not command.startswith("/") or (commands is not None and command not in commands):
            raise forms.CannotDo(f"{command} is not a command that the app has")
        interaction = self._interaction()
        payload = {
            "token": "legacy",
            "team_id": self._team.id,
            "team_domain": self._team.name,
            "channel_id": in_.id,
            "channel_name": {"public": in_.name, "private": "privategroup", "im": "directmessage"}[in_.kind],
            "user_id": self.id,
            "user_name": self.name,
            "command": command,
            "text": text.strip(),
            "api_app_id": self._slack.app_id,
            "is_enterprise_install": "false",
            "response_url": self._slack.new_response_url(interaction, in_),
            "trigger_id": self._slack.new_trigger(self._team, self),
        }
        await self._slack.ask(interaction, payload)
        if interaction.ack and (interaction.ack.body.get("text") or interaction.ack.body.get("blocks")):
            self._slack.respond(interaction, in_, None, interaction.ack.body)
        return interaction

    async def clicks(self, where: Message | View, what: str, value: str | None = None) -> Interaction:
        """Presses a button, named by its action_id, its label or its value; `value` tells equal ones apart."""
        block, part = forms.find(where.blocks, what, value)
        return await self._acts(where, block, part, {})

    async def selects(self, where: Message | View, what: str, answer: Any) -> Interaction:
        """Chooses in a menu, an overflow menu, radio buttons, a picker: an option by its text or value."""
        block, part = forms.find(where.blocks, what)
        own = forms.entered(part, answer)
        if isinstance(where, View):
            where.answers[forms.key(block, part)] = own
        return await self._acts(where, block, part, own)

    async def looks_for(self, view: View, what: str, typed: str) -> list[str]:
        """Types into an external select; the texts of the options that the app offers."""
        block, part = forms.find(view.blocks, what)
        payload = self._payload("block_suggestion") | {
            "action_id": part["action_id"],
            "block_id": block["block_id"],
            "value": typed,
            "view": self._view(view),
        }
        asked = await self._slack.ask(self._interaction(), payload)
        return [option["text"]["text"] for option in (asked.ack.body.get("options", []) if asked.ack else [])]

    async def submits(self, view: View, values: Json | None = None) -> Interaction:
        """Fills a modal in, by block_id, action_id or label, and submits it.

        Raises `CannotDo` where Slack's client would not submit: a required field is empty, a text too long.
        """
        if view is not self.modal:
            raise forms.CannotDo(f"{view} is not in front")
        for name, answer in (values or {}).items():
            block, part = forms.find(view.blocks, name)
            view.answers[forms.key(block, part)] = forms.entered(part, answer)
        if empty := forms.missing(view.blocks, forms.state(view.blocks, view.answers)):
            raise forms.CannotDo(f"must be filled in: {', '.join(empty)}")
        interaction = self._interaction()
        payload = self._payload("view_submission") | {
            "trigger_id": self._slack.new_trigger(self._team, self),
            "view": self._view(view),
            "response_urls": [],
        }
        view.errors = {}
        await self._slack.ask(interaction, payload)
        if interaction.ack:
            submitted(self._slack, self._team, view, interaction)
        return interaction

    async def closes(self, view: View) -> Interaction | None:
        """Dismisses a modal; the app hears of it if the view says so."""
        self.modals.remove(view)
        self._slack.changed()
        if not view.content.get("notify_on_close"):
            return None
        payload = self._payload("view_closed") | {"view": self._view(view), "is_cleared": False}
        return await self._slack.ask(self._interaction(), payload)

    async def uses_shortcut(self, callback_id: str, message: Message | None = None) -> Interaction:
        """A shortcut of the app: on a message, or a global one."""
        shortcuts = self._slack.manifest.shortcuts
        if shortcuts is not None and callback_id not in shortcuts:
            raise forms.CannotDo(f"{callback_id} is not a shortcut that the app has")
        interaction = self._interaction()
        payload = self._payload("message_action" if message else "shortcut") | {
            "callback_id": callback_id,
            "action_ts": self._slack.new_ts(),
            "trigger_id": self._slack.new_trigger(self._team, self),
        }
        if message:
            payload |= {
                "channel": {"id": message.channel.id, "name": message.channel.name},
                "message_ts": message.ts,
                "message": message_json(self._team, message),
                "response_url": self._slack.new_response_url(interaction, message.channel),
            }
        return await self._slack.ask(interaction, payload)

    async def opens_home(self, tab: str = "home") -> Delivery | None:
        """Opens the app's Home tab, or its `messages` tab."""
        channel = self._slack.direct(self._team, self)
        body: Json = {"type": "app_home_opened", "user": self.id, "channel": channel.id, "tab": tab}
        if self.home and tab == "home":
            body["view"] = self._view(self.home)
        return await self._told(self._slack.tell(Event(self._team, body)))

    async def writes(self, text: str, *, in_: Channel, thread: Message | None = None) -> Message:
        """Writes a message. Returns it once the app was told, if it is."""
        under = thread.ts if thread else None
        message, delivery = self._slack.post(self._team, in_, self, as_typed(text), thread_ts=under)
        if f"<@{self._team.bot.id}>" in text:
            mention = {**message_json(self._team, message), "type": "app_mention", "channel": in_.id}
            await self._told(self._slack.tell(Event(self._team, mention, in_)))
        await self._told(delivery)
        return message

    async def edits(self, message: Message, text: str) -> Delivery | None:
        before = message_json(self._team, message)
        message.text, message.edited = as_typed(text), message.edited + 1
        return await self._told(self._slack.changed_message(self._team, message, before))

    async def deletes(self, message: Message) -> Delivery | None:
        before = message_json(self._team, message)
        message.deleted = True
        return await self._told(self._slack.changed_message(self._team, message, before))

    async def reacts(self, message: Message, emoji: str, *, author_known: bool = True) -> Delivery | None:
        """Adds an emoji, such as `bookmark` or `+1::skin-tone-2`. `author_known` is whether item_user is told."""
        users = message.reactions.setdefault(emoji, [])
        if self.id not in users:
            users.append(self.id)
        return await self._told(self._reaction("reaction_added", message, emoji, author_known))

    async def unreacts(self, message: Message, emoji: str, *, author_known: bool = True) -> Delivery | None:
        """Takes an emoji back."""
        message.reactions[emoji].remove(self.id)
        if not message.reactions[emoji]:
            del message.reactions[emoji]
        return await self._told(self._reaction("reaction_removed", message, emoji, author_known))

    async def invites_bot(self, channel: Channel) -> Delivery | None:
        if self._team.bot.id not in channel.members:
            channel.members.append(self._team.bot.id)
        return await self._told(self._membership("member_joined_channel", channel))

    async def removes_bot(self, channel: Channel) -> Delivery | None:
        channel.members.remove(self._team.bot.id)
        left = {"type": "channel_left" if channel.kind == "public" else "group_left", "channel": channel.id}
        return await self._told(self._slack.tell(Event(self._team, left | {"actor_id": self.id}, channel)))

    async def archives(self, channel: Channel) -> Delivery | None:
        channel.archived = True
        kind = "channel_archive" if channel.kind == "public" else "group_archive"
        body = {"type": kind, "channel": channel.id, "user": self.id}
        return await self._told(self._slack.tell(Event(self._team, body, channel)))

    async def is_deactivated(self) -> Delivery | None:
        """An admin closes this person's account."""
        self.deleted = True
        body = {"type": "user_change", "user": user_json(self._team, self)}
        return await self._told(self._slack.tell(Event(self._team, body)))

    async def installs(self, install_url: str) -> aiohttp.ClientResponse:
        """Follows the app's install link and approves; the app's last page, read."""
        return await installs(install_url, self._team, self)

    async def uninstalls_app(self) -> None:
        """Removes the app from the workspace: its tokens are refused from now on."""
        for delivery in uninstall(self._slack, self._team):
            await self._told(delivery)

    async def _acts(self, where: Message | View, block: Json, part: Json, own: Json) -> Interaction:
        if where.deleted if isinstance(where, Message) else where not in (self.home, self.modal):
            raise forms.CannotDo(f"{where} is not there any more")
        interaction = self._interaction()
        payload = self._payload("block_actions") | {
            "trigger_id": self._slack.new_trigger(self._team, self),
            "actions": [forms.action(block, part, self._slack.new_ts(), own)],
        }
        if isinstance(where, View):
            payload |= {"container": {"type": "view", "view_id": where.id}, "view": self._view(where)}
        else:
            payload |= {
                "container": {
                    "type": "message",
                    "message_ts": where.ts,
                    "channel_id": where.channel.id,
                    "is_ephemeral": where.ephemeral,
                },
                "channel": {"id": where.channel.id, "name": where.channel.name},
                "message": message_json(self._team, where),
                "state": {"values": forms.state(where.blocks, {forms.key(block, part): own} if own else {})},
                "response_url": self._slack.new_response_url(interaction, where.channel, where),
            }
        return await self._slack.ask(interaction, payload)

    def _payload(self, kind: str) -> Json:
        return {
            "type": kind,
            "token": "legacy",
            "team": {"id": self._team.id, "domain": self._team.name},
            "user": who(self._team, self),
            "api_app_id": self._slack.app_id,
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _view(self, view: View) -> Json:
        return view_json(self._team, view, forms.state(view.blocks, view.answers))

    def _interaction(self) -> Interaction:
        return Interaction(self._team, self, self._slack.until)

    def _reaction(self, kind: str, message: Message, emoji: str, author_known: bool) -> Delivery | None:
        self._slack.changed()
        item = {"type": "message", "channel": message.channel.id, "ts": message.ts}
        body: Json = {"type": kind, "user": self.id, "reaction": emoji, "item": item}
        if author_known:
            body["item_user"] = message.author.id
        return self._slack.tell(Event(self._team, body, message.channel))

    def _membership(self, kind: str, channel: Channel) -> Delivery | None:
        body = {
            "type": kind,
            "user": self._team.bot.id,
            "channel": channel.id,
            "inviter": self.id,
            "team": self._team.id,
        }
        return self._slack.tell(Event(self._team, body, channel))

    @staticmethod
    async def _told(delivery: Delivery | None) -> Delivery | None:
        if delivery is not None:
            await delivery.tried.wait()
        return delivery
