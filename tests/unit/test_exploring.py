"""A small share of an edition may try what the team has not judged, and says so."""

import pytest

from bot.curation.ranking import Ranked
from bot.curation.selection import EXPLORED, REACH_OF_EXPLORING, Exploration, Selection, select
from bot.editions import Reason, ReasonKind
from tests.factories import paper

EXPLORING = Reason(ReasonKind.EXPLORING)


def place(score: float, novelty: float = 0.0, *, on_topic: bool = True, title: str = "") -> Ranked:
    own = title or f"matter{score}"
    return Ranked(paper(title=own, abstract=own), score, f"topic{score}", on_topic, (), novelty=novelty)


def chosen(ranked: list[Ranked], size: int, *, seed: str | None = "2026-01-15 1") -> Selection:
    return select(ranked, size, exclude=set(), explore=Exploration(seed) if seed else None)


def tries(selection: Selection) -> list[float]:
    """The scores of what was picked to explore."""
    return [pick.score for pick in selection.picks if EXPLORING in pick.reasons]


BEST = [place(1000 - number, 0.9) for number in range(EXPLORED)]


def test_the_last_of_eight_explores_and_says_so_first() -> None:
    selection = chosen([*BEST, place(1, 0.5)], EXPLORED)
    assert [pick.score for pick in selection.picks] == [*(best.score for best in BEST[:-1]), 1]
    assert selection.picks[-1].reasons[0] == EXPLORING
    assert tries(selection) == [1]


def test_without_being_told_to_nothing_explores() -> None:
    assert tries(chosen([*BEST, place(1, 0.5)], EXPLORED, seed=None)) == []


def test_a_smaller_edition_does_not_explore() -> None:
    assert tries(chosen([*BEST, place(1, 0.5)], EXPLORED - 1)) == []


def test_an_edition_that_is_not_full_does_not_explore() -> None:
    assert tries(chosen(BEST[:-1], EXPLORED)) == []


@pytest.mark.parametrize(
    "other", [place(1, 0.0), place(1, 0.9, on_topic=False), place(1, 0.9, title=BEST[0].paper.title)]
)
def test_what_was_judged_is_off_topic_or_is_there_already_is_no_try(other: Ranked) -> None:
    assert tries(chosen([*BEST, other], EXPLORED)) == []


def test_only_the_next_best_are_tried() -> None:
    near = [place(100 - number, 0.001) for number in range(EXPLORED * REACH_OF_EXPLORING)]
    far = [place(-number, 1.0) for number in range(1, 20)]
    assert all(score > 0 for seed in "abcdefgh" for score in tries(chosen([*BEST, *near, *far], EXPLORED, seed=seed)))


def test_the_same_seed_tries_the_same_and_seeds_differ() -> None:
    ranked = [*BEST, *(place(100 - number, 0.5) for number in range(30))]
    assert chosen(ranked, EXPLORED) == chosen(ranked[::-1], EXPLORED)
    assert len({tuple(tries(chosen(ranked, EXPLORED, seed=seed))) for seed in "abcdefgh"}) > 1


def test_the_newer_to_the_team_the_likelier() -> None:
    ranked = [*BEST, place(2, 0.05), place(1, 0.9)]
    drawn = [tries(chosen(ranked, EXPLORED, seed=str(seed))) for seed in range(60)]
    assert drawn.count([1]) > drawn.count([2])
