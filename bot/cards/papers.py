"""Papers as cards: in the morning's edition, in full, and why they are there."""

from datetime import date, datetime

from bot.cards.wording import TEASER_LENGTH, age, counted, dotted, listed, long_date, ordinal, people, shortened
from bot.editions import Pick, Reason, ReasonKind
from bot.messages import Action, Card, Field, Line, Notice, Role
from bot.papers import Paper
from bot.reading_list import Entry, Note, Status
from bot.summaries.extract import one_sentence
from bot.summaries.kept import Teaser

MOST_AUTHORS = 40
"""Authors named in full at the most; some papers have thousands."""
MOST_LINES = 8
"""Lines of a note that stay lines of their own: where many are shown together, a platform has room for so many."""
MOST_OF_TITLE = 60
"""Characters of another paper's title in a reason."""


def why(reasons: tuple[Reason, ...]) -> str:
    """The reasons of a pick as one line."""
    return dotted(_said(reasons))


def _said(reasons: tuple[Reason, ...]) -> list[str]:
    """Each reason in words, but several topics in one breath."""
    topics = [reason for reason in reasons if reason.kind is ReasonKind.TOPIC]
    if len(topics) < 2:
        return [_reason(reason) for reason in reasons]
    together = "matches your topics " + listed([f'"{topic.value}"' for topic in topics])
    return list(dict.fromkeys(together if reason in topics else _reason(reason) for reason in reasons))


_REASONS = {
    ReasonKind.TOPIC: 'matches your topic "{value}"',
    ReasonKind.WORD: 'mentions "{value}"',
    ReasonKind.FOLLOWED_AUTHOR: "by {value}, whom you follow",
    ReasonKind.SAVED_AUTHOR: "your team saved {papers} by {value}",
    ReasonKind.SAVED_TERMS: 'shares "{value}" with {papers} your team saved',
    ReasonKind.SAVED_PAPER: "much like “{value}”, which your team saved",
    ReasonKind.ELSEWHERE: '"{value}" speaks for it, by what readers elsewhere pick',
    ReasonKind.PASSED_TERMS: 'shares "{value}" with {papers} your team passed over',
    ReasonKind.PASSED_AUTHOR: "your team passed over {papers} by {value}",
    ReasonKind.EXPLORING: "a try: little like what your team has judged so far",
    ReasonKind.LANGUAGE_MODELS: 'about language models, speaks of "{value}"',
}


def _reason(reason: Reason) -> str:
    value = shortened(reason.value, MOST_OF_TITLE) if reason.kind is ReasonKind.SAVED_PAPER else reason.value
    return _REASONS[reason.kind].format(value=value, papers=counted(reason.count, "paper"))


def _byline(paper: Paper, topic: str = "") -> Line:
    return Line(dotted((people(paper.authors), paper.primary_category, topic)), Role.QUIET)


def state_of(paper: Paper) -> tuple[Line, ...]:
    """What a reader must know before all else."""
    return (Line("Withdrawn by its authors.", Role.HEADING),) if paper.withdrawn else ()


def paper_actions(
    paper: Paper, entry: Entry | None, *, showing_abstract: bool = False, summary: str = ""
) -> tuple[Action, ...]:
    """What can be done with a paper: three buttons, and behind the ⋯ the five that every platform has room for. A save
    that stands is a state, with how many people made it; a `summary` that stands at an address is opened there."""
    name = str(paper.id)
    savers = len(entry.savers) if entry else 0
    save = Action("Save", f"save {name}")
    if savers:
        save = Action(f"Saved · {counted(savers, 'person', 'people')}", f"toggle {name}", pressed=True)
    read = Action("Mark as read", f"read {name}", more=True)
    if savers and entry and entry.status is Status.READ:
        read = Action("Read", f"unread {name}", pressed=True, more=True)
    last = (
        Action("Why", f"why {name}", more=True) if showing_abstract else Action("Abstract", f"show {name}", more=True)
    )
    return (
        save,
        Action("Open its summary", url=summary) if summary else Action("Summarise", f"summary {name}"),
        Action("Not for us", f"dislike {name}"),
        Action("Tag", f"ask tag {name}", more=True),
        Action("Note", f"ask note {name}", more=True),
        read,
        last,
        Action("Related", f"related {name}", more=True),
    )


def picked_paper(paper: Paper, pick: Pick, entry: Entry | None, teaser: Teaser | None = None) -> Card:
    """A paper as the morning's edition shows it: with what a model says of it, else with a sentence of its own."""
    return Card(
        title=paper.title,
        url=paper.id.url,
        number=pick.number,
        lines=(
            *state_of(paper),
            _byline(paper, pick.topic),
            Line(shortened(teaser.sentence if teaser else one_sentence(paper.abstract), TEASER_LENGTH)),
            Line(f"Why: {why(pick.reasons)}", Role.WHY),
            *((_relevance(teaser),) if teaser else ()),
        ),
        actions=paper_actions(paper, entry),
        paper_id=paper.id,
    )


def _relevance(teaser: Teaser) -> Line:
    for_team = f"For this team: {shortened(teaser.relevance, TEASER_LENGTH)}" if teaser.relevance else ""
    return Line(dotted((for_team, f"in the words of {teaser.model}")), Role.WHY)


