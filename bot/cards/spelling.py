"""Commands as people give them: a line in the terminal and in Slack, and in Discord a blank filled in for each part."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from bot.commands import COMMANDS, Argument, Row
from bot.reading_list import Status

_PICKING = ("topics?", "wanted?", "unwanted?", "authors?", "categories?", "size?")
_ORDER = ("channel?", "topics?", "at?", "days?", "zone?", "size?", "layout?")
_BLANKS: Mapping[Argument, tuple[str, ...]] = MappingProxyType(
    {
        Argument.NOTHING: (),
        Argument.DATE: ("date?",),
        Argument.UNTIL: ("until?",),
        Argument.NEXT_OR_TOMORROW: ("day?",),
        Argument.PERIOD: ("period?", "date?"),
        Argument.PAPER: ("paper",),
        Argument.PAPERS: ("paper",),
        Argument.PAPER_AND_KIND: ("paper", "kind?"),
        Argument.PAPER_AND_TAGS: ("paper", "tags?"),
        Argument.PAPER_AND_TEXT: ("paper", "text?"),
        Argument.FILTER: ("status?", "tag?", "by?", "words?", "page?"),
        Argument.TEXT: ("words", "page?"),
        Argument.SETTINGS: _PICKING,
        Argument.ORDER: _ORDER,
        Argument.CHANGE: (*_ORDER, "offers?", "digests?", "on_nothing?"),
        Argument.CODE: ("code?",),
        Argument.LANGUAGE: ("language?",),
        Argument.ME: (*_PICKING, "reset?"),
        Argument.LAST_OR_CHANGE: (),
        Argument.VERB: ("verb?",),
    }
)
"""The blanks of what follows a verb, in order; those with a question mark may be left empty."""
_FIRST = re.compile(r'(?:"([^"]*)"|(\S+))\s*(.*)', re.DOTALL)
_NAMED = re.compile(r"(?:(page|by|tag|status):|#)(.+)", re.IGNORECASE)
_STATUSES = frozenset(status.value for status in Status)


def spelled(line: str, platform: str) -> str:
    """A line as people give it there: `pause until 2026-02-01`, in Slack `/papers pause until 2026-02-01`, in Discord
    `/papers channel pause until:2026-02-01`."""
    if platform == "terminal":
        return line
    if platform != "discord":
        return f"/papers {line}"
    verb, _, rest = line.partition(" ")
    row = COMMANDS[verb]
    filled = (f"{name}:{value}" for name, value in _filled(row.argument, rest.strip()) if value)
    return " ".join((_begun(row), *filled))


def usage(row: Row, platform: str) -> str:
    """What a verb takes, as people give it there: in Discord the names of its blanks."""
    if platform != "discord":
        return spelled(row.usage, platform)
    taken = (f"[{name[:-1]}:…]" if name.endswith("?") else f"{name}:…" for name in blanks(row))
    return " ".join((_begun(row), *taken))


def blanks(row: Row) -> tuple[str, ...]:
    """The names of a verb's blanks, in order; those with a question mark may be left empty. What is said of a channel
    can be said of another one."""
    own = _BLANKS[row.argument]
    return (*own, "channel?") if row.group == "channel" and "channel?" not in own else own


def _begun(row: Row) -> str:
    verb = "for-me" if row.argument is Argument.ME else row.verb
    return " ".join(filter(None, ("/papers", row.group, verb)))


def _filled(argument: Argument, rest: str) -> Iterator[tuple[str, str]]:
    """The blanks that the words after a verb fill in; what is a blank's name and value in the line too stays so."""
    names = [name.removesuffix("?") for name in _BLANKS[argument]]
    match argument:
        case Argument.FILTER | Argument.TEXT:
            yield from _sought(rest, names)
        case Argument.SETTINGS | Argument.ORDER | Argument.CHANGE | Argument.ME:
            asked = re.sub(r"^me\b\s*", "", rest) if argument is Argument.ME else rest
            name, _, value = asked.replace('"', "").partition(":")
            yield (name, value) if value else (asked, asked)
        case Argument.UNTIL:
            yield "until", re.sub(r"^until\s+", "", rest)
        case Argument.PERIOD:
            period, day = _parted(rest)
            yield from (("period", period), ("date", day)) if period.isalpha() else (("date", rest),)
        case _ if len(names) > 1:
            yield from zip(names, _parted(rest), strict=True)
        case _ if names:
            yield names[0], rest.replace('"', "")


def _parted(rest: str) -> tuple[str, str]:
    """The first of the words, or what stands in quotes, and what is left."""
    found = _FIRST.fullmatch(rest)
    return (found[1] or found[2] or "", found[3]) if found else ("", "")


def _sought(rest: str, names: list[str]) -> Iterator[tuple[str, str]]:
    words: list[str] = []
    for word in rest.split():
        if found := _NAMED.fullmatch(word):
            yield found[1] or "tag", found[2]
        elif word in _STATUSES and "status" in names and not words:
            yield "status", word
        else:
            words.append(word)
    yield "words", " ".join(words)
