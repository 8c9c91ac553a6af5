"""Help, and lines that are no command."""

from bot.cards import answers, slips
from bot.commands import COMMANDS, Help, Misunderstood
from bot.handlers.services import Asker, Services, reply
from bot.messages import Reply


async def show_help(command: Help, _asker: Asker, _services: Services) -> Reply:
    """One verb, or the table."""
    row = COMMANDS.get(command.verb)
    return reply(answers.help_verb(row) if row else answers.help_page(everything=command.everything))


async def misunderstood(command: Misunderstood, _asker: Asker, _services: Services) -> Reply:
    """What was wrong with the line, and lines that work."""
    return reply(slips.misunderstood(command))
