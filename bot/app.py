"""Builds the whole from the settings: which adapter stands behind which port."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.arxiv.full_text import ArxivFullText
from adapters.arxiv.source import ArxivSource
from adapters.arxiv.transport import Transport
from adapters.chart import Charts
from adapters.clock import RealClock, SetClock
from adapters.sample.source import SampleSource
from adapters.store import DatabaseState, SqlStore, StoreRateLimiter, StoreTurnstile, check, open_store, upgrade
from adapters.terminal.platform import TerminalPlatform
from adapters.terminal.shell import sender
from adapters.terminal.transcript import Transcript
from adapters.work.local import LocalWork
from bot.config import DAY_NAMES, Settings
from bot.curation import ranker
from bot.curation.ranking import Ranker
from bot.dispatch import Dispatcher
from bot.errors import StoreError
from bot.handlers.services import Services
from bot.leases import check_leases
from bot.messages import Card, Notice
from bot.ports import UNMEASURED, Chat, Clock, Dispatch, Measures, Platform, Source, Store, Summariser, Turnstile, Work
from bot.summaries.extract import ExtractSummariser
from bot.summaries.model import LanguageModel
from bot.summaries.writing import ModelSummariser
from bot.teams import Subscription

if TYPE_CHECKING:
    from adapters.discord.service import DiscordService
    from adapters.slack.service import SlackService

_MARGIN = 1.0
"""Seconds beyond the longest request after which a turn at arXiv is taken from a process that must have died."""
_FULL_TEXT_ATTEMPTS = 2
"""Somebody is waiting."""


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
    model: LanguageModel | None
    services: Services
    measures: Measures
    slack: "SlackService | None" = None
    """Where it is set up."""
    discord: "DiscordService | None" = None
    """Where it is set up."""

    @property
    def summariser(self) -> Summariser:
        """The model's where one is set up, else extracts."""
        return self.services.summariser

    @property
    def wait(self) -> timedelta:
        """How long an edition waits for categories that have not answered."""
        return timedelta(hours=self.settings.edition_wait_hours)

    @property
    def chats(self) -> Sequence[Chat]:
        """Those that are set up."""
        return [chat for chat in (self.slack, self.discord) if chat]

    def platforms(self, show: Callable[[Card | Notice], None] | None = None) -> Mapping[str, Platform]:
        """The platforms that are set up, by name. What is posted to the terminal is also given to `show`."""
        platforms: list[Platform] = [TerminalPlatform(self.transcript, self.clock, show)]
        platforms += [chat.platform for chat in (self.slack, self.discord) if chat]
        return {platform.name: platform for platform in platforms}

    def dispatch(self, show: Callable[[Card | Notice], None] | None = None) -> Dispatch:
        """The way in for commands. What they post to the terminal is also given to `show`."""
        return Dispatcher(replace(self.services, platforms=self.platforms(show)), self.measures)


@asynccontextmanager
async def open_app(
    settings: Settings,
    *,
    now: datetime | None = None,
    attempts: int = 4,
    sample: bool = False,
    measures: Measures = UNMEASURED,
) -> AsyncIterator[App]:
    """The app on its database, with the terminal's team, channel and subscription as the settings say.

    `now` puts the clock that decisions go by to another time; what arXiv asks of us is always kept by the real one.
    `attempts` is how often a request to arXiv is tried; `sample` takes bundled, invented papers in place of arXiv.
    `measures` are told of what is done. Raises StoreError where the database cannot be used as it is.
    """
    check_leases()
    url = settings.database_url.get_secret_value()
    await asyncio.to_thread(_prepare, url)
    clock = RealClock() if now is None else SetClock(now)
    async with open_store(url) as store, _language_model(settings, measures) as model:
        await _set_up_terminal(store, settings)
        lease = _longest_document(settings) + settings.arxiv_timeout + _MARGIN
        turnstile = StoreTurnstile(store, "arxiv", gap=settings.arxiv_gap, lease=lease, clock=RealClock())
        source = SampleSource() if sample else _arxiv(settings, turnstile, attempts, measures)
        services = Services(
            store=store,
            source=source,
            clock=clock,
            ranker=ranker.rank,
            emoji=settings.emoji,
            summariser=ModelSummariser(model) if model else ExtractSummariser(),
            extractor=ExtractSummariser(),
            full_text=_full_text(settings, turnstile, measures),
            charts=Charts(),
            budget=settings.budget,
            language=settings.summary_language,
            platforms={},
            everyone_manages=settings.subscription_editors == "everyone",
        )
        transcript = Transcript(transcript_path(settings))
        async with _slack(settings, store, clock, measures) as slack, _discord(settings, store, clock) as discord:
            yield App(
                settings, store, source, ranker.rank, clock, transcript, model, services, measures, slack, discord
            )


