"""Slack from its settings to a running service."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow

from adapters.slack.api import WebApi, open_api
from adapters.slack.app import SlackApp
from adapters.slack.http import news, sign_in_pages
from adapters.slack.ids import NAME
from adapters.slack.installations import ManyWorkspaces, sign_in
from adapters.slack.platform import SlackPlatform
from adapters.slack.sealing import Seal
from adapters.slack.socket import PING, listen
from adapters.slack.workspaces import OneWorkspace, Slack
from bot.ports import UNMEASURED, Clock, Dispatch, Measures, Store

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


class SlackService:
    """Slack, with `platform` to post on it, `run` to listen to it, and the `routes` that must be served meanwhile."""

    name = NAME

    def __init__(
        self,
        access: Access,
        api: WebApi,
        workspaces: OneWorkspace | ManyWorkspaces,
        *,
        store: Store,
        clock: Clock,
        emoji: Mapping[str, str],
        measures: Measures,
    ) -> None:
        self.access = access
        self._store = store
        self._clock = clock
        self._emoji = emoji
        self._measures = measures
        self._listening: SlackApp | None = None
        self.api = api
        self.workspaces = workspaces
        self.slack = Slack(api, workspaces)
        self.platform = SlackPlatform(self.slack, clock)

    @property
    def connected(self) -> bool:
        return self._listening is not None and self._listening.reached()

    def routes(self) -> list[web.RouteDef]:
        """What is to be served over HTTP: an address for what Slack signs, without Socket Mode, and the sign-in, with
        many workspaces."""
        told = [] if self.access.app_token else [news(lambda: self._listening)]
        flow = self._sign_in()
        return [*told, *(sign_in_pages(flow) if flow else ())]

    async def run(self, dispatch: Dispatch, *, ping: float = PING) -> None:
        """Listens until it is cancelled; then ends what was begun."""
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
            measures=self._measures,
        )
        app.work.begin(self._introduce())
        self._listening = app
        try:
            if access.app_token:
                await listen(app, self.api, access.app_token, ping=ping)
            app.reached = lambda: True
            await asyncio.Event().wait()
        finally:
            self._listening = None
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
    access: Access, *, store: Store, clock: Clock, emoji: Mapping[str, str], measures: Measures = UNMEASURED
) -> AsyncIterator[SlackService]:
    """Slack as `access` says; nothing is sent yet. `emoji` has the verb of each emoji's name. Raises SettingsError."""
    async with open_api(access.api_url, clock) as api:
        workspaces = (
            OneWorkspace(api, access.bot_token)
            if access.bot_token
            else ManyWorkspaces(store, Seal(access.secret_keys), clock)
        )
        yield SlackService(access, api, workspaces, store=store, clock=clock, emoji=emoji, measures=measures)
