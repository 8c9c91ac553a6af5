"""From how people name a paper to the paper."""

from collections.abc import Callable

from bot.cards import answers, lists
from bot.cards.editions import known_by_date_alone
from bot.commands import Command, PaperName
from bot.editions import HEADER_SLOT, MessageRef
from bot.errors import SourceUnavailable, UserError
from bot.handlers.services import Asker, Services, Unresolved
from bot.papers import ArxivId, Paper
from bot.ports import UnitOfWork

CHOICES = 5
"""Titles offered at the most where several match."""


async def named(name: PaperName, asker: Asker, services: Services, again: Callable[[PaperName], Command]) -> Paper:
    """The paper that `name` means in the asker's channel. A paper not seen before is fetched and kept.

    `again` makes the same command for another name. Raises UserError when there is no such paper, and Unresolved
    with a choice of commands when several titles match.
    """
    if isinstance(name, ArxivId):
        return await by_id(name, services)
    async with services.store() as tx:
        if isinstance(name, int):
            return await _numbered(name, asker, tx)
        matching = await tx.papers.titled(name, limit=CHOICES)
    exact = [paper for paper in matching if paper.title.casefold() == name.casefold()]
    matching = exact if len(exact) == 1 else matching
    if not matching:
        raise UserError(answers.no_such_paper(name))
    if len(matching) > 1:
        raise Unresolved(lists.which_paper(name, matching, [again(paper.id) for paper in matching]))
    return matching[0]


async def _numbered(number: int, asker: Asker, tx: UnitOfWork) -> Paper:
    """The paper with this number in the channel's latest edition that has any: one without takes no numbers away."""
    edition, latest = await tx.editions.latest_with_picks(asker.channel.id), await tx.editions.latest(asker.channel.id)
    if latest and latest != edition and not await tx.posts.of(latest.id):
        # It came, but the database was restored from before it: what people see as number 1 is not in it.
        raise UserError(known_by_date_alone(latest).text)
    if edition is None:
        raise UserError(answers.no_edition_yet())
    paper_id = next((pick.paper_id for pick in edition.picks if pick.number == number), None)
    paper = await tx.papers.get(paper_id) if paper_id else None
    if paper is None:
        raise UserError(answers.no_such_number(number, edition, asker.channel.platform, newer=latest != edition))
    return paper


async def papers_under(message: MessageRef, tx: UnitOfWork) -> tuple[ArxivId, ...]:
    """The paper of the post that is this message, else the papers that a person named in it."""
    post = await tx.posts.by_message(message)
    if post is None:
        return await tx.mentions.of(message)
    edition = await tx.editions.get(post.edition_id) if post.slot != HEADER_SLOT else None
    return tuple(pick.paper_id for pick in edition.picks if pick.number == post.slot) if edition else ()


async def by_id(paper_id: ArxivId, services: Services) -> Paper:
    """The paper with this id. One not seen before is fetched and kept. Raises UserError when there is none."""
    async with services.store() as tx:
        known = await tx.papers.get(paper_id)
    if known:
        return known
    try:
        fetched = await services.source.fetch([paper_id])
    except SourceUnavailable as error:
        raise UserError(answers.source_down(paper_id)) from error
    if not fetched:
        raise UserError(answers.no_such_paper(paper_id))
    async with services.store() as tx:
        await tx.papers.add(fetched, seen_at=services.clock.now())
        await tx.commit()
    return fetched[0]
