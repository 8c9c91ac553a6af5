"""A week and a month in the terminal, from the sample papers, as SVG."""

import io
import re
import tempfile
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr
from rich.console import Console

from adapters.terminal.screen import Screen
from adapters.terminal.shell import Shell, sender
from bot.app import App, open_app
from bot.config import Settings
from jobs.collect import collect
from jobs.curate import curate
from jobs.deliver import deliver

MORNING = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)
SAID = {
    "ada": ("save 1 3", "save 9912.00046", "note 1 compare with our baseline"),
    "ben": ("save 1", "like 2"),
    "wei": ("save 1 3", "digest month"),
}


async def pictures() -> dict[str, str]:
    """The answers to `digest` and `digest month`, by the names of their files."""
    with tempfile.TemporaryDirectory() as directory:
        settings = Settings(database_url=SecretStr(f"sqlite:///{directory}/gallery.db"), edition_size=8)
        async with open_app(settings, now=MORNING, sample=True) as app:
            await collect(app.store, app.source, clock=app.clock)
            await curate(app.store, app.ranker, now=app.clock.now(), wait=timedelta(), only_due=False)
            await deliver(app.store, app.platforms(), clock=app.clock)
            for name, lines in SAID.items():
                for line in lines:
                    await _said(app, line, name)
            return {"week.svg": await _said(app, "digest", "ada"), "month.svg": await _said(app, "digest month", "ada")}


async def _said(app: App, line: str, name: str) -> str:
    """What the terminal shows when somebody says it."""
    console = Console(record=True, file=io.StringIO(), width=92, force_terminal=True, color_system="truecolor")
    screen = Screen(console, app.transcript)
    shell = Shell(app.dispatch(screen.show), app.transcript, sender(name), screen, app.settings.emoji, patience=None)
    await shell.say(line)
    svg = console.export_svg(title=f"papers> {line}", unique_id="terminal")
    # Fonts from elsewhere are not fetched inside a page; the reader's own monospace stands in.
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
