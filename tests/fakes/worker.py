"""Somebody who does jobs as a test wants, and what a test needs to watch them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.ports import Do, Job, Work


class Worker:
    """A `bot.ports.Do`. If it is `held`, jobs that were begun do not end before `go`."""

    def __init__(self, *, held: bool = False) -> None:
        self.begun: list[Job] = []
        self.ended: list[Job] = []
        self.go = asyncio.Event()
        if not held:
            self.go.set()

    async def __call__(self, job: Job) -> None:
        self.begun.append(job)
        await self.go.wait()
        self.ended.append(job)


@asynccontextmanager
async def running(work: Work, do: Do) -> AsyncIterator["asyncio.Task[None]"]:
    """Has jobs done until the end of the block."""
    task = asyncio.create_task(work.run(do))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(so: Callable[[], bool]) -> None:
    """Returns once it is so; the test's own time-out ends what never is."""
    while not so():  # noqa: ASYNC110 - what is waited for has no event
        await asyncio.sleep(0.01)
