"""`papers db …`."""

import typer

from adapters.store import DatabaseState, check, copy, upgrade
from bot.cli.start import progress_shown
from bot.config import Settings

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
    """Copies one database into another and says what came of it. Raises StoreError."""
    with progress_shown() as progress:
        rows = await copy(source, target, progress=progress)
    typer.echo(f"Copied {rows:,} rows, and found each of them as it was. DATABASE_URL can name the new database now.")
