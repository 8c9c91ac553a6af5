"""What of a ranking goes into an edition, and where the rest stood."""

import random
from itertools import combinations
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from bot.curation.explain import standing
from bot.curation.ranking import Ranked
from bot.curation.selection import CROWD, SAME_TEXT, select
from bot.curation.taxonomy import OTHER
from bot.editions import Reason, ReasonKind
from bot.papers import ArxivId
from tests.factories import paper

GREEK = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "omega")
FOLLOWED = (Reason(ReasonKind.FOLLOWED_AUTHOR, "Wei Tan"),)


def place(
    score: float,
    topic: str = OTHER,
    *,
    title: str = "",
    abstract: str = "",
    on_topic: bool = True,
    barred: bool = False,
    reasons: tuple[Reason, ...] = (),
) -> Ranked:
    """A place in a ranking; without a title and an abstract, of a paper like no other."""
    own = f"matter{score}{topic}"
    one = paper(title=title or own, abstract=abstract or own)
    return Ranked(one, score, topic, on_topic and not barred, reasons, barred)


def scores(ranked: list[Ranked], size: int = 5, *, exclude: frozenset[ArxivId] = frozenset()) -> list[float]:
    """The scores of what is picked, in order."""
    return [pick.score for pick in select(ranked, size, exclude=exclude).picks]


def test_the_best_on_topic_are_picked_and_numbered_from_one() -> None:
    ranked = [place(1), place(3), place(2), place(9, on_topic=False), place(8, barred=True)]
    picks = select(ranked, 2, exclude=set()).picks
    assert [(pick.number, pick.score, pick.paper_id) for pick in picks] == [
        (1, 3, ranked[1].paper.id),
        (2, 2, ranked[2].paper.id),
    ]


def test_a_pick_carries_its_topic_and_reasons() -> None:
    (pick,) = select([place(1, "safety", reasons=FOLLOWED)], 5, exclude=set()).picks
    assert (pick.topic, pick.reasons) == ("safety", FOLLOWED)


def test_what_was_brought_before_is_left_out() -> None:
    ranked = [place(3), place(2), place(1)]
    assert scores(ranked, exclude=frozenset({ranked[0].paper.id, ranked[2].paper.id})) == [2]


def test_of_papers_with_one_title_the_better_stays() -> None:
    ranked = [
        place(1, title="On “Models”", abstract="We look at alpha, beta and gamma."),
        place(2, title="on models", abstract="Something else entirely, with delta, epsilon, zeta, eta and theta."),
        place(0),
    ]
    assert scores(ranked) == [2, 0]


def test_of_papers_with_nearly_one_title_and_one_story_the_better_stays() -> None:
    story = "We study how verifiers fail under distribution shift and repair them with checks."
    first = place(2, title="When Verifiers Lie: Process Rewards under Shift", abstract=story)
    again = place(1, title="When Verifiers Lie: Process Rewards under a Shift", abstract=f"{story} With new results.")
    assert scores([first, again]) == [2]


def test_of_papers_with_one_text_under_two_titles_the_better_stays() -> None:
    text = " ".join(GREEK)
    assert scores([place(2, title="Verifiers", abstract=text), place(1, title="Judges", abstract=text)]) == [2]


def test_papers_on_one_matter_with_different_titles_both_stay() -> None:
    first = place(2, title="Verifiers under Shift", abstract="We study how verifiers fail under a shift.")
    other = place(1, title="Verifiers for Code", abstract="Verifiers read programs and find the bugs in them.")
    assert scores([first, other]) == [2, 1]


def test_a_crowd_of_one_topic_makes_room_for_others() -> None:
    ranked = [place(9 - n, "agents") for n in range(5)] + [place(2, "safety"), place(1, "code"), place(0, "data")]
    assert scores(ranked) == [9, 8, 2, 1, 0]


def test_a_crowd_fills_what_nothing_else_can_in_order_of_rank() -> None:
    ranked = [place(9 - n, "agents") for n in range(6)] + [place(1, "safety")]
    assert scores(ranked) == [9, 8, 7, 6, 1]


def test_a_crowd_many_times_the_edition_still_makes_room() -> None:
    ranked = [place(90 - n, "agents") for n in range(40)] + [place(2, "safety"), place(1, "code")]
    assert scores(ranked, 4) == [90, 89, 2, 1]


def test_papers_without_a_topic_are_no_crowd() -> None:
    assert scores([*(place(9 - n) for n in range(5)), place(1, "safety")]) == [9, 8, 7, 6, 5]


def test_papers_by_followed_authors_are_no_crowd() -> None:
    ranked = [place(9 - n, "agents", reasons=FOLLOWED) for n in range(4)]
    others = [place(2, "code"), place(1, "data"), place(0, "safety")]
    assert scores([*ranked, place(3, "agents"), *others]) == [9, 8, 7, 6, 2]


