"""What people do with a paper that changes nothing, and tells of their taste all the same."""

from bot.commands import Discussed
from bot.handlers.naming import papers_under
from bot.handlers.services import Asker, Services
from bot.messages import Reply
from bot.papers import ArxivId
from bot.reading_list import FactKey, Field

YES = "yes"


async def notice(field: Field, paper_id: ArxivId, asker: Asker, services: Services) -> None:
    """Keeps that the asker did so, and when they first did."""
    key = FactKey(paper_id, field, member_id=asker.member.id)
    async with services.store() as tx:
        await tx.lists.set(asker.team_id, key, YES, by=asker.member.id, at=services.clock.now())
        await tx.commit()


async def discussed(command: Discussed, asker: Asker, services: Services) -> Reply:
    """Counts for the papers of the message that the thread hangs from. Never answers: people talk to one another."""
    async with services.store() as tx:
        known = await tx.papers.many(await papers_under(command.message, tx))
    for paper_id in known:
        await notice(Field.DISCUSSED, paper_id, asker, services)
    return Reply(())
