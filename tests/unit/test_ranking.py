"""What puts one paper above another, and what keeps a paper out."""

import random
from collections.abc import Sequence

import pytest

from bot.curation.points import rank
from bot.curation.ranking import Ranked, Ranker, Taste
from bot.editions import Reason, ReasonKind
from bot.papers import Paper
from bot.teams import Interests, Topic
from tests.factories import paper

PLAIN = "We study a large language model in some depth and report what we find about it."
DULL = [
    paper(title=f"A Language Model in {place}", abstract=PLAIN, authors=("Nobody Known",))
    for place in (
        "Oslo",
        "Lima",
        "Pune",
        "Accra",
        "Quito",
        "Hanoi",
        "Split",
        "Leeds",
        "Turin",
        "Ghent",
        "Basel",
        "Malmo",
    )
]
RANK: Ranker = rank
"""The default ranker satisfies the seam."""


def asking(
    *topics: str, wanted: Sequence[str] = (), unwanted: Sequence[str] = (), authors: Sequence[str] = ()
) -> Interests:
    return Interests(("cs.CL",), tuple(map(Topic, topics)), tuple(wanted), tuple(unwanted), tuple(authors))


def ranked(one: Paper, interests: Interests, taste: Taste | None = None, *, among: Sequence[Paper] = DULL) -> Ranked:
    """How `one` is ranked among others."""
    places = RANK([*among, one], interests, taste or Taste())
    assert {place.paper.id for place in places} == {other.id for other in [*among, one]}
    return next(place for place in places if place.paper.id == one.id)


def kinds(place: Ranked) -> list[ReasonKind]:
    return [reason.kind for reason in place.reasons]


def test_without_topics_everything_about_language_models_is_on_topic_and_nothing_else() -> None:
    about = ranked(paper(title="What Language Models Remember", abstract=PLAIN), asking())
    other = ranked(paper(title="Convex Regret", abstract="A bound for mirror descent."), asking())
    assert (about.on_topic, about.reasons) == (True, (Reason(ReasonKind.LANGUAGE_MODELS, "language model"),))
    assert (other.on_topic, other.reasons) == (False, ())
    assert about.score > other.score


def test_papers_with_language_models_as_their_subject_stand_above_those_that_use_them() -> None:
    core = ranked(paper(title="What Language Models Remember", abstract=""), asking())
    applied = ranked(paper(title="Patient Triage", abstract="Clinicians use an LLM for a diagnosis."), asking())
    assert core.score > applied.score


@pytest.mark.parametrize("said", ["long context", "Long-Context", "long_context"])
def test_a_topic_of_the_taxonomy_is_matched_by_what_a_paper_is_about(said: str) -> None:
    on = ranked(paper(title="LLMs with a Longer Context Window", abstract="Length extrapolation."), asking(said))
    off = ranked(paper(title="Jailbreaks of LLMs", abstract="Red teaming."), asking(said))
    assert (on.on_topic, on.reasons) == (True, (Reason(ReasonKind.TOPIC, said),))
    assert (off.on_topic, off.topic) == (False, "safety")


def test_a_topic_in_the_teams_own_words_is_matched_as_a_phrase_and_more_in_the_title() -> None:
    asked = asking("process supervision")
    title = ranked(paper(title="Process Supervisions, Revisited", abstract=PLAIN), asked)
    abstract = ranked(paper(title="Verifiers, Revisited", abstract=f"{PLAIN} It needs process-supervision."), asked)
    apart = ranked(paper(title="Supervision of a Process", abstract=PLAIN), asked)
    assert title.reasons == abstract.reasons == (Reason(ReasonKind.TOPIC, "process supervision"),)
    assert title.score > abstract.score > apart.score
    assert (title.on_topic, abstract.on_topic, apart.on_topic) == (True, True, False)


def test_a_phrase_of_the_teams_own_need_not_be_about_language_models() -> None:
    assert ranked(paper(title="Protein Folding", abstract=""), asking("protein folding")).on_topic