def test_a_subscription_to_a_single_topic_gets_its_crowd() -> None:
    ranked = [place(9 - n, "agents") for n in range(5)] + [place(1, "safety")]
    picks = select(ranked, 5, exclude=set(), thin_crowds=False).picks
    assert [pick.score for pick in picks] == [9, 8, 7, 6, 5]


def test_a_worse_twin_does_not_slip_in_for_a_better_one_of_a_crowd() -> None:
    ranked = [place(9 - n, "agents") for n in range(2)]
    ranked += [place(5, "agents", title="Twin"), place(4, "safety", title="Twin"), place(3, "code")]
    assert scores(ranked, 3) == [9, 8, 3]


def test_where_nothing_is_picked_the_nearest_is_the_best_that_may_be_shown() -> None:
    ranked = [place(9, barred=True), place(8), place(7, on_topic=False), place(6, on_topic=False)]
    chosen = select(ranked, 5, exclude={ranked[1].paper.id})
    assert (chosen.picks, chosen.nearest) == ((), ranked[2].paper.id)


def test_where_something_is_picked_there_is_no_nearest() -> None:
    assert select([place(1), place(2, on_topic=False)], 5, exclude=set()).nearest is None


def test_of_nothing_there_is_no_nearest() -> None:
    assert select([place(1, barred=True)], 5, exclude=set()).nearest is None


places = st.builds(
    place,
    st.integers(0, 30),
    st.sampled_from(("agents", "safety", OTHER)),
    title=st.lists(st.sampled_from(GREEK), max_size=3).map(" ".join),
    abstract=st.lists(st.sampled_from(GREEK), max_size=8).map(" ".join),
    on_topic=st.booleans(),
    barred=st.booleans(),
    reasons=st.sampled_from(((), FOLLOWED)),
)


def is_twin(one: Ranked, other: Ranked) -> bool:
    """Whether two papers made by `places` have one title or one text, found out from their words."""
    mine, theirs = ({*place.paper.title.split(), *place.paper.abstract.split()} for place in (one, other))
    same_title = one.paper.title.split() == other.paper.title.split()
    return same_title or len(mine & theirs) >= SAME_TEXT * len(mine | theirs)


@given(st.lists(places, max_size=25), st.integers(1, 8), st.randoms(use_true_random=False))
def test_a_selection_always_keeps_its_promises(ranked: list[Ranked], size: int, chance: random.Random) -> None:
    exclude = {one.paper.id for one in ranked if chance.random() < 0.2}
    chosen = select(ranked, size, exclude=exclude)
    by_id = {one.paper.id: one for one in ranked}
    picked = [by_id[pick.paper_id] for pick in chosen.picks]
    eligible = [one for one in ranked if one.on_topic and one.paper.id not in exclude]

    assert [pick.number for pick in chosen.picks] == list(range(1, len(picked) + 1))
    assert picked == sorted(picked, key=lambda one: (-one.score, one.paper.id))
    assert len(picked) <= size
    assert all(one in eligible for one in picked)
    assert bool(picked) == bool(eligible)
    assert not any(is_twin(one, other) for one, other in combinations(picked, 2))
    assert chosen.nearest is None or (not picked and chosen.nearest not in exclude and not by_id[chosen.nearest].barred)
    assert select(chance.sample(ranked, len(ranked)), size, exclude=exclude) == chosen


@given(st.lists(st.sampled_from(("agents", "safety", "code")), max_size=20), st.integers(1, 8))
def test_no_topic_crowds_an_edition_that_others_can_fill(topics: list[str], size: int) -> None:
    ranked = [place(100 - number, topic) for number, topic in enumerate(topics)]
    room = ceil(size * CROWD)
    picks = select(ranked, size, exclude=set()).picks
    assert len(picks) == min(size, len(topics))
    if sum(min(topics.count(topic), room) for topic in set(topics)) >= size:
        assert all(sum(pick.topic == topic for pick in picks) <= room for topic in set(topics))


def test_a_paper_that_was_not_picked_has_a_standing_on_topic_first() -> None:
    ranked = [place(9, on_topic=False), place(3), place(2, reasons=FOLLOWED), place(8, barred=True)]
    last = standing(ranked[2].paper.id, ranked, 1)
    assert last is not None
    assert (last.rank, last.considered, last.cut, last.on_topic, last.reasons) == (2, 4, 1, True, FOLLOWED)
    off = standing(ranked[0].paper.id, ranked, 1)
    assert off is not None
    assert (off.rank, off.on_topic) == (3, False)


def test_a_paper_that_was_not_looked_at_has_no_standing() -> None:
    assert standing(paper().id, [place(1)], 5) is None
