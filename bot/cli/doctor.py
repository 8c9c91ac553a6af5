"""`papers doctor`: what is fine, what is broken, and how to mend it."""

import asyncio
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from rich.console import Console
from rich.table import Table
from rich.text import Text

from adapters.store import DatabaseState, check
from bot.app import open_app, transcript_path
from bot.cli.start import started
from bot.config import Settings
from bot.errors import PaperRoundError, SettingsError, SourceUnavailable
from bot.papers import ArxivId
from bot.summaries.model import Prompt
from bot.summaries.values import Failure, SummaryUnavailable

KNOWN_PAPER = ArxivId("1706.03762")
"""Asked for to see whether arXiv answers."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `mend` says what to do about it."""

    about: str
    state: str
    broken: bool = False
    mend: str = ""


async def examine() -> bool:
    """Prints a table of findings. False if something is broken."""
    try:
        settings = started()
    except SettingsError as error:
        findings = [Finding("Settings", str(error), True, "Correct it in .env or in the environment.")]
    else:
        database = await asyncio.to_thread(_database, settings)
        arxiv = Finding("arXiv", "not asked, for want of a database") if database.broken else await _arxiv(settings)
        model = await _model(settings, database)
        findings = [*_settings(settings), database, _transcript(settings), arxiv, model, *_NOT_SET_UP]
    _print(findings)
    return not any(finding.broken for finding in findings)


_NOT_SET_UP = [
    Finding("Slack", "not set up", mend="Nothing to do: this version speaks to the terminal."),
    Finding("Discord", "not set up", mend="Nothing to do: this version speaks to the terminal."),
]


def _settings(settings: Settings) -> list[Finding]:
    found = "from .env and the environment" if Path(".env").exists() else "from the environment; no .env here"
    local = datetime.now(ZoneInfo(settings.time_zone))
    at = f"{local:%A %H:%M} now in {settings.time_zone}, edition at {settings.edition_time:%H:%M}"
    hint = "" if "time_zone" in settings.model_fields_set else "Not your zone? Set TIME_ZONE."
    return [Finding("Settings", found), Finding("Time zone", at, mend=hint)]


def _database(settings: Settings) -> Finding:
    url = settings.database_url.get_secret_value()
    kind = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    try:
        state = check(url)
    except PaperRoundError as error:
        return Finding("Database", str(error), True, "Correct DATABASE_URL, or start the server.")
    if state is DatabaseState.CURRENT:
        return Finding("Database", f"{kind}, up to date")
    if state is DatabaseState.AHEAD:
        return Finding("Database", f"{kind}, from a newer version", True, "Install that version of Paper Round.")
    if kind == "SQLite":
        return Finding("Database", "SQLite, made or brought up to date at the next start")
    return Finding("Database", f"{kind}, {state.value}", True, "Run: papers db upgrade")


def _transcript(settings: Settings) -> Finding:
    path = transcript_path(settings)
    if os.access(path if path.exists() else path.parent, os.W_OK) and not path.is_dir():
        return Finding("Terminal", f"posts go to {path}")
    return Finding("Terminal", f"{path} cannot be written", True, "Set TERMINAL_TRANSCRIPT to another file.")


async def _arxiv(settings: Settings) -> Finding:
    """One request, in its turn."""
    async with open_app(settings, attempts=1) as app:
        try:
            await app.source.fetch([KNOWN_PAPER])
        except SourceUnavailable as error:
            return Finding("arXiv", str(error), True, "Try again in some minutes; else look at ARXIV_API_URL.")
    return Finding("arXiv", "answers")


class _Ping(BaseModel):
    """What the model is asked to say."""

    word: str


_ASK = Prompt('Answer in JSON only: {"word": "yes"}', "Are you there?")
_WORDS = 1_000
"""Tokens: models that think first need some."""
_OUT_OF_REACH = frozenset({Failure.UNREACHABLE, Failure.TOO_SLOW, Failure.BUSY, Failure.DENIED})
"""Any other failure is an answer, if no good one."""


async def _model(settings: Settings, database: Finding) -> Finding:
    """One short question, which costs a small part of a cent at the most."""
    if not settings.has_model:
        return Finding("Language model", "not set up", mend="Nothing to do: none is needed. docs/models.md tells how.")
    host = urlsplit(settings.openai_base_url).hostname or "api.openai.com"
    name = f"{settings.openai_model} at {host}"
    if database.broken:
        return Finding("Language model", f"{name}: not asked, for want of a database")
    async with open_app(settings) as app:
        try:
            if app.model:
                await app.model.answer(_ASK, _Ping, longest=_WORDS)
        except SummaryUnavailable as error:
            if error.failure is Failure.DENIED:
                return Finding("Language model", f"{name}: {error}", True, "Look at OPENAI_API_KEY and OPENAI_MODEL.")
            if error.failure in _OUT_OF_REACH:
                mend = "Look at OPENAI_BASE_URL, or try again in some minutes. Until then, readers get extracts."
                return Finding("Language model", f"{name}: {error}", True, mend)
    priced = settings.openai_model in settings.budget.prices
    return Finding("Language model", f"{name} answers", mend="" if priced else _NO_PRICE)


_NO_PRICE = "MODEL_PRICES has no price for it, so it counts as free."


def _print(findings: list[Finding]) -> None:
    table = Table("", "What", "State", "To do", box=None, pad_edge=False)
    for finding in findings:
        mark = Text("×", "red") if finding.broken else Text("–" if finding.state == "not set up" else "✓")
        table.add_row(mark, Text(finding.about, "bold"), Text(finding.state), Text(finding.mend))
    Console().print(table)