def test_a_first_topic_says_more_than_a_side_topic() -> None:
    first = paper(title="Jailbreaks of Vision-Language Models", abstract="Red teaming and prompt injection.")
    place = ranked(first, asking("multimodal", "safety"))
    assert [reason.value for reason in place.reasons] == ["safety", "multimodal"]


def test_wanted_words_raise_a_paper_but_do_not_bring_it_in() -> None:
    one = paper(title="Jailbreaks of LLMs", abstract=PLAIN)
    bare, wanted = (ranked(one, asking("data", wanted=words)) for words in ([], ["jailbreak"]))
    assert wanted.score > bare.score
    assert wanted.reasons == (Reason(ReasonKind.WORD, "jailbreak"),)
    assert not wanted.on_topic


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("consistency", True),
        ("consistency check", True),
        ("Off-Distribution", True),
        ("title:consistency check", True),
        ("Title: small", True),
        ("title:accuracy", False),
        ("author:okafor", True),
        ("author:adaeze okafor", True),
        ("author:oka", False),
        ("author:consistency", False),
        ("check consistency", False),
        ("consist", False),
        ("lindqvist", False),
        ("", False),
        ("title:", False),
        ("?!", False),
    ],
)
def test_words_are_looked_for_where_the_team_says(said: str, found: bool) -> None:
    one = paper()
    assert (ReasonKind.WORD in kinds(ranked(one, asking(wanted=[said])))) is found
    assert ranked(one, asking(unwanted=[said])).barred is found


def test_a_word_in_the_title_weighs_more_than_in_the_abstract() -> None:
    one = paper(title="Alpha in LLMs", abstract="It has beta.")
    reasons = ranked(one, asking(wanted=["beta", "alpha"])).reasons
    assert [reason.value for reason in reasons] == ["alpha", "beta"]


def test_what_is_unwanted_or_withdrawn_is_out_and_below_everything_else() -> None:
    asked = asking("safety", unwanted=["watermark"], authors=["Wei Tan"])
    unwanted = paper(title="Watermarks against Jailbreaks of LLMs")
    withdrawn = paper(title="Jailbreaks of LLMs", withdrawn=True)
    places = rank([unwanted, withdrawn, *DULL], asked, Taste())
    assert [(place.on_topic, place.barred) for place in places[-2:]] == [(False, True)] * 2
    assert not any(place.barred for place in places[:-2])


@pytest.mark.parametrize("spelt", ["José Muñoz", "jose munoz", "JOSÉ MUÑOZ"])
def test_a_followed_author_is_on_topic_whatever_the_paper_is_about(spelt: str) -> None:
    one = paper(title="Convex Regret", abstract="", authors=("Ana Silva", "José Muñoz"))
    place = ranked(one, asking("safety", authors=[spelt]))
    assert (place.on_topic, place.reasons) == (True, (Reason(ReasonKind.FOLLOWED_AUTHOR, "José Muñoz"),))


def test_only_the_whole_name_is_the_followed_author() -> None:
    assert not ranked(paper(authors=("Wei Tang", "Li Wei Tan")), asking("data", authors=["Wei Tan"])).on_topic


def test_authors_whom_the_team_saves_raise_a_paper_with_their_true_count() -> None:
    one = paper(title="A Language Model in Kyoto", abstract=PLAIN, authors=("Wei Tan", "Nils Lindqvist"))
    taste = Taste(saved_authors={"Wei Tan": 1, "nils lindqvist": 2, "Nils Lindqvist": 3})
    place = ranked(one, asking(), taste)
    assert place.reasons == (Reason(ReasonKind.SAVED_AUTHOR, "Nils Lindqvist", 5),)
    assert place.score > ranked(one, asking()).score


