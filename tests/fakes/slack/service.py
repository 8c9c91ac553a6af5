"""The service as people and methods use it: it writes messages, tells the app, and takes late answers."""

import secrets
from typing import Any

from aiohttp import web

from bot.ports import Clock
from tests.fakes.slack.block_kit import message_problems
from tests.fakes.slack.core import Core
from tests.fakes.slack.delivery import Deliveries, Delivery
from tests.fakes.slack.events import Event, is_told, wrapped
from tests.fakes.slack.faults import with_fault
from tests.fakes.slack.interaction import Interaction, ResponseUrl
from tests.fakes.slack.model import Channel, Json, Message, Team, User
from tests.fakes.slack.payloads import message_json
from tests.fakes.slack.signed_http import SignedHttp
from tests.fakes.slack.socket_mode import SocketMode


class Service(Core):
    """Ties the app's doors together."""

    def __init__(self, clock: Clock | None = None) -> None:
        super().__init__(clock)
        self.sockets = SocketMode(self)
        self._deliveries = Deliveries(self, self.sockets)
        self._response_urls: dict[str, ResponseUrl] = {}

    @property
    def deliveries(self) -> list[Delivery]:
        """Everything the app was told, in order."""
        return self._deliveries.sent

    @property
    def request_url(self) -> str:
        """Where signed HTTP goes; empty while the app is reached through Socket Mode."""
        transport = self._deliveries.transport
        return transport.request_url if isinstance(transport, SignedHttp) else ""

    @request_url.setter
    def request_url(self, url: str) -> None:
        self._deliveries.transport = SignedHttp(self, url) if url else self.sockets

    async def verifies_request_url(self) -> bool:
        """Whether the app answers the url_verification that Slack sends when a request URL is entered."""
        return await SignedHttp(self, self.request_url).verifies()

    def tell(self, event: Event) -> Delivery | None:
        """Tells the app of an event; None if it is none of its business."""
        return self._deliveries.tell(wrapped(self, event)) if is_told(self, event) else None

    async def ask(self, interaction: Interaction, payload: Json) -> Interaction:
        """Brings an interaction to the app; returns when it is acknowledged, or Slack gave up."""
        command = "command" in payload
        interaction.delivery = await self._deliveries.ask("slash_commands" if command else "interactive", payload)
        return interaction

    def post(
        self, team: Team, channel: Channel, author: User, text: str, **more: Any
    ) -> tuple[Message, Delivery | None]:
        """Writes a message and tells the app of it. `more` are fields of `Message`."""
        message = self.write(channel, author, text, **more)
        body = {**message_json(team, message), "channel": channel.id, "channel_type": _TYPES[channel.kind]}
        return message, self.tell(Event(team, body, channel))

    def changed_message(self, team: Team, message: Message, before: Json) -> Delivery | None:
        """Tells the app that a message is another, or is gone."""
        body: Json = {"type": "message", "channel": message.channel.id, "channel_type": _TYPES[message.channel.kind]}
        body |= {"ts": self.new_ts(), "previous_message": before, "hidden": True}
        if message.deleted:
            body |= {"subtype": "message_deleted", "deleted_ts": message.ts}
        else:
            body |= {"subtype": "message_changed", "message": message_json(team, message)}
        self.changed()
        return self.tell(Event(team, body, message.channel))

    def show(self, team: Team, channel: Channel, user: User, content: Json) -> Message:
        """Shows `user` alone what `content` holds: text, blocks, thread_ts."""
        message = Message(
            self.new_ts(),
            channel,
            team.bot,
            content.get("text") or "",
            self.with_ids(content.get("blocks") or []),
            thread_ts=content.get("thread_ts"),
            ephemeral=True,
        )
        user.ephemerals.append(message)
        self.changed()
        return message

    def new_response_url(self, interaction: Interaction, channel: Channel, message: Message | None = None) -> str:
        """Where the app may answer `interaction` later: five times, within half an hour."""
        key = f"{interaction.team.id}/{secrets.token_hex(12)}"
        self._response_urls[key] = ResponseUrl(interaction, channel, message, self.clock.now())
        return f"{self.url}/respond/{key}"

    def respond(self, interaction: Interaction, channel: Channel, original: Message | None, content: Json) -> None:
        """Shows what the app answered, with the acknowledgement or through a response_url."""
        if original and _yes(content.get("delete_original")):
            original.deleted = True
            if original in interaction.user.ephemerals:
                interaction.user.ephemerals.remove(original)
        elif original and _yes(content.get("replace_original")):
            original.text = content.get("text") or ""
            original.blocks = self.with_ids(content.get("blocks") or [])
            original.edited += 1
            interaction.replies.append(original)
        elif content.get("response_type") == "in_channel":
            blocks = self.with_ids(content.get("blocks") or [])
            text, under = content.get("text") or "", content.get("thread_ts")
            message, _ = self.post(
                interaction.team, channel, interaction.team.bot, text, blocks=blocks, thread_ts=under
            )
            interaction.replies.append(message)
        else:
            interaction.replies.append(self.show(interaction.team, channel, interaction.user, content))
        self.changed()

    async def responded(self, request: web.Request) -> web.StreamResponse:
        """The end of a response_url."""
        url = self._response_urls.get(request.match_info["key"])
        content = await request.json()
        fault = self.next_fault("response_url")

        async def answer() -> web.Response:
            error = self._refusal(url, content)
            self.record("response_url", url.interaction.team if url else None, content, error)
            if error or url is None:
                return web.json_response(
                    {"ok": False, "error": error}, status=404 if error != "invalid_blocks" else 400
                )
            url.uses += 1
            self.respond(url.interaction, url.channel, url.message, content)
            return web.Response(text="ok")

        return await (with_fault(fault, request, answer) if fault else answer())

    def _refusal(self, url: ResponseUrl | None, content: Json) -> str | None:
        if url is None:
            return "invalid_url"
        if (self.clock.now() - url.since).total_seconds() > 1800:
            return "expired_url"
        if url.uses >= 5:
            return "used_url"
        if content.get("blocks") and message_problems(content["blocks"]):
            return "invalid_blocks"
        if not content.get("text") and not content.get("blocks") and not _yes(content.get("delete_original")):
            return "no_text"
        return None


_TYPES = {"public": "channel", "private": "group", "im": "im"}


def _yes(value: object) -> bool:
    """Slack takes the word for the truth value."""
    return value is True or value == "true"