def whole_paper(paper: Paper, entry: Entry | None, pick: Pick | None, *, now: datetime, summary: str = "") -> Card:
    """A paper with all that is known of it, by arXiv and by the team. Its `summary` may stand at an address."""
    on_list = entry if entry and entry.savers else None
    details = (
        ("Authors", _full_names(paper)),
        ("arXiv", f"{paper.id}, version {paper.version}, {' '.join(paper.categories)}"),
        ("Submitted", f"{paper.submitted.day} {paper.submitted:%B %Y}" if paper.complete else ""),
        ("Comment", paper.comment),
        ("Journal", paper.journal_ref),
        ("DOI", paper.doi),
        ("List", f"{on_list.status}, saved by {', '.join(on_list.savers)}, {_since(on_list, now)}" if on_list else ""),
        ("Tags", " ".join(f"#{tag}" for tag in entry.tags) if entry else ""),
    )
    notes = entry.notes if entry else ()
    return Card(
        title=paper.title,
        url=paper.id.url,
        number=pick.number if pick else None,
        lines=(
            *state_of(paper),
            Line(paper.abstract),
            *(line for note in notes for line in _note_lines(note)),
            *((Line(f"Why: {why(pick.reasons)}", Role.WHY),) if pick else ()),
        ),
        fields=tuple(Field(name, value) for name, value in details if value),
        actions=paper_actions(paper, entry, showing_abstract=True, summary=summary),
        paper_id=paper.id,
    )


def _note_lines(note: Note) -> tuple[Line, ...]:
    """A note as it was written, line by line; what goes on for longer is one paragraph at the end."""
    written = [line for line in note.text.splitlines() if line.strip()]
    shown = [*written[:MOST_LINES], *([" ".join(written[MOST_LINES:])] if written[MOST_LINES:] else [])]
    signed = f"{note.author}, {long_date(note.written_at.date())}: {shown[0] if shown else ''}"
    return tuple(Line(text, Role.QUIET) for text in (signed, *shown[1:]))


def _full_names(paper: Paper) -> str:
    rest = len(paper.authors) - MOST_AUTHORS
    names = ", ".join(author.name for author in paper.authors[:MOST_AUTHORS])
    return f"{names} and {rest:,} more" if rest > 0 else names


def _since(entry: Entry, now: datetime) -> str:
    old = age(entry.added_at, now)
    return old if old == "today" else f"{old} ago"


def why_picked(paper: Paper, pick: Pick, considered: int, against: tuple[Reason, ...] = ()) -> Card:
    """Why a paper is in an edition, and what spoke against it."""
    return Card(
        title=paper.title,
        url=paper.id.url,
        number=pick.number,
        lines=(
            Line(f"{ordinal(pick.number)} of {counted(considered, 'new paper')}."),
            *_reason_lines(pick.reasons),
            *_against_lines(against),
        ),
        paper_id=paper.id,
    )


def why_not_picked(
    paper: Paper,
    *,
    day: date,
    rank: int,
    considered: int,
    cut: int,
    on_topic: bool,
    reasons: tuple[Reason, ...],
    against: tuple[Reason, ...] = (),
    unwanted: tuple[str, ...] = (),
    on_list: bool = False,
    twin: Paper | None = None,
) -> Card:
    """Why a paper that was looked at is not in the edition of `day`. `rank` counts from 1; `cut` is the edition's size.

    `unwanted` are words of it that the channel does not want, `on_list` tells that the team saved it before, and `twin`
    is a paper that readers were shown and that tells nearly the same.
    """
    ranked = f"Ranked {ordinal(rank)} of {considered:,}"
    if paper.withdrawn:
        verdict = "Not picked: its authors have withdrawn it."
    elif unwanted:
        words = listed([f'"{word}"' for word in unwanted])
        verdict = f"Not picked: it holds {words}, which this channel does not want."
    elif not on_topic:
        verdict = "Not picked: it is outside of what this channel asked for."
    elif on_list:
        verdict = f"{ranked}, and left out: it was on your team's list already."
    elif rank > cut:
        verdict = f"{ranked}; the cut was {cut}."
    else:
        verdict = f"{ranked}, and left out for a {'near-duplicate' if twin else 'crowded topic'}."
    told = (Line(f"“{twin.title}”, which was shown, tells nearly the same."),) if twin else ()
    return Card(
        title=paper.title,
        url=paper.id.url,
        aside=long_date(day),
        lines=(Line(verdict), *told, *_reason_lines(reasons), *_against_lines(against)),
        actions=paper_actions(paper, None),
        paper_id=paper.id,
    )


def _reason_lines(reasons: tuple[Reason, ...]) -> tuple[Line, ...]:
    return tuple(Line(f"{text[0].upper()}{text[1:]}.", Role.WHY) for text in _said(reasons))


def _against_lines(against: tuple[Reason, ...]) -> tuple[Line, ...]:
    return tuple(Line(f"Against it: {_reason(reason)}.", Role.WHY) for reason in against)


def never_considered(paper: Paper) -> Notice:
    """For a paper that no edition of the channel had before it."""
    return Notice(
        f"“{shortened(paper.title, 80)}” was not among the new papers of any edition here.",
        actions=(Action("Show", f"show {paper.id}"),),
    )


def not_considered_yet(paper: Paper) -> Notice:
    """For a paper that was announced after the channel's latest edition was made."""
    return Notice(
        f"“{shortened(paper.title, 80)}” is newer than the latest edition here. The next one may hold it.",
        actions=(Action("Show", f"show {paper.id}"),),
    )
