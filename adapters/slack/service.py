"""Slack from its settings to a running service."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow

from adapters.slack.api import WebApi, open_api
from adapters.slack.app import SlackApp
from adapters.slack.http import pages, serving
from adapters.slack.installations import ManyWorkspaces, sign_in
from adapters.slack.platform import SlackPlatform
from adapters.slack.sealing import Seal
from adapters.slack.socket import PING, listen
from adapters.slack.workspaces import OneWorkspace, Slack
from bot.ports import Clock, Dispatch, Store

log = logging.getLogger(__name__)

GRACE = 10.0
"""Seconds that what people asked for is given to be answered, when the service stops."""


@dataclass(frozen=True, slots=True)
class Access:
    """How Slack is reached, and how it reaches us. Either `bot_token`, for one workspace, or what follows `client_id`,
    for many; an `app_token` for Socket Mode, a `signing_secret` for HTTP."""

    api_url: str
    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    secret_keys: str = field(default="", repr=False)
    host: str = "127.0.0.1"
    port: int = 0


class SlackService:
    """Slack, with `platform` to post on it and `run` to listen to it."""

    def __init__(
        self,
        access: Access,
        api: WebApi,
        workspaces: OneWorkspace | ManyWorkspaces,
        *,
        store: Store,
        clock: Clock,
        emoji: Mapping[str, str],
    ) -> None:
        self.access = access
        self._store = store
        self._clock = clock
        self._emoji = emoji
        self.api = api
        self.workspaces = workspaces
        self.slack = Slack(api, workspaces)
        self.platform = SlackPlatform(self.slack, clock)

    async def run(self, dispatch: Dispatch, *, ping: float = PING) -> None:
        """Listens until it is cancelled; then ends what was begun. Raises PlatformError where HTTP cannot be served."""
        access = self.access
        app = SlackApp(
            self.api,
            self.slack,
            self.platform,
            dispatch,
            store=self._store,
            clock=self._clock,
            emoji=self._emoji,
            signing_secret=access.signing_secret,
        )
        flow = self._sign_in()
        app.work.begin(self._introduce())
        try:
            async with AsyncExitStack() as ways:
                if flow or not access.app_token:
                    served = pages(app, flow, signed=not access.app_token)
                    address = await ways.enter_async_context(serving(served, access.host, access.port))
                    log.info("Slack: serving at %s", address)
                if access.app_token:
                    await listen(app, self.api, access.app_token, ping=ping)
                await asyncio.Event().wait()
        finally:
            await app.work.finish(GRACE)

    async def _introduce(self) -> None:
        """In the log: where the bot is, or why it cannot be there."""
        log.info("Slack: workspaces that installed it: %d", len(await self.workspaces.all()))

    def _sign_in(self) -> AsyncOAuthFlow | None:
        if isinstance(self.workspaces, OneWorkspace):
            return None
        return sign_in(
            self.api,
            self.workspaces,
            store=self._store,
            clock=self._clock,
            client_id=self.access.client_id,
            client_secret=self.access.client_secret,
        )


@asynccontextmanager
async def open_slack(
    access: Access, *, store: Store, clock: Clock, emoji: Mapping[str, str]
) -> AsyncIterator[SlackService]:
    """Slack as `access` says; nothing is sent yet. `emoji` has the verb of each emoji's name. Raises SettingsError."""
    async with open_api(access.api_url, clock) as api:
        workspaces = (
            OneWorkspace(api, access.bot_token)
            if access.bot_token
            else ManyWorkspaces(store, Seal(access.secret_keys), clock)
        )
        yield SlackService(access, api, workspaces, store=store, clock=clock, emoji=emoji)
