"""`papers demo`: today's edition in a minute, on a database of its own."""

import sys
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console

from adapters.terminal.screen import Screen
from adapters.terminal.shell import Shell, sender
from bot.announcements import Answer, CollectionRun
from bot.app import App, open_app
from bot.cli.start import progress_shown
from bot.config import Settings
from bot.messages import Notice
from jobs.collect import collect
from jobs.curate import curate
from jobs.deliver import deliver
from jobs.summarise import summarise

_ATTEMPTS = 1
_TIMEOUT = 10.0
"""Seconds. Who wants to have a look does not wait for a server that is down; the next demo tries again."""

NO_WAIT = timedelta()
"""A demo shows what there is, and names what is missing."""

SAMPLE = (
    "{why}, so these are sample papers: invented, with invented authors, to show what an edition looks like. "
    "Their links lead nowhere."
)
KEPT = "This demo is kept in {file}. Take it up again with: DATABASE_URL=sqlite:///{file} .venv/bin/papers shell"


async def demonstrate(settings: Settings, database: Path) -> None:
    """Prints today's edition, made now unless it was made before; then takes lines, if somebody can type any."""
    # Real and invented papers never share a database: nobody could tell them apart in a list or a search later.
    async with open_app(_on(database, settings), attempts=_ATTEMPTS) as app:
        run = await _publish(app)
        async with app.store() as tx:
            seen = await tx.papers.latest_batch(settings.categories)
        if seen:
            await _converse(app, database)
            return
    failed = any(answer.answer is Answer.FAILED for answer in run.answers)
    why = "arXiv cannot be reached from here" if failed else "arXiv has announced nothing yet"
    sample = database.with_stem(f"{database.stem}-sample")
    async with open_app(_on(sample, settings).model_copy(update=_default_interests()), sample=True) as app:
        await _publish(app)
        await _converse(app, sample, Notice(SAMPLE.format(why=why)))


def _on(database: Path, settings: Settings) -> Settings:
    changed = {
        "database_url": SecretStr(f"sqlite:///{database}"),
        "terminal_transcript": "",
        "arxiv_timeout": min(settings.arxiv_timeout, _TIMEOUT),
    }
    return settings.model_copy(update=changed)


def _default_interests() -> dict[str, object]:
    """The sample is small: what somebody set for arXiv may well match nothing in it."""
    names = ("categories", "topics", "wanted", "unwanted", "authors")
    return {name: Settings.model_fields[name].default for name in names}


async def _publish(app: App) -> CollectionRun:
    with progress_shown() as progress:
        run = await collect(app.store, app.source, clock=app.clock, progress=progress)
        progress("Choosing today's papers", 0, 0)
        await curate(app.store, app.ranker, now=app.clock.now(), wait=NO_WAIT, only_due=False)
        progress("Summing them up", 0, 0)
        await summarise(
            app.store,
            app.summariser,
            budget=app.settings.budget,
            language=app.settings.summary_language,
            clock=app.clock,
        )
        await deliver(app.store, app.platforms(), clock=app.clock, progress=progress)
    return run


async def _converse(app: App, database: Path, *first: Notice) -> None:
    screen = Screen(Console(), app.transcript)
    for notice in first:
        screen.show(notice)
    shell = Shell(app.dispatch(screen.show), app.transcript, sender(), screen, app.settings.emoji)
    await shell.say("today")
    if sys.stdin.isatty():
        await shell.converse()
    screen.show(Notice(KEPT.format(file=database)))
