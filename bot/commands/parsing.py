"""A line of text to a command, and an emoji to a verb. `bot.commands.writing` is the way back."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from bot.commands.filters import filter_and_page, text_and_page
from bot.commands.periods import period
from bot.commands.refusal import Refused
from bot.commands.row import Argument
from bot.commands.settings import adjustment, order
from bot.commands.slips import Misunderstood, Slip
from bot.commands.table import COMMANDS
from bot.commands.values import Command, Help, HomeTab, PaperName, PauseEditions, ResumeEditions, Show, Unsubscribe
from bot.commands.words import Words, channel_in, paper_name, tag
from bot.reading_list import ListFilter, Tag
from bot.summaries.languages import language_tag
from bot.summaries.values import SummaryKind
from bot.teams import Adjustment, EditionKind, Order


def _nothing(words: Words) -> tuple[()]:
    if words.text:
        raise Refused(Slip.TOO_MUCH, words.text)
    return ()


def _date(words: Words) -> tuple[date | None]:
    return (_day(words.text) if words.text else None,)


def _until(words: Words) -> tuple[date | None]:
    """With or without `until`: no other date could be meant."""
    named = re.sub(r"^until\s+", "", words.text, flags=re.IGNORECASE)
    return (_day(named) if named else None,)


def _next_or_tomorrow(words: Words) -> tuple[bool]:
    if words.text.lower() not in ("", "tomorrow"):
        raise Refused(Slip.BAD_DAY, words.text)
    return (bool(words.text),)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(Slip.BAD_DATE, text) from None


def _period(words: Words) -> tuple[EditionKind, date | None]:
    try:
        return period(words.text)
    except ValueError:
        raise Refused(Slip.BAD_PERIOD, words.text) from None


def _paper(words: Words) -> tuple[PaperName]:
    name = paper_name(" ".join(words.tokens))
    if name == "":
        raise Refused(Slip.NO_PAPER)
    return (name,)


def _papers(words: Words) -> tuple[tuple[PaperName, ...]]:
    """Several numbers or ids, or one paper by the words of its title."""
    parts = [part for token in words.tokens for part in (token.split(",") if token.split() == [token] else [token])]
    names = [paper_name(part) for part in parts if part and part.lower() != "and"]
    if len(names) > 1 and not any(isinstance(name, str) for name in names):
        return (tuple(dict.fromkeys(names)),)
    return (_paper(words),)


def _first_paper(words: Words) -> PaperName:
    """The paper where more follows it: one token, so words of a title are put in quotes."""
    name = paper_name(words.tokens[0]) if words.tokens else ""
    if name == "":
        raise Refused(Slip.NO_PAPER)
    return name


def _paper_and_tags(words: Words) -> tuple[PaperName, tuple[Tag, ...]]:
    paper = _first_paper(words)
    named = [part for token in words.tokens[1:] for part in token.split(",") if part.strip()]
    if not named:
        raise Refused(Slip.NO_TAG, words.tokens[0])
    return paper, tuple(dict.fromkeys(tag(part) for part in named))


_KINDS = {kind.value: kind for kind in (SummaryKind.TLDR, SummaryKind.INSIGHTS, SummaryKind.FULL)}
"""The forms of a summary that people can ask for."""


def _paper_and_kind(words: Words) -> tuple[PaperName, SummaryKind]:
    """The kind is the second and last token, so words of a title are put in quotes where a kind follows them."""
    match words.tokens:
        case (_, kind) if kind.lower() in _KINDS:
            return _first_paper(words), _KINDS[kind.lower()]
        case (first, *rest) if rest and not isinstance(paper_name(first), str):
            raise Refused(Slip.BAD_KIND, " ".join(rest))
    return *_paper(words), SummaryKind.INSIGHTS


def _paper_and_text(words: Words) -> tuple[PaperName, str]:
    paper, text = _first_paper(words), words.after_first()
    if not text:
        raise Refused(Slip.NO_TEXT, words.tokens[0])
    return paper, text


def _settings(words: Words) -> tuple[Adjustment]:
    return (adjustment(words.text),)


def _order(words: Words) -> tuple[Order | None]:
    wanted = order(words.text)
    return (None if wanted == Order() else wanted,)


def _change(words: Words) -> tuple[Order | None, int | None]:
    channel, rest = channel_in(words)
    return *_order(rest), channel


def _there(words: Words) -> tuple[int, PauseEditions | ResumeEditions | Unsubscribe]:
    channel, rest = channel_in(words)
    command = parse(rest.text)
    if channel is None or not isinstance(command, PauseEditions | ResumeEditions | Unsubscribe):
        raise Refused(Slip.TOO_MUCH, words.text)
    return channel, command


def _asked(words: Words) -> tuple[str, PaperName | None, int | None]:
    verb = words.tokens[0].lower() if words.tokens else ""
    rest = Words.of(words.after_first())
    match verb:
        case "tag" | "note":
            return verb, *_paper(rest), None
        case "subscribe":
            _nothing(rest)
            return verb, None, None
        case "settings":
            channel, more = channel_in(rest)
            _nothing(more)
            return verb, None, channel
    raise Refused(Slip.NO_FORM, words.text)


_TABS = frozenset(tab.value for tab in HomeTab)


def _home(words: Words) -> tuple[HomeTab, ListFilter, int]:
    named = words.tokens[0].lower() if words.tokens else ""
    if named not in _TABS:
        return HomeTab.MINE, *filter_and_page(words)
    return HomeTab(named), *filter_and_page(Words.of(words.after_first()))


def _me(words: Words) -> tuple[Adjustment | None]:
    me, *rest = [token.lower() for token in words.tokens] or ["me"]
    if me != "me":
        raise Refused(Slip.NOT_ME)
    if not rest:
        return (None,)
    return (Adjustment(),) if rest == ["reset"] else _settings(Words.of(words.after_first()))


def _code(words: Words) -> tuple[str, bool]:
    """A code is told by its letters and digits, however it is set apart; `yes` after it is what its button says."""
    *rest, last = words.tokens or ("",)
    sure = bool(rest) and last.lower() == "yes"
    letters = re.sub(r"[\W_]", "", "".join(rest if sure else words.tokens).upper())
    return letters, sure and bool(letters)


def _language(words: Words) -> tuple[str | None]:
    if not words.text:
        return (None,)
    if words.text.lower() == "default":
        return ("",)
    try:
        return (language_tag(words.text),)
    except ValueError:
        raise Refused(Slip.BAD_LANGUAGE, words.text) from None


def _last_or_change(words: Words) -> tuple[int | None]:
    if match := re.fullmatch(r"change:([0-9]{1,9})", words.text, re.IGNORECASE):
        return (int(match[1]),)
    _nothing(words)
    return (None,)


def _verb(words: Words) -> tuple[str, bool]:
    wanted = words.text.lower()
    if wanted in ("more", "all"):
        return "", True
    # Also as a platform spells it: `channel pause`, `for-me`.
    named = next((word for word in re.split(r"[\s-]+", wanted) if word in COMMANDS), "")
    if wanted and not named:
        raise Refused(Slip.UNKNOWN_VERB, words.text)
    return named, False


_ARGUMENTS: dict[Argument, Callable[[Words], tuple[Any, ...]]] = {
    Argument.NOTHING: _nothing,
    Argument.DATE: _date,
    Argument.UNTIL: _until,
    Argument.NEXT_OR_TOMORROW: _next_or_tomorrow,
    Argument.PERIOD: _period,
    Argument.PAPER: _paper,
    Argument.PAPERS: _papers,
    Argument.PAPER_AND_KIND: _paper_and_kind,
    Argument.PAPER_AND_TAGS: _paper_and_tags,
    Argument.PAPER_AND_TEXT: _paper_and_text,
    Argument.FILTER: filter_and_page,
    Argument.TEXT: text_and_page,
    Argument.SETTINGS: _settings,
    Argument.LANGUAGE: _language,
    Argument.CODE: _code,
    Argument.ORDER: _order,
    Argument.CHANGE: _change,
    Argument.THERE: _there,
    Argument.FORM: _asked,
    Argument.HOME: _home,
    Argument.ME: _me,
    Argument.LAST_OR_CHANGE: _last_or_change,
    Argument.VERB: _verb,
}


def nearest_verbs(word: str) -> tuple[str, ...]:
    """The verbs that `word` may have been meant as, best first; none if it is like none of them."""
    said = [row.verb for row in COMMANDS.values() if row.listed]
    return tuple(get_close_matches(word.lower(), said, n=2, cutoff=0.55))


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
        return row.make(*_ARGUMENTS[row.argument](Words.of(rest.strip())))
    except Refused as refused:
        suggestions = row.examples
        if refused.slip is Slip.UNKNOWN_VERB:
            suggestions = _help_with(refused.given)
        return Misunderstood(refused.slip, row.verb, refused.given, suggestions)


def _unknown(verb: str, rest: str) -> Misunderstood:
    """A verb that is not in the table; what was meant is offered with its own words, as far as that is a command."""
    meant = (f"{near} {rest}".strip() for near in nearest_verbs(verb))
    suggestions = tuple(line for line in meant if not isinstance(parse(line), Misunderstood))
    return Misunderstood(Slip.UNKNOWN_VERB, "", verb, suggestions or _help_with(verb))


def _help_with(word: str) -> tuple[str, ...]:
    """Help with each verb that `word` may have been meant as; `help` where it is like none."""
    return tuple(f"help {verb}" for verb in nearest_verbs(word)) or ("help",)


def emoji_name(emoji: str) -> str:
    """An emoji's name without colons and skin tone, in lower case: `:+1::skin-tone-2:` is `+1`."""
    return re.sub(r":{1,2}skin-tone-\d$", "", emoji.strip().strip(":")).casefold()


def verb_of_emoji(emoji: str, meanings: Mapping[str, str]) -> str | None:
    """The verb that an emoji stands for in `meanings` (name to verb), whatever its colons and skin tone."""
    return meanings.get(emoji_name(emoji))
