"""What operators see of `papers run`: figures, traces, and whether it is well."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

from adapters.logs import bound
from adapters.metrics.counting import Counting
from adapters.metrics.exposition import Exposition
from bot.app import App
from bot.config import Settings
from bot.errors import StoreError
from bot.ports import UNMEASURED, Chat, Span, Store

log = logging.getLogger(__name__)

DEFAULT_PORT = 3000
"""Where HTTP is served if a chat needs it and HTTP_PORT is not set."""
PATIENCE = 5.0
"""Seconds that the database has to answer who asks whether it does."""


@asynccontextmanager
async def observed(settings: Settings) -> AsyncIterator[Counting]:
    """Counts, and puts what is done into the log's context and, where a collector is named, into traces."""
    async with AsyncExitStack() as open_ones:
        traced: Span = UNMEASURED.span
        if settings.otel_exporter_otlp_endpoint:
            from adapters.traces import tracing  # noqa: PLC0415 - slow to import, and few need it

            traced = await open_ones.enter_async_context(tracing(settings.otel_exporter_otlp_endpoint))

        @contextmanager
        def span(name: str, /, **about: str | int) -> Iterator[None]:
            with bound(**about), traced(name, **about):
                yield

        yield Counting(span)


@asynccontextmanager
async def served(app: App, counting: Counting, *, listens: bool = True) -> AsyncIterator[None]:
    """Serves HTTP until the block is left, if the settings ask for it. A process that `listens` to people is ready when
    its chats are connected, and serves what they need. Raises PlatformError where HTTP cannot be served."""
    needed = app.slack.routes() if app.slack and listens else []
    port = port_of(app.settings, needed=bool(needed))
    if port is None:
        yield
        return
    from adapters.web.server import operators_pages, serving  # noqa: PLC0415 - slow to import, and few need it

    chats = app.chats if listens else ()
    routes = operators_pages(lambda: missing(app.store, chats), Exposition(counting.registry, app.store, app.clock))
    async with serving([*routes, *needed], app.settings.http_host, port) as address:
        log.info("serving HTTP at %s", address)
        yield


def port_of(settings: Settings, *, needed: bool) -> int | None:
    """The port at which HTTP is served, 0 for one that is free; None where it is neither `needed` nor asked for."""
    return DEFAULT_PORT if settings.http_port is None and needed else settings.http_port


async def missing(store: Store, chats: Sequence[Chat]) -> list[str]:
    """What keeps a process from its work, in a few words each, with nothing that is secret."""
    silent = [f"{chat.name}: not connected" for chat in chats if not chat.connected]
    try:
        async with asyncio.timeout(PATIENCE), store() as tx:
            await tx.editions.get(0)
    except (StoreError, TimeoutError):
        return ["the database does not answer", *silent]
    return silent
