"""Who said something and where, by the names that people know."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from adapters.slack.ids import NAME, place
from adapters.slack.workspaces import Slack
from bot.errors import PlatformError
from bot.ports import Clock
from bot.teams import Sender

Known = TypeVar("Known")

FRESH = timedelta(hours=1)
"""How long a name is believed that nobody said was changed."""
_MOST = 20_000
"""Names that are remembered; beyond, the oldest go."""


class Remembered(Generic[Known]):
    """What was asked for once need not be asked for again, for a while."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[Known, datetime]] = {}

    async def get(self, workspace: str, of: str, ask: Callable[[], Awaitable[Known]]) -> Known:
        now = self._clock.now()
        known, until = self._known.get((workspace, of), (None, now))
        if known is not None and until > now:
            return known
        answer = await ask()
        self._known.pop((workspace, of), None)
        self._known[workspace, of] = answer, now + FRESH
        if len(self._known) > _MOST:
            del self._known[next(iter(self._known))]
        return answer

    def forget(self, workspace: str, of: str) -> None:
        self._known.pop((workspace, of), None)


class People:
    """Turns Slack's ids into a `Sender`."""

    def __init__(self, slack: Slack, clock: Clock) -> None:
        self._slack = slack
        self._names: Remembered[str] = Remembered(clock)
        self._rooms: Remembered[tuple[str, bool]] = Remembered(clock)
        self._direct: Remembered[str] = Remembered(clock)

    async def sender(self, workspace: str, user: str, channel: str = "") -> Sender:
        """Without a channel, in the person's direct messages with the bot; raises PlatformError where Slack does not
        say which those are. For a name that it does not say stands the id, and a channel unknown to it is private."""
        channel = channel or await self._direct.get(workspace, user, lambda: self._open_direct(workspace, user))
        name, private = await self._room(workspace, channel)
        return Sender(
            platform=NAME,
            workspace=workspace,
            user=user,
            user_name=await self._name(workspace, user),
            channel=place(workspace, channel),
            channel_name=name,
            channel_private=private,
        )

    def renamed(self, workspace: str, channel: str) -> None:
        """A channel has another name, or other readers."""
        self._rooms.forget(workspace, channel)

    async def _name(self, workspace: str, user: str) -> str:
        try:
            return await self._names.get(workspace, user, lambda: self._ask_name(workspace, user))
        except PlatformError:
            return user

    async def _room(self, workspace: str, channel: str) -> tuple[str, bool]:
        """Its name, and whether only some may read it."""
        try:
            return await self._rooms.get(workspace, channel, lambda: self._ask_room(workspace, channel))
        except PlatformError:
            return channel, True

    async def _ask_name(self, workspace: str, user: str) -> str:
        person = (await self._slack.read(workspace, "users.info", user=user))["user"]
        profile = person.get("profile", {})
        return str(profile.get("display_name") or profile.get("real_name") or person.get("name") or user)

    async def _ask_room(self, workspace: str, channel: str) -> tuple[str, bool]:
        room = (await self._slack.read(workspace, "conversations.info", channel=channel))["channel"]
        if room.get("is_im"):
            return "direct messages", True
        return f"#{room.get('name', channel)}", bool(room.get("is_private") or room.get("is_mpim"))

    async def _open_direct(self, workspace: str, user: str) -> str:
        opened = await self._slack.do(workspace, "conversations.open", users=user)
        return str(opened["channel"]["id"])
