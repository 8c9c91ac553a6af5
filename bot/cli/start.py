"""What every command does first: settings, logging, the clock it is given, and how long work is shown."""

import asyncio
import logging
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime
from secrets import token_hex
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn
from rich.progress import Progress as Bars

from adapters.logs import handler
from bot.config import Settings, read_settings
from bot.errors import UserError
from bot.ports import Progress, silent

Result = TypeVar("Result")

_HANDOVER = 0.0005
"""Seconds after which a busy thread lets another one run. With Python's own 0.005, the thread in which SQLite works
waited up to that long for the event loop's whenever it was handed something: ten times in one unit of work."""


def started(*, log_level: str = "") -> Settings:
    """The settings, with logging to standard error set up. `log_level` is for a command whose log is its output; a
    LOG_LEVEL that somebody chose wins over it."""
    settings = read_settings()
    chosen = "log_level" in settings.model_fields_set
    level = settings.log_level if chosen else log_level or settings.log_level
    begin_log(as_json=settings.log_format == "json", level=level)
    for noisy in ("aiosqlite", "apscheduler", "alembic", "asyncio", "urllib3", "arxiv"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLogger().level))
    return settings


def begin_log(*, as_json: bool, level: str = "WARNING") -> None:
    """Logs to standard error from here on. Does nothing where that was begun already."""
    logging.basicConfig(level=level, handlers=[handler(sys.stderr, as_json=as_json)])
    logging.captureWarnings(as_json)  # else Python writes them as text


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Runs a command's work to its end."""
    sys.setswitchinterval(_HANDOVER)
    return asyncio.run(work)


def log_unexpected(error: Exception) -> str:
    """Logs an error with all that is known of it, and returns the reference under which it stands in the log."""
    reference = token_hex(2).upper()
    logging.getLogger(__name__).error("ref %s", reference, exc_info=error)
    return reference


def moment(text: str, zone: str, option: str = "--now") -> datetime | None:
    """The time that an option names, in `zone` where it names no offset; None for no text. Raises UserError.

    A date alone means its noon: by then an edition is due, and arXiv has announced.
    """
    if not text:
        return None
    try:
        named = datetime.fromisoformat(text)
    except ValueError:
        raise UserError(f'{option} takes a time such as 2026-01-15T08:00, not "{text}".') from None
    if len(text) <= len("2026-01-15"):
        named = named.replace(hour=12)
    return named if named.tzinfo else named.replace(tzinfo=ZoneInfo(zone))


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """A bar on standard error while work goes on, if somebody is watching."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield silent
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), MofNCompleteColumn())
    with Bars(*columns, console=console, transient=True) as bars:
        task = bars.add_task("", total=None)

        def progress(doing: str, done: int, total: int) -> None:
            bars.update(task, description=escape(doing), completed=done, total=total or None)

        yield progress
