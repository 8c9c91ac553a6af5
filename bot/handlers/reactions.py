"""An emoji on a message that is about papers does what its verb does; taken back, it takes that back."""

from dataclasses import replace

from bot.cards import answers
from bot.commands import Dislike, Like, Mark, React, Save, Summarise, Unreact, Unsave, emoji_name, parse, verb_of_emoji
from bot.handlers.changes import make_so, take_back, wish_of
from bot.handlers.naming import by_id, papers_under
from bot.handlers.services import Asker, Services, reply
from bot.handlers.summaries import summarise
from bot.messages import Reply
from bot.papers import ArxivId
from bot.ports import UnitOfWork
from bot.reading_list import Change, Fact


async def react(command: React, asker: Asker, services: Services) -> Reply:
    """Does what the emoji means to the papers that the message is about: a post's, or those that a person named in it.

    One without a meaning, on another message, or heard of already, does nothing. What was not done is not kept as
    heard of, so that it is done when it is told again.
    """
    verb = verb_of_emoji(command.emoji, services.emoji)
    if verb is None:
        return Reply(())
    async with services.store() as tx:
        ids = await papers_under(command.message, tx)
        known = await tx.reactions.on(command.message)
    if not ids or (asker.member.external_id, emoji_name(command.emoji)) in known:
        return Reply(())
    papers = [await by_id(paper_id, services) for paper_id in ids]
    meant = parse(" ".join((verb, *map(str, ids))))
    if verb == "summary":
        answered = [await summarise(Summarise(paper.id), asker, services) for paper in papers]
        async with services.store() as tx:
            await _put(command, asker, tx)
            await tx.commit()
        return reply(*(part for answer in answered for part in answer.parts))
    if not isinstance(meant, Save | Unsave | Mark | Like | Dislike):
        return Reply(())
    async with services.store() as tx:
        if not await _put(command, asker, tx):
            return Reply(())
        done = await make_so(papers, wish_of(meant), asker, tx, cause=_cause(command), now=services.clock.now())
        await tx.commit()
    return reply(done)


async def unreact(command: Unreact, asker: Asker, services: Services) -> Reply:
    """Takes back what the emoji did.

    Where another emoji, or a command, said the same of a paper and still stands, that one now carries the effect.
    """
    verb = verb_of_emoji(command.emoji, services.emoji)
    if verb is None:
        return Reply(())
    async with services.store() as tx:
        await tx.reactions.take(command.message, asker.member.external_id, emoji_name(command.emoji))
        ids = await papers_under(command.message, tx)
        mine = await _made_by(command, ids, verb, asker, tx)
        ours = [fact for paper_id in ids for fact in await _nobody_elses(mine, paper_id, asker, tx)] if mine else []
        taken_back = await take_back(replace(mine, facts=tuple(ours)), tx, services) if mine else 0
        papers = await tx.papers.many(ids)
        await tx.commit()
    if mine is None or not ours:
        return Reply(())
    return reply(answers.undone(replace(mine, facts=tuple(ours)), papers, taken_back=taken_back))


async def _put(command: React, asker: Asker, tx: UnitOfWork) -> bool:
    return await tx.reactions.put(command.message, asker.member.external_id, emoji_name(command.emoji))


async def _made_by(
    command: Unreact, ids: tuple[ArxivId, ...], verb: str, asker: Asker, tx: UnitOfWork
) -> Change | None:
    """The change that the emoji made, if it still stands."""
    if not ids:
        return None
    standing = await tx.changes.standing(asker.member.id, ids[0], verb)
    return next((change for change in standing if (change.cause, change.papers) == (_cause(command), ids)), None)


async def _nobody_elses(mine: Change, paper_id: ArxivId, asker: Asker, tx: UnitOfWork) -> list[Fact]:
    """What `mine` made so of a paper, unless another change of the asker says the same: that one is given the facts."""
    facts = [fact for fact in mine.facts if fact.key.paper_id == paper_id]
    standing = await tx.changes.standing(asker.member.id, paper_id, mine.verb)
    heir = next((change for change in standing if change.id != mine.id), None)
    if heir is None:
        return facts
    held = {fact.key for fact in heir.facts}
    handed_on = tuple(fact for fact in facts if fact.key not in held)
    await tx.changes.replace(replace(heir, facts=(*handed_on, *heir.facts)))
    return []


def _cause(command: React | Unreact) -> str:
    return f"reaction:{emoji_name(command.emoji)}"
