"""The papers most like one."""

import asyncio

from bot.cards import lists
from bot.commands import Related
from bot.curation.related import most_alike, questions
from bot.handlers.naming import named
from bot.handlers.services import Asker, Services, channel_numbers, reply
from bot.messages import Reply

ASKED, FOUND = 20, 50
"""Questions to the store at the most, and papers that each may bring: the last ones."""


async def related(command: Related, asker: Asker, services: Services) -> Reply:
    """The papers most like a paper among those that share words of its title."""
    paper = await named(command.paper, asker, services, Related)
    async with services.store() as tx:
        found = [await tx.papers.search(words, limit=FOUND) for words in questions(paper)[:ASKED]]
    others = {other.id: other for papers in found for other in papers}
    alike = await asyncio.to_thread(most_alike, paper, list(others.values()), limit=lists.PAGE_SIZE)
    async with services.store() as tx:
        touched = await tx.lists.entries(asker.team_id, [one.paper.id for one in alike])
        numbers = await channel_numbers(asker, tx)
    saved = {paper_id: entry for paper_id, entry in touched.items() if entry.savers}
    return reply(lists.related(paper, [one.paper for one in alike], saved, numbers))
