"""What people say to the bot in messages, where they may say anything."""

from bot.commands.parsing import parse
from bot.commands.table import COMMANDS
from bot.commands.values import Command, Show
from bot.commands.writing import written


def command_in(said: str) -> Command | None:
    """The command that begins with its verb, or is a paper's number; None where something else is said, such as a verb
    that was mistyped."""
    command = parse(said)
    first = said.removeprefix("/papers").split(maxsplit=1)[:1]
    try:
        row = COMMANDS[written(command).split(maxsplit=1)[0]]
    except ValueError:
        return None
    numbered = isinstance(command, Show) and isinstance(command.paper, int)
    named = first and first[0].lower() == row.verb and row.listed
    return command if named or numbered else None
