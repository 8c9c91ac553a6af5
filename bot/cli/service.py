"""`papers run`: the clock. It only asks, each minute, what is due; the tables are the schedule."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from rich.console import Console

from adapters.terminal.screen import Screen
from bot.announcements import ARXIV_ZONE, Answer, CategoryState, announces_on, expected_batch
from bot.app import App, open_app
from bot.cli.listening import Listening
from bot.cli.observed import observed, served
from bot.cli.start import log_unexpected
from bot.cli.steps import collected, curated, delivered, digested, summarised
from bot.config import Settings
from jobs.collect import collect
from jobs.curate import Outcome, curate
from jobs.deliver import deliver
from jobs.digests import make_digests
from jobs.posting import Delivery
from jobs.refresh import refresh
from jobs.summarise import summarise
from jobs.tidy import tidy

log = logging.getLogger(__name__)

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
RETRY = timedelta(minutes=15)
"""Between two tries for what arXiv has not given yet: its delays last minutes to hours."""
OWED = timedelta(hours=1)
"""Between two tries for full records alone: arXiv's search lags behind its announcements by hours."""
SUMMARY_WAIT = 20.0
"""Seconds that an edition waits for what a model says of its papers. Then it goes out with extracts, and is edited."""
_NO_NEWS = (Outcome.NOT_DUE, Outcome.THERE, Outcome.PAUSED, Outcome.HALTED)
"""What comes of a subscription on most minutes."""
GRACE = 10.0
"""Seconds that publishing is given to end well. Cut off after that, or collecting at once, it leaves nothing that the
next start does not complete."""


