"""What changes the team's list, and how a change is taken back, by `undo` or with the emoji that made it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import TypeAlias, TypeVar

from bot.cards import answers
from bot.commands import (
    AddNote,
    AddTags,
    Command,
    Dislike,
    Like,
    Mark,
    PaperName,
    React,
    RemoveTags,
    Save,
    Summarise,
    Undo,
    Unreact,
    Unsave,
    parse,
    verb_of_emoji,
)
from bot.errors import UserError
from bot.handlers.naming import named, paper_under
from bot.handlers.services import Asker, Services, Unresolved, reply
from bot.handlers.signals import YES
from bot.handlers.summaries import summarise
from bot.messages import Reply
from bot.papers import Paper
from bot.ports import UnitOfWork
from bot.reading_list import PERSONAL, Change, Fact, FactKey, Field, Status

NOTE_LENGTH = 4000
"""Characters of a note at the most: more than a screen, less than a chat message may hold."""

OnPapers: TypeAlias = Save | Unsave | Mark | Like | Dislike
OnPaper: TypeAlias = AddTags | RemoveTags | AddNote
Named = TypeVar("Named", bound=OnPapers | OnPaper)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a command wants of each paper it names."""

    verb: str
    facts: tuple[tuple[Field, str, str | None], ...]
    """Field, name, value."""
    keeps: bool = False
    """Puts the paper on the list, saved by the asker, if nobody saves it yet."""


def _wish(command: OnPapers | OnPaper) -> _Wish:
    match command:
        case Save():
            return _Wish("save", ((Field.SAVED, "", YES),))
        case Unsave():
            return _Wish("unsave", ((Field.SAVED, "", None),))
        case Like():
            return _Wish("like", ((Field.LIKED, "", YES), (Field.DISLIKED, "", None)))
        case Dislike():
            return _Wish("dislike", ((Field.DISLIKED, "", YES), (Field.LIKED, "", None)))
        case Mark(_, status):
            has_read = YES if status is Status.READ else None
            return _Wish(status.value, ((Field.STATUS, "", status.value), (Field.HAS_READ, "", has_read)), keeps=True)
        case AddTags(_, tags):
            return _Wish("tag", tuple((Field.TAG, tag.name, YES) for tag in tags), keeps=True)
        case RemoveTags(_, tags):
            return _Wish("untag", tuple((Field.TAG, tag.name, None) for tag in tags))
        case AddNote(_, text):
            return _Wish("note", ((Field.NOTE, token_hex(8), text),), keeps=True)


async def on_papers(command: OnPapers, asker: Asker, services: Services) -> Reply:
    """Save, unsave, read, reading, unread, like, dislike."""

    def again(index: int) -> Callable[[PaperName], Command]:
        names = command.papers
        return lambda name: replace(command, papers=(*names[:index], name, *names[index + 1 :]))

    try:
        papers = [await named(name, asker, services, again(index)) for index, name in enumerate(command.papers)]
    except UserError as error:
        if len(command.papers) == 1 or isinstance(error, Unresolved):
            raise
        raise UserError(answers.of_several(str(error))) from error
    return await _changed(papers, _wish(command), asker, services, cause="command")


async def on_paper(command: OnPaper, asker: Asker, services: Services) -> Reply:
    """Tag, untag, note."""
    if isinstance(command, AddNote) and len(command.text) > NOTE_LENGTH:
        raise UserError(answers.too_long("note", len(command.text), NOTE_LENGTH))
    paper = await named(command.paper, asker, services, lambda name: replace(command, paper=name))
    return await _changed([paper], _wish(command), asker, services, cause="command")


