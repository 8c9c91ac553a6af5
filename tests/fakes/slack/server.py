"""The server: the service behind an address on the loopback interface."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from aiohttp import web

from tests.fakes.slack.control import Control
from tests.fakes.slack.faults import with_fault
from tests.fakes.slack.installing import approve
from tests.fakes.slack.manifest import Manifest
from tests.fakes.slack.methods.files import uploaded
from tests.fakes.slack.model import Json
from tests.fakes.slack.service import Service
from tests.fakes.slack.web_api import answered
from tests.fakes.slack.workspace import Workspace


class FakeSlack(Service):
    """A Slack with one app. The package's docstring shows how tests use it."""

    def workspace(self, name: str, *, installed: bool = True) -> Workspace:
        """A new workspace; the app is in it unless `installed` is False."""
        workspace = Workspace(self, name)
        if installed:
            workspace.install()
        return workspace

    def configure(self, manifest: Json) -> None:
        """Configures the app by its manifest: workspaces made later grant its scopes. Raises `ValueError`."""
        self.manifest = Manifest.read(manifest)

    @asynccontextmanager
    async def serving(self, port: int = 0, *, control: Control | None = None) -> AsyncIterator[str]:
        """Listens until the block is left; gives its address. Everything open is closed then."""
        app = web.Application(client_max_size=10_000_000)
        app.router.add_route("*", "/api/{method}", self._answer_api)
        app.router.add_get("/link/", self.sockets.link)
        app.router.add_post("/respond/{key:.+}", self.responded)
        app.router.add_post("/upload/{file_id}", self._answer_upload)
        app.router.add_get("/oauth/v2/authorize", self._answer_authorize)
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
            await self.stop()
            await self.sockets.close()
            await runner.cleanup()

    async def _answer_api(self, request: web.Request) -> web.StreamResponse:
        return await answered(self, request)

    async def _answer_upload(self, request: web.Request) -> web.StreamResponse:
        fault = self.next_fault("upload")
        if fault is None:
            return await uploaded(self, request)
        return await with_fault(fault, request, partial(uploaded, self, request))

    async def _answer_authorize(self, request: web.Request) -> web.Response:
        return approve(self, request)
