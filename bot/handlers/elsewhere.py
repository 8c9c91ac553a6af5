"""What is said of a channel from outside of it."""

from bot.commands import Elsewhere, PauseEditions, ResumeEditions, Unsubscribe
from bot.handlers.schedule import pause, resume
from bot.handlers.services import Asker, Services
from bot.handlers.subscriptions import named_elsewhere, unsubscribe
from bot.messages import Reply


async def elsewhere(command: Elsewhere, asker: Asker, services: Services) -> Reply:
    """As if it were said in that channel."""
    async with services.store() as tx:
        _, channel = await named_elsewhere(command.channel, asker, tx)
    there = Asker(asker.member, channel)
    match command.command:
        case PauseEditions() as said:
            return await pause(said, there, services)
        case ResumeEditions() as said:
            return await resume(said, there, services)
        case Unsubscribe() as said:
            return await unsubscribe(said, there, services)
