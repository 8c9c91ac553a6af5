"""The words after a verb, and what they can name."""

import re
from dataclasses import dataclass

from bot.commands.refusal import Refused
from bot.commands.slips import Slip
from bot.commands.values import PaperName
from bot.papers import ArxivId, NotAnArxivId
from bot.reading_list import Tag

_TOKEN = re.compile(r'[^\s"“”]*["“][^"“”]*["”]|\S+')


@dataclass(frozen=True, slots=True)
class Words:
    """The words after a verb: the text as typed, and its tokens, split at white space with quotes kept together."""

    text: str
    tokens: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Words":
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


def tag(text: str) -> Tag:
    """The tag that `text` means. Raises Refused."""
    try:
        return Tag.parse(text)
    except ValueError:
        raise Refused(Slip.BAD_TAG, text) from None


def channel_in(words: Words) -> tuple[int | None, Words]:
    """The channel that the first word names, by the store's id, as `in:12`; and the words after it."""
    first = words.tokens[0] if words.tokens else ""
    if match := re.fullmatch(r"in:([0-9]{1,18})", first, re.IGNORECASE):
        return int(match[1]), Words.of(words.after_first())
    return None, words
