"""Orders for a fake Discord that runs as a process: people's acts, faults, and what is to be seen.

curl -X POST URL/control -d '{"as": "ada", "act": "uses", "line": "/papers list", "in_": "papers", "options": {}}'
curl -X POST URL/control -d '{"as": "ada", "act": "reacts", "message": "1573490035808796672", "emoji": "🔖"}'
curl -X POST URL/control -d '{"fault": "drop_after", "route": "POST /channels/{channel}/messages", "times": 2}'
curl -X POST URL/control -d '{"gateway": "drop"}'
curl URL/control
"""

import inspect
import json
from typing import Any

from aiohttp import web

from tests.fakes.discord.guild import Guild
from tests.fakes.discord.interaction import Interaction
from tests.fakes.discord.model import Json, Message
from tests.fakes.discord.service import Service

ACTS = ("uses", "clicks", "selects", "uses_context_menu", "reacts", "unreacts", "writes", "deletes", "deletes_channel")


class Control:
    """The /control address of one guild."""

    def __init__(self, discord: Service, guild: Guild) -> None:
        self._discord = discord
        self._guild = guild

    async def state(self, request: web.Request) -> web.Response:
        """Every message, every call, how many connections and refusals there are."""
        discord = self._discord
        return web.json_response(
            {
                "messages": {
                    channel.name: [discord.told(message, content=True) for message in channel.messages]
                    for channel in self._guild.channels.values()
                },
                "calls": [{**vars(call), "at": call.at.isoformat()} for call in discord.calls],
                "connected": discord.gateway.connected,
                "identified": len(discord.gateway.identified),
                "resumed": discord.gateway.resumed,
                "refusals": discord.refusals,
            }
        )

    async def order(self, request: web.Request) -> web.Response:
        """Does what is ordered; answers once the app has responded, or failed to."""
        order = json.loads(await request.text())
        if "fault" in order:
            self._discord.fail(order["route"], order["fault"], times=order.get("times", 1))
        elif order.get("gateway") == "drop":
            await self._discord.gateway.drop()
        elif order.get("gateway") == "reconnect":
            self._discord.gateway.ask_to_reconnect()
        elif order.get("gateway") == "invalidate":
            self._discord.gateway.invalidate()
        elif order.get("act") in ACTS:
            return web.json_response(await self._act(order))
        else:
            raise web.HTTPBadRequest(text=f"no such order: {order}")
        return web.json_response({})

    async def _act(self, order: Json) -> Json:
        person = self._guild.user(order.pop("as"))
        act = getattr(person, order.pop("act"))
        options = order.pop("options", {})
        done = act(**{name: self._meant(name, value) for name, value in order.items()}, **options)
        if inspect.isawaitable(done):
            done = await done
        if isinstance(done, Message):
            return {"id": done.id}
        if isinstance(done, Interaction):
            shown = [self._discord.told(reply, content=True) for reply in done.replies]
            return {"failure": done.failure, "delay": done.delay, "ephemeral": done.ephemeral, "replies": shown}
        return {}

    def _meant(self, name: str, value: str) -> Any:
        """Channels are named, messages are given by their ids."""
        channels = list(self._guild.channels.values())
        if name in ("in_", "channel"):
            return next(channel for channel in channels if channel.name == value)
        if name in ("message", "replying_to"):
            seen = [message for user in self._guild.users.values() for message in user.ephemerals]
            every = [*seen, *(message for channel in channels for message in channel.history)]
            return next(message for message in every if message.id == value)
        return value
