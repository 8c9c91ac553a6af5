"""Which shards of Discord's gateway this process connects: what happens in one is to be heard by one process."""

import logging
from datetime import timedelta
from uuid import uuid4

from bot.errors import StoreError
from bot.ports import Clock, Store

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=40)
"""How long a process has a shard that it does not renew. With RENEW, another takes it over within a minute."""
RENEW = 10.0
"""Seconds between two renewals, and between two looks for shards that are free."""


class Shards:
    """The shards that this process holds: `most` of them at the most, 0 for as many as there are."""

    def __init__(self, store: Store, clock: Clock, *, most: int) -> None:
        self._store = store
        self._clock = clock
        self._most = most
        self._holder = uuid4().hex
        self._held: set[int] = set()
        self._until = clock.now()

    async def claim(self, count: int) -> list[int]:
        """Those of `count` shards, from 0, that this process connects. Waits until there is one. Raises StoreError."""
        await self._looked(count)
        while not self._held:
            await self._clock.sleep(RENEW)
            await self._looked(count)
        return sorted(self._held)

    async def keep(self, count: int) -> None:
        """Renews what is held. Returns when that has changed, since one was lost or another one could be had: then this
        process connects what `claim` gives, and nothing else."""
        while True:
            await self._clock.sleep(RENEW)
            try:
                if await self._looked(count):
                    return
            except StoreError as error:
                log.warning("%s", error)
                if self._clock.now() >= self._until:
                    self._held.clear()
                    return

    async def release(self) -> None:
        """Leaves what is held to others. Raises StoreError."""
        async with self._store() as tx:
            for shard in self._held:
                await tx.holds.release(_named(shard), holder=self._holder)
            await tx.commit()
        self._held.clear()

    async def _looked(self, count: int) -> bool:
        """Renews what is held, takes what is free, and says whether that changed what is held."""
        now = self._clock.now()
        until = now + LEASE
        held: set[int] = set()
        async with self._store() as tx:
            for shard in sorted(self._held):
                # Discord may say another count than last time; what is beyond it lapses.
                if shard < count and await tx.holds.renew(_named(shard), holder=self._holder, now=now, until=until):
                    held.add(shard)
            for shard in range(count):
                if len(held) == (self._most or count):
                    break
                if shard not in held and await tx.holds.claim(_named(shard), holder=self._holder, now=now, until=until):
                    held.add(shard)
            await tx.commit()
        changed, self._held, self._until = held != self._held, held, until
        if changed:
            log.info("Discord: shards of this process: %s", ", ".join(map(str, sorted(held))) or "none")
        return changed


def _named(shard: int) -> str:
    return f"discord shard {shard}"
