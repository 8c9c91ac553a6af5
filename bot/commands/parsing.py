"""A line of text to a command, and an emoji to a verb. `bot.commands.writing` is the way back."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from bot.categories import NotACategory
from bot.commands.periods import period
from bot.commands.settings import NotSettings, adjustment
from bot.commands.table import COMMANDS, Argument
from bot.commands.values import Command, Help, Misunderstood, PaperName, Show, Slip
from bot.papers import ArxivId, NotAnArxivId
from bot.reading_list import ListFilter, Status, Tag
from bot.summaries.values import SummaryKind
from bot.teams import Adjustment, EditionKind


class _Refused(Exception):
    """Inside this module: the words after a verb do not fit it."""

    def __init__(self, slip: Slip, given: str = "") -> None:
        super().__init__(slip)
        self.slip = slip
        self.given = given


_TOKEN = re.compile(r'[^\s"“”]*["“][^"“”]*["”]|\S+')


@dataclass(frozen=True, slots=True)
class _Words:
    """The words after a verb: the text as typed, and its tokens, split at white space with quotes kept together."""

    text: str
    tokens: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "_Words":
        bare = (re.sub(r'["“”]', "", match[0]).strip() for match in _TOKEN.finditer(text))
        return cls(text, tuple(token for token in bare if token))

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


def _nothing(words: _Words) -> tuple[()]:
    if words.text:
        raise _Refused(Slip.TOO_MUCH, words.text)
    return ()


def _date(words: _Words) -> tuple[date | None]:
    if not words.text:
        return (None,)
    try:
        return (date.fromisoformat(words.text),)
    except ValueError:
        raise _Refused(Slip.BAD_DATE, words.text) from None


def _period(words: _Words) -> tuple[EditionKind, date | None]:
    try:
        return period(words.text)
    except ValueError:
        raise _Refused(Slip.BAD_PERIOD, words.text) from None


def _paper(words: _Words) -> tuple[PaperName]:
    name = paper_name(" ".join(words.tokens))
    if name == "":
        raise _Refused(Slip.NO_PAPER)
    return (name,)


def _papers(words: _Words) -> tuple[tuple[PaperName, ...]]:
    """Several numbers or ids, or one paper by the words of its title."""
    parts = [part for token in words.tokens for part in (token.split(",") if token.split() == [token] else [token])]
    names = [paper_name(part) for part in parts if part and part.lower() != "and"]
    if len(names) > 1 and not any(isinstance(name, str) for name in names):
        return (tuple(dict.fromkeys(names)),)
    return (_paper(words),)


def _first_paper(words: _Words) -> PaperName:
    """The paper where more follows it: one token, so words of a title are put in quotes."""
    name = paper_name(words.tokens[0]) if words.tokens else ""
    if name == "":
        raise _Refused(Slip.NO_PAPER)
    return name


def _paper_and_tags(words: _Words) -> tuple[PaperName, tuple[Tag, ...]]:
    paper = _first_paper(words)
    named = [part for token in words.tokens[1:] for part in token.split(",") if part.strip()]
    if not named:
        raise _Refused(Slip.NO_TAG)
    return paper, tuple(dict.fromkeys(_tag(part) for part in named))


_KINDS = {kind.value: kind for kind in (SummaryKind.TLDR, SummaryKind.INSIGHTS, SummaryKind.FULL)}
"""The forms of a summary that people can ask for."""


def _paper_and_kind(words: _Words) -> tuple[PaperName, SummaryKind]:
    """The kind is the second and last token, so words of a title are put in quotes where a kind follows them."""
    match words.tokens:
        case (_, kind) if kind.lower() in _KINDS:
            return _first_paper(words), _KINDS[kind.lower()]
        case (first, *rest) if rest and not isinstance(paper_name(first), str):
            raise _Refused(Slip.BAD_KIND, " ".join(rest))
    return *_paper(words), SummaryKind.INSIGHTS


def _tag(text: str) -> Tag:
    try:
        return Tag.parse(text)
    except ValueError:
        raise _Refused(Slip.BAD_TAG, text) from None


def _paper_and_text(words: _Words) -> tuple[PaperName, str]:
    paper, text = _first_paper(words), words.after_first()
    if not text:
        raise _Refused(Slip.NO_TEXT)
    return paper, text


_STATUSES = frozenset(status.value for status in Status)
_OPTION = re.compile(r"(page|by|tag|status):(.+)", re.IGNORECASE | re.DOTALL)
_NOTHING_GIVEN = ("#", "page:", "by:", "tag:", "status:")
_LAST_WORDS = re.compile(r"(?:^|\s+)page\s+([0-9]+)\Z", re.IGNORECASE)


def _page(value: str) -> int | None:
    return max(1, int(value[:6])) if value.isascii() and value.isdigit() else None


def _filter_words(words: _Words) -> list[str]:
    """Quotes keep an option's value together, and mean nothing elsewhere: text is looked for by its words."""
    return [part for token in words.tokens for part in ([token] if _OPTION.fullmatch(token) else token.split())]


