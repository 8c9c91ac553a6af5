"""Short answers: what a change did, what could not be done, and help."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.announcements import Answer, CategoryState
from bot.cards.spelling import spelled, usage
from bot.cards.wording import clock_time, counted, dotted, listed, long_date, sentence_case, shortened
from bot.commands import COMMANDS, PaperName, Row, Undo, written
from bot.editions import Edition
from bot.messages import Action, Card, Item, Line, Notice, Role, Tone
from bot.papers import ArxivId, Paper
from bot.reading_list import Change, Entry

_DONE: Mapping[str, str] = {
    "save": "Saved",
    "unsave": "Your save is taken back",
    "read": "Marked as read",
    "reading": "Marked as being read",
    "unread": "Marked as unread",
    "like": "More like this",
    "dislike": "Not for us",
    "tag": "Tagged",
    "untag": "Untagged",
    "note": "Noted",
}
_ALREADY: Mapping[str, str] = {
    "save": "You had saved it already",
    "unsave": "You had not saved it",
    "read": "It was marked as read already",
    "reading": "It was being read already",
    "unread": "It was unread already",
    "like": "You liked it already",
    "dislike": "You had said so already",
    "tag": "It had that tag already",
    "untag": "It has no such tag",
    "note": "Nothing to note",
}
"""Every verb that changes something has both sentences."""


def done(change: Change, papers: Mapping[ArxivId, Paper], entries: Mapping[ArxivId, Entry]) -> Notice:
    """What a change did, and how the paper stands now."""
    titles = _titles(change, papers)
    if not change.facts:
        return Notice(f"{_ALREADY[change.verb]}: {titles}.")
    standing = ""
    if len(change.papers) == 1 and (entry := entries.get(change.papers[0])):
        savers = f"saved by {counted(len(entry.savers), 'person', 'people')}" if entry.savers else "not on the list"
        standing = dotted((savers, *(f"#{tag}" for tag in entry.tags)))
    saved = change.papers[0] if change.verb == "save" and len(change.papers) == 1 else None
    more = (Action("Tag", f"ask tag {saved}"), Action("Note", f"ask note {saved}")) if saved else ()
    undo = Action("Undo", written(Undo(change.id)))
    return Notice(dotted((f"{_DONE[change.verb]}: {titles}", standing)), actions=(*more, undo))


def undone(change: Change, papers: Mapping[ArxivId, Paper], *, taken_back: int) -> Notice:
    """How far a change could be taken back: `taken_back` of its facts stood as it had left them."""
    titles = _titles(change, papers)
    if taken_back == 0:
        return Notice(f"Somebody has changed {titles} since, so there is nothing to take back ({change.verb}).")
    rest = "" if taken_back == len(change.facts) else " The rest was changed by somebody since and stays."
    return Notice(f"Taken back: {change.verb} {titles}.{rest}")


def undone_already(change: Change, papers: Mapping[ArxivId, Paper]) -> Notice:
    """For a change that was taken back before."""
    return Notice(f"That was taken back already: {change.verb} {_titles(change, papers)}.")


def overtaken(change: Change, papers: Mapping[ArxivId, Paper]) -> Notice:
    """For a change after which the same was changed again."""
    return Notice(f"This was changed again since and stays as it is now: {change.verb} {_titles(change, papers)}.")


def not_yours_to_undo() -> Notice:
    """For a change that somebody else made, or nobody."""
    return Notice("That is no change of yours, so it stays. Each person can take back their own.")


def nothing_to_undo() -> Notice:
    return Notice("You have changed nothing that could be taken back.")


def _titles(change: Change, papers: Mapping[ArxivId, Paper]) -> str:
    return listed([f"“{shortened(papers[paper_id].title, 80)}”" for paper_id in change.papers])


def no_such_paper(name: ArxivId | str) -> str:
    """For a paper that is neither in the store nor, where it was named by its id, at arXiv."""
    if isinstance(name, ArxivId):
        return f'I can\'t find "{name}" on arXiv. Check the number, or paste the link.'
    return (
        f'No paper that I know has "{shortened(name, 80)}" in its title. '
        "Try fewer words, or name it by its arXiv number or link."
    )


def no_such_number(number: int, edition: Edition, platform: str, *, newer: bool) -> str:
    """For a number that the edition which numbers refer to does not have: the last with papers, though there may be a
    `newer` one without."""
    last = max(pick.number for pick in edition.picks)
    which = f"{long_date(edition.date)}, the last edition with papers" if newer else "the latest edition"
    shows = spelled(f"today {edition.date}" if newer else "today", platform)
    has = f"1 to {last}" if last > 1 else "only 1"
    return f'There is no paper {number} here. Numbers are those of {which}, which has {has}: "{shows}" shows it.'


def of_several(why_not: str) -> str:
    """What is said when one of several papers cannot be found: none of them was touched."""
    return f"{why_not} Nothing was changed."


def no_edition_yet() -> str:
    """For a number where no edition has papers to count."""
    return (
        "No edition with papers has come here yet, so numbers mean nothing. "
        "Name the paper by its arXiv number or link, or by words of its title."
    )


def not_subscribed() -> Notice:
    """For a channel that no editions are brought to."""
    return problem("This channel has no subscription, so no editions come here.", "subscribe", "list", "help")


def source_down(name: PaperName) -> str:
    """For a paper that only arXiv could know, while it does not answer."""
    return f"arXiv does not answer, and I have not seen {name} before. Try again in a few minutes."


def too_long(what: str, length: int, limit: int) -> str:
    """For text that is longer than the store takes."""
    return f"That {what} has {length:,} characters; {limit:,} is the most. Shorten it and send it again."


def problem(text: str, *suggestions: str) -> Notice:
    """Something that the asker can mend, with lines that do."""
    return Notice(text, Tone.PROBLEM, tuple(Action(sentence_case(line), line) for line in suggestions))


def broken(reference: str) -> Notice:
    """Something that is ours to mend; the operator finds `reference` in the log."""
    return Notice(f"Something broke on my side (ref {reference}). It has been logged.", Tone.PROBLEM)


_FIRST_STEPS = (Action("Today", "today"), Action("List", "list"), Action("Settings", "settings"))


def help_page(platform: str, *, everything: bool) -> Card:
    """The verbs that people use first, or all of them, as they are given on `platform`."""
    rows = [row for row in COMMANDS.values() if row.first or (everything and row.listed)]
    how = "A paper is named by its number in the latest edition, by its arXiv id or link, or by words of its title."
    return Card(
        title="What I can do",
        lines=(Line(how, Role.QUIET),),
        items=tuple(Item(spelled(row.examples[0], platform), details=(row.summary,)) for row in rows),
        actions=(*_FIRST_STEPS, *(() if everything else (Action("More", "help more"),))),
    )


def help_verb(row: Row, platform: str) -> Card:
    """One verb in full, as it is given on `platform`."""
    return Card(
        title=usage(row, platform),
        lines=(Line(f"{row.summary}."),),
        items=tuple(Item(spelled(example, platform)) for example in row.examples),
    )


def collection_status(states: Sequence[CategoryState], *, zone: str, now: datetime, verdict: str) -> Card:
    """What arXiv answered for each category, under one sentence that sums it up."""
    return Card(
        title="arXiv",
        lines=(Line(verdict),),
        items=tuple(
            Item(state.category, details=(_answer(state), f"asked {clock_time(state.last_run_at, zone, now=now)}"))
            for state in states
        ),
    )


def _answer(state: CategoryState) -> str:
    last = state.last
    new = f"{last.new:,}" if last.new else "none"
    seen = f"{counted(last.announced, 'paper')} announced, {last.found:,} found, {new} new"
    batch = long_date(last.batch) if last.batch else ""
    match last.answer:
        case Answer.FRESH:
            return dotted((f"{batch}: {seen}", last.problem))
        case Answer.NOTHING_DUE:
            return dotted(("nothing was announced (weekend)", f"latest: {batch}" if batch else ""))
        case Answer.STALE:
            return dotted(("nothing newer yet", f"latest: {batch}" if batch else ""))
        case Answer.FAILED:
            return dotted(("did not answer", last.problem))
