"""What can be typed after `papers db`."""

# ruff: noqa: PLC0415 - each command imports what it needs itself, so that `papers --help` answers at once

from pathlib import Path
from typing import Annotated

import typer

commands = typer.Typer(
    no_args_is_help=True,
    help="The database: bring it up to date, see whether it is, back it up.",
    epilog="docs/operations.md tells how to back up and restore.",
)


@commands.command()
def upgrade() -> None:
    """Make the tables, or bring them up to date."""
    from bot.cli import database
    from bot.cli.start import started

    database.bring_up_to_date(started())


@commands.command()
def check() -> None:
    """Say whether the tables are up to date. Exits with 1 if not."""
    from bot.cli import database
    from bot.cli.start import started

    database.look(started())


@commands.command(epilog="[bold]papers db backup /backups/paper-round-$(date +%F).db[/] is for cron.")
def backup(file: Annotated[Path, typer.Argument(help="A new file.")]) -> None:
    """Copy an SQLite database to a file, while the bot runs or not."""
    from bot.cli import database
    from bot.cli.start import started

    database.keep(started(), file)


@commands.command(epilog="[bold]papers db restored --stopped 2026-01-15T14:00[/]")
def restored(
    stopped: Annotated[
        str,
        typer.Option(
            metavar="ISO-TIME",
            help="When the bot last ran on the database that was lost, or somewhat later, such as 2026-01-15T14:00; "
            "without an offset, in TIME_ZONE.",
        ),
    ],
) -> None:
    """Say that the database was restored from a back-up, before the bot runs on it: then nothing is posted twice."""
    from bot.cli import database
    from bot.cli.start import run, started

    run(database.take_up(started(), stopped))


@commands.command("copy", epilog="Stop [bold]papers run[/] first: what it writes meanwhile is not copied.")
def copy_database(
    source: Annotated[str, typer.Option("--from", metavar="URL", help="What is copied, as in DATABASE_URL.")],
    target: Annotated[str, typer.Option("--to", metavar="URL", help="An empty database; missing tables are made.")],
) -> None:
    """Copy everything into another database, such as from SQLite to PostgreSQL: all of it, or nothing."""
    from bot.cli import database
    from bot.cli.start import run, started

    started()
    run(database.copy_all(source, target))
