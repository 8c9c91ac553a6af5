"""The `papers` command: what can be typed, and how errors leave."""

# ruff: noqa: PLC0415 - each command imports what it needs itself, so that `papers --help` answers at once

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import db
from bot.cli.chats import discord, slack
from bot.errors import PaperRoundError, SettingsError, UserError

Now = Annotated[
    str,
    typer.Option(
        metavar="ISO-TIME",
        help="Decide as if it were this time, such as 2026-01-15T08:00, or noon of 2026-01-15; without an offset, in "
        "TIME_ZONE.",
    ),
]

papers = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Brings a research team its new papers every morning, and remembers what the team does with them.",
    epilog="Start with [bold]papers demo[/], then [bold]papers run[/] and [bold]papers shell[/]. "
    "Settings come from the environment and a file .env; .env.example explains each.",
)
job = typer.Typer(
    no_args_is_help=True,
    help="One step by hand or from cron. Prints one line; the exit code says whether it worked.",
    epilog="In cron: [bold]papers job collect && papers job curate --due; papers job summarise; papers job digest; "
    "papers job watch; papers job deliver[/]",
)
ledger = typer.Typer(
    help="The ledger of posts: how many came, which did not, and what to do about those that are stuck.",
    epilog="docs/operations.md tells what each state means.",
)
export = typer.Typer(no_args_is_help=True, help="What the team holds, as a document: a week, a month.")
papers.add_typer(job, name="job")
papers.add_typer(export, name="export")
papers.add_typer(db.commands, name="db")
papers.add_typer(ledger, name="deliveries")
papers.add_typer(slack, name="slack")
papers.add_typer(discord, name="discord")


def main() -> None:
    """Runs the command. What its user can mend is one line on standard error, and nobody is shown a traceback."""
    try:
        papers(prog_name="papers")
    except Exception as error:  # noqa: BLE001 - the last place where the unexpected can be logged
        sentence, code = _farewell(error)
        typer.echo(f"papers: {sentence}", err=True)
        sys.exit(code)


def _farewell(error: Exception) -> tuple[str, int]:
    """What is said of an error, and the exit status."""
    if isinstance(error, PaperRoundError):
        return str(error), 2 if isinstance(error, (UserError, SettingsError)) else 1
    from bot.cli.start import log_unexpected

    return f"Something broke on my side (ref {log_unexpected(error)}). It has been logged above.", 1


def _in_the_log(service: Callable[[], None]) -> None:
    """Runs what a supervisor starts, whose standard error is its log: where that is JSON, so is its last sentence."""
    try:
        service()
    except Exception as error:
        from bot.cli.environment import log_is_json
        from bot.cli.start import begin_log

        if not log_is_json():
            raise
        begin_log(as_json=True)  # unless it had begun
        sentence, code = _farewell(error)
        logging.getLogger(__name__).error(sentence)  # noqa: TRY400 - what is unexpected was logged with its traceback
        sys.exit(code)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"Paper Round {version('paper-round')}")
        raise typer.Exit


@papers.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    pass


@papers.command(epilog="Without a terminal: [bold]papers demo </dev/null[/] prints the edition and leaves.")
def demo(
    database: Annotated[Path, typer.Option(help="The demo's own SQLite file.")] = Path("paper-round-demo.db"),
) -> None:
    """Collect, publish today's edition here and talk with it. No account, no key."""
    from bot.cli.demo import demonstrate
    from bot.cli.start import run, started

    run(demonstrate(started(), database))


@papers.command(
    epilog="On PostgreSQL any number of processes share the work: [bold]papers run --roles platform[/] here, "
    "[bold]papers run --roles clock,worker[/] there. docs/operations.md tells how many of which."
)
def run(
    roles: Annotated[
        str,
        typer.Option(
            metavar="ROLES",
            help="What this process does: platform (listens to people), clock (asks for what is due), "
            "worker (collects, curates, posts). On SQLite one process does everything.",
        ),
    ] = "platform,clock,worker",
) -> None:
    """Collect, curate and publish by the clock, until told to stop (Ctrl-C or SIGTERM)."""
    from bot.cli.service import roles_named, serve
    from bot.cli.start import run as run_async
    from bot.cli.start import started

    _in_the_log(lambda: run_async(serve(started(log_level="INFO"), roles_named(roles))))


@papers.command(
    epilog='[bold]papers shell -c "today" -c "save 2"[/] runs lines in order; '
    "[bold]papers shell <lines.txt[/] reads them; [bold]papers shell[/] opens the prompt."
)
def shell(
    line: Annotated[
        list[str] | None, typer.Option("-c", "--command", metavar="LINE", help="Run this line, and leave.")
    ] = None,
    name: Annotated[str, typer.Option("--as", metavar="NAME", help="Speak as this member of the team.")] = "",
) -> None:
    """Talk with the bot: today, save, list, search, … Exits with 1 if a line could not be done."""
    from bot.cli.start import run, started
    from bot.cli.talk import talk

    sys.exit(0 if run(talk(started(), line or [], name)) else 1)


