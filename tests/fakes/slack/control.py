"""Orders for a fake Slack that runs as a process: people's acts, faults, and what is to be seen.

curl -X POST URL/control -d '{"as": "ada", "act": "says", "line": "/papers list", "in_": "papers"}'
curl -X POST URL/control -d '{"as": "ada", "act": "reacts", "message": "1768.000001", "emoji": "bookmark"}'
curl -X POST URL/control -d '{"fault": "drop_after", "method": "chat.postMessage", "times": 2}'
curl -X POST URL/control -d '{"disconnect": "drop"}'
curl URL/control
"""

from typing import Any

from aiohttp import web

from tests.fakes.slack.interaction import Interaction
from tests.fakes.slack.model import Channel, Json, Message, Team
from tests.fakes.slack.payloads import message_json
from tests.fakes.slack.service import Service
from tests.fakes.slack.workspace import Workspace

ACTS = (
    "says",
    "writes",
    "reacts",
    "unreacts",
    "clicks",
    "selects",
    "deletes",
    "archives",
    "invites_bot",
    "removes_bot",
)


class Control:
    """The /control address of one workspace."""

    def __init__(self, slack: Service, workspace: Workspace) -> None:
        self._slack = slack
        self._workspace = workspace

    async def state(self, request: web.Request) -> web.Response:
        """Every message with its metadata, every call, what the app was told, how many connections there are."""
        team = self._workspace.team
        return web.json_response(
            {
                "messages": {channel.name: _messages(team, channel) for channel in team.channels.values()},
                "calls": [{**vars(call), "at": call.at.isoformat()} for call in self._slack.calls],
                "deliveries": [
                    {"kind": each.kind, "event": each.event, "attempts": len(each.attempts), "delay": each.delay}
                    for each in self._slack.deliveries
                ],
                "connected": self._slack.sockets.connected,
            }
        )

    async def order(self, request: web.Request) -> web.Response:
        """Does what is ordered; answers once the app has acknowledged it, or failed to."""
        order = await request.json()
        if "fault" in order:
            self._slack.fail(order["method"], order["fault"], times=order.get("times", 1))
        elif order.get("disconnect") == "drop":
            self._slack.sockets.drop()
        elif "disconnect" in order:
            await self._slack.sockets.ask_to_leave(order["disconnect"])
        elif order.get("act") in ACTS:
            return web.json_response(await self._act(order))
        else:
            raise web.HTTPBadRequest(text=f"no such order: {order}")
        return web.json_response({})

    async def _act(self, order: Json) -> Json:
        person = self._workspace.user(order.pop("as"))
        act = getattr(person, order.pop("act"))
        done = await act(**{name: self._meant(name, value) for name, value in order.items()})
        if isinstance(done, Message):
            return {"ts": done.ts}
        return {"failure": done.failure if isinstance(done, Interaction) else "", "delay": done and done.delay}

    def _meant(self, name: str, value: str) -> Any:
        """Channels are named, messages are given by their ts."""
        channels = list(self._workspace.team.channels.values())
        if name in ("in_", "channel"):
            return next(channel for channel in channels if channel.name == value)
        if name in ("message", "thread", "where"):
            return next(message for channel in channels for message in channel.history if message.ts == value)
        return value


def _messages(team: Team, channel: Channel) -> list[Json]:
    return [message_json(team, message, metadata=True) for message in channel.history if not message.deleted]
