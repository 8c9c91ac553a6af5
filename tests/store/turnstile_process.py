"""A process that goes through a turnstile: `python -m tests.store.turnstile_process URL TURNS`.

Prints the moments at which each turn began and ended.
"""

import asyncio
import sys

from adapters.clock import RealClock
from adapters.store import StoreTurnstile, open_store
from tests.store.test_turnstile import GAP


async def main(url: str, turns: int) -> None:
    clock = RealClock()
    async with open_store(url) as store:
        turnstile = StoreTurnstile(store, "arxiv", gap=GAP, lease=60, clock=clock)
        for _ in range(turns):
            async with turnstile.turn():
                began = clock.now()
                await clock.sleep(0.005)
                print(began.isoformat(), clock.now().isoformat(), flush=True)  # noqa: T201 - what the test reads


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
