"""A command back to a line of text: what buttons carry."""

from bot.commands.values import (
    AddNote,
    AddTags,
    Command,
    Dislike,
    Help,
    Like,
    Mark,
    PaperName,
    RemoveTags,
    Save,
    Search,
    Show,
    ShowList,
    ShowStatus,
    ShowUsage,
    Summarise,
    Today,
    Undo,
    Unsave,
    Why,
)
from bot.reading_list import ListFilter
from bot.summaries.values import SummaryKind


def written(command: Command) -> str:  # noqa: C901 - one flat case for each command
    """A line that parses to `command` again.

    Raises ValueError for what has no line: emoji and misunderstandings.
    """
    match command:
        case Today(day):
            words = ["today", day.isoformat() if day else ""]
        case Show(paper):
            words = ["show", _name(paper)]
        case Summarise(paper, kind):
            words = ["summary", _name(paper), "" if kind is SummaryKind.INSIGHTS else kind.value]
        case ShowUsage():
            words = ["usage"]
        case Why(paper):
            words = ["why", _name(paper)]
        case Save(papers):
            words = ["save", *map(_name, papers)]
        case Unsave(papers):
            words = ["unsave", *map(_name, papers)]
        case Like(papers):
            words = ["like", *map(_name, papers)]
        case Dislike(papers):
            words = ["dislike", *map(_name, papers)]
        case Mark(papers, status):
            words = [status.value, *map(_name, papers)]
        case AddTags(paper, tags):
            words = ["tag", _name(paper), *(tag.name for tag in tags)]
        case RemoveTags(paper, tags):
            words = ["untag", _name(paper), *(tag.name for tag in tags)]
        case AddNote(paper, text):
            words = ["note", _name(paper), text]
        case ShowList(wanted, page):
            words = ["list", *_filter(wanted), _page(page)]
        case Search(text, page):
            words = ["search", text, _page(page)]
        case ShowStatus():
            words = ["status"]
        case Undo():
            words = ["undo"]
        case Help(verb, everything):
            words = ["help", "more" if everything else verb]
        case _:
            raise ValueError(f"{type(command).__name__} has no line")
    return " ".join(word for word in words if word)


def _name(name: PaperName) -> str:
    return f'"{name}"' if isinstance(name, str) else str(name)


def _page(page: int) -> str:
    return f"page:{page}" if page > 1 else ""


def _filter(wanted: ListFilter) -> list[str]:
    return [
        f"status:{wanted.status}" if wanted.status else "",
        *(f"tag:{tag}" for tag in wanted.tags),
        f'by:"{wanted.person}"' if wanted.person else "",
        wanted.text,
    ]
