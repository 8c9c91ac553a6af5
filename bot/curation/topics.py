"""What a paper is about: language models or not, and which topic of the taxonomy. Explained by the phrases it holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from bot.curation.phrases import PhraseIndex, Text, line
from bot.curation.taxonomy import APPLICATIONS, LANGUAGE_MODELS, OTHER, TAXONOMY, TopicEntry

TITLE = 3.0
"""A phrase counts this much more in the title than at its first mention in the abstract."""
REPEAT, MENTIONS = 0.5, 3
"""What a further mention in the abstract counts of the first, and how many mentions are counted at the most."""
STRONG, PLAIN, TITLE_ONLY = 3.0, 1.0, 1.5
SURE, LIKELY, HINT = 3.0, 2.0, 0.5
"""What a first mention counts, by the list of the taxonomy that holds the phrase."""
SETTING = 0.65
"""What the phrases of a setting count of those of a question."""

ABOUT = 3.0
"""Evidence of language models from which a paper is about them: one sure mention in the abstract."""
CORE = 7.0
"""Evidence from which they are its subject, if its first topic is not a field of application."""
SIDE = 6.0
"""Evidence from which a topic is one of a paper's topics though another is the first."""


class About(StrEnum):
    """What a paper has to do with language models."""

    CORE = "core"
    """They are its subject."""
    APPLIED = "applied"
    """It puts them to use, or touches on them on the way to something else."""
    NO = "no"


@dataclass(frozen=True, slots=True)
class Classification:
    """What a paper is about."""

    about: About
    topic: str
    """The name of the topic with the most evidence; `other` without evidence for any."""
    strength: float
    """The evidence for language models; 0 without any."""
    scores: Mapping[str, float]
    """The topics of which the paper holds a phrase, each with the evidence for it."""
    evidence: tuple[str, ...]
    """The phrases that speak for `topic`, the weightiest first; for `other`, for language models."""

    @property
    def topics(self) -> frozenset[str]:
        """Names of all the topics that a paper on language models is on; none for another paper."""
        if self.about is About.NO:
            return frozenset()
        return frozenset(name for name, score in self.scores.items() if name == self.topic or score >= SIDE)

    @property
    def substance(self) -> float:
        """The evidence for all topics, that for a field of application taken off instead of added; never below 0."""
        return max(0.0, sum(self.scores.values()) - 2 * self.scores.get(APPLICATIONS, 0.0))


class _Vote(NamedTuple):
    """What a phrase says: for which subject, and how much once in the title and once in the abstract."""

    subject: str
    title: float
    abstract: float


_LANGUAGE_MODELS = ""
"""The subject "language models", beside the names of topics."""


def _lists() -> Iterator[tuple[str, str, float, float]]:
    """Each list of the taxonomy: subject, phrases, weight in the title and in the abstract."""
    for certainty, weight in (("sure", SURE), ("likely", LIKELY), ("hint", HINT)):
        yield _LANGUAGE_MODELS, LANGUAGE_MODELS[certainty], weight * TITLE, weight
    for entry in TAXONOMY:
        share = SETTING if entry.setting else 1.0
        yield entry.name, entry.strong, share * STRONG * TITLE, share * STRONG
        yield entry.name, entry.plain, share * PLAIN * TITLE, share * PLAIN
        yield entry.name, entry.title, share * TITLE_ONLY * TITLE, 0.0


@cache
def _votes() -> tuple[PhraseIndex, Mapping[str, tuple[_Vote, ...]]]:
    """An index of all phrases and the votes of each, made at the first need. A phrase in two lists of a subject counts
    as in the weightier."""
    votes: dict[str, dict[str, _Vote]] = {}
    for subject, phrases, title, abstract in _lists():
        for phrase in phrases.split(","):
            of_phrase = votes.setdefault(line(phrase), {})
            known = of_phrase.get(subject, _Vote(subject, 0.0, 0.0))
            of_phrase[subject] = _Vote(subject, max(title, known.title), max(abstract, known.abstract))
    return PhraseIndex(votes), {phrase: tuple(by_subject.values()) for phrase, by_subject in votes.items()}


def classify(text: Text) -> Classification:
    """What the title and abstract of a paper say it is about. Pure: the same text always gives the same answer."""
    index, votes = _votes()
    in_title, in_abstract = index.counts(text.title), index.counts(text.abstract)
    evidence: dict[str, dict[str, float]] = {}
    for phrase in in_title | in_abstract:
        mentions = min(in_abstract[phrase], MENTIONS)
        repeated = 1 + REPEAT * (mentions - 1) if mentions else 0.0
        for vote in votes[phrase]:
            weight = vote.title * (phrase in in_title) + vote.abstract * repeated
            if weight:
                evidence.setdefault(vote.subject, {})[phrase] = weight
    scores = {entry.name: sum(evidence[entry.name].values()) for entry in TAXONOMY if entry.name in evidence}
    topic = max(scores, key=lambda name: scores[name], default=OTHER)
    strength = sum(evidence.get(_LANGUAGE_MODELS, {}).values())
    speaking = evidence.get(_LANGUAGE_MODELS if topic == OTHER else topic, {})
    return Classification(
        about=_about(strength, topic),
        topic=topic,
        strength=strength,
        scores=scores,
        evidence=tuple(phrase.strip() for phrase in sorted(speaking, key=lambda phrase: (-speaking[phrase], phrase))),
    )


def _about(strength: float, topic: str) -> About:
    if strength < ABOUT:
        return About.NO
    return About.APPLIED if strength < CORE or topic == APPLICATIONS else About.CORE


def entry_named(name: str) -> TopicEntry | None:
    """The topic of the taxonomy that people mean by a name, whatever its case, hyphens, underscores or plural."""
    return next((entry for entry in TAXONOMY if line(entry.name) == line(name)), None)