async def _changed(papers: Sequence[Paper], wish: _Wish, asker: Asker, services: Services, *, cause: str) -> Reply:
    """Makes what is wished so, in one transaction with the record that lets it be taken back."""
    by_id = {paper.id: paper for paper in papers}
    now = services.clock.now()
    async with services.store() as tx:
        facts = []
        for paper_id in by_id:
            wanted = list(wish.facts)
            entry = await tx.lists.entry(asker.team_id, paper_id)
            if wish.keeps and not (entry and entry.savers):
                wanted.insert(0, (Field.SAVED, "", YES))
            for field, name, value in wanted:
                owner = asker.member.id if field in PERSONAL else None
                key = FactKey(paper_id, field, name, owner)
                before = await tx.lists.value(asker.team_id, key)
                if field is Field.STATUS and before is None:
                    before = Status.UNREAD.value
                if before != value:
                    await tx.lists.set(asker.team_id, key, value, by=asker.member.id, at=now)
                    facts.append(Fact(key, before, value))
        change = await tx.changes.record(
            Change(0, asker.team_id, asker.member.id, wish.verb, cause, tuple(by_id), tuple(facts), now)
        )
        entries = await tx.lists.entries(asker.team_id, list(by_id))
        await tx.commit()
    return reply(answers.done(change, by_id, entries))


async def undo(_: Undo, asker: Asker, services: Services) -> Reply:
    """Takes back the asker's last change, as far as nobody has changed the same since."""
    async with services.store() as tx:
        change = await tx.changes.last(asker.member.id)
        if change is None:
            return reply(answers.nothing_to_undo())
        taken_back = await _take_back(change, tx, services)
        papers = await tx.papers.many(change.papers)
        await tx.commit()
    return reply(answers.undone(change, papers, taken_back=taken_back))


async def _take_back(change: Change, tx: UnitOfWork, services: Services) -> int:
    """Sets the facts of a change as they were, where they still stand as it left them; how many those were."""
    now, count = services.clock.now(), 0
    for fact in reversed(change.facts):
        if await tx.lists.value(change.team_id, fact.key) == fact.after:
            await tx.lists.set(change.team_id, fact.key, fact.before, by=change.member_id, at=now)
            count += 1
    await tx.changes.take_back(change.id, at=now)
    return count


async def react(command: React, asker: Asker, services: Services) -> Reply:
    """An emoji on a post does what its verb does. One without a meaning, or on another message, does nothing."""
    about = await _meant(command, services)
    if about is None:
        return Reply(())
    verb, paper = about
    meant = parse(f"{verb} {paper.id}")
    if isinstance(meant, Summarise):
        return await summarise(meant, asker, services)
    if not isinstance(meant, Save | Unsave | Mark | Like | Dislike):
        return Reply(())
    return await _changed([paper], _wish(meant), asker, services, cause=_cause(command))


async def unreact(command: Unreact, asker: Asker, services: Services) -> Reply:
    """Takes back what the emoji did.

    Where another emoji, or a command, said the same and still stands, that one now carries the effect.
    """
    about = await _meant(command, services)
    if about is None:
        return Reply(())
    verb, paper = about
    async with services.store() as tx:
        standing = await tx.changes.standing(asker.member.id, paper.id, verb)
        mine = next((change for change in standing if change.cause == _cause(command)), None)
        if mine is None:
            return Reply(())
        heir = next((change for change in standing if change.cause != mine.cause), None)
        if heir:
            held = {fact.key for fact in heir.facts}
            handed_on = tuple(fact for fact in mine.facts if fact.key not in held)
            await tx.changes.replace(replace(heir, facts=(*handed_on, *heir.facts)))
            await tx.changes.take_back(mine.id, at=services.clock.now())
            await tx.commit()
            return Reply(())
        taken_back = await _take_back(mine, tx, services)
        await tx.commit()
    return reply(answers.undone(mine, {paper.id: paper}, taken_back=taken_back)) if mine.facts else Reply(())


def _cause(command: React | Unreact) -> str:
    return f"reaction:{command.emoji.strip(':').partition(':')[0].casefold()}"


async def _meant(command: React | Unreact, services: Services) -> tuple[str, Paper] | None:
    """The verb that the emoji stands for, and the paper of the post it is on."""
    verb = verb_of_emoji(command.emoji, services.emoji)
    paper = await paper_under(command.message, services) if verb else None
    return (verb, paper) if verb and paper else None
