"""Help, and lines that are no command."""

from bot.cards import answers, slips
from bot.commands import COMMANDS, Help, Misunderstood
from bot.handlers.services import Asker, Services, reply
from bot.messages import Reply


async def show_help(command: Help, asker: Asker, _services: Services) -> Reply:
    """One verb, or the table."""
    row, platform = COMMANDS.get(command.verb), asker.channel.platform
    return reply(
        answers.help_verb(row, platform) if row else answers.help_page(platform, everything=command.everything)
    )


async def misunderstood(command: Misunderstood, asker: Asker, _services: Services) -> Reply:
    """What was wrong with the line, and lines that work."""
    return reply(slips.misunderstood(command, asker.channel.platform))
