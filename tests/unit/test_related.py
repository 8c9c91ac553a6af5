"""How like two papers are, and what is searched to find them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.curation.related import LEAST, most_alike, questions
from bot.papers import Paper
from tests.factories import paper

WORDS = ("verifier", "reward", "agent", "memory", "attention", "octopus")
papers = st.lists(
    st.builds(
        lambda title, abstract: paper(title=" ".join(title), abstract=" ".join(abstract)),
        st.lists(st.sampled_from(WORDS), max_size=4),
        st.lists(st.sampled_from(WORDS), max_size=6),
    ),
    min_size=1,
    max_size=12,
)


def test_pairs_of_words_are_asked_for_before_single_ones_that_tell_something() -> None:
    assert questions(paper(title="RL for Verifiers")) == ("rl for", "for verifiers", "verifiers")


def test_rare_words_in_common_count_for_more_than_common_ones() -> None:
    one = paper(title="Octopus attention", abstract="")
    rare, common = paper(title="Octopus memory", abstract=""), paper(title="Memory attention", abstract="")
    crowd = [paper(title=f"Attention {n}", abstract="") for n in range(9)]
    ranked = [alike.paper for alike in most_alike(one, [*crowd, common, rare], limit=20)]
    assert ranked.index(rare) < ranked.index(common)


@given(papers, st.integers(0, 5))
def test_the_most_alike_come_first_within_the_limit_and_never_the_paper_itself(found: list[Paper], limit: int) -> None:
    alike = most_alike(found[0], found, limit=limit)
    assert len(alike) <= limit
    assert found[0] not in [one.paper for one in alike]
    assert [one.likeness for one in alike] == sorted((one.likeness for one in alike), reverse=True)
    assert all(LEAST <= one.likeness <= 1 + 1e-9 for one in alike)
    assert most_alike(found[0], found[::-1], limit=limit) == alike


def test_the_same_words_are_alike_in_full() -> None:
    one, twin = (paper(title="Octopus attention", abstract="Memory.") for _ in range(2))
    [alike] = most_alike(one, [twin], limit=5)
    assert round(alike.likeness, 9) == 1
