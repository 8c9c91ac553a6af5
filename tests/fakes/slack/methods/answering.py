"""What the methods share: errors, arguments, channels."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from tests.fakes.slack.model import Channel, Json, Message, Team, User
from tests.fakes.slack.service import Service

Call: TypeAlias = Callable[[Service, Team, Json], Json]


class ApiError(Exception):
    """`ok: false` with this error code; `problems` are what is wrong in particular, `more` is told with it."""

    def __init__(self, code: str, problems: Sequence[str] = (), **more: str) -> None:
        super().__init__(code)
        self.code = code
        self._problems = list(problems)
        self._more = more

    def told(self) -> Json:
        """The answer."""
        told: Json = {"ok": False, "error": self.code, **self._more}
        if self._problems:
            told["errors"] = self._problems
            told["response_metadata"] = {"messages": [f"[ERROR] {problem}" for problem in self._problems]}
        return told


@dataclass(frozen=True)
class Method:
    """A method, and the scopes of which the token needs one; by the channel's kind where `by_kind` is there."""

    call: Call
    scope: str = ""
    by_kind: str = ""
    """`history` or `read`: the scope is `channels:read`, `groups:read` or `im:read`."""

    def needed(self, channel: Channel | None) -> str:
        if self.by_kind:
            family = {"public": "channels", "private": "groups", "im": "im"}[channel.kind if channel else "public"]
            return f"{family}:{self.by_kind}"
        return self.scope


def parsed(value: Any) -> Any:
    """An argument that is JSON, given as JSON or as a string of it."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise ApiError("invalid_arguments") from None


def is_set(value: object) -> bool:
    return value in (True, 1, "1", "true", "True")


def visible(team: Team, args: Json, name: str = "channel") -> Channel:
    """The channel that is named. A private one without the app in it does not exist, for the app."""
    channel = team.channels.get(str(args.get(name)))
    if channel is None or (channel.kind != "public" and team.bot.id not in channel.members):
        raise ApiError("channel_not_found")
    return channel


def joined(team: Team, args: Json) -> Channel:
    """The channel that is named, which the app must be in."""
    channel = visible(team, args)
    if team.bot.id not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def message_in(channel: Channel, ts: object) -> Message:
    message = channel.find(str(ts))
    if message is None:
        raise ApiError("message_not_found")
    return message


def user_in(team: Team, user_id: object) -> User:
    user = team.users.get(str(user_id))
    if user is None:
        raise ApiError("user_not_found")
    return user


def direct(service: Service, team: Team, user: User) -> Channel:
    """The direct messages with `user`, opened if they were not."""
    if user.deleted:
        raise ApiError("user_disabled")
    return service.direct(team, user)
