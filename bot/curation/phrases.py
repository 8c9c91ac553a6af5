"""Phrases in papers: terms next to one another, whatever their case, accents, hyphens or plural.

A *line* is a text made ready for that: its terms in the singular, with one space before, between and after them. A
phrase occurs in a text exactly when its line is part of the text's line.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.papers import Paper
from bot.search import terms

MOST_KEPT = 20_000
"""Terms whose singular is kept: papers hold the same ones over and over."""


@lru_cache(maxsize=MOST_KEPT)
def singular(term: str) -> str:
    """A term without its English plural, by rules that treat a phrase and a text alike rather than every word right."""
    if len(term) > 4 and term.endswith("ies"):
        return term[:-3] + "y"
    if len(term) > 3 and term.endswith("s") and not term.endswith(("ss", "us", "is")):
        return term[:-1]
    return term


def line(text: str) -> str:
    """The line of a text or a phrase; empty where it holds no terms."""
    return _line(map(singular, terms(text)))


def name_line(name: str) -> str:
    """The line of a person's name, which has no plural: spellings that differ in case or accents have the same."""
    return _line(terms(name))


def _line(spoken: Iterable[str]) -> str:
    joined = " ".join(spoken)
    return f" {joined} " if joined else ""


@dataclass(frozen=True)
class Text:
    """What a paper says, in lines."""

    title: str
    abstract: str
    authors: tuple[str, ...]

    @classmethod
    def of(cls, paper: Paper) -> "Text":
        return cls(line(paper.title), line(paper.abstract), tuple(name_line(author.name) for author in paper.authors))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The terms of title and abstract, each once."""
        return frozenset(self.title.split()).union(self.abstract.split())


class PhraseIndex:
    """Finds any of very many phrases in a line at once. Phrases are given as lines."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[list[str], str]]] = {}
        for phrase in phrases:
            wanted = phrase.split()
            self._by_first.setdefault(wanted[0], []).append((wanted, phrase))

    def counts(self, text: str) -> Counter[str]:
        """How often each phrase occurs in a line; phrases that do not occur are left out."""
        found: Counter[str] = Counter()
        spoken = text.split()
        for start, first in enumerate(spoken):
            for wanted, phrase in self._by_first.get(first, ()):
                if len(wanted) == 1 or spoken[start : start + len(wanted)] == wanted:
                    found[phrase] += 1
        return found
