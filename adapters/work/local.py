"""Jobs in the one process that there is."""

import asyncio
from itertools import chain

from adapters.work.limits import GRACE, MOST_AT_ONCE
from bot.ports import Do, Job


class LocalWork:
    """Satisfies `bot.ports.Work`. What nobody has done when the process ends is forgotten: the next one asks anew."""

    def __init__(self, *, grace: float = GRACE) -> None:
        self._grace = grace
        self._waiting: dict[Job, None] = {}
        self._behind: dict[Job, None] = {}
        """Those that can wait for the others."""
        self._doing: dict[asyncio.Task[None], Job] = {}
        self._changed = asyncio.Event()

    async def ask(self, *jobs: Job) -> None:
        for job in jobs:
            self._queue(job)[job] = None
        self._changed.set()

    async def run(self, do: Do) -> None:
        try:
            while True:
                self._changed.clear()
                self._begin(do)
                await self._changed.wait()
        finally:
            await self._end()

    def _begin(self, do: Do) -> None:
        """Begins every job whose turn it is."""
        for job in self._next():
            del self._queue(job)[job]
            task = asyncio.ensure_future(do(job))
            self._doing[task] = job
            task.add_done_callback(self._done)

    def _next(self) -> list[Job]:
        locked = {job.lock for job in self._doing.values()} - {None}
        found: list[Job] = []
        for job in chain(self._waiting, self._behind):
            if len(self._doing) + len(found) == MOST_AT_ONCE:
                break
            if job.lock not in locked:
                locked |= {job.lock} - {None}
                found.append(job)
        return found

    def _queue(self, job: Job) -> dict[Job, None]:
        return self._behind if job.can_wait else self._waiting

    def _done(self, task: "asyncio.Task[None]") -> None:
        job = self._doing.pop(task)
        if task.cancelled():
            self._queue(job)[job] = None
        self._changed.set()

    async def _end(self) -> None:
        for task, job in self._doing.items():
            if job.lengthy:
                task.cancel()
        late = (await asyncio.wait(self._doing, timeout=self._grace))[1] if self._doing else ()
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
