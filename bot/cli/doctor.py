"""`papers doctor`: what is fine, what is broken, and how to mend it."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, SecretStr
from rich.console import Console
from rich.table import Table
from rich.text import Text

from adapters.store import DatabaseState, check
from adapters.store.engine import is_sqlite, parsed
from bot.announcements import Answer
from bot.app import App, open_app, transcript_path
from bot.cli.discord import discord
from bot.cli.environment import unknown_names
from bot.cli.findings import Finding, Mark
from bot.cli.slack import slack
from bot.cli.start import started
from bot.config import ENV_FILE, Settings
from bot.errors import SettingsError, SourceUnavailable, StoreError
from bot.papers import ArxivId
from bot.summaries.model import Prompt
from bot.summaries.values import Failure, SummaryUnavailable

KNOWN_PAPER = ArxivId("1706.03762")
"""Asked for to see whether arXiv answers."""


async def examine() -> bool:
    """Prints a table of findings. False if something is broken."""
    try:
        settings = started()
    except SettingsError as error:
        findings = [Finding("Settings", str(error), Mark.BROKEN, "Correct it in .env or in the environment.")]
    else:
        database, *outside = await _with_database(settings)
        findings = [*_settings(settings), database, _transcript(settings), *outside]
    _print(findings)
    return not any(finding.mark is Mark.BROKEN for finding in findings)


async def _with_database(settings: Settings) -> list[Finding]:
    """The database, and what can only be asked with one: arXiv's turns are kept in it, and what a model costs."""
    database = await asyncio.to_thread(_database, settings)
    if database.mark is not Mark.BROKEN:
        try:
            async with _opened(settings) as app:
                return [database, await _arxiv(app), await _model(app), *await slack(app), *await discord(app)]
        except StoreError as error:
            database = _broken_database(settings, error)
        except SettingsError as error:
            return [database, Finding("Settings", str(error), Mark.BROKEN, "Correct it in .env or in the environment.")]
    model = f"{_model_name(settings)}: not asked, for want of a database"
    return [
        database,
        Finding("arXiv", "not asked, for want of a database", Mark.NOT_LOOKED_AT),
        Finding("Language model", model, Mark.NOT_LOOKED_AT) if settings.has_model else _NO_MODEL,
        *(Finding(chat, "not asked, for want of a database", Mark.NOT_LOOKED_AT) for chat in ("Slack", "Discord")),
    ]


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[App]:
    """The app on its database; where that is a file which is not there yet, on another one, so that it is not made."""
    file = _file(settings)
    with TemporaryDirectory() as aside:
        if file and not file.exists():
            trial = SecretStr(f"sqlite:///{aside}/{file.name}")
            settings = settings.model_copy(update={"database_url": trial})
        async with open_app(settings, attempts=1) as app:
            yield app


def _settings(settings: Settings) -> list[Finding]:
    found = "from .env and the environment" if Path(ENV_FILE).is_file() else "from the environment; no .env here"
    local = datetime.now(ZoneInfo(settings.time_zone))
    at = f"{local:%A %H:%M} now in {settings.time_zone}, edition at {settings.edition_time:%H:%M}"
    hint = "" if "time_zone" in settings.model_fields_set else "Not your zone? Set TIME_ZONE."
    unknown = [_unknown(name, meant) for name, meant in unknown_names().items()]
    return [Finding("Settings", found), *unknown, Finding("Time zone", at, mend=hint)]


def _unknown(name: str, meant: str) -> Finding:
    return Finding(
        "Settings", f"{name} in .env is no setting", Mark.ODD, f"Did you mean {meant}?" if meant else "Remove it?"
    )


def _database(settings: Settings) -> Finding:
    kind = _kind(settings)
    try:
        state = check(settings.database_url.get_secret_value())
    except StoreError as error:
        return _broken_database(settings, error)
    if state is DatabaseState.CURRENT:
        return Finding("Database", f"{kind}, up to date")
    if state is DatabaseState.AHEAD:
        return Finding("Database", f"{kind}, from a newer version", Mark.BROKEN, "Install that version of Paper Round.")
    if (file := _file(settings)) and not file.exists():
        if os.access(file.parent, os.W_OK):
            return Finding("Database", f"SQLite, {file} is made at the next start")
        return _broken_database(settings, StoreError(f"The database {file} cannot be made."))
    if kind == "SQLite":
        return Finding("Database", "SQLite, brought up to date")
    return Finding("Database", f"{kind}, {state.value}", Mark.BROKEN, "Run: papers db upgrade")


