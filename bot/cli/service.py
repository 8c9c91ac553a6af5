"""`papers run`: the parts of the bot that run until they are told to stop, all in one process or each in several."""

import asyncio
import logging
import signal
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from adapters.store import sole
from bot.app import App, open_app, open_work
from bot.cli.background import Background, logged
from bot.cli.listening import Listening
from bot.cli.observed import observed, served
from bot.config import Settings
from bot.errors import UserError
from bot.ports import Job, Task, Work

log = logging.getLogger(__name__)

EVERY_MINUTE = tuple(map(Job, (Task.COLLECT, Task.CURATE, Task.DIGESTS, Task.SUMMARISE, Task.REFRESH)))
"""Each looks by itself what is due: the tables are the schedule."""
EVERY = {"hour": (timedelta(hours=1), Job(Task.WATCH)), "day": (timedelta(days=1), Job(Task.TIDY))}
"""What is asked for more seldom."""


class Role(StrEnum):
    """What a process does."""

    PLATFORM = "platform"
    """Listens to people."""
    CLOCK = "clock"
    """Asks each minute for what is due; of several, one does."""
    WORKER = "worker"
    """Does what is asked for, with others."""


def roles_named(names: str) -> frozenset[Role]:
    """The roles that `platform,clock` names. Raises UserError."""
    try:
        return frozenset(Role(name.strip().lower()) for name in names.split(","))
    except ValueError:
        raise UserError(f'--roles takes some of {", ".join(Role)}, with commas between, not "{names}".') from None


async def serve(settings: Settings, roles: frozenset[Role]) -> None:
    """Runs until SIGTERM or SIGINT. Raises UserError for roles that others would have to complete, and cannot, and
    StoreError where another process runs on the same SQLite file."""
    url = settings.database_url.get_secret_value()
    if roles != frozenset(Role) and url.startswith("sqlite"):
        raise UserError("On SQLite one process does everything: leave out --roles, or set DATABASE_URL to PostgreSQL.")
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with sole(url):
        await _run(settings, roles, stop)


async def _run(settings: Settings, roles: frozenset[Role], stop: asyncio.Event) -> None:
    async with (
        observed(settings) as metrics,
        open_app(settings, measures=metrics) as app,
        served(app, metrics, listens=Role.PLATFORM in roles),
        open_work(settings) as work,
    ):
        service = Service(app, work)
        parts = {Role.PLATFORM: service.listen, Role.CLOCK: service.keep_time, Role.WORKER: service.work}
        running = [asyncio.create_task(part()) for role, part in parts.items() if role in roles]
        some = "" if roles == frozenset(Role) else f" as {', '.join(sorted(roles))}"
        log.info("running%s: an edition at %s (%s)", some, settings.edition_time.strftime("%H:%M"), settings.time_zone)
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({stopping, *running}, return_when=asyncio.FIRST_COMPLETED)
        log.info("stopping")
        for task in (stopping, *running):
            task.cancel()
        await asyncio.wait({stopping, *running})
    for task in running:
        if not task.cancelled():
            task.result()
    log.info("stopped")


class Service:
    """What each role does, until it is cancelled."""

    def __init__(self, app: App, work: Work) -> None:
        self._app = app
        self._work = work
        self._name = uuid4().hex

    async def listen(self) -> None:
        """As `Listening.run`; after a command, posts are soon brought up to date."""
        await Listening(self._app, lambda: logged(self._work.ask(Job(Task.REFRESH)))).run()

    async def keep_time(self) -> None:
        """Asks for what is due, now and at each full minute."""
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.add_job(self._minute, "cron", second=0, max_instances=1, coalesce=True, misfire_grace_time=None)
        scheduler.start()
        try:
            await logged(self._work.ask(*EVERY_MINUTE))  # a process that died may have had this minute
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown()

    async def _minute(self) -> None:
        await logged(self.tick())

    async def tick(self) -> None:
        """Asks for what is due, unless another process did in this minute."""
        now = self._app.clock.now()
        async with self._app.store() as tx:
            minute = await tx.holds.claim("minute", holder=self._name, now=now, until=_next_minute(now))
            seldom = [
                job
                for name, (length, job) in EVERY.items()
                if minute and await tx.holds.claim(name, holder=self._name, now=now, until=now + length)
            ]
            await tx.commit()
        if minute:
            await self._work.ask(*EVERY_MINUTE, *seldom)

    async def work(self) -> None:
        """Does what is asked for."""
        await self._work.run(Background(self._app, self._work).do)


def _next_minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0) + timedelta(minutes=1)
