"""The server: the service behind an address on the loopback interface."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from tests.fakes.discord.control import Control
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.permissions import NOTHING, ORDINARY, Permission
from tests.fakes.discord.rest import answered
from tests.fakes.discord.service import Service


class FakeDiscord(Service):
    """A Discord with one app. The package's docstring shows how tests use it."""

    def guild(
        self, name: str, *, bot: bool = True, bot_permissions: Permission = NOTHING, everyone: Permission = ORDINARY
    ) -> Guild:
        """A new guild. The bot is in it unless `bot` is False, and may what `everyone` may and `bot_permissions`."""
        return Guild(self, name, bot=bot, bot_permissions=bot_permissions, everyone=everyone)

    @asynccontextmanager
    async def serving(self, port: int = 0, *, control: Control | None = None) -> AsyncIterator[str]:
        """Listens until the block is left; gives its address. Everything open is closed then."""
        app = web.Application(client_max_size=30_000_000)
        app.router.add_route("*", "/api/v10/{tail:.*}", self._answer_api)
        app.router.add_get("/gateway/", self.gateway.connect)
        app.router.add_get("/attachments/{id}/{filename}", self._answer_file)
        if control is not None:
            app.router.add_get("/control", control.state)
            app.router.add_post("/control", control.order)
        runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield self.url
        finally:
            await self.gateway.close()
            await runner.cleanup()

    async def _answer_api(self, request: web.Request) -> web.Response:
        return await answered(self, request)

    async def _answer_file(self, request: web.Request) -> web.Response:
        kept = self.files.get(f"{request.match_info['id']}/{request.match_info['filename']}")
        if kept is None:
            raise web.HTTPNotFound
        return web.Response(body=kept.content, content_type=kept.content_type)