def _file(settings: Settings) -> Path | None:
    """The database, where it is a file."""
    address = parsed(settings.database_url.get_secret_value())
    return Path(str(address.database)) if is_sqlite(address) else None


def _kind(settings: Settings) -> str:
    return "SQLite" if settings.database_url.get_secret_value().startswith("sqlite") else "PostgreSQL"


def _broken_database(settings: Settings, error: StoreError) -> Finding:
    mend = "Correct DATABASE_URL, or start the server."
    if _kind(settings) == "SQLite":
        mend = "Set DATABASE_URL to a file that can be written, in a directory that is there."
    return Finding("Database", str(error), Mark.BROKEN, mend)


def _transcript(settings: Settings) -> Finding:
    path = transcript_path(settings)
    if os.access(path if path.exists() else path.parent, os.W_OK) and not path.is_dir():
        return Finding("Terminal", f"posts go to {path}")
    return Finding("Terminal", f"{path} cannot be written", Mark.BROKEN, "Set TERMINAL_TRANSCRIPT to another file.")


async def _arxiv(app: App) -> Finding:
    """One request to the API and one for a feed, each in its turn."""
    broken: dict[str, str] = {}
    try:
        await app.source.fetch([KNOWN_PAPER])
    except SourceUnavailable as error:
        broken["ARXIV_API_URL"] = f"the API: {error}"
    category = app.settings.categories[0]
    [feed] = (await app.source.announced([category], now=datetime.now(UTC))).answers
    if feed.answer is Answer.FAILED:
        broken["ARXIV_FEED_URL"] = f"the feed of {category}: {feed.problem}"
    if not broken:
        return Finding("arXiv", f"the API and the feed of {category} answer")
    mend = f"Try again in some minutes; else look at {' and '.join(broken)}."
    return Finding("arXiv", "; ".join(broken.values()), Mark.BROKEN, mend)


class _Ping(BaseModel):
    """What the model is asked to say."""

    model_config = ConfigDict(extra="forbid")  # servers that are strict about schemas want them closed

    word: str


_ASK = Prompt('Answer in JSON only: {"word": "yes"}', "Are you there?")
_WORDS = 1_000
"""Tokens: models that think first need some."""
_OUT_OF_REACH = frozenset({Failure.UNREACHABLE, Failure.TOO_SLOW, Failure.BUSY, Failure.DENIED})
"""Any other failure is an answer, if no good one."""


_NO_MODEL = Finding(
    "Language model", "not set up", Mark.NOT_LOOKED_AT, "Nothing to do: none is needed. docs/models.md tells how."
)


def _model_name(settings: Settings) -> str:
    return f"{settings.openai_model} at {urlsplit(settings.openai_base_url).hostname or 'api.openai.com'}"


async def _model(app: App) -> Finding:
    """One short question, which costs a small part of a cent at the most."""
    if app.model is None:
        return _NO_MODEL
    name = _model_name(app.settings)
    try:
        await app.model.answer(_ASK, _Ping, longest=_WORDS)
    except SummaryUnavailable as error:
        if error.failure in _OUT_OF_REACH:
            mend = "Look at OPENAI_BASE_URL, or try again in some minutes. Until then, readers get extracts."
            if error.failure is Failure.DENIED:
                mend = "Look at OPENAI_API_KEY and OPENAI_MODEL."
            return Finding("Language model", f"{name}: {error}", Mark.BROKEN, mend)
    priced = app.settings.openai_model in app.settings.budget.prices
    return Finding("Language model", f"{name} answers", mend="" if priced else _NO_PRICE)


_NO_PRICE = "MODEL_PRICES has no price for it, so it counts as free."


def _print(findings: list[Finding]) -> None:
    """What to do stands under what is found, so that both have room in a narrow terminal."""
    table = Table("", "What", "State, and what to do", box=None, pad_edge=False)
    for finding in findings:
        mark = Text(finding.mark, "red" if finding.mark is Mark.BROKEN else "")
        told = f"{finding.state}\n→ {finding.mend}" if finding.mend else finding.state
        table.add_row(mark, Text(finding.about, "bold"), Text(told, overflow="fold"))
    Console().print(table)
