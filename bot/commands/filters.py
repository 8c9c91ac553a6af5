"""Which part of a list, or what in a search, and which page: `unread #agents by:ada page:2`."""

import re

from bot.commands.refusal import Refused
from bot.commands.slips import Slip
from bot.commands.words import Words, tag
from bot.reading_list import ListFilter, Status, Tag

_STATUSES = frozenset(status.value for status in Status)
_OPTION = re.compile(r"(page|by|tag|status):(.+)", re.IGNORECASE | re.DOTALL)
_NOTHING_GIVEN = ("#", "page:", "by:", "tag:", "status:")
_LAST_WORDS = re.compile(r"(?:^|\s+)page\s+([0-9]+)\Z", re.IGNORECASE)


def _page(value: str) -> int | None:
    return max(1, int(value[:6])) if value.isascii() and value.isdigit() else None


def _filter_words(words: Words) -> list[str]:
    """Quotes keep an option's value together, and mean nothing elsewhere: text is looked for by its words."""
    return [part for token in words.tokens for part in ([token] if _OPTION.fullmatch(token) else token.split())]


def _paged(text: str, page: int) -> tuple[str, int]:
    """As people also say it: `agents page 2`."""
    while match := _LAST_WORDS.search(text):
        text, page = text[: match.start()], _page(match[1]) or page
    return text, page


def filter_and_page(words: Words) -> tuple[ListFilter, int]:
    """The filter, and the page from 1. Raises Refused."""
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
            tags.append(tag(value))
        elif value.lower() in _STATUSES and (name == "status" or not (status or rest)):
            status = Status(value.lower())
        else:
            rest.append(token)
    text, page = _paged(" ".join(rest), page)
    if text.lower() in _NOTHING_GIVEN:
        raise Refused(Slip.BAD_FILTER, text)
    return ListFilter(status, tuple(dict.fromkeys(tags)), person, text), page


def text_and_page(words: Words) -> tuple[str, int]:
    """What to look for, and the page from 1. Raises Refused."""
    page, rest = 1, []
    for token in _filter_words(words):
        option = _OPTION.fullmatch(token)
        if option and option[1].lower() == "page" and (number := _page(option[2])):
            page = number
        else:
            rest.append(token)
    text, page = _paged(" ".join(rest), page)
    if not text:
        raise Refused(Slip.NO_TEXT)
    return text, page
