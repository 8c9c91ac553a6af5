"""Jobs shared by all processes on one PostgreSQL database, through procrastinate."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from random import uniform
from typing import Any

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Job as Queued
from procrastinate.jobs import Status
from procrastinate.manager import JobManager
from psycopg import AsyncConnection
from psycopg import Error as PostgresError
from psycopg.errors import RaiseException
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import make_url

from adapters.work.limits import GRACE, MOST_AT_ONCE
from bot.errors import StoreError
from bot.ports import Do, Job, Task

log = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds between two looks at the queue: a notice tells of new jobs at once, but none of a lock that is free again."""
HEARTBEAT = 10.0
"""Seconds between two signs of life."""
DEAD = 30.0
"""Seconds without a sign of life after which a process is taken for dead."""
TAKE_OVER = 15.0
"""Seconds between two looks for what dead processes left. With DEAD, a job is done again within a minute."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds between two tries to reach the database again: doubled from one to the other, give or take a quarter."""
PATIENCE = 10.0
"""Seconds that a connection may take."""


class SharedWork:
    """Satisfies `bot.ports.Work`.

    Each task has a queue of its own, so that a process takes only jobs that its version of the program knows, and
    leaves the others to processes that do.
    """

    def __init__(self, connector: PsycopgConnector, *, grace: float = GRACE, take_over: float = TAKE_OVER) -> None:
        self._connector = connector
        self._queue = JobManager(connector)
        self._grace = grace
        self._take_over_every = take_over
        self._lengthy: set[asyncio.Future[None]] = set()

    async def ask(self, *jobs: Job) -> None:
        new = {job.key: _queued(job) for job in jobs}
        with _translated():
            try:
                await self._queue.batch_defer_jobs_async(list(new.values()))
            except AlreadyEnqueued:  # at least one of them, and none was added
                there = {job.queueing_lock for job in await self._queue.list_jobs_async(status=Status.TODO.value)}
                for key in new.keys() - there:
                    with suppress(AlreadyEnqueued):
                        await self._queue.defer_job_async(new[key])

    async def run(self, do: Do) -> None:
        app, pause, time = self._app(do), FIRST_PAUSE, asyncio.get_running_loop().time
        while True:
            began = time()
            broken = await self._until_broken(app)
            pause = FIRST_PAUSE if time() - began > LONGEST_PAUSE else pause
            if broken is None or isinstance(broken, ConnectorException | PostgresError):
                why = _reason(broken) if broken else "no answer"
                log.warning("jobs: the database was lost (%s); trying again in %.0f s", why, pause)
            else:
                log.error("jobs: something broke; trying again in %.0f s", pause, exc_info=broken)
            await asyncio.sleep(pause * uniform(0.75, 1.25))
            pause = min(2 * pause, LONGEST_PAUSE)

    def _app(self, do: Do) -> App:
        """procrastinate's, with a task for each of ours."""

        async def perform(context: JobContext, /, channel_id: int | None = None, **_later: Any) -> None:
            # What a later version may say beside it, this one need not know: a job does what is due, however little.
            job = Job(Task(context.job.task_name), channel_id)
            doing = asyncio.ensure_future(do(job))
            if job.lengthy:
                self._lengthy.add(doing)
                doing.add_done_callback(self._lengthy.discard)
            await doing

        app = App(connector=self._connector)
        for task in Task:
            app.task(name=task, pass_context=True, retry=_AgainIfCutOff())(perform)
        return app

    async def _until_broken(self, app: App) -> Exception | None:
        """Works until something breaks, and says what, if that is known."""
        unrecorded: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        app.job_manager = _Recorder(self._connector, unrecorded)
        worker = app.run_worker_async(
            queues=list(Task),
            concurrency=MOST_AT_ONCE,
            fetch_job_polling_interval=LOOK,
            shutdown_graceful_timeout=self._grace,
            delete_jobs="always",
            install_signal_handlers=False,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=DEAD,
        )
        parts = [*(asyncio.create_task(part) for part in (worker, self._take_over())), unrecorded]
        try:
            await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in (*self._lengthy, *parts):
                each.cancel()
            ended = await asyncio.gather(*parts, return_exceptions=True)
        return next((one for one in ended if isinstance(one, Exception)), None)

    async def _take_over(self) -> None:
        """Gives back the jobs of dead processes, now and again."""
        while True:
            async with self._connector.pool.connection() as connection:
                # One process at a time: what it gives back may be under way again by the time that another has looked.
                await connection.execute("SELECT pg_advisory_xact_lock(hashtext('paper-round take over'))")
                for job in await self._queue.get_stalled_jobs(seconds_since_heartbeat=DEAD):
                    await self._give_back(job)
            await asyncio.sleep(self._take_over_every)

    async def _give_back(self, job: Queued) -> None:
        try:
            await self._queue.retry_job(job)
        except UniqueViolation:  # it was asked for again meanwhile
            await self._queue.finish_job(job, Status.FAILED, delete_job=True)
        except ConnectorException as error:
            if not isinstance(error.__cause__, RaiseException):
                raise
            return  # its process lives after all, and has just finished it
        log.warning("jobs: %s was left by a process that died; it is done again", job.call_string)


