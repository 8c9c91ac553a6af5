"""The real app on a Slack of our own, before a product that says what a test wants."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import pytest

from adapters.slack.api import WebApi, open_api
from adapters.slack.app import SlackApp
from adapters.slack.manifest import manifest
from adapters.slack.platform import SlackPlatform
from adapters.slack.socket import listen
from adapters.slack.workspaces import OneWorkspace, Slack
from adapters.store import SqlStore, open_store
from tests.fakes.clock import FakeClock
from tests.fakes.product import Product
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.model import Channel
from tests.fakes.slack.person import Person
from tests.fakes.slack.workspace import Workspace

EMOJI = {"bookmark": "save", "+1": "like", "memo": "summary"}
PING = 0.05


@dataclass
class Lab:
    """One workspace, its people, and the bot in one of its channels."""

    slack: FakeSlack
    workspace: Workspace
    ada: Person
    """Made `papers`."""
    ben: Person
    papers: Channel
    product: Product
    store: SqlStore
    clock: FakeClock
    api: WebApi
    platform: SlackPlatform
    starting: Callable[..., AbstractAsyncContextManager[SlackApp]]
    """The app as another process has it: connected, until the block is left."""


@pytest.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[SqlStore]:
    async with open_store(sqlite_url) as opened:
        yield opened


@pytest.fixture
async def lab(sqlite_store: SqlStore, clock: FakeClock) -> AsyncIterator[Lab]:
    """With nothing connected yet."""
    slack = FakeSlack(clock)
    slack.retry_delays = (0.0, 0.0, 0.0)
    slack.configure(manifest())
    async with slack.serving(), open_api(slack.api_url, clock) as api:
        workspace = slack.workspace("lab")
        ada, ben = workspace.user("ada"), workspace.user("ben", tz="Europe/Berlin")
        papers = workspace.channel("papers", creator=ada, members=[ben])
        calls = Slack(api, OneWorkspace(api, workspace.bot_token))
        product, platform = Product(), SlackPlatform(calls, clock)

        @asynccontextmanager
        async def starting(*, patience: float = 2.5) -> AsyncIterator[SlackApp]:
            app = SlackApp(
                api, calls, platform, product, store=sqlite_store, clock=clock, emoji=EMOJI, patience=patience
            )
            before = slack.sockets.connected
            listening = asyncio.create_task(listen(app, api, slack.app_token, ping=PING))
            await slack.until(lambda: slack.sockets.connected > before)
            try:
                yield app
            finally:
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)
                await app.work.finish(grace=5)

        yield Lab(slack, workspace, ada, ben, papers, product, sqlite_store, clock, api, platform, starting)


@pytest.fixture
async def connected(lab: Lab) -> AsyncIterator[Lab]:
    """With the app connected through Socket Mode."""
    async with lab.starting():
        yield lab
