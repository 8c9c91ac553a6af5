"""Every reason that is given is a true fact of the paper, the team's interests and what the team saved."""

import random
import re
import unicodedata
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.curation.points import MOST_REASONS, rank
from bot.curation.ranking import Ranked, Taste
from bot.editions import Reason, ReasonKind
from bot.papers import Paper
from bot.teams import Interests, Topic
from tests.factories import paper

NAMES = ("Wei Tan", "José Muñoz", "Jose Munoz", "Adaeze Okafor", "O. van der Berg")
NOUNS = ("verifier", "jailbreak", "language model", "LLM", "reward", "retrieval", "agent", "benchmark", "octopus")
FILLER = ("the", "of", "we show that", "in", "2026", "x", "is all you need")
AUTHOR_KINDS = (ReasonKind.FOLLOWED_AUTHOR, ReasonKind.SAVED_AUTHOR)

nouns = st.sampled_from(NOUNS).flatmap(lambda noun: st.sampled_from((noun, f"{noun}s", noun.upper())))
sentences = st.lists(nouns | st.sampled_from(FILLER), max_size=10).map(" ".join)
names = st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple)
papers = st.builds(
    lambda title, abstract, authors: paper(title=title, abstract=abstract, authors=authors), sentences, sentences, names
)
said = st.lists(
    st.sampled_from((*NOUNS, "long context", "safety", "agents", "title:octopus", "author:tan")), max_size=3
)
interests = st.builds(
    lambda topics, wanted, unwanted, authors: Interests(
        ("cs.CL",), tuple(map(Topic, topics)), tuple(wanted), tuple(unwanted), authors
    ),
    said, said, st.lists(st.sampled_from(("octopus", "author:okafor")), max_size=1), names,
)  # fmt: skip
tastes = st.builds(
    Taste,
    saved=st.lists(papers, max_size=6),
    disliked=st.lists(papers, max_size=3),
    saved_authors=st.dictionaries(st.sampled_from(NAMES), st.integers(1, 40), max_size=3),
)


def plain(text: str) -> str:
    """Without case and accents, told apart from how the product does it."""
    stripped = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
    return re.sub(r"[^a-z0-9]+", " ", stripped).strip()


def says(text: str, phrase: str) -> bool:
    """Whether a phrase is in a text, each of its words with or without a plural s."""
    pattern = " ".join(f"{re.escape(word.removesuffix('s'))}s?" for word in plain(phrase).split())
    return re.search(rf"\b{pattern}\b", plain(text)) is not None


def holds(one: Paper, wish: str) -> bool:
    place, _, phrase = wish.partition(":")
    if place == "author":
        return any(plain(phrase) in plain(author.name).split() for author in one.authors)
    if place == "title":
        return says(one.title, phrase)
    return says(one.title, wish) or says(one.abstract, wish)


def is_true(reason: Reason, place: Ranked, asked: Interests, taste: Taste) -> bool:
    """Whether a reason says what is so, found out from the inputs alone."""
    one = place.paper
    match reason.kind:
        case ReasonKind.TOPIC:
            by_taxonomy = {"long context", "safety", "retrieval", "agents"} & {plain(reason.value), f"{reason.value}s"}
            return Topic(reason.value) in asked.topics and (bool(by_taxonomy) or holds(one, reason.value))
        case ReasonKind.WORD:
            return reason.value in asked.wanted and holds(one, reason.value)
        case ReasonKind.FOLLOWED_AUTHOR:
            return plain(reason.value) in {plain(name) for name in asked.authors}
        case ReasonKind.SAVED_AUTHOR:
            same = (n for name, n in taste.saved_authors.items() if plain(name) == plain(reason.value))
            return reason.count == sum(same) > 0
        case ReasonKind.SAVED_TERMS:
            sharing = [other for other in taste.saved if other.id != one.id and holds(other, reason.value)]
            return holds(one, reason.value) and reason.count == len(sharing) > 1
        case ReasonKind.LANGUAGE_MODELS:
            about = any(says(f"{one.title} {one.abstract}", word) for word in NOUNS)
            return len(place.reasons) == 1 and about and holds(one, reason.value)
        case _:
            return False


@given(st.lists(papers, min_size=1, max_size=12), interests, tastes)
def test_every_reason_is_true(pool: Sequence[Paper], asked: Interests, taste: Taste) -> None:
    for place in rank([*pool, *taste.saved], asked, taste):
        assert len(place.reasons) <= MOST_REASONS
        assert len(set(place.reasons)) == len(place.reasons)
        for reason in place.reasons:
            assert is_true(reason, place, asked, taste), reason
            if reason.kind in AUTHOR_KINDS:
                assert reason.value in {author.name for author in place.paper.authors}


@given(st.lists(papers, min_size=1, max_size=12), interests, tastes)
def test_nothing_unwanted_is_on_topic_and_whatever_is_has_a_reason(
    pool: Sequence[Paper], asked: Interests, taste: Taste
) -> None:
    for place in rank(pool, asked, taste):
        assert place.barred == any(holds(place.paper, wish) for wish in asked.unwanted)
        assert not (place.on_topic and place.barred)
        assert place.reasons or not place.on_topic


@given(st.lists(papers, min_size=1, max_size=8), interests, tastes, st.randoms(use_true_random=False))
def test_a_ranking_holds_every_paper_once_and_is_the_same_in_any_order(
    pool: list[Paper], asked: Interests, taste: Taste, chance: random.Random
) -> None:
    ranked = rank(pool, asked, taste)
    assert sorted(place.paper.id for place in ranked) == sorted(one.id for one in pool)
    assert rank(chance.sample(pool, len(pool)), asked, taste) == ranked
