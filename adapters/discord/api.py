"""discord.py's client, logged in when it is first needed, and what its failures mean."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.discord.client import PapersClient
from adapters.discord.errors import TROUBLES, refused
from bot.leases import CALL
from bot.ports import Clock, RateLimiter


@asynccontextmanager
async def meaning(doing: str, time_out: float | None = CALL.total_seconds()) -> AsyncIterator[None]:
    """What fails inside, or takes longer than `time_out` seconds, raises PlatformError. `doing` says what it is that
    fails, such as "post"."""
    try:
        async with asyncio.timeout(time_out):
            yield
    except TROUBLES as error:
        raise refused(doing, error) from error


class Discord:
    """Discord in the name of the bot that `token` belongs to."""

    def __init__(
        self, token: str, clock: Clock, limiter: RateLimiter | None = None, *, time_out: float = CALL.total_seconds()
    ) -> None:
        self._token = token
        self._limiter = limiter
        self._clock = clock
        self.time_out = time_out
        """Seconds that one thing may take."""
        self._client: PapersClient | None = None
        self._logging_in = asyncio.Lock()

    @asynccontextmanager
    async def asked(self, doing: str) -> AsyncIterator[PapersClient]:
        """A client to do one thing with, by calls alone: it is connected to no gateway. Fails as `meaning` says."""
        async with meaning(doing, self.time_out):
            client = await self._logged_in()
            try:
                yield client
            except asyncio.CancelledError:
                client.let_go()
                raise

    async def _logged_in(self) -> PapersClient:
        async with self._logging_in:
            if self._client is None or self._client.is_closed():
                client = PapersClient(self._clock, self._limiter)
                try:
                    await client.login(self._token)
                except BaseException:
                    await client.close()
                    raise
                self._client = client
            return self._client

    async def close(self) -> None:
        """Ends every connection."""
        if self._client:
            await self._client.close()
