"""What a worker of `papers run` does: the steps of a day as jobs, each of which asks for those that follow from it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from rich.console import Console

from adapters.terminal.screen import Screen
from bot.app import App
from bot.cli.start import log_unexpected
from bot.cli.steps import collected, curated, delivered, digested, names, summarised, watched
from bot.errors import StoreError
from bot.ports import Job, Task, Work
from jobs.collect import collect
from jobs.curate import Outcome, curate
from jobs.deliver import deliver
from jobs.digests import make_digests
from jobs.owed import RETRY, collection_due, still_missing
from jobs.posting import Delivery
from jobs.refresh import refresh
from jobs.summarise import summarise
from jobs.tidy import tidy
from jobs.watch import Watched, watch

log = logging.getLogger(__name__)

SUMMARY_WAIT = 20.0
"""Seconds that an edition waits for what a model says of its papers. Then it goes out with extracts, and is edited."""
_NO_NEWS = (Outcome.NOT_DUE, Outcome.THERE, Outcome.PAUSED, Outcome.HALTED)
"""What comes of a subscription on most minutes."""


class Background:
    """Does jobs. A job that has nothing to do ends at once, so that it costs little to ask for one too many."""

    def __init__(self, app: App, work: Work) -> None:
        self._app = app
        self._work = work
        console = Console()
        # What is posted to the terminal is in its transcript; a log that others read is no place for it.
        self._show = Screen(console, app.transcript).show if console.is_terminal else None
        self._said: list[str] = []
        self._steps: Mapping[Task, Callable[[Job], Awaitable[None]]] = {
            Task.COLLECT: self._collect,
            Task.CURATE: self._curate,
            Task.DIGESTS: self._digests,
            Task.SUMMARISE: self._summarise,
            Task.DELIVER: self._deliver,
            Task.REFRESH: self._refresh,
            Task.WATCH: self._watch,
            Task.TIDY: self._tidy,
        }

    async def do(self, job: Job) -> None:
        """A `bot.ports.Do`."""
        await logged(self._steps[job.task](job))

    async def _collect(self, _job: Job) -> None:
        app, now = self._app, self._app.clock.now()
        async with app.store() as tx:
            wanted = {c for order in await tx.teams.subscriptions() for c in order.interests.categories}
            states = await tx.collections.states(sorted(wanted))
            owed = bool(await tx.papers.incomplete(limit=1))
        if not collection_due(wanted, states, owed=owed, now=now):
            return
        log.info("collecting %s", ", ".join(sorted(wanted)))
        log.info(collected(await collect(app.store, app.source, clock=app.clock, measures=app.measures)))
        async with app.store() as tx:
            states = await tx.collections.states(sorted(wanted))
        if missing := still_missing(states, now=app.clock.now()):
            log.info("collecting again in %d minutes: %s", RETRY.total_seconds() // 60, missing)

    async def _curate(self, _job: Job) -> None:
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
        told = [one for one in results if one.outcome not in _NO_NEWS]
        places = await names(app.store, [one.subscription.channel_id for one in told]) if told else {}
        news = [curated(one, places[one.subscription.channel_id]) for one in told]
        for line in news:
            if line not in self._said:
                log.info(line)
        self._said = news
        if any(one.outcome is Outcome.MADE for one in results):
            await self._work.ask(Job(Task.SUMMARISE))

    async def _digests(self, _job: Job) -> None:
        app = self._app
        charts = app.services.charts
        made = await make_digests(app.store, app.platforms(), charts, now=app.clock.now(), measures=app.measures)
        if made:
            places = await names(app.store, [one.channel_id for one in made])
            for one in made:
                log.info(digested(one, places[one.channel_id]))
            await self._work.ask(Job(Task.SUMMARISE))

    async def _summarise(self, _job: Job) -> None:
        clock, store = self._app.clock, self._app.store
        reading, patience = asyncio.create_task(self._read()), asyncio.create_task(clock.sleep(SUMMARY_WAIT))
        try:
            await asyncio.wait({reading, patience}, return_when=asyncio.FIRST_COMPLETED)
            async with store() as tx:
                channels = await tx.posts.channels_due(clock.now())
            await self._work.ask(*(Job(Task.DELIVER, channel) for channel in channels))
            if await reading:
                await self._work.ask(Job(Task.REFRESH))
        finally:
            for task in (reading, patience):
                task.cancel()
            await asyncio.wait({reading, patience})

    async def _read(self) -> bool:
        """Has the model read new editions, and says whether it had something to say."""
        app, settings = self._app, self._app.settings
        read = await summarise(
            app.store, app.summariser, budget=settings.budget, language=settings.summary_language, clock=app.clock
        )
        if read.papers or read.missing or read.paragraphs:
            log.info(summarised(read))
        return bool(read.papers)

    async def _deliver(self, job: Job) -> None:
        app = self._app
        platforms, channel = app.platforms(self._show), job.channel_id
        done = await deliver(app.store, platforms, clock=app.clock, channel_id=channel, measures=app.measures)
        if done != Delivery():
            log.info(delivered(done))

    async def _refresh(self, _job: Job) -> None:
        if edited := await refresh(self._app.store, self._app.platforms(), clock=self._app.clock):
            log.info("edited %d messages", edited)

    async def _watch(self, _job: Job) -> None:
        done = await watch(self._app.store, self._app.source, clock=self._app.clock)
        if done != Watched():
            log.info(watched(done))

    async def _tidy(self, _job: Job) -> None:
        await tidy(self._app.store, clock=self._app.clock)


async def logged(step: Awaitable[None]) -> None:
    """A step that breaks is logged, and keeps no other from its turn."""
    try:
        await step
    except StoreError as error:
        log.warning("%s", error)
    except Exception as error:  # noqa: BLE001 - tomorrow's edition does not depend on what broke today
        log_unexpected(error)