async def serve(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with observed(settings) as metrics, open_app(settings, measures=metrics) as app, served(app, metrics):
        service = Service(app)
        scheduler = AsyncIOScheduler(timezone=UTC)
        for work, every in ((service.tick, MINUTE), (service.tidy, DAY)):
            scheduler.add_job(
                work, "interval", seconds=every.total_seconds(), next_run_time=datetime.now(UTC),
                max_instances=1, coalesce=True, misfire_grace_time=None,
            )  # fmt: skip
        scheduler.start()
        log.info("running: an edition at %s (%s)", settings.edition_time.strftime("%H:%M"), settings.time_zone)
        stopping, listening = asyncio.create_task(stop.wait()), asyncio.create_task(service.listen())
        await asyncio.wait({stopping, listening}, return_when=asyncio.FIRST_COMPLETED)
        log.info("stopping")
        scheduler.pause()
        stopping.cancel()
        listening.cancel()
        await asyncio.wait({stopping, listening})
        await service.stop()
        scheduler.shutdown()
    if not listening.cancelled():
        listening.result()
    log.info("stopped")


class Service:
    """What happens each minute. Collecting may take long, and nothing that is due elsewhere waits for it."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._screen = Screen(Console(), app.transcript)
        self._collecting: asyncio.Task[None] | None = None
        self._publishing: asyncio.Task[None] | None = None
        self._summarising: asyncio.Task[None] | None = None
        self._refreshing = asyncio.Lock()
        self._said: list[str] = []

    async def tick(self) -> None:
        """Begins what is due: to collect first, so that who publishes knows whether papers are coming in."""
        await _logged(self.collect())
        await self.publish()

    async def collect(self) -> None:
        """Begins to ask arXiv for what is due and not there yet, if anything is, unless that is under way."""
        if (self._collecting is None or self._collecting.done()) and (wanted := await self._owed()):
            self._collecting = asyncio.create_task(_logged(self._collect(wanted)))

    async def publish(self) -> None:
        """Begins to make the editions that are due and to post what is planned, unless that is under way."""
        if self._publishing is None or self._publishing.done():
            self._publishing = asyncio.create_task(self._publish())

    async def tidy(self) -> None:
        """Drops what is of no use any more."""
        await _logged(tidy(self._app.store, clock=self._app.clock))

    async def listen(self) -> None:
        """As `Listening.run`; after a command, posts are soon brought up to date."""
        await Listening(self._app, lambda: _logged(self._refresh())).run()

    async def stop(self) -> None:
        """Returns when nothing is under way any more: collecting and the model are cut off, publishing after GRACE."""
        for task, grace in ((self._collecting, 0.0), (self._summarising, 0.0), (self._publishing, GRACE)):
            if task is not None:
                await asyncio.wait({task}, timeout=grace)
                task.cancel()
                await asyncio.wait({task})

    async def _publish(self) -> None:
        # While papers are coming in, an edition would miss those that are not there yet.
        if self._collecting is None or self._collecting.done():
            await _logged(self._curate())
        await _logged(self._digest())
        if self._summarising is None or self._summarising.done():
            self._summarising = asyncio.create_task(_logged(self._summarise()))
            patience = asyncio.create_task(self._app.clock.sleep(SUMMARY_WAIT))
            await asyncio.wait({self._summarising, patience}, return_when=asyncio.FIRST_COMPLETED)
            patience.cancel()
        await _logged(self._deliver())
        await _logged(self._refresh())

    async def _owed(self) -> list[str]:
        """The categories that arXiv is to be asked for now; none while nothing is due."""
        app, now = self._app, self._app.clock.now()
        async with app.store() as tx:
            wanted = {c for order in await tx.teams.subscriptions() for c in order.interests.categories}
            states = await tx.collections.states(sorted(wanted))
            owed = bool(await tx.papers.incomplete(limit=1))
        return sorted(wanted) if collection_due(wanted, states, owed=owed, now=now) else []

    async def _collect(self, wanted: Sequence[str]) -> None:
        app = self._app
        log.info("collecting %s", ", ".join(wanted))
        log.info(collected(await collect(app.store, app.source, clock=app.clock, measures=app.measures)))
        async with app.store() as tx:
            states = await tx.collections.states(wanted)
        if missing := still_missing(states, now=app.clock.now()):
            log.info("collecting again in %d minutes: %s", RETRY.total_seconds() // 60, missing)

    async def _curate(self) -> None:
        app = self._app
        explore = app.settings.edition_explores
        results = await curate(
            app.store,
            app.ranker,
            now=app.clock.now(),
            wait=app.wait,
            only_due=True,
            explore=explore,
            measures=app.measures,
        )
        news = [curated(one) for one in results if one.outcome not in _NO_NEWS]
        for line in news:
            if line not in self._said:
                log.info(line)
        self._said = news

    async def _digest(self) -> None:
        app = self._app
        now, charts = app.clock.now(), app.services.charts
        for made in await make_digests(app.store, app.platforms(), charts, now=now, measures=app.measures):
            log.info(digested(made))

    async def _summarise(self) -> None:
        app, settings = self._app, self._app.settings
        read = await summarise(
            app.store, app.summariser, budget=settings.budget, language=settings.summary_language, clock=app.clock
        )
        if read.papers or read.missing:
            log.info(summarised(read))

    async def _refresh(self) -> None:
        async with self._refreshing:
            if edited := await refresh(self._app.store, self._app.platforms(), clock=self._app.clock):
                log.info("edited %d messages", edited)

    async def _deliver(self) -> None:
        app = self._app
        done = await deliver(app.store, app.platforms(self._screen.show), clock=app.clock, measures=app.measures)
        if done != Delivery():
            log.info(delivered(done))


async def _logged(step: Awaitable[None]) -> None:
    """A step that breaks is logged, and keeps no other from its turn."""
    try:
        await step
    except Exception as error:  # noqa: BLE001 - tomorrow's edition does not depend on what broke today
        log_unexpected(error)


def collection_due(
    categories: AbstractSet[str], states: Mapping[str, CategoryState], *, owed: bool, now: datetime
) -> bool:
    """Whether arXiv is to be asked at `now`: something is due that is not there, and the last try is RETRY ago.

    `owed` tells that papers lack their full record.
    """
    if not categories <= states.keys():
        return True
    since_last = now - max(state.last_run_at for state in states.values())
    missing = any(_missing(state, now) for state in states.values())
    return (missing and since_last >= RETRY) or (owed and since_last >= OWED)


def still_missing(states: Mapping[str, CategoryState], *, now: datetime) -> str:
    """`cs.CL stale, cs.LG failed`: the categories that are asked for again; nothing where there are none."""
    return ", ".join(f"{state.category} {state.last.answer}" for state in states.values() if _missing(state, now))


def _missing(state: CategoryState, now: datetime) -> bool:
    if state.last.answer is Answer.NOTHING_DUE and not announces_on(now.astimezone(ARXIV_ZONE).date()):
        return False
    return state.last_fresh is None or state.last_fresh < expected_batch(now)
