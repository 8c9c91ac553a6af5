"""The default ranker: every fact that speaks for a paper gives it points, and the same facts are its reasons."""

from collections.abc import Iterator, Sequence
from math import log2
from typing import TypeAlias

from bot.curation.leaning import Leaning
from bot.curation.phrases import Text, name_line
from bot.curation.ranking import Ranked, Taste
from bot.curation.topics import About, Classification, classify, entry_named
from bot.curation.wishes import Place, wishes
from bot.editions import Reason, ReasonKind
from bot.papers import Paper
from bot.teams import Interests

FOLLOWED_AUTHOR = 6.0
FIRST_TOPIC, SIDE_TOPIC = 3.0, 2.0
PHRASE = {Place.TITLE: 3.0, Place.ABSTRACT: 2.0, Place.AUTHOR: 3.0}
"""For a topic in the team's own words, by where the paper holds it."""
WORD = {Place.TITLE: 2.0, Place.ABSTRACT: 1.0, Place.AUTHOR: 2.0}
SAVED_AUTHOR, SAVED_AUTHOR_MOST = 1.0, 2.5
"""For one saved paper of an author, half a point more at each doubling, up to the most."""
SAVED_TERMS_MOST = 3.0
"""Approached, never reached; as much is taken off for the terms of disliked papers."""
ABOUT = {About.CORE: 2.0, About.APPLIED: 1.0, About.NO: 0.0}
SUBSTANCE_MOST = 2.0
"""Approached by a paper that is all about the field's topics: tells apart papers that all else leaves even."""
SUBSTANCE_HALF = 30.0
"""The `Classification.substance` at which half of that is given."""
BARRED = -100.0
"""Puts what may not be picked below everything else."""
MOST_REASONS = 3


def rank(pool: Sequence[Paper], interests: Interests, taste: Taste) -> list[Ranked]:
    """A `Ranker`. Papers with the same points are ordered by id."""
    texts = {paper.id: Text.of(paper) for paper in pool}
    judge = _Judge(interests, Leaning(texts.values(), taste))
    ranked = [judge.ranked(paper, texts[paper.id]) for paper in pool]
    return sorted(ranked, key=lambda place: (-place.score, place.paper.id))


_Fact: TypeAlias = tuple[float, Reason]
"""A reason and its points."""


class _Judge:
    """One subscription's wishes and its team's leaning, ready to be asked about each paper."""

    def __init__(self, interests: Interests, leaning: Leaning) -> None:
        entries = {topic.name: entry_named(topic.name) for topic in interests.topics}
        self._everything = not entries
        self._topics = {entry.name: said for said, entry in entries.items() if entry}
        self._phrases = wishes(said for said, entry in entries.items() if entry is None)
        self._wanted = wishes(interests.wanted)
        self._unwanted = wishes(interests.unwanted)
        self._followed = {name_line(name) for name in interests.authors}
        self._leaning = leaning

    def ranked(self, paper: Paper, text: Text) -> Ranked:
        found = classify(text)
        general = ABOUT[found.about] + SUBSTANCE_MOST * found.substance / (found.substance + SUBSTANCE_HALF)
        asked = [*self._followed_authors(paper, text), *self._matched_topics(text, found)]
        known, against = self._leanings(paper, text)
        facts = sorted([*asked, *self._words(text), *known], key=lambda fact: -fact[0])
        reasons = tuple(reason for _, reason in facts[:MOST_REASONS])
        about_models = found.about is not About.NO
        if about_models and not reasons:
            reasons = (Reason(ReasonKind.LANGUAGE_MODELS, found.evidence[0]),)
        barred = paper.withdrawn or any(wish.place(text) for wish in self._unwanted)
        return Ranked(
            paper=paper,
            score=general + sum(points for points, _ in facts) + against + (BARRED if barred else 0.0),
            topic=found.topic,
            on_topic=not barred and (bool(asked) or (self._everything and about_models)),
            reasons=reasons,
            barred=barred,
        )

    def _followed_authors(self, paper: Paper, text: Text) -> Iterator[_Fact]:
        for author, name in zip(paper.authors, text.authors, strict=True):
            if name in self._followed:
                yield FOLLOWED_AUTHOR, Reason(ReasonKind.FOLLOWED_AUTHOR, author.name)

    def _matched_topics(self, text: Text, found: Classification) -> Iterator[_Fact]:
        for name, said in self._topics.items():
            if name in found.topics:
                yield FIRST_TOPIC if name == found.topic else SIDE_TOPIC, Reason(ReasonKind.TOPIC, said)
        for wish in self._phrases:
            if place := wish.place(text):
                yield PHRASE[place], Reason(ReasonKind.TOPIC, wish.said)

    def _words(self, text: Text) -> Iterator[_Fact]:
        for wish in self._wanted:
            if place := wish.place(text):
                yield WORD[place], Reason(ReasonKind.WORD, wish.said)

    def _leanings(self, paper: Paper, text: Text) -> tuple[list[_Fact], float]:
        """What the team's papers say for this one, and the points that terms without such a fact give or take."""
        facts: list[_Fact] = []
        author, saved = self._leaning.author(paper, text)
        if saved:
            points = min(SAVED_AUTHOR + log2(saved) / 2, SAVED_AUTHOR_MOST)
            facts.append((points, Reason(ReasonKind.SAVED_AUTHOR, author, saved)))
        shared = self._leaning.terms(paper, text)
        points = SAVED_TERMS_MOST * shared.weight / (SAVED_TERMS_MOST + abs(shared.weight))
        if not shared.term or points <= 0:
            return facts, points
        return [*facts, (points, Reason(ReasonKind.SAVED_TERMS, shared.term, shared.count))], 0.0