class _Recorder(JobManager):
    """A worker's queue. Fails `unrecorded` where the end of a job cannot be recorded, at which the worker is to stop.

    It would go on; but as long as it lives, nobody takes that job over, and the job's lock is never free again.
    """

    def __init__(self, connector: PsycopgConnector, unrecorded: "asyncio.Future[None]") -> None:
        super().__init__(connector)
        self._unrecorded = unrecorded

    async def finish_job(self, job: Queued, status: Status, delete_job: bool) -> None:
        try:
            await super().finish_job(job, status, delete_job)
        except ConnectorException as error:
            given_back = isinstance(error.__cause__, RaiseException)  # this process was taken for dead
            if not given_back and not self._unrecorded.done():
                self._unrecorded.set_exception(error)


class _AgainIfCutOff(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Queued) -> RetryDecision | None:  # noqa: ARG002 - procrastinate's signature
        return RetryDecision() if isinstance(exception, asyncio.CancelledError) else None


def _queued(job: Job) -> Queued:
    return Queued(
        queue=job.task,
        task_name=job.task,
        priority=0 if job.can_wait else 1,
        lock=job.lock,
        queueing_lock=job.key,
        task_kwargs={} if job.channel_id is None else {"channel_id": job.channel_id},
    )


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (ConnectorException, PostgresError) as error:
        raise StoreError(f"The database's job queue cannot be reached ({_reason(error)}).") from error


def _reason(error: BaseException) -> str:
    return str(error.__cause__ or error).partition("\n")[0].strip()


async def _for_a_queue(connection: AsyncConnection) -> None:
    # What the last moments before a power cut wrote may be lost: what is due is asked for again in any case.
    await connection.execute("SET synchronous_commit = off")
    # Where thousands of jobs come at once, the planner knows nothing of them yet, and would sort them all for each one.
    await connection.execute("SET enable_sort = off")
    await connection.execute("SET enable_bitmapscan = off")
    # A process that freezes must not keep the others from the queue by what it has locked.
    await connection.execute(f"SET idle_in_transaction_session_timeout = '{DEAD:g}s'")
    await connection.commit()


@asynccontextmanager
async def open_shared_work(
    url: str, *, grace: float = GRACE, take_over: float = TAKE_OVER, patience: float = PATIENCE
) -> AsyncIterator[SharedWork]:
    """The jobs of all processes on the PostgreSQL database at `url`, be it in reach or not."""
    for chatty in ("procrastinate", "psycopg.pool"):  # of an outage, each tells with every try; we say it in a line
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
    libpq = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    check = AsyncConnectionPool.check_connection
    # Whoever asks for a connection makes the pool try anew, so that it need not try for long by itself.
    async with AsyncConnectionPool(
        libpq,
        min_size=1,
        max_size=5,
        timeout=patience,
        reconnect_timeout=patience,
        configure=_for_a_queue,
        check=check,
        open=False,
    ) as pool:
        connector = PsycopgConnector()
        await connector.open_async(pool)
        yield SharedWork(connector, grace=grace, take_over=take_over)
