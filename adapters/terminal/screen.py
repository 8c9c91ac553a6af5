"""What a person sees of the terminal's channel."""

from rich.console import Console

from adapters.terminal.render import View, render
from adapters.terminal.transcript import Transcript
from bot.messages import Card, Notice, Reply


class Screen:
    """Prints onto a console, and calls papers by their numbers in the transcript's latest edition."""

    def __init__(self, console: Console, transcript: Transcript) -> None:
        self.console = console
        self._transcript = transcript

    def show(self, shown: Card | Notice | Reply) -> None:
        """Prints it with an empty line after it."""
        latest = self._transcript.latest_edition()
        numbers = {message.card.paper_id: number for number, message in latest.items() if message.card.paper_id}
        self.console.print(render(shown, View(self.console.width, self.console.is_terminal, numbers)), "")
