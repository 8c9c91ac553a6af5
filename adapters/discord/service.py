"""Discord from its settings to a running service."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.api import Discord, meaning
from adapters.discord.client import PapersClient
from adapters.discord.ids import NAME
from adapters.discord.listening import Listening
from adapters.discord.logs import quieten
from adapters.discord.platform import DiscordPlatform
from adapters.discord.registration import register
from adapters.discord.shards import Shards
from adapters.discord.tree import PapersTree
from bot.errors import PlatformError, StoreError
from bot.ports import Clock, Dispatch, RateLimiter, Store

log = logging.getLogger(__name__)

CALLS_PER_SECOND = 48.0
"""Over all processes. Discord takes 50, and not all are under way for equally long.
Source: https://docs.discord.com/developers/topics/rate-limits#global-rate-limit"""
GRACE = 10.0
"""Seconds that what people asked for is given to be answered, when the service stops."""
SOON, LATE = 5.0, 300.0
"""Seconds until Discord is tried again, at first and at most, where it cannot be connected to."""


@dataclass(frozen=True, slots=True)
class Access:
    """How Discord is reached. Commands are every server's, or those of `guild` alone. Where other processes on the same
    database may listen, the gateway's shards are `shared` with them: `shards` of them at the most, 0 for all."""

    token: str = field(repr=False)
    api_url: str
    gateway_url: str
    guild: str = ""
    shared: bool = False
    shards: int = 0


class DiscordService:
    """Discord, with `platform` to post on it and `run` to listen to it."""

    name = NAME

    def __init__(
        self, access: Access, *, store: Store, clock: Clock, emoji: Mapping[str, str], limiter: RateLimiter | None
    ) -> None:
        self.access = access
        self._store = store
        self._clock = clock
        self._limiter = limiter
        self._emoji = emoji
        self._shards = Shards(store, clock, most=access.shards)
        self.api = Discord(access.token, clock, limiter)
        self.platform = DiscordPlatform(self.api)
        self._client: PapersClient | None = None
        self._stands_by = False

    @property
    def connected(self) -> bool:
        """Whether every shard of this process is. One that stands by, since others have all shards, lacks nothing."""
        client = self._client
        if client is None or self._stands_by:
            return self._stands_by
        return client.is_ready() and not any(shard.is_closed() for shard in client.shards.values())

    async def run(self, dispatch: Dispatch) -> None:
        """Listens until it is cancelled; then ends what was begun. Connects again where the connection is lost. Raises
        PlatformError where Discord does not take the bot."""
        try:
            await self._keep_listening(dispatch)
        finally:
            with suppress(StoreError):  # others have them a little later
                await self._shards.release()

    async def _keep_listening(self, dispatch: Dispatch) -> None:
        pause = SOON
        while True:
            client, began = PapersClient(self._clock, self._limiter), self._clock.now()
            self._client = client
            try:
                await self._listen(client, dispatch)
                pause = SOON
                continue
            except (PlatformError, StoreError) as error:
                if isinstance(error, PlatformError) and error.permanent:
                    raise
                log.warning("%s", error)
            finally:
                await client.close()
            if self._clock.now() - began > timedelta(seconds=LATE):
                pause = SOON  # it had gone well since the last time
            await self._clock.sleep(pause)
            pause = min(2 * pause, LATE)

    async def _listen(self, client: PapersClient, dispatch: Dispatch) -> None:
        """Until the connection ends, and is not to be made again as it was."""
        listening = Listening(client, self.platform, dispatch, store=self._store, clock=self._clock, emoji=self._emoji)
        tree = PapersTree(client, listening)
        try:
            async with meaning("log in"):
                await client.login(self.access.token)
            await register(tree, self.access.guild, store=self._store, clock=self._clock)
            client.listener = listening
            count = await _look_for_the_gateway(client)
            async with meaning("listen", time_out=None):
                await (self._connect_some(client, count) if self.access.shared else client.connect())
        finally:
            for shard in client.shards.values():
                await shard.disconnect()
            await listening.finish(GRACE)

    async def _connect_some(self, client: PapersClient, count: int) -> None:
        """Until the connection ends for good, or this process is to have other shards."""
        self._stands_by = True
        try:
            client.shard_ids = await self._shards.claim(count)
        finally:
            self._stands_by = False
        ends = [asyncio.create_task(ending) for ending in (client.connect(), self._shards.keep(count))]
        try:
            for ended in (await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED))[0]:
                ended.result()
        finally:
            for task in ends:
                task.cancel()
            await asyncio.gather(*ends, return_exceptions=True)


async def _look_for_the_gateway(client: PapersClient) -> int:
    """How many shards there are."""
    async with meaning("look for the gateway"):
        shards, _, limits = await client.http.get_bot_gateway()
    if limits["remaining"] < shards:
        minutes = limits["reset_after"] // 60_000
        raise PlatformError(f"the bot was started too often today: Discord lets it connect again in {minutes} min")
    client.shard_count, client.concurrency = shards, limits["max_concurrency"]
    return shards


@asynccontextmanager
async def open_discord(
    access: Access, *, store: Store, clock: Clock, emoji: Mapping[str, str], limiter: RateLimiter | None = None
) -> AsyncIterator[DiscordService]:
    """Discord as `access` says; nothing is sent yet. `emoji` has the verb of each emoji's name; `limiter` keeps the
    rate of all calls. One at a time in a process: the SDK has one address of Discord for all."""
    quieten()
    with _addressed(access):
        service = DiscordService(access, store=store, clock=clock, emoji=emoji, limiter=limiter)
        try:
            yield service
        finally:
            await service.api.close()


@contextmanager
def _addressed(access: Access) -> Iterator[None]:
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = access.api_url, yarl.URL(access.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
