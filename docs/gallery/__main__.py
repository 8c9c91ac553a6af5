"""Draws all that the bot shows, from the sample papers: `python -m docs.gallery`.

`slack.png` and `discord.png` are the beginnings of their pages, as a browser shows them.
"""

import asyncio
import io
import re
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console

from adapters.terminal.screen import Screen
from adapters.terminal.shell import Shell, sender
from bot.app import open_app
from bot.config import Settings
from docs.gallery import digests, discord, slack
from jobs.collect import collect
from jobs.curate import curate
from jobs.deliver import deliver

HERE = Path(__file__).parent
MORNING = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)
SAID = ("save 2", "tag 2 agents", "list")


async def terminal() -> str:
    """An edition and a short conversation about it, as SVG."""
    console = Console(record=True, file=io.StringIO(), width=92, force_terminal=True, color_system="truecolor")
    with tempfile.TemporaryDirectory() as directory:
        settings = Settings(
            database_url=SecretStr(f"sqlite:///{directory}/gallery.db"), topics=("reasoning", "agents"), edition_size=3
        )
        async with open_app(settings, now=MORNING, sample=True) as app:
            await collect(app.store, app.source, clock=app.clock)
            await curate(app.store, app.ranker, now=app.clock.now(), wait=timedelta(), only_due=False)
            await deliver(app.store, app.platforms(), clock=app.clock)
            screen = Screen(console, app.transcript)
            dispatch = app.dispatch(screen.show)
            shell = Shell(dispatch, app.transcript, sender("ada"), screen, settings.emoji, patience=None)
            await shell.say("today")
            for line in SAID:
                console.print(f"papers> {line}", style="bold", highlight=False)
                await shell.say(line)
    svg = console.export_svg(title="papers demo", unique_id="terminal")
    # Fonts from elsewhere are not fetched inside a page; the reader's own monospace stands in.
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)


if __name__ == "__main__":
    for file, svg in {"terminal.svg": asyncio.run(terminal()), **asyncio.run(digests.pictures())}.items():
        (HERE / file).write_text(svg, "utf-8")
    for page in (slack, discord):
        for file, content in asyncio.run(page.files()).items():
            (HERE / file).write_bytes(content)
