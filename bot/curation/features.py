"""What there is to know of a paper beside its terms: its form, its subject, and what the team did with its authors."""

import re
from collections import Counter
from collections.abc import Sequence
from math import log1p

from bot.curation.phrases import Text
from bot.curation.taxonomy import TAXONOMY
from bot.curation.topics import About, Classification
from bot.papers import Paper

SUBSTANCE_HALF = 30.0
"""The `Classification.substance` that counts as a half."""
AUTHOR_GAIN = 0.3
"""Keeps the counts of authors from outweighing all terms; other features are brought to scale by the prior."""

_IN_TITLE = {
    "benchmark or dataset": re.compile(r"benchmark|dataset", re.IGNORECASE),
    "survey": re.compile(r"survey|review", re.IGNORECASE),
    "technical report": re.compile(r"technical report", re.IGNORECASE),
    "colon": re.compile(r":"),
}
_IN_ABSTRACT = {
    "link": re.compile(r"http"),
    "repository": re.compile(r"github", re.IGNORECASE),
    "release": re.compile(r"open-sourc|we release|code (?:is|are|will be) ", re.IGNORECASE),
    "percentage": re.compile(r"%"),
    "state of the art": re.compile(r"state-of-the-art|SOTA"),
    "billions": re.compile(r"\d+B\b"),
}
FEATURES = (
    "title length",
    "abstract length",
    "authors",
    *_IN_TITLE,
    *_IN_ABSTRACT,
    "language models are the subject",
    "language models are used",
    "substance",
    *(entry.name for entry in TAXONOMY),
)
"""The names of what `features` gives, in its order."""


def features(paper: Paper, found: Classification) -> tuple[float, ...]:
    """A paper's form and subject, as FEATURES names them."""
    return (
        len(paper.title) / 100,
        len(paper.abstract) / 1000,
        log1p(len(paper.authors)),
        *(float(bool(pattern.search(paper.title))) for pattern in _IN_TITLE.values()),
        *(float(bool(pattern.search(paper.abstract))) for pattern in _IN_ABSTRACT.values()),
        float(found.about is About.CORE),
        float(found.about is About.APPLIED),
        found.substance / (found.substance + SUBSTANCE_HALF),
        *(float(found.topic == entry.name) for entry in TAXONOMY),
    )


class AuthorHistory:
    """How many papers of each author the team judged so far, and liked."""

    COLUMNS = 6

    def __init__(self) -> None:
        self.liked: Counter[str] = Counter()
        self.judged: Counter[str] = Counter()

    def add(self, text: Text, *, liked: bool) -> None:
        """Counts a judged paper for each of its authors."""
        for author in set(text.authors):
            self.judged[author] += 1
            self.liked[author] += liked

    def features(self, text: Text, *, without: bool | None = None) -> list[float]:
        """What the counts say of a paper, COLUMNS numbers; 0 each where nothing of its authors was judged. First and
        last author are told apart from the rest: they stand for the group. For a paper that was counted, `without` is
        whether it was liked: it is left out then."""
        itself = without is not None
        liked: Sequence[int] = [self.liked[author] - bool(without) for author in text.authors] or [0]
        judged = max((self.judged[author] - itself for author in text.authors), default=0)
        return [
            AUTHOR_GAIN * value
            for value in (
                log1p(max(liked)),
                log1p(sum(liked)),
                log1p(liked[0]),
                log1p(liked[-1]),
                float(sum(count > 0 for count in liked)),
                log1p(judged),
            )
        ]
