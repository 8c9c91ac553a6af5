"""What a subscription asks for in so many words, and which papers answer to it."""

from collections.abc import Iterator
from typing import TypeAlias

from bot.curation.phrases import Text, name_line
from bot.curation.topics import About, Classification, entry_named
from bot.curation.wishes import Place, wishes
from bot.editions import Reason, ReasonKind
from bot.papers import Paper
from bot.teams import Interests

FOLLOWED_AUTHOR = 6.0
FIRST_TOPIC, SIDE_TOPIC = 3.0, 2.0
PHRASE = {Place.TITLE: 3.0, Place.ABSTRACT: 2.0, Place.AUTHOR: 3.0}
"""For a topic in the team's own words, by where the paper holds it."""
WORD = {Place.TITLE: 2.0, Place.ABSTRACT: 1.0, Place.AUTHOR: 2.0}

Fact: TypeAlias = tuple[float, Reason]
"""A reason and its points."""


class Asked:
    """One subscription's wishes, ready to be held against each paper."""

    def __init__(self, interests: Interests) -> None:
        entries = {topic.name: entry_named(topic.name) for topic in interests.topics}
        self._everything = not entries
        self._topics = {entry.name: said for said, entry in entries.items() if entry}
        self._phrases = wishes(said for said, entry in entries.items() if entry is None)
        self._wanted = wishes(interests.wanted)
        self._unwanted = wishes(interests.unwanted)
        self._followed = {name_line(name) for name in interests.authors}

    def barred(self, paper: Paper, text: Text) -> bool:
        """Whether the paper is kept out for what it is: withdrawn, or holding something unwanted."""
        return paper.withdrawn or any(wish.place(text) for wish in self._unwanted)

    def brings_in(self, paper: Paper, text: Text, found: Classification) -> list[Fact]:
        """What makes the paper one that was asked for: followed authors, topics."""
        return [*self._followed_authors(paper, text), *self._matched_topics(text, found)]

    def asked_for(self, facts: list[Fact], found: Classification) -> bool:
        """Whether a paper that `brings_in` gave `facts` for is on topic; without topics, all on language models is."""
        return bool(facts) or (self._everything and found.about is not About.NO)

    def words(self, text: Text) -> Iterator[Fact]:
        """The wanted words and phrases that the paper holds; they raise it but do not bring it in."""
        for wish in self._wanted:
            if place := wish.place(text):
                yield WORD[place], Reason(ReasonKind.WORD, wish.said)

    def _followed_authors(self, paper: Paper, text: Text) -> Iterator[Fact]:
        for author, name in zip(paper.authors, text.authors, strict=True):
            if name in self._followed:
                yield FOLLOWED_AUTHOR, Reason(ReasonKind.FOLLOWED_AUTHOR, author.name)

    def _matched_topics(self, text: Text, found: Classification) -> Iterator[Fact]:
        for name, said in self._topics.items():
            if name in found.topics:
                yield FIRST_TOPIC if name == found.topic else SIDE_TOPIC, Reason(ReasonKind.TOPIC, said)
        for wish in self._phrases:
            if place := wish.place(text):
                yield PHRASE[place], Reason(ReasonKind.TOPIC, wish.said)