@asynccontextmanager
async def open_work(settings: Settings) -> AsyncIterator[Work]:
    """Jobs in the background: on PostgreSQL those of all processes, else this one's own."""
    url = settings.database_url.get_secret_value()
    if url.startswith("sqlite"):
        yield LocalWork()
        return
    from adapters.work.shared import open_shared_work  # noqa: PLC0415 - slow to import, and SQLite does without

    async with open_shared_work(url) as work:
        yield work


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


def _arxiv(settings: Settings, turnstile: Turnstile, attempts: int, measures: Measures) -> ArxivSource:
    return ArxivSource(
        api_url=settings.arxiv_api_url,
        feed_url=settings.arxiv_feed_url,
        timeout=settings.arxiv_timeout,
        contact=settings.arxiv_contact,
        attempts=attempts,
        turnstile=turnstile,
        clock=RealClock(),
        measures=measures,
    )


def _full_text(settings: Settings, turnstile: Turnstile, measures: Measures) -> ArxivFullText:
    transport = Transport(
        timeout=settings.arxiv_timeout,
        contact=settings.arxiv_contact,
        attempts=_FULL_TEXT_ATTEMPTS,
        turnstile=turnstile,
        clock=RealClock(),
        measures=measures,
    )
    return ArxivFullText(pages_url=settings.arxiv_pages_url, transport=transport, within=_longest_document(settings))


def _longest_document(settings: Settings) -> float:
    """Seconds that a full text may take to come; silence at the end of them lasts one time-out more."""
    return 2 * settings.arxiv_timeout


@asynccontextmanager
async def _language_model(settings: Settings, measures: Measures) -> AsyncIterator[LanguageModel | None]:
    if not settings.has_model:
        yield None
        return
    from adapters.llm.model import OPENAI_URL, OpenAIModel  # noqa: PLC0415 - slow to import, and few need it

    model = OpenAIModel(
        settings.openai_model,
        api_key=settings.openai_api_key,
        base_url=settings.openai_base_url or OPENAI_URL,
        deadline=settings.openai_timeout,
        measures=measures,
    )
    try:
        yield model
    finally:
        await model.close()


@asynccontextmanager
async def _slack(
    settings: Settings, store: Store, clock: Clock, measures: Measures
) -> "AsyncIterator[SlackService | None]":
    if not settings.has_slack:
        yield None
        return
    from adapters.slack.service import Access, open_slack  # noqa: PLC0415 - slow to import, and not all need it

    access = Access(
        api_url=settings.slack_api_url,
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        secret_keys=settings.secret_keys.get_secret_value(),
    )
    async with open_slack(access, store=store, clock=clock, emoji=settings.emoji, measures=measures) as slack:
        yield slack


@asynccontextmanager
async def _discord(settings: Settings, store: SqlStore, clock: Clock) -> "AsyncIterator[DiscordService | None]":
    if not settings.has_discord:
        yield None
        return
    from adapters.discord.service import CALLS_PER_SECOND, Access, open_discord  # noqa: PLC0415 - slow to import, and not all need it

    access = Access(
        token=settings.discord_token.get_secret_value(),
        api_url=settings.discord_api_url,
        gateway_url=settings.discord_gateway_url,
        guild=settings.discord_guild,
        shared=not settings.database_url.get_secret_value().startswith("sqlite"),
        shards=settings.discord_shards,
    )
    limiter = StoreRateLimiter(store, "discord", per_second=CALLS_PER_SECOND, clock=RealClock())
    async with open_discord(access, store=store, clock=clock, emoji=settings.emoji, limiter=limiter) as discord:
        yield discord


async def _set_up_terminal(store: Store, settings: Settings) -> None:
    async with store() as tx:
        _, channel = await tx.teams.identify(sender())
        ever, stands = await tx.teams.ever_subscribed(channel.id), await tx.teams.subscription_of(channel.id)
        if ever and (stands is None or stands.made_by is not None):
            return  # somebody has said since, in the terminal, what they want
        wanted = Subscription(
            id=0,
            team_id=channel.team_id,
            channel_id=channel.id,
            interests=settings.interests,
            size=settings.edition_size,
            days=frozenset(DAY_NAMES.index(day) for day in settings.edition_days),
            at=settings.edition_time,
            zone=settings.time_zone,
            on_nothing=settings.edition_on_nothing,
        )
        await tx.teams.subscribe(wanted)
        await tx.commit()
