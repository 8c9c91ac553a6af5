"""Every reason is a true fact of the paper, of what the team asks for and did, or of the model."""

import re
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.curation.features import FEATURES
from bot.curation.learned import MOST_REASONS, ranked
from bot.curation.model import Model
from bot.curation.prior import Prior, Scaled
from bot.curation.ranking import Act, Judged, Ranked, Taste
from bot.editions import Reason, ReasonKind
from bot.papers import Paper
from bot.teams import Interests, Topic
from tests.factories import paper

NAMES = ("Wei Tan", "Adaeze Okafor", "Nils Lindqvist")
WORDS = ("verifier", "octopus", "reward", "LLM", "agents", "harbours")
SAVED = (Act.SAVED, Act.LIKED)
PASSED = (Act.IGNORED, Act.DISLIKED)
PRIOR = Prior(
    provenance="invented",
    rare=6.0,
    terms={"verifier": (3.0, 1.0), "reward": (2.0, -1.0), "llm": (1.5, 0.3), "octopu": (4.0, 0.0)},
    features={name: Scaled(0.2, 0.3, 0.1) for name in FEATURES},
)

sentences = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
papers = st.builds(
    lambda title, abstract, authors: paper(title=title, abstract=abstract, authors=tuple(authors)),
    sentences, sentences, st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
)  # fmt: skip
asked_for = st.lists(st.sampled_from((*WORDS, "safety", "agents", "title:octopus", "author:tan")), max_size=3)
interests = st.builds(
    lambda topics, wanted, unwanted, authors: Interests(
        ("cs.CL",), tuple(map(Topic, topics)), tuple(wanted), tuple(unwanted), tuple(authors)
    ),
    asked_for, asked_for, st.lists(st.sampled_from(("octopus", "author:okafor")), max_size=1),
    st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
)  # fmt: skip
acts = st.builds(Judged, papers, st.sampled_from(Act), st.floats(0, 200))


def holds(one: Paper, term: str) -> bool:
    """Whether the words of a term stand next to one another, each with or without a plural s."""
    pattern = r"\W+".join(f"{re.escape(word.removesuffix('s'))}s?" for word in term.lower().split())
    return any(re.search(rf"\b{pattern}\b", text.lower()) for text in (one.title, one.abstract))


def by(one: Paper, name: str) -> bool:
    return name in {author.name for author in one.authors}


def answers(one: Paper, wish: str) -> bool:
    """Whether a paper holds what is wished for, where it is wished for."""
    place, _, phrase = wish.partition(":")
    if place == "author":
        return any(phrase in author.name.lower().split() for author in one.authors)
    return holds(replace(one, abstract=""), phrase) if place == "title" else holds(one, wish)


def is_true(reason: Reason, place: Ranked, model: Model, asked: Interests, taste: Taste) -> bool:
    """Whether a reason says what is so, found out from the inputs and the model's weights."""
    one = place.paper
    saved = [judged.paper for judged in taste.judged if judged.act in SAVED and judged.paper.id != one.id]
    passed = [judged.paper for judged in taste.judged if judged.act in PASSED and judged.paper.id != one.id]
    weights = dict(zip(model.vocabulary.terms, zip(model.base, model.moved, strict=False), strict=False))
    match reason.kind:
        case ReasonKind.TOPIC:
            of_the_taxonomy = reason.value in ("safety", "agents")
            return Topic(reason.value) in asked.topics and (of_the_taxonomy or answers(one, reason.value))
        case ReasonKind.WORD:
            return reason.value in asked.wanted and answers(one, reason.value)
        case ReasonKind.FOLLOWED_AUTHOR:
            return reason.value in asked.authors and by(one, reason.value)
        case ReasonKind.SAVED_TERMS:
            sharing = sum(holds(other, reason.value) for other in saved)
            return holds(one, reason.value) and weights[reason.value][1] > 0 and reason.count == sharing > 1
        case ReasonKind.PASSED_TERMS:
            sharing = sum(holds(other, reason.value) for other in passed)
            return holds(one, reason.value) and weights[reason.value][1] < 0 and reason.count == sharing > 1
        case ReasonKind.SAVED_AUTHOR:
            return by(one, reason.value) and reason.count == taste.saved_authors[reason.value] > 0
        case ReasonKind.PASSED_AUTHOR:
            return by(one, reason.value) and reason.count == sum(by(other, reason.value) for other in passed) > 1
        case ReasonKind.SAVED_PAPER:
            return reason.value in {other.title for other in saved}
        case ReasonKind.ELSEWHERE:
            base, moved = weights[reason.value]
            return holds(one, reason.value) and base > 0 and base + moved > 0
        case _:
            return reason.kind is ReasonKind.LANGUAGE_MODELS and len(place.reasons) == 1


@settings(deadline=None, max_examples=60)
@given(
    st.lists(papers, min_size=1, max_size=5),
    st.lists(acts, max_size=14),
    st.dictionaries(st.sampled_from(NAMES), st.integers(1, 9)),
    st.lists(papers, max_size=4),
    interests,
)
def test_every_reason_is_true_and_nothing_unwanted_is_on_topic(
    new: Sequence[Paper],
    judged: Sequence[Judged],
    authors: dict[str, int],
    background: Sequence[Paper],
    asked: Interests,
) -> None:
    taste = Taste(judged=judged, saved_authors=authors, background=background)
    model = Model(taste, PRIOR)
    places = ranked(model, [*new, *(one.paper for one in judged)], asked, taste)
    assert len(places) == len(new) + len(judged)
    for place in places:
        assert len(place.reasons) <= MOST_REASONS
        assert len(set(place.reasons)) == len(place.reasons)
        assert place.reasons or not place.on_topic
        assert place.barred == any(answers(place.paper, wish) for wish in asked.unwanted)
        assert not (place.on_topic and place.barred)
        for reason in (*place.reasons, *place.against):
            assert is_true(reason, place, model, asked, taste), reason
