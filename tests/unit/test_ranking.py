"""What a team asks for in words puts one paper above another, and keeps a paper out."""

from collections.abc import Sequence

from bot.curation.ranker import rank
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


def ranked(one: Paper, interests: Interests) -> Ranked:
    """How `one` is ranked among others by a team that has judged nothing yet."""
    places = RANK([*DULL, one], interests, Taste())
    assert {place.paper.id for place in places} == {other.id for other in [*DULL, one]}
    return next(place for place in places if place.paper.id == one.id)


def kinds(place: Ranked) -> list[ReasonKind]:
    return [reason.kind for reason in place.reasons]


def test_without_topics_everything_about_language_models_is_on_topic_and_nothing_else() -> None:
    about = ranked(paper(title="What Language Models Remember", abstract=PLAIN), asking())
    other = ranked(paper(title="Convex Regret", abstract="A bound for mirror descent."), asking())
    assert (about.on_topic, about.reasons) == (True, (Reason(ReasonKind.LANGUAGE_MODELS, "language model"),))
    assert not other.on_topic
    assert about.score > other.score


def test_papers_with_language_models_as_their_subject_stand_above_those_that_use_them() -> None:
    core = ranked(paper(title="What Language Models Remember", abstract=""), asking())
    applied = ranked(paper(title="Patient Triage", abstract="Clinicians use an LLM for a diagnosis."), asking())
    assert core.score > applied.score


def test_at_most_three_reasons_are_given_the_weightiest_first() -> None:
    one = paper(title="Jailbreaks of LLMs", authors=("Wei Tan",))
    asked = asking("safety", wanted=["jailbreak", "llm", "of"], authors=["Wei Tan"])
    assert kinds(ranked(one, asked)) == [ReasonKind.FOLLOWED_AUTHOR, ReasonKind.TOPIC, ReasonKind.WORD]


def test_papers_that_nothing_tells_apart_are_ordered_by_id() -> None:
    twins = [paper(title="An LLM", abstract="", authors=()) for _ in range(3)]
    assert [place.paper for place in rank(twins[::-1], asking(), Taste())] == twins