def test_terms_of_saved_papers_raise_a_paper_with_their_true_count() -> None:
    saved = [paper(title=f"Verifiers {n}", abstract="Speculative words.", authors=("A B",)) for n in "xyz"]
    one = paper(title="A Verifier in Kyoto", abstract=PLAIN, authors=("Nobody Known",))
    place = ranked(one, asking(), Taste(saved=saved))
    assert place.reasons == (Reason(ReasonKind.SAVED_TERMS, "verifier", 3),)
    assert place.score > ranked(one, asking()).score


def test_a_saved_paper_does_not_count_itself() -> None:
    saved = [paper(title=f"Verifiers {n}", abstract=PLAIN, authors=("A B",)) for n in "xyz"]
    assert ranked(saved[0], asking(), Taste(saved=saved)).reasons == (Reason(ReasonKind.SAVED_TERMS, "verifier", 2),)
    assert kinds(ranked(saved[0], asking(), Taste(saved=saved[:2]))) == [ReasonKind.LANGUAGE_MODELS]


def test_the_terms_of_one_paper_are_no_taste() -> None:
    one = paper(title="A Verifier of a Language Model", abstract=PLAIN)
    once = Taste(saved=[paper(title="Verifiers", abstract="")])
    assert ranked(one, asking(), once) == ranked(one, asking())


def test_terms_that_half_the_pool_holds_are_no_taste() -> None:
    one, *others = (paper(title=f"A Verifier, an LLM and {name}") for name in ("Ada", "Bob", "Cleo", "Dan"))
    among = [*DULL[:4], *others]
    taste = Taste(saved=[paper(title="Verifiers", abstract=""), paper(title="Verifier", abstract="")])
    assert ranked(one, asking(), taste, among=among) == ranked(one, asking(), among=among)


def test_terms_that_stand_in_abstracts_alone_are_no_taste() -> None:
    one = paper(title="A Language Model", abstract=f"Surprisingly, {PLAIN}")
    saved = [paper(title=name, abstract="Surprisingly, it holds.") for name in ("Verifiers", "Judges")]
    assert ranked(one, asking(), Taste(saved=saved)) == ranked(one, asking())


def test_terms_of_disliked_papers_lower_a_paper_and_give_no_reason() -> None:
    disliked = [paper(title=f"Verifiers {n}", abstract="") for n in "xy"]
    one = paper(title="A Verifier in Kyoto", abstract=PLAIN)
    place = ranked(one, asking(), Taste(disliked=disliked))
    assert place.score < ranked(one, asking()).score
    assert kinds(place) == [ReasonKind.LANGUAGE_MODELS]
    assert kinds(ranked(one, asking(), Taste(saved=disliked, disliked=disliked))) == [ReasonKind.LANGUAGE_MODELS]


def test_at_most_three_reasons_are_given_the_weightiest_first() -> None:
    one = paper(title="Jailbreaks of LLMs", authors=("Wei Tan",))
    asked = asking("safety", wanted=["jailbreak", "llm", "of"], authors=["Wei Tan"])
    assert kinds(ranked(one, asked)) == [ReasonKind.FOLLOWED_AUTHOR, ReasonKind.TOPIC, ReasonKind.WORD]


def test_the_order_of_the_pool_is_of_no_account() -> None:
    pool = [*DULL, paper(title="Jailbreaks of LLMs"), paper(withdrawn=True)]
    shuffled = random.Random(5).sample(pool, len(pool))
    taste = Taste(saved=pool[:5], disliked=pool[5:8], saved_authors={"Wei Tan": 2})
    assert rank(pool, asking("safety"), taste) == rank(shuffled, asking("safety"), taste)


def test_papers_that_nothing_tells_apart_are_ordered_by_id() -> None:
    twins = [paper(title="An LLM", abstract="", authors=()) for _ in range(3)]
    assert [place.paper for place in rank(twins[::-1], asking(), Taste())] == twins


def test_an_empty_pool_has_no_order() -> None:
    assert rank([], asking(), Taste(saved=DULL)) == []