@papers.command()
def doctor() -> None:
    """Check settings, database, arXiv and keys, and say how to mend what is broken."""
    from bot.cli.doctor import examine
    from bot.cli.start import run

    sys.exit(0 if run(examine()) else 1)


@job.command(epilog="[bold]papers job collect --now 2026-01-15T06:00[/]")
def collect(now: Now = "") -> None:
    """Ask arXiv what is new and store it. Fails if a category did not answer, or not with what was due."""
    from bot.cli import steps
    from bot.cli.start import run, started

    run(steps.collect(started(), now))


@job.command(epilog="[bold]papers job curate --due[/] is for a cron that runs often.")
def curate(
    now: Now = "",
    due: Annotated[bool, typer.Option(help="Only on the days and from the hour of the settings.")] = False,
) -> None:
    """Make today's edition from what was collected, or say why there is none."""
    from bot.cli import steps
    from bot.cli.start import run, started

    run(steps.curate(started(), now, only_due=due))


@job.command(epilog="[bold]papers job summarise[/] after an edition is out edits its posts.")
def summarise(now: Now = "") -> None:
    """Have the model, where one is set up, sum up the papers of today's edition; edit what is posted already."""
    from bot.cli import steps
    from bot.cli.start import run, started

    run(steps.summarise(started(), now))


@job.command(epilog="[bold]papers job deliver[/] finishes what an interrupted run left.")
def deliver(now: Now = "") -> None:
    """Publish what is planned. Fails if a message could not be posted."""
    from bot.cli import steps
    from bot.cli.start import run, started

    run(steps.deliver(started(), now))


@ledger.callback(invoke_without_command=True)
def show_deliveries(
    context: typer.Context, team: Annotated[str, typer.Option(metavar="NAME", help="Only this team's.")] = ""
) -> None:
    from bot.cli import deliveries
    from bot.cli.start import run, started

    if context.invoked_subcommand is None:
        run(deliveries.show(started(), team))


@ledger.command("retry")
def retry_post(key: Annotated[str, typer.Argument(help="The beginning of its key.")]) -> None:
    """Try a post that is unknown or dead again. It is looked for in its channel first, and never posted blindly."""
    from bot.cli import deliveries
    from bot.cli.start import run, started

    run(deliveries.retry(started(), key))


@ledger.command("drop")
def drop_post(key: Annotated[str, typer.Argument(help="The beginning of its key.")]) -> None:
    """Give a post up whose fate is unknown: it will not be posted."""
    from bot.cli import deliveries
    from bot.cli.start import run, started

    run(deliveries.drop(started(), key))


@job.command(epilog="[bold]papers job digest --now 2026-01-16T16:00[/]")
def digest(now: Now = "") -> None:
    """Make the weekly digest and the monthly round-up that are due; `papers job deliver` posts them."""
    from bot.cli import steps
    from bot.cli.start import run, started

    run(steps.digest(started(), now))


@job.command(epilog="[bold]papers job watch[/] about once an hour; [bold]papers job deliver[/] posts what it plans.")
def watch(now: Now = "") -> None:
    """Ask arXiv what became of papers that teams saved or were shown, and plan replies under their posts."""
    from bot.cli import steps
    from bot.cli.start import run, started

    run(steps.watch(started(), now))


Channel = Annotated[str, typer.Option(metavar="NAME", help="Of this channel's papers; by default the terminal's.")]
Date = Annotated[str, typer.Option("--date", metavar="DATE", help="Any date in it; by default today's, so far.")]
Out = Annotated[Path | None, typer.Option(help="Write to this file; a chart goes beside it, as PNG.")]


@export.command("digest", epilog="[bold]papers export digest --date 2026-01-15 --out week.md[/]")
def export_digest(channel: Channel = "", date: Date = "", out: Out = None) -> None:
    """A week's papers by topic, as Markdown."""
    from bot.cli.export import write
    from bot.cli.start import run, started

    run(write(started(), f"week {date}", channel=channel, out=out))


@export.command("roundup", epilog="[bold]papers export roundup --date 2026-01 --out january.md[/]")
def export_round_up(channel: Channel = "", date: Date = "", out: Out = None) -> None:
    """A month's papers, the leading ones in depth, as Markdown."""
    from bot.cli.export import write
    from bot.cli.start import run, started

    run(write(started(), f"month {date}", channel=channel, out=out))
