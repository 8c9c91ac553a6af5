"""Builds the whole from the settings: which adapter stands behind which port."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from adapters.arxiv.source import ArxivSource
from adapters.clock import RealClock, SetClock
from adapters.sample.source import SampleSource
from adapters.store import DatabaseState, SqlStore, StoreTurnstile, check, open_store, upgrade
from adapters.terminal.platform import NAME, TerminalPlatform
from adapters.terminal.shell import sender
from adapters.terminal.transcript import Transcript
from bot.config import DAY_NAMES, Settings
from bot.curation import ranker
from bot.curation.ranking import Ranker
from bot.dispatch import Dispatcher
from bot.errors import StoreError
from bot.handlers.services import Services
from bot.messages import Card
from bot.ports import Clock, Dispatch, Platform, Source, Store
from bot.teams import Subscription

_LONGEST_REQUEST = 1.0
"""Seconds beyond the time-out after which a turn at arXiv is taken from a process that must have died."""


@dataclass(frozen=True, slots=True)
class App:
    """Everything, ready to be used."""

    settings: Settings
    store: Store
    source: Source
    ranker: Ranker
    clock: Clock
    """The clock that decisions go by."""
    transcript: Transcript
    dispatch: Dispatch

    @property
    def wait(self) -> timedelta:
        """How long an edition waits for categories that have not answered."""
        return timedelta(hours=self.settings.edition_wait_hours)

    def platforms(self, show: Callable[[Card], None] | None = None) -> Mapping[str, Platform]:
        """The platforms that are set up, by name. What is posted to the terminal is also given to `show`."""
        return {NAME: TerminalPlatform(self.transcript, self.clock, show)}


@asynccontextmanager
async def open_app(
    settings: Settings, *, now: datetime | None = None, attempts: int = 4, sample: bool = False
) -> AsyncIterator[App]:
    """The app on its database, with the terminal's team, channel and subscription as the settings say.

    `now` puts the clock that decisions go by to another time; what arXiv asks of us is always kept by the real one.
    `attempts` is how often a request to arXiv is tried; `sample` takes bundled, invented papers in place of arXiv.
    Raises StoreError where the database cannot be used as it is.
    """
    url = settings.database_url.get_secret_value()
    await asyncio.to_thread(_prepare, url)
    clock = RealClock() if now is None else SetClock(now)
    async with open_store(url) as store:
        await _set_up_terminal(store, settings)
        source = SampleSource() if sample else _arxiv(settings, store, attempts)
        services = Services(store=store, source=source, clock=clock, ranker=ranker.rank, emoji=settings.emoji)
        transcript = Transcript(transcript_path(settings))
        yield App(settings, store, source, ranker.rank, clock, transcript, Dispatcher(services))


def transcript_path(settings: Settings) -> Path:
    """The file that is the terminal's channel: beside an SQLite database unless a setting names one."""
    if settings.terminal_transcript:
        return Path(settings.terminal_transcript)
    scheme, _, path = settings.database_url.get_secret_value().partition(":///")
    return Path(path if scheme.startswith("sqlite") and path else "paper-round").with_suffix(".jsonl")


def _prepare(url: str) -> None:
    """An SQLite file belongs to this program and is brought up to date; on a server others may be at work."""
    if check(url) is DatabaseState.CURRENT:
        return
    if not url.startswith("sqlite"):
        raise StoreError("The database is not up to date. Run: papers db upgrade")
    upgrade(url)


def _arxiv(settings: Settings, store: SqlStore, attempts: int) -> ArxivSource:
    clock = RealClock()
    lease = settings.arxiv_timeout + _LONGEST_REQUEST
    return ArxivSource(
        api_url=settings.arxiv_api_url,
        feed_url=settings.arxiv_feed_url,
        timeout=settings.arxiv_timeout,
        contact=settings.arxiv_contact,
        attempts=attempts,
        turnstile=StoreTurnstile(store, "arxiv", gap=settings.arxiv_gap, lease=lease, clock=clock),
        clock=clock,
    )


async def _set_up_terminal(store: Store, settings: Settings) -> None:
    async with store() as tx:
        _, channel = await tx.teams.identify(sender())
        wanted = Subscription(
            id=0,
            team_id=channel.team_id,
            channel_id=channel.id,
            interests=settings.interests,
            size=settings.edition_size,
            days=frozenset(DAY_NAMES.index(day) for day in settings.edition_days),
            at=settings.edition_time,
            zone=settings.time_zone,
        )
        await tx.teams.subscribe(wanted)
        await tx.commit()
