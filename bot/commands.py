"""What people can say: one dataclass a command, one row of `COMMANDS` a verb, and text to command and back."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeAlias

from bot.editions import MessageRef
from bot.papers import ArxivId, NotAnArxivId
from bot.reading_list import ListFilter, Status, Tag

PaperName: TypeAlias = int | ArxivId | str
"""How a paper is named: its number in the channel's latest edition, its id, or words of its title."""


@dataclass(frozen=True, slots=True)
class Today:
    """The channel's edition of `day`, or the latest."""

    day: date | None = None


@dataclass(frozen=True, slots=True)
class Show:
    paper: PaperName


@dataclass(frozen=True, slots=True)
class Save:
    papers: tuple[PaperName, ...]


@dataclass(frozen=True, slots=True)
class Unsave:
    papers: tuple[PaperName, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Sets how far the team is with papers."""

    papers: tuple[PaperName, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class Like:
    papers: tuple[PaperName, ...]


@dataclass(frozen=True, slots=True)
class Dislike:
    papers: tuple[PaperName, ...]


@dataclass(frozen=True, slots=True)
class AddTags:
    paper: PaperName
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class RemoveTags:
    paper: PaperName
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class AddNote:
    paper: PaperName
    text: str


@dataclass(frozen=True, slots=True)
class ShowList:
    wanted: ListFilter = ListFilter()
    page: int = 1


@dataclass(frozen=True, slots=True)
class Search:
    text: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class Why:
    paper: PaperName


@dataclass(frozen=True, slots=True)
class ShowStatus:
    pass


@dataclass(frozen=True, slots=True)
class Undo:
    pass


@dataclass(frozen=True, slots=True)
class Help:
    """`verb` for one verb's page; `everything` for those behind "more"."""

    verb: str = ""
    everything: bool = False


@dataclass(frozen=True, slots=True)
class React:
    """An emoji, by its name without colons or skin tone, was put on a message. Not a verb: platforms send it."""

    message: MessageRef
    emoji: str


@dataclass(frozen=True, slots=True)
class Unreact:
    """The emoji was taken back."""

    message: MessageRef
    emoji: str


class Slip(StrEnum):
    """The ways in which a line can fail to be a command. `bot.cards` has the sentence for each."""

    UNKNOWN_VERB = "unknown_verb"
    NO_PAPER = "no_paper"
    NO_TAG = "no_tag"
    BAD_TAG = "bad_tag"
    NO_TEXT = "no_text"
    BAD_DATE = "bad_date"
    TOO_MUCH = "too_much"


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """A line that is no command. `suggestions` are lines that are one."""

    slip: Slip
    verb: str
    given: str
    suggestions: tuple[str, ...] = ()


Command: TypeAlias = (
    Today
    | Show
    | Save
    | Unsave
    | Mark
    | Like
    | Dislike
    | AddTags
    | RemoveTags
    | AddNote
    | ShowList
    | Search
    | Why
    | ShowStatus
    | Undo
    | Help
    | React
    | Unreact
    | Misunderstood
)


class _Refused(Exception):
    """Inside this module: the words after a verb do not fit it."""

    def __init__(self, slip: Slip, given: str = "") -> None:
        super().__init__(slip)
        self.slip = slip
        self.given = given


class Argument(StrEnum):
    """The types of what follows a verb; platforms with typed options build theirs from it."""

    NOTHING = "nothing"
    DATE = "date"
    PAPER = "paper"
    PAPERS = "papers"
    PAPER_AND_TAGS = "paper and tags"
    PAPER_AND_TEXT = "paper and text"
    FILTER = "filter"
    TEXT = "text"
    VERB = "verb"


@dataclass(frozen=True, slots=True)
class Row:
    """A verb: what help says of it, what follows it, who sees the answer."""

    verb: str
    argument: Argument
    summary: str
    examples: tuple[str, ...]
    build: Callable[["_Words"], Command] = field(repr=False)
    first: bool = False
    """Shown by `help` at once, not behind "more"."""
    private: bool = True


_TOKEN = re.compile(r'([^\s"“”]*)["“]([^"“”]*)["”]|(\S+)')


class _Words:
    """The words after a verb: `text` as typed, `tokens` split at white space with quotes kept together."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.tokens = [(m[1] or "") + (m[2] or "") if m[3] is None else m[3] for m in _TOKEN.finditer(self.text)]

    def after_first(self) -> str:
        match = _TOKEN.match(self.text)
        return self.text[match.end() :].strip() if match else ""


def paper_name(text: str) -> PaperName:
    """What a reader means by `text`: a number of up to three digits, an id or link, else words of a title."""
    bare = text.strip()
    if re.fullmatch(r"#?[0-9]{1,3}\.?", bare):
        return int(bare.strip("#."))
    try:
        return ArxivId.parse(bare)
    except NotAnArxivId:
        return " ".join(bare.split())


def _paper(words: _Words) -> PaperName:
    if not words.tokens:
        raise _Refused(Slip.NO_PAPER)
    return paper_name(words.tokens[0] if len(words.tokens) == 1 else words.text)


def _papers(words: _Words) -> tuple[PaperName, ...]:
    names = [paper_name(token.strip(",")) for token in words.tokens if token.strip(",")]
    if len(names) > 1 and not any(isinstance(name, str) for name in names):
        return tuple(dict.fromkeys(names))
    return (_paper(words),)


def _first_paper(words: _Words) -> PaperName:
    if not words.tokens or not words.tokens[0].strip():
        raise _Refused(Slip.NO_PAPER)
    return paper_name(words.tokens[0])


def _paper_and_tags(words: _Words) -> tuple[PaperName, tuple[Tag, ...]]:
    paper = _first_paper(words)
    named = [part for token in words.tokens[1:] for part in token.split(",") if part]
    if not named:
        raise _Refused(Slip.NO_TAG)
    return paper, tuple(dict.fromkeys(_tag(part) for part in named))


def _tag(text: str) -> Tag:
    try:
        return Tag.parse(text)
    except ValueError:
        raise _Refused(Slip.BAD_TAG, text) from None


def _note(words: _Words) -> AddNote:
    paper, text = _first_paper(words), words.after_first()
    if not text:
        raise _Refused(Slip.NO_TEXT)
    return AddNote(paper, text)


def _day(words: _Words) -> Today:
    if not words.text:
        return Today()
    try:
        return Today(date.fromisoformat(words.text))
    except ValueError:
        raise _Refused(Slip.BAD_DATE, words.text) from None


_STATUSES = frozenset(status.value for status in Status)
_OPTION = re.compile(r"(page|by|tag|status):(.+)", re.IGNORECASE | re.DOTALL)


def _filter(words: _Words) -> ShowList:
    status: Status | None = None
    tags: list[Tag] = []
    person, page, rest = "", 1, []
    for place, token in enumerate(words.tokens):
        option = _OPTION.fullmatch(token)
        name, value = (option[1].lower(), option[2]) if option else ("", token)
        if name == "page" and value.isascii() and value.isdigit():
            page = max(1, int(value[:6]))
        elif name == "by":
            person = value.strip()
        elif name == "tag" or (token.startswith("#") and len(token) > 1):
            tags.append(_tag(value))
        elif value.lower() in _STATUSES and (name == "status" or place == 0):
            status = Status(value.lower())
        else:
            rest.append(token)
    return ShowList(ListFilter(status, tuple(dict.fromkeys(tags)), person, " ".join(rest)), page)


def _search(words: _Words) -> Search:
    page, rest = 1, []
    for token in words.tokens:
        option = _OPTION.fullmatch(token)
        if option and option[1].lower() == "page" and option[2].isascii() and option[2].isdigit():
            page = max(1, int(option[2][:6]))
        else:
            rest.append(token)
    if not any(rest):
        raise _Refused(Slip.NO_TEXT)
    return Search(" ".join(rest), page)


def _nothing(command: Command) -> Callable[[_Words], Command]:
    def build(words: _Words) -> Command:
        if words.text:
            raise _Refused(Slip.TOO_MUCH, words.text)
        return command

    return build


def _help(words: _Words) -> Command:
    wanted = words.text.lower()
    if wanted in ("more", "all"):
        return Help(everything=True)
    if wanted and wanted not in COMMANDS:
        return Misunderstood(Slip.UNKNOWN_VERB, "help", wanted, tuple(f"help {verb}" for verb in nearest_verbs(wanted)))
    return Help(wanted)


_ROWS = (
    Row("today", Argument.DATE, "The latest edition, or that of a date", ("today", "today 2026-01-15"), _day, first=True),
    Row("save", Argument.PAPERS, "Put papers on the team's list", ("save 2", "save 2601.01234"), lambda w: Save(_papers(w)), first=True, private=False),
    Row("list", Argument.FILTER, "The team's reading list, filtered", ("list unread", "list #agents by:ada"), _filter, first=True),
    Row("search", Argument.TEXT, "Look through every paper seen so far", ("search process rewards",), _search, first=True),
    Row("show", Argument.PAPER, "A paper in full: abstract, tags, notes", ("show 1",), lambda w: Show(_paper(w)), first=True),
    Row("read", Argument.PAPERS, "Mark papers as read", ("read 2",), lambda w: Mark(_papers(w), Status.READ), first=True),
    Row("reading", Argument.PAPERS, "Mark papers as being read", ("reading 2",), lambda w: Mark(_papers(w), Status.READING)),
    Row("unread", Argument.PAPERS, "Mark papers as not read yet", ("unread 2",), lambda w: Mark(_papers(w), Status.UNREAD)),
    Row("tag", Argument.PAPER_AND_TAGS, "Label a paper", ("tag 2 agents memory",), lambda w: AddTags(*_paper_and_tags(w)), first=True),
    Row("untag", Argument.PAPER_AND_TAGS, "Take labels off a paper", ("untag 2 memory",), lambda w: RemoveTags(*_paper_and_tags(w))),
    Row("note", Argument.PAPER_AND_TEXT, "Write a note on a paper for the team", ("note 2 compare with our baseline",), _note),
    Row("like", Argument.PAPERS, "More like this", ("like 3",), lambda w: Like(_papers(w))),
    Row("dislike", Argument.PAPERS, "Not for us", ("dislike 4",), lambda w: Dislike(_papers(w))),
    Row("unsave", Argument.PAPERS, "Take back your save", ("unsave 2",), lambda w: Unsave(_papers(w))),
    Row("why", Argument.PAPER, "Why a paper was picked, or was not", ("why 1",), lambda w: Why(_paper(w))),
    Row("status", Argument.NOTHING, "What arXiv answered, and when", ("status",), _nothing(ShowStatus())),
    Row("undo", Argument.NOTHING, "Take back your last change", ("undo",), _nothing(Undo()), first=True),
    Row("help", Argument.VERB, "The verbs, or one of them", ("help", "help list", "help more"), _help),
)  # fmt: skip

COMMANDS: dict[str, Row] = {row.verb: row for row in _ROWS}
"""Every verb, in the order in which help shows them."""

_ALONE: dict[Argument, Slip] = {Argument.TEXT: Slip.NO_TEXT}


def nearest_verbs(word: str) -> tuple[str, ...]:
    """The verbs that `word` may have been meant as, best first; none if it is like none of them."""
    return tuple(get_close_matches(word.lower(), COMMANDS, n=2, cutoff=0.55))


def parse(text: str) -> Command:
    """The command that a line of text is, with or without `/papers` before it. Never raises.

    A line that is only a paper's number, id or link shows that paper; an empty line asks for help.
    """
    line = re.sub(r"^\s*/papers(?=\s|$)", "", text, flags=re.IGNORECASE).strip()
    if not line:
        return Help()
    verb, _, rest = line.replace("\t", " ").partition(" ")
    row = COMMANDS.get(verb.lower())
    if row is None:
        name = paper_name(line)
        if not isinstance(name, str):
            return Show(name)
        lines = tuple(f"{near} {rest}".strip() for near in nearest_verbs(verb))
        return Misunderstood(
            Slip.UNKNOWN_VERB, verb, line, tuple(s for s in lines if not isinstance(parse(s), Misunderstood))
        )
    try:
        return row.build(_Words(rest))
    except _Refused as refused:
        return Misunderstood(refused.slip, row.verb, refused.given, row.examples)


def from_reaction(emoji: str, meanings: dict[str, str]) -> str | None:
    """The verb that an emoji stands for. Skin tones and colons do not matter; `meanings` is emoji name to verb."""
    return meanings.get(re.sub(r"(?:::skin-tone-\d)?$", "", emoji.strip().strip(":")).casefold())


def written(command: ShowList | Search) -> str:
    """A line that parses to `command`: what buttons that turn a page carry."""
    if isinstance(command, Search):
        parts = ["search", command.text]
    else:
        wanted = command.wanted
        parts = ["list"]
        parts += [f"status:{wanted.status}"] if wanted.status else []
        parts += [f"tag:{tag}" for tag in wanted.tags]
        parts += [f'by:"{wanted.person}"'] if wanted.person else []
        parts += [wanted.text] if wanted.text else []
    return " ".join([*parts, *([f"page:{command.page}"] if command.page > 1 else [])])