def _paged(text: str, page: int) -> tuple[str, int]:
    """As people also say it: `agents page 2`."""
    while match := _LAST_WORDS.search(text):
        text, page = text[: match.start()], _page(match[1]) or page
    return text, page


def _filter(words: _Words) -> tuple[ListFilter, int]:
    status: Status | None = None
    tags: list[Tag] = []
    rest: list[str] = []
    person, page = "", 1
    for token in _filter_words(words):
        option = _OPTION.fullmatch(token)
        name, value = (option[1].lower(), option[2].strip()) if option else ("", token)
        if name == "page" and (number := _page(value)):
            page = number
        elif name == "by":
            person = value
        elif name == "tag" or (token.startswith("#") and len(token) > 1):
            tags.append(_tag(value))
        elif value.lower() in _STATUSES and (name == "status" or not (status or rest)):
            status = Status(value.lower())
        else:
            rest.append(token)
    text, page = _paged(" ".join(rest), page)
    if text.lower() in _NOTHING_GIVEN:
        raise _Refused(Slip.BAD_FILTER, text)
    return ListFilter(status, tuple(dict.fromkeys(tags)), person, text), page


def _text(words: _Words) -> tuple[str, int]:
    page, rest = 1, []
    for token in _filter_words(words):
        option = _OPTION.fullmatch(token)
        if option and option[1].lower() == "page" and (number := _page(option[2])):
            page = number
        else:
            rest.append(token)
    text, page = _paged(" ".join(rest), page)
    if not text:
        raise _Refused(Slip.NO_TEXT)
    return text, page


def _settings(words: _Words) -> tuple[Adjustment]:
    try:
        wanted = adjustment(words.text)
    except NotSettings as error:
        raise _Refused(Slip.BAD_SETTING, str(error)) from None
    except NotACategory as error:
        raise _Refused(Slip.BAD_CATEGORY, error.given) from None
    if wanted == Adjustment():
        raise _Refused(Slip.NO_SETTING)
    return (wanted,)


def _me(words: _Words) -> tuple[Adjustment | None]:
    me, *rest = [token.lower() for token in words.tokens] or ["me"]
    if me != "me":
        raise _Refused(Slip.NOT_ME)
    if not rest:
        return (None,)
    return (Adjustment(),) if rest == ["reset"] else _settings(_Words.of(words.after_first()))


def _verb(words: _Words) -> tuple[str, bool]:
    wanted = words.text.lower()
    if wanted in ("more", "all"):
        return "", True
    if wanted and wanted not in COMMANDS:
        raise _Refused(Slip.UNKNOWN_VERB, words.text)
    return wanted, False


_ARGUMENTS: dict[Argument, Callable[[_Words], tuple[Any, ...]]] = {
    Argument.NOTHING: _nothing,
    Argument.DATE: _date,
    Argument.PERIOD: _period,
    Argument.PAPER: _paper,
    Argument.PAPERS: _papers,
    Argument.PAPER_AND_KIND: _paper_and_kind,
    Argument.PAPER_AND_TAGS: _paper_and_tags,
    Argument.PAPER_AND_TEXT: _paper_and_text,
    Argument.FILTER: _filter,
    Argument.TEXT: _text,
    Argument.SETTINGS: _settings,
    Argument.ME: _me,
    Argument.VERB: _verb,
}


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
    verb, rest = [*line.split(maxsplit=1), ""][:2]
    row = COMMANDS.get(verb.lower())
    if row is None:
        name = paper_name(line)
        return _unknown(verb, rest) if isinstance(name, str) else Show(name)
    try:
        return row.make(*_ARGUMENTS[row.argument](_Words.of(rest.strip())))
    except _Refused as refused:
        suggestions = row.examples
        if refused.slip is Slip.UNKNOWN_VERB:
            suggestions = tuple(f"{row.verb} {near}" for near in nearest_verbs(refused.given)) or ("help",)
        return Misunderstood(refused.slip, row.verb, refused.given, suggestions)


def _unknown(verb: str, rest: str) -> Misunderstood:
    """A verb that is not in the table; what was meant is offered with its own words, as far as that is a command."""
    meant = (f"{near} {rest}".strip() for near in nearest_verbs(verb))
    suggestions = tuple(line for line in meant if not isinstance(parse(line), Misunderstood))
    return Misunderstood(Slip.UNKNOWN_VERB, "", verb, suggestions or tuple(_nearest_examples(verb)))


def _nearest_examples(word: str) -> list[str]:
    """An example of each verb that `word` may have been meant as; `help` where it is like none."""
    return [COMMANDS[verb].examples[0] for verb in nearest_verbs(word)] or ["help"]


def verb_of_emoji(emoji: str, meanings: Mapping[str, str]) -> str | None:
    """The verb that an emoji stands for in `meanings` (name to verb), whatever its colons and skin tone."""
    return meanings.get(re.sub(r":{1,2}skin-tone-\d$", "", emoji.strip().strip(":")).casefold())
