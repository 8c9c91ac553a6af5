"""The workspaces in which the bot is installed."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from adapters.slack.api import Json, WebApi
from adapters.slack.errors import Refused
from bot.errors import PlatformError
from bot.messages import Image


@dataclass(frozen=True, slots=True)
class Installation:
    """The bot in one workspace."""

    workspace: str
    token: str = field(repr=False)
    bot_user: str


class Workspaces(Protocol):
    """Who the bot is in each workspace."""

    async def get(self, workspace: str) -> Installation | None:
        """None where it is not installed. Raises PlatformError where Slack has to be asked, and does not answer."""

    async def all(self) -> list[Installation]:
        """Raises as `get` does."""

    async def forget(self, workspace: str) -> None:
        """Slack refused the token: asked again, this looks whether there is another."""

    async def remove(self, workspace: str) -> None:
        """The bot was uninstalled there."""


class OneWorkspace:
    """`Workspaces` for a token that somebody set: that of a single workspace."""

    def __init__(self, api: WebApi, token: str) -> None:
        self._api = api
        self._token = token
        self._installation: Installation | None = None
        self._asking = asyncio.Lock()

    async def get(self, workspace: str) -> Installation | None:
        installed = await self.the_one()
        return installed if installed.workspace == workspace else None

    async def forget(self, workspace: str) -> None:
        if self._installation and self._installation.workspace == workspace:
            self._installation = None

    async def remove(self, workspace: str) -> None:
        await self.forget(workspace)

    async def all(self) -> list[Installation]:
        """Raises PlatformError."""
        return [await self.the_one()]

    async def the_one(self) -> Installation:
        """The installation. Raises PlatformError."""
        async with self._asking:
            if self._installation is None:
                known = await self._api.call("auth.test", {}, token=self._token)
                self._installation = Installation(known["team_id"], self._token, known["user_id"])
            return self._installation


class Slack:
    """The Web API in the name of the bot of each workspace."""

    def __init__(self, api: WebApi, workspaces: Workspaces) -> None:
        self._api = api
        self.workspaces = workspaces

    async def read(self, workspace: str, method: str, **arguments: object) -> Json:
        """Slack's answer. Raises PlatformError."""
        return await self._call(workspace, method, arguments, reads=True)

    async def do(self, workspace: str, method: str, **arguments: object) -> Json:
        """As `read`, for what changes something. It must not matter whether it is done twice."""
        return await self._call(workspace, method, arguments)

    async def post(self, workspace: str, channel: str, *, by: datetime | None = None, **arguments: object) -> str:
        """Posts a message once, and not after `by` if given; returns its `ts`. Raises PlatformError, and then it may be
        there all the same."""
        arguments |= {"channel": channel, "unfurl_links": False, "unfurl_media": False}
        done = await self._call(workspace, "chat.postMessage", arguments, channel=channel, again=False, by=by)
        return str(done["ts"])

    async def upload(self, workspace: str, image: Image) -> str:
        """The id of a file that holds the picture, for messages of the bot's to show. Raises PlatformError.

        https://docs.slack.dev/reference/methods/files.getUploadURLExternal
        """
        told = await self.read(workspace, "files.getUploadURLExternal", filename="picture.png", length=len(image.png))
        await self._api.upload(told["upload_url"], image.png)
        file = str(told["file_id"])
        await self.do(workspace, "files.completeUploadExternal", files=[{"id": file}])
        return file

    async def respond(self, url: str, said: Json) -> bool:
        """As `WebApi.respond`."""
        return await self._api.respond(url, said)

    async def installation(self, workspace: str) -> Installation:
        """Raises PlatformError where the bot is not installed."""
        if installed := await self.workspaces.get(workspace):
            return installed
        raise PlatformError("the app is not installed in this workspace", permanent=True)

    async def _call(
        self,
        workspace: str,
        method: str,
        arguments: Json,
        *,
        channel: str = "",
        reads: bool = False,
        again: bool = True,
        by: datetime | None = None,
    ) -> Json:
        given = {name: value for name, value in arguments.items() if value is not None}
        known = await self.installation(workspace)
        try:
            return await self._api.call(
                method, given, token=known.token, workspace=workspace, channel=channel, reads=reads, again=again, by=by
            )
        except Refused as error:
            if not error.about_the_token:
                raise
            await self.workspaces.forget(workspace)
            newer = await self.installation(workspace)
            if newer.token == known.token:
                raise
        return await self._api.call(
            method, given, token=newer.token, workspace=workspace, channel=channel, reads=reads, again=again, by=by
        )
