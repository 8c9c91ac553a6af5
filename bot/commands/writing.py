"""A command back to a line of text: what buttons carry."""

from bot.commands.values import (
    AddNote,
    AddTags,
    Command,
    Dislike,
    ForMe,
    Help,
    Like,
    Mark,
    PaperName,
    Preview,
    Related,
    RemoveTags,
    Save,
    Search,
    Show,
    ShowDigest,
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
from bot.teams import Adjustment, EditionKind


def written(command: Command) -> str:  # noqa: C901 - one flat case for each command
    """A line that parses to `command` again.

    Raises ValueError for what has no line: emoji and misunderstandings.
    """
    match command:
        case Today(day):
            words = ["today", day.isoformat() if day else ""]
        case ShowDigest(kind, day):
            period = "month" if kind is EditionKind.MONTHLY else "week" if day else ""
            words = ["digest", period, day.isoformat() if day else ""]
        case Show(paper):
            words = ["show", _name(paper)]
        case Summarise(paper, kind):
            words = ["summary", _name(paper), "" if kind is SummaryKind.INSIGHTS else kind.value]
        case ShowUsage():
            words = ["usage"]
        case Why(paper):
            words = ["why", _name(paper)]
        case Related(paper):
            words = ["related", _name(paper)]
        case Preview(adjustment):
            words = ["preview", *_settings(adjustment)]
        case ForMe(None):
            words = ["for me"]
        case ForMe(Adjustment() as own):
            words = ["for me", *(_settings(own) or ["reset"])]
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


def _settings(adjustment: Adjustment) -> list[str]:
    topics = None if adjustment.topics is None else [topic.name for topic in adjustment.topics]
    lists = {
        "categories": adjustment.categories,
        "topics": topics,
        "wanted": adjustment.wanted,
        "unwanted": adjustment.unwanted,
        "authors": adjustment.authors,
    }
    size = [] if adjustment.size is None else [f"size:{adjustment.size}"]
    return [f"{name}:{','.join(values)}" for name, values in lists.items() if values is not None] + size
