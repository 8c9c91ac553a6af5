"""A command back to a line of text: what buttons carry."""

from bot.commands.linking import Link, Unlink
from bot.commands.settings import order
from bot.commands.values import (
    AddNote,
    AddTags,
    Ask,
    ChangeSettings,
    Command,
    Dislike,
    Elsewhere,
    ForMe,
    Help,
    Language,
    Like,
    Mark,
    PaperName,
    PauseEditions,
    Preview,
    Related,
    RemoveTags,
    ResumeEditions,
    Save,
    Search,
    Show,
    ShowDigest,
    ShowHome,
    ShowList,
    ShowStatus,
    ShowUsage,
    SkipEdition,
    Subscribe,
    Summarise,
    Today,
    ToggleSave,
    Undo,
    Unsave,
    Unsubscribe,
    Why,
)
from bot.reading_list import ListFilter
from bot.summaries.values import SummaryKind
from bot.teams import DAYS, Adjustment, EditionKind, Order


def written(command: Command) -> str:  # noqa: C901 - one flat case for each command
    """A line that parses to `command` again.

    Raises ValueError for what has no line: emoji, messages, misunderstandings, and settings with a phrase that would
    be read as another setting.
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
        case Language(tag):
            words = ["language", "" if tag is None else tag or "default"]
        case Why(paper):
            words = ["why", _name(paper)]
        case Related(paper):
            words = ["related", _name(paper)]
        case Preview(adjustment):
            words = ["preview", *_settings(Order(adjustment))]
        case Subscribe(order):
            words = ["subscribe", *_settings(order)]
        case ChangeSettings(order, channel):
            words = ["settings", _in(channel), *_settings(order)]
        case Unsubscribe():
            words = ["unsubscribe"]
        case Elsewhere(channel, said):
            words = ["there", _in(channel), written(said)]
        case Ask(verb, paper, channel):
            words = ["ask", verb, "" if paper is None else _name(paper), _in(channel)]
        case ShowHome(tab, wanted, page):
            words = ["home", tab.value, *_filter(wanted), _page(page)]
        case ForMe(None):
            words = ["for me"]
        case ForMe(Adjustment() as own):
            words = ["for me", *(_settings(Order(own)) or ["reset"])]
        case Save(papers):
            words = ["save", *map(_name, papers)]
        case ToggleSave(papers):
            words = ["toggle", *map(_name, papers)]
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
        case PauseEditions(until):
            words = ["pause", f"until {until}" if until else ""]
        case SkipEdition(tomorrow):
            words = ["skip", "tomorrow" if tomorrow else ""]
        case ResumeEditions():
            words = ["resume"]
        case Link(code, sure):
            words = ["link", code, "yes" if sure else ""]
        case Unlink():
            words = ["unlink"]
        case ShowStatus():
            words = ["status"]
        case Undo(change):
            words = ["undo", "" if change is None else f"change:{change}"]
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


def _in(channel: int | None) -> str:
    return "" if channel is None else f"in:{channel}"


def _settings(wanted: Order | None) -> list[str]:
    """Nothing for None and for an order of nothing, which only the verb can tell apart."""
    if wanted is None:
        return []
    chosen = wanted.adjustment
    topics = None if chosen.topics is None else [topic.name for topic in chosen.topics]
    days = None if wanted.days is None else [DAYS[day][:3] for day in sorted(wanted.days)]
    lists = {
        "categories": chosen.categories,
        "topics": topics,
        "wanted": chosen.wanted,
        "unwanted": chosen.unwanted,
        "authors": chosen.authors,
        "days": days,
        "digests": None if wanted.digests is None else sorted(wanted.digests),
    }
    single = {
        "size": chosen.size,
        "at": wanted.at and f"{wanted.at:%H:%M}",
        "zone": wanted.zone,
        "layout": wanted.layout,
        "offers": wanted.offers,
        "on_nothing": wanted.on_nothing,
    }
    words = [f"{name}:{','.join(values)}" for name, values in lists.items() if values is not None]
    words += [f"{name}:{value}" for name, value in single.items() if value is not None]
    if order(" ".join(words)) != wanted:
        raise ValueError("a phrase among these settings would be read as another setting")
    return words
