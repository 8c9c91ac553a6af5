"""The team's list and the search."""

from dataclasses import replace

from bot.cards import lists
from bot.commands import Search, ShowList, paper_name
from bot.handlers.services import Asker, Services, channel_numbers, reply
from bot.messages import Reply
from bot.papers import ArxivId


async def show_list(command: ShowList, asker: Asker, services: Services) -> Reply:
    """One page of the list."""
    wanted = command.wanted
    if wanted.person.casefold() == lists.ME:
        wanted = replace(wanted, person="", saver=asker.member.id)
    async with services.store() as tx:
        entries = await tx.lists.page(
            asker.team_id, wanted, limit=lists.PAGE_SIZE, offset=(command.page - 1) * lists.PAGE_SIZE
        )
        counts = await tx.lists.counts(asker.team_id, wanted)
        numbers = await channel_numbers(asker, tx)
    return reply(lists.reading_list(entries, counts, command, numbers, now=services.clock.now()))


async def search(command: Search, asker: Asker, services: Services) -> Reply:
    """One page of all papers that match, or the one whose id or link was given."""
    name = paper_name(command.text)
    async with services.store() as tx:
        if isinstance(name, ArxivId):
            papers = [*(await tx.papers.many([name])).values()]
        else:
            papers = await tx.papers.search(
                command.text, limit=lists.PAGE_SIZE + 1, offset=(command.page - 1) * lists.PAGE_SIZE
            )
        touched = await tx.lists.entries(asker.team_id, [paper.id for paper in papers])
        numbers = await channel_numbers(asker, tx)
    saved = {paper_id: entry for paper_id, entry in touched.items() if entry.savers}
    named = name if isinstance(name, ArxivId) else None
    return reply(lists.found(papers, command, saved, numbers, named=named))
