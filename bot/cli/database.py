"""`papers db …`."""

import typer

from adapters.store import DatabaseState, check, upgrade
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
