"""Many workspaces: their installations, sealed in the database, and the sign-in that makes them."""

import json
from dataclasses import asdict
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urljoin

from slack_bolt.error import BoltError
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Installation as Installed
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from adapters.slack.api import WebApi
from adapters.slack.ids import NAME
from adapters.slack.logs import sdk_logger
from adapters.slack.scopes import BOT_SCOPES
from adapters.slack.sealing import Seal
from adapters.slack.workspaces import Installation
from bot.ports import Clock, Store

STATE_LIVES = timedelta(minutes=10)
"""How long a sign-in may take."""
_PURPOSE = "slack sign-in"


class ManyWorkspaces:
    """`Workspaces` for an app that anybody may install."""

    def __init__(self, store: Store, seal: Seal, clock: Clock) -> None:
        self._store = store
        self._seal = seal
        self._clock = clock
        self._known: dict[str, Installation] = {}

    async def get(self, workspace: str) -> Installation | None:
        """What is sealed with an older key is sealed anew. Raises SettingsError where no key opens it."""
        if workspace in self._known:
            return self._known[workspace]
        async with self._store() as tx:
            sealed = await tx.installations.get(NAME, workspace)
        if sealed is None:
            return None
        text, newest = self._seal.open(sealed)
        found = Installation(**json.loads(text))
        if not newest:
            await self.put(found)
        self._known[workspace] = found
        return found

    async def all(self) -> list[Installation]:
        """Raises SettingsError where no key opens one of them."""
        async with self._store() as tx:
            kept = await tx.installations.all(NAME)
        found = [await self.get(workspace) for workspace in kept]
        return [one for one in found if one is not None]

    async def put(self, installed: Installation) -> None:
        """Keeps it in place of an earlier one."""
        async with self._store() as tx:
            sealed = self._seal.seal(json.dumps(asdict(installed)))
            await tx.installations.put(NAME, installed.workspace, sealed, at=self._clock.now())
            await tx.commit()
        self._known[installed.workspace] = installed

    async def forget(self, workspace: str) -> None:
        self._known.pop(workspace, None)

    async def remove(self, workspace: str) -> None:
        self._known.pop(workspace, None)
        async with self._store() as tx:
            await tx.installations.remove(NAME, workspace)
            await tx.commit()


def sign_in(
    api: WebApi, workspaces: ManyWorkspaces, *, store: Store, clock: Clock, client_id: str, client_secret: str
) -> AsyncOAuthFlow:
    """Slack's OAuth, from /slack/install to an installation that is kept."""
    settings = AsyncOAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=tuple(BOT_SCOPES),
        user_scopes=(),
        authorization_url=urljoin(api.client.base_url, "/oauth/v2/authorize"),
        installation_store=_Arrivals(workspaces),
        state_store=_States(store, clock),
        state_expiration_seconds=int(STATE_LIVES.total_seconds()),
        logger=sdk_logger(),
    )
    return AsyncOAuthFlow(client=api.client, logger=sdk_logger(), settings=settings)


class _Arrivals(AsyncInstallationStore):
    """Where the sign-in leaves what it got."""

    def __init__(self, workspaces: ManyWorkspaces) -> None:
        self._workspaces = workspaces

    async def async_save(self, installation: Installed) -> None:
        if not (installation.team_id and installation.bot_token):
            raise BoltError("the app can be installed in a workspace only, not in a whole organisation")
        await self._workspaces.put(
            Installation(installation.team_id, installation.bot_token, installation.bot_user_id or "")
        )


class _States(AsyncOAuthStateStore):
    """The `state` of a sign-in: good once, for a while."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def async_issue(self, *_: Any, **__: Any) -> str:
        code = token_urlsafe(32)
        async with self._store() as tx:
            await tx.tickets.issue(_PURPOSE, code, "", until=self._clock.now() + STATE_LIVES)
            await tx.commit()
        return code

    async def async_consume(self, state: str) -> bool:
        async with self._store() as tx:
            payload = await tx.tickets.redeem(_PURPOSE, state, now=self._clock.now())
            await tx.commit()
        return payload is not None
