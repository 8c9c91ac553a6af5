"""`papers doctor`: what is fine, what is broken, and how to mend it."""

import asyncio
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from adapters.store import DatabaseState, check
from bot.app import open_app, transcript_path
from bot.cli.start import started
from bot.config import Settings
from bot.errors import PaperRoundError, SettingsError, SourceUnavailable
from bot.papers import ArxivId

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
        findings = [*_settings(settings), database, _transcript(settings), arxiv, *_NOT_SET_UP]
    _print(findings)
    return not any(finding.broken for finding in findings)


_NOT_SET_UP = [
    Finding("Slack", "not set up", mend="Nothing to do: this version speaks to the terminal."),
    Finding("Discord", "not set up", mend="Nothing to do: this version speaks to the terminal."),
    Finding("Language model", "not set up", mend="Nothing to do: none is needed."),
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


def _print(findings: list[Finding]) -> None:
    table = Table("", "What", "State", "To do", box=None, pad_edge=False)
    for finding in findings:
        mark = Text("×", "red") if finding.broken else Text("–" if finding.state == "not set up" else "✓")
        table.add_row(mark, Text(finding.about, "bold"), Text(finding.state), Text(finding.mend))
    Console().print(table)
