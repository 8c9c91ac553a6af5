"""A ranker without learning: every fact that speaks for a paper gives it points, and the same facts are its reasons."""

from collections.abc import Sequence
from math import log2

from bot.curation.asked import Asked, Fact
from bot.curation.leaning import Leaning
from bot.curation.phrases import Text
from bot.curation.ranking import Ranked, Taste
from bot.curation.topics import About, classify
from bot.editions import Reason, ReasonKind
from bot.papers import Paper
from bot.teams import Interests

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


class _Judge:
    """One subscription's wishes and its team's leaning, ready to be asked about each paper."""

    def __init__(self, interests: Interests, leaning: Leaning) -> None:
        self._asked = Asked(interests)
        self._leaning = leaning

    def ranked(self, paper: Paper, text: Text) -> Ranked:
        found = classify(text)
        general = ABOUT[found.about] + SUBSTANCE_MOST * found.substance / (found.substance + SUBSTANCE_HALF)
        asked = self._asked.brings_in(paper, text, found)
        known, against = self._leanings(paper, text)
        facts = sorted([*asked, *self._asked.words(text), *known], key=lambda fact: -fact[0])
        reasons = tuple(reason for _, reason in facts[:MOST_REASONS])
        if found.about is not About.NO and not reasons:
            reasons = (Reason(ReasonKind.LANGUAGE_MODELS, found.evidence[0]),)
        barred = self._asked.barred(paper, text)
        return Ranked(
            paper=paper,
            score=general + sum(points for points, _ in facts) + against + (BARRED if barred else 0.0),
            topic=found.topic,
            on_topic=not barred and self._asked.asked_for(asked, found),
            reasons=reasons,
            barred=barred,
        )

    def _leanings(self, paper: Paper, text: Text) -> tuple[list[Fact], float]:
        """What the team's papers say for this one, and the points that terms without such a fact give or take."""
        facts: list[Fact] = []
        author, saved = self._leaning.author(paper, text)
        if saved:
            points = min(SAVED_AUTHOR + log2(saved) / 2, SAVED_AUTHOR_MOST)
            facts.append((points, Reason(ReasonKind.SAVED_AUTHOR, author, saved)))
        shared = self._leaning.terms(paper, text)
        points = SAVED_TERMS_MOST * shared.weight / (SAVED_TERMS_MOST + abs(shared.weight))
        if not shared.term or points <= 0:
            return facts, points
        return [*facts, (points, Reason(ReasonKind.SAVED_TERMS, shared.term, shared.count))], 0.0
