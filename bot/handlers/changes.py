"""What changes the team's list, and how a change is taken back."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
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
    RemoveTags,
    Save,
    ToggleSave,
    Undo,
    Unsave,
)
from bot.errors import UserError
from bot.handlers.naming import named
from bot.handlers.services import Asker, Services, Unresolved, reply
from bot.handlers.signals import YES
from bot.messages import Notice, Reply
from bot.papers import Paper
from bot.ports import UnitOfWork
from bot.reading_list import NOTE_LENGTH, PERSONAL, Change, Fact, FactKey, Field, Status

OnPapers: TypeAlias = Save | Unsave | ToggleSave | Mark | Like | Dislike
OnPaper: TypeAlias = AddTags | RemoveTags | AddNote
Named = TypeVar("Named", bound=OnPapers | OnPaper)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a command wants of each paper it names."""

    verb: str
    facts: tuple[tuple[Field, str, str | None], ...]
    """Field, name, value."""
    keeps: bool = False
    """Puts the paper on the list, saved by the asker, if nobody saves it yet."""


def wish_of(command: Save | Unsave | Mark | Like | Dislike | OnPaper) -> Wish:
    """What `command` wants of each of its papers."""
    match command:
        case Save():
            return Wish("save", ((Field.SAVED, "", YES),))
        case Unsave():
            return Wish("unsave", ((Field.SAVED, "", None),))
        case Like():
            return Wish("like", ((Field.LIKED, "", YES), (Field.DISLIKED, "", None)))
        case Dislike():
            return Wish("dislike", ((Field.DISLIKED, "", YES), (Field.LIKED, "", None)))
        case Mark(_, status):
            has_read = YES if status is Status.READ else None
            return Wish(status.value, ((Field.STATUS, "", status.value), (Field.HAS_READ, "", has_read)), keeps=True)
        case AddTags(_, tags):
            return Wish("tag", tuple((Field.TAG, tag.name, YES) for tag in tags), keeps=True)
        case RemoveTags(_, tags):
            return Wish("untag", tuple((Field.TAG, tag.name, None) for tag in tags))
        case AddNote(_, text):
            return Wish("note", ((Field.NOTE, token_hex(8), text),), keeps=True)


async def on_papers(command: OnPapers, asker: Asker, services: Services) -> Reply:
    """Save, unsave, toggle, read, reading, unread, like, dislike."""

    def again(index: int) -> Callable[[PaperName], Command]:
        names = command.papers
        return lambda name: replace(command, papers=(*names[:index], name, *names[index + 1 :]))

    try:
        papers = [await named(name, asker, services, again(index)) for index, name in enumerate(command.papers)]
    except UserError as error:
        if len(command.papers) == 1 or isinstance(error, Unresolved):
            raise
        raise UserError(answers.of_several(str(error))) from error
    if isinstance(command, ToggleSave):
        command = await _toggled(papers, asker, services)
    return await _changed(papers, wish_of(command), asker, services)


async def _toggled(papers: Sequence[Paper], asker: Asker, services: Services) -> Save | Unsave:
    ids = tuple(paper.id for paper in papers)
    mine = [FactKey(paper_id, Field.SAVED, member_id=asker.member.id) for paper_id in ids]
    async with services.store() as tx:
        saved = [await tx.lists.value(asker.team_id, key) for key in mine]
    return Unsave(ids) if all(saved) else Save(ids)


async def on_paper(command: OnPaper, asker: Asker, services: Services) -> Reply:
    """Tag, untag, note."""
    if isinstance(command, AddNote) and len(command.text) > NOTE_LENGTH:
        raise UserError(answers.too_long("note", len(command.text), NOTE_LENGTH))
    paper = await named(command.paper, asker, services, lambda name: replace(command, paper=name))
    return await _changed([paper], wish_of(command), asker, services)


async def _changed(papers: Sequence[Paper], wish: Wish, asker: Asker, services: Services) -> Reply:
    async with services.store() as tx:
        done = await make_so(papers, wish, asker, tx, cause="command", now=services.clock.now())
        await tx.commit()
    return reply(done)


async def make_so(
    papers: Sequence[Paper], wish: Wish, asker: Asker, tx: UnitOfWork, *, cause: str, now: datetime
) -> Notice:
    """Makes what is wished so, and records it so that it can be taken back; returns what to say of it."""
    by_id = {paper.id: paper for paper in papers}
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
    made = await tx.changes.record(
        Change(0, asker.team_id, asker.member.id, wish.verb, cause, tuple(by_id), tuple(facts), now)
    )
    if facts:
        await tx.posts.outdate(asker.team_id, list(by_id), at=now)
    return answers.done(made, by_id, await tx.lists.entries(asker.team_id, list(by_id)))


async def undo(command: Undo, asker: Asker, services: Services) -> Reply:
    """Takes back the asker's last change, as far as nobody has changed the same since; or the one named, whole."""
    if command.change is not None:
        return await _undo_one(command.change, asker, services)
    async with services.store() as tx:
        change = await tx.changes.last(asker.member.id)
        if change is None:
            return reply(answers.nothing_to_undo())
        # What somebody changed and changed back since looks as this change left it, and yet is theirs now.
        taken_back = await take_back(change, tx, services, but=await tx.changes.overtaken(change))
        papers = await tx.papers.many(change.papers)
        await tx.commit()
    return reply(answers.undone(change, papers, taken_back=taken_back))


async def _undo_one(change_id: int, asker: Asker, services: Services) -> Reply:
    """Takes a change of the asker's back if all of it stands as it left it; else says why not, and changes nothing."""
    async with services.store() as tx:
        change = await tx.changes.recorded(change_id)
        if change is None or change.member_id != asker.member.id or not change.facts:
            return reply(answers.not_yours_to_undo())
        papers = await tx.papers.many(change.papers)
        if change.taken_back:
            return reply(answers.undone_already(change, papers))
        stands = [await tx.lists.value(change.team_id, fact.key) == fact.after for fact in change.facts]
        if not all(stands) or await tx.changes.overtaken(change):
            return reply(answers.overtaken(change, papers))
        taken_back = await take_back(change, tx, services)
        await tx.commit()
    return reply(answers.undone(change, papers, taken_back=taken_back))


async def take_back(
    change: Change, tx: UnitOfWork, services: Services, *, but: Collection[FactKey] = frozenset()
) -> int:
    """Sets the facts of a change as they were, `but` some, where they stand as it left them; how many those were."""
    now, count = services.clock.now(), 0
    for fact in reversed(change.facts):
        if fact.key not in but and await tx.lists.value(change.team_id, fact.key) == fact.after:
            await tx.lists.set(change.team_id, fact.key, fact.before, by=change.member_id, at=now)
            count += 1
    await tx.changes.take_back(change.id, at=now)
    await tx.posts.outdate(change.team_id, change.papers, at=now)
    return count
