"""Jobs in the one process that there is."""

import asyncio

from adapters.work.limits import GRACE, MOST_AT_ONCE
from bot.ports import Do, Job


class LocalWork:
    """Satisfies `bot.ports.Work`. What nobody has done when the process ends is forgotten: the next one asks anew."""

    def __init__(self, *, grace: float = GRACE) -> None:
        self._grace = grace
        self._waiting: dict[Job, None] = {}
        self._doing: dict[asyncio.Task[None], Job] = {}
        self._changed = asyncio.Event()

    async def ask(self, *jobs: Job) -> None:
        self._waiting |= dict.fromkeys(jobs)
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
        locked = {job.lock for job in self._doing.values()} - {None}
        for job in sorted(self._waiting, key=lambda job: job.can_wait):
            if len(self._doing) == MOST_AT_ONCE:
                return
            if job.lock not in locked:
                locked |= {job.lock} - {None}
                del self._waiting[job]
                task = asyncio.ensure_future(do(job))
                self._doing[task] = job
                task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        job = self._doing.pop(task)
        if task.cancelled():
            self._waiting = {job: None} | self._waiting
        self._changed.set()

    async def _end(self) -> None:
        for task, job in self._doing.items():
            if job.lengthy:
                task.cancel()
        late = (await asyncio.wait(self._doing, timeout=self._grace))[1] if self._doing else ()
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
