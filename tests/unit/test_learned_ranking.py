"""What a team did with papers moves the next ranking, from the prior on."""

import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from bot.curation import ranker
from bot.curation.features import FEATURES
from bot.curation.learned import rank
from bot.curation.prior import Prior, Scaled, shipped
from bot.curation.ranking import Act, Judged, Ranked, Taste
from bot.editions import Reason, ReasonKind
from bot.papers import Paper
from bot.teams import Interests, Topic
from tests.factories import paper

EVERYTHING = Interests(("cs.CL",))
PRIOR = Prior(
    provenance="invented",
    rare=6.0,
    terms={"model": (1.5, 0.0), "language model": (2.0, 0.2), "verifier": (4.0, 2.0), "octopus": (5.0, -1.0)},
    features={name: Scaled(0.0, 0.1, 0.0) for name in FEATURES},
)
PLAIN = "We study a large language model in some depth."
KINDS = ("verifier", "octopus", "harbour", "lantern")


def on(word: str, number: int = 0, *, authors: tuple[str, ...] = ("Nobody Known",)) -> Paper:
    return paper(title=f"A {word} for language models, part {number}", abstract=f"{PLAIN} The {word}.", authors=authors)


POOL = [on(kind) for kind in KINDS]


def ranked(judged: Sequence[Judged] = (), pool: Sequence[Paper] = POOL, **taste: object) -> list[Ranked]:
    return rank(pool, EVERYTHING, Taste(judged=judged, **taste), PRIOR)  # type: ignore[arg-type]  # one dict for many


def order(places: Sequence[Ranked]) -> list[str]:
    return [place.paper.title.split()[1] for place in places]


def of(places: Sequence[Ranked], one: Paper) -> Ranked:
    return next(place for place in places if place.paper.id == one.id)


def judged(word: str, act: Act, times: int, *, days: float = 1.0, authors: tuple[str, ...] = ("A B",)) -> list[Judged]:
    return [Judged(on(word, number, authors=authors), act, days) for number in range(1, times + 1)]


def test_before_anything_was_judged_the_prior_decides() -> None:
    places = ranked()
    assert (order(places)[0], order(places)[-1]) == ("verifier", "octopus")
    assert places[0].reasons == (Reason(ReasonKind.LANGUAGE_MODELS, "verifier"),)


@pytest.mark.parametrize("act", [Act.SAVED, Act.DISCUSSED, Act.LIKED, Act.READ, Act.SUMMARISED, Act.OPENED])
def test_what_a_team_took_up_raises_papers_like_it(act: Act) -> None:
    both = judged("lantern", act, 4) + judged("harbour", Act.IGNORED, 4)
    assert of(ranked(both), POOL[3]).score > of(ranked(both), POOL[2]).score


def test_signals_move_the_ranking_from_the_prior_step_by_step() -> None:
    gaps = []
    for saves in (0, 1, 3, 9, 27):
        places = ranked(judged("octopus", Act.SAVED, saves) + judged("verifier", Act.IGNORED, saves))
        gaps.append(of(places, POOL[1]).score - of(places, POOL[0]).score)
    assert gaps == sorted(gaps)
    assert gaps[0] < 0 < gaps[-1]


def test_a_save_says_more_than_a_look() -> None:
    mixed = judged("lantern", Act.SAVED, 3) + judged("harbour", Act.OPENED, 3) + judged("octopus", Act.IGNORED, 6)
    assert of(ranked(mixed), POOL[3]).score > of(ranked(mixed), POOL[2]).score


def test_not_for_us_says_more_than_passing_over() -> None:
    mixed = judged("lantern", Act.DISLIKED, 3) + judged("harbour", Act.IGNORED, 3) + judged("verifier", Act.SAVED, 6)
    assert of(ranked(mixed), POOL[3]).score < of(ranked(mixed), POOL[2]).score


def test_what_was_done_long_ago_says_less() -> None:
    mixed = (
        judged("lantern", Act.SAVED, 4, days=400) + judged("harbour", Act.SAVED, 4) + judged("octopus", Act.IGNORED, 8)
    )
    assert of(ranked(mixed), POOL[3]).score < of(ranked(mixed), POOL[2]).score


def gap(saved_days: float, passed_days: float) -> float:
    """How far four saves that long ago put a lantern above a harbour that was passed over four times that long ago."""
    acts = judged("lantern", Act.SAVED, 4, days=saved_days) + judged("harbour", Act.IGNORED, 4, days=passed_days)
    places = ranked(acts)
    return of(places, POOL[3]).score - of(places, POOL[2]).score


def test_a_taste_of_months_ago_still_says_something() -> None:
    assert gap(1, 1) > gap(170, 170) > gap(1, 1) / 4


def test_what_was_saved_before_anything_was_passed_over_says_less() -> None:
    assert 0 < gap(170, 169) < gap(170, 170) / 2


def test_of_several_acts_on_a_paper_the_one_that_says_most_counts() -> None:
    saved = judged("lantern", Act.SAVED, 3)
    both = [*saved, *(Judged(one.paper, Act.OPENED, 0.5) for one in saved)]
    assert ranked(both) == ranked(saved)


def test_papers_that_nobody_judged_are_held_to_be_passed_over_a_little() -> None:
    saves = judged("lantern", Act.SAVED, 2)
    alone = of(ranked(saves), POOL[2]).score
    among = of(ranked(saves, background=[on("harbour", number) for number in range(30)]), POOL[2]).score
    assert among < alone


