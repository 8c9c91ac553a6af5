"""`papers shell`."""

import sys
from collections.abc import Sequence

from rich.console import Console

from adapters.terminal.screen import Screen
from adapters.terminal.shell import Shell, sender
from bot.app import open_app
from bot.config import Settings


async def talk(settings: Settings, lines: Sequence[str], name: str) -> bool:
    """Does `lines` in order, or else what is typed. False if one of them could not be done."""
    async with open_app(settings) as app:
        screen = Screen(Console(), app.transcript)
        shell = Shell(app.dispatch(screen.show), app.transcript, sender(name), screen, settings.emoji)
        if lines:
            return all([await shell.say(line) for line in lines])
        if sys.stdin.isatty():
            await shell.say("today")
        return await shell.converse()
