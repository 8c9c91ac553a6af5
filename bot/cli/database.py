"""`papers db …`."""

import asyncio
from datetime import datetime
from pathlib import Path

import typer

from adapters.store import DatabaseState, back_up, check, copy, sole, upgrade
from bot.app import open_app
from bot.cli.start import moment, progress_shown
from bot.config import Settings
from bot.errors import StoreError, UserError
from jobs.reconcile import reconcile

SAID = {
    DatabaseState.CURRENT: "The database is up to date.",
    DatabaseState.BEHIND: "The database is from an older version. Run: papers db upgrade",
    DatabaseState.AHEAD: "The database is from a newer version. Update Paper Round.",
    DatabaseState.MISSING: "There are no tables yet. Run: papers db upgrade",
}


def bring_up_to_date(settings: Settings) -> None:
    """Makes the tables, or brings them up to date. Raises StoreError."""
    upgrade(settings.database_url.get_secret_value())
    typer.echo(SAID[DatabaseState.CURRENT])


def look(settings: Settings) -> None:
    """Says how the tables stand; exits with 1 unless they are up to date. Raises StoreError."""
    state = check(settings.database_url.get_secret_value())
    typer.echo(SAID[state])
    if state is not DatabaseState.CURRENT:
        raise typer.Exit(1)


async def copy_all(source: str, target: str) -> None:
    """Copies one database into another and says what came of it. Raises UserError in the name of the option that names
    no database, and StoreError."""
    if await asyncio.to_thread(_state, "--from", source) is DatabaseState.MISSING:
        raise UserError(
            "--from names a file that is not there, or a database without tables: there is nothing to copy."
        )
    await asyncio.to_thread(_state, "--to", target)
    with progress_shown() as progress:
        rows = await copy(source, target, progress=progress)
    typer.echo(f"Copied {rows:,} rows, and found each of them as it was. DATABASE_URL can name the new database now.")


def _state(option: str, url: str) -> DatabaseState:
    try:
        return check(url)
    except StoreError as error:
        # The store knows one setting from which addresses come, and this one does not.
        raise UserError(str(error).replace("DATABASE_URL", option)) from error


def keep(settings: Settings, file: Path) -> None:
    """Copies the database to a file. Raises StoreError."""
    back_up(settings.database_url.get_secret_value(), file)
    typer.echo(f"The database is copied to {file}.")


async def take_up(settings: Settings, stopped: str) -> None:
    """Reconciles a restored database with what was posted until the moment that `stopped` names. Raises StoreError
    where the bot runs on the SQLite file that it is: it might post meanwhile."""
    until = moment(stopped, settings.time_zone, "--stopped")
    with sole(settings.database_url.get_secret_value()):
        await _reconcile(settings, until)


async def _reconcile(settings: Settings, until: datetime | None) -> None:
    async with open_app(settings) as app:
        if until is None or until > app.clock.now():
            raise UserError("--stopped takes a time that has passed, such as 2026-01-15T14:00.")
        with progress_shown() as progress:
            done = await reconcile(app.store, app.source, stopped=until, clock=app.clock, progress=progress)
    typer.echo(
        f"Posts to look for before they are posted: {done.posts:,}. Editions that count as published: "
        f"{done.editions:,}. The bot can run now."
    )