def test_authors_whom_the_team_saves_raise_a_paper_with_the_count_of_the_store() -> None:
    new = paper(title="A lamp for language models", abstract=PLAIN, authors=("Wei Tan", "Ada Low"))
    saves = [one for word in KINDS for one in judged(word, Act.SAVED, 2, authors=("Wei Tan", "Ada Low"))]
    passed = [one for word in KINDS for one in judged(word, Act.IGNORED, 2, authors=("C D", "E F"))]
    places = ranked([*saves, *passed], [*POOL, new], saved_authors={"Wei Tan": 8, "wei tan": 1})
    assert Reason(ReasonKind.SAVED_AUTHOR, "Wei Tan", 9) in of(places, new).reasons
    unknown = paper(title="A lamp for language models", abstract=PLAIN, authors=("G H", "I J"))
    assert of(places, new).score > of(ranked([*saves, *passed], [*POOL, unknown]), unknown).score


def test_authors_whom_the_team_passes_over_are_named_against_a_paper() -> None:
    new = paper(title="A lamp for language models", abstract=PLAIN, authors=("Wei Tan",))
    passed = [one for word in KINDS for one in judged(word, Act.IGNORED, 2, authors=("Wei Tan",))]
    saves = [one for number, word in enumerate(KINDS) for one in judged(word, Act.SAVED, 2, authors=(f"A{number} B",))]
    places = ranked([*saves, *passed], [*POOL, new])
    assert Reason(ReasonKind.PASSED_AUTHOR, "Wei Tan", 8) in of(places, new).against


def test_terms_are_named_with_the_papers_that_share_them() -> None:
    mixed = judged("lantern", Act.SAVED, 4) + judged("harbour", Act.IGNORED, 3)
    places = ranked(mixed)
    assert Reason(ReasonKind.SAVED_TERMS, "lantern", 4) in of(places, POOL[3]).reasons
    with_passed = ranked(judged("verifier", Act.SAVED, 4) + judged("octopus", Act.DISLIKED, 3))
    assert Reason(ReasonKind.PASSED_TERMS, "octopus", 3) in of(with_passed, POOL[1]).against


def test_the_saved_paper_that_is_most_like_it_is_named() -> None:
    saves = judged("lantern", Act.SAVED, 1) + judged("verifier", Act.SAVED, 1)
    (like,) = [r for r in of(ranked(saves), POOL[0]).reasons if r.kind is ReasonKind.SAVED_PAPER]
    assert like.value == saves[1].paper.title


def test_a_paper_is_no_evidence_for_itself() -> None:
    saves = judged("lantern", Act.SAVED, 2)
    place = of(ranked(saves, [saves[0].paper]), saves[0].paper)
    assert not any(reason.kind is ReasonKind.SAVED_TERMS for reason in place.reasons)
    assert all(reason.value != saves[0].paper.title for reason in place.reasons)


def test_what_was_asked_for_in_words_stands_above_what_was_learned() -> None:
    asked = Interests(
        ("cs.CL",), (Topic("harbour"),), wanted=("harbour",), unwanted=("verifier",), authors=("Wei Tan",)
    )
    followed = on("octopus", 9, authors=("Wei Tan",))
    places = rank([*POOL, followed], asked, Taste(judged=judged("lantern", Act.SAVED, 4)), PRIOR)
    assert [place.paper for place in places if place.on_topic] == [followed, POOL[2]]
    assert (places[-1].paper, places[-1].barred) == (POOL[0], True)


def test_novelty_is_what_the_team_has_not_judged() -> None:
    places = ranked(judged("lantern", Act.IGNORED, 2))
    assert 0 <= of(places, POOL[3]).novelty < of(places, POOL[0]).novelty <= 1
    assert all(place.novelty == pytest.approx(1) for place in ranked())


def test_neither_the_order_of_the_pool_nor_that_of_the_acts_is_of_account() -> None:
    acts = judged("lantern", Act.SAVED, 3) + judged("harbour", Act.IGNORED, 3) + judged("octopus", Act.DISLIKED, 2)
    chance = random.Random(3)
    assert ranked(acts) == ranked(chance.sample(acts, len(acts)), chance.sample(POOL, len(POOL)))


def test_a_paper_that_was_brought_up_to_date_is_read_anew() -> None:
    acts = judged("lantern", Act.SAVED, 4) + judged("octopus", Act.IGNORED, 4)
    old = of(ranked(acts), POOL[2])
    new = replace(POOL[2], abstract=f"{POOL[2].abstract} A lantern.")
    assert of(ranked(acts, [new]), new).score > old.score


def test_an_empty_pool_has_no_order() -> None:
    assert ranked(judged("lantern", Act.SAVED, 2), []) == []


def test_papers_without_a_known_term_or_an_author_are_ranked_all_the_same() -> None:
    bare = paper(title="?", abstract="", authors=())
    assert np.isfinite(of(ranked(judged("lantern", Act.SAVED, 2), [bare]), bare).score)


def test_the_shipped_prior_is_small_and_knows_the_features_in_their_order() -> None:
    prior = shipped()
    assert tuple(prior.features) == FEATURES
    assert Prior.from_json(prior.to_json()) == prior
    assert len(prior.to_json().encode()) < 300_000
    assert prior.provenance


def test_the_default_ranker_starts_from_the_shipped_prior() -> None:
    taste = Taste(judged=judged("lantern", Act.SAVED, 2))
    assert ranker.rank(POOL, EVERYTHING, taste) == rank(POOL, EVERYTHING, taste, shipped())


def test_numerical_libraries_cost_nothing_before_the_first_ranking() -> None:
    check = "import sys, bot.app, bot.curation.ranker; print({'numpy', 'scipy', 'sklearn'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
