"""What is named as a reason says something of the paper."""

from datetime import UTC, datetime

import pytest

from adapters.sample.source import SampleSource
from bot.curation.learned import rank
from bot.curation.prior import shipped
from bot.curation.ranking import Act, Judged, Ranked, Taste
from bot.curation.telling import telling
from bot.editions import ReasonKind
from bot.papers import Paper
from bot.teams import Interests

OF_TERMS = (ReasonKind.SAVED_TERMS, ReasonKind.PASSED_TERMS, ReasonKind.ELSEWHERE)
_ORDINARY = """two three six no name number point time third small cost language model result show method framework
    propose experiment performance state art paper work need find data existing high large first less order set
    place know"""
ORDINARY = frozenset(_ORDINARY.split())


async def sample() -> list[Paper]:
    found = await SampleSource().announced(("cs.AI", "cs.CL", "cs.LG"), now=datetime(2026, 1, 15, 12, tzinfo=UTC))
    return list(found.papers)


def after(saved: list[Paper], passed: list[Paper], pool: list[Paper]) -> list[Ranked]:
    judged = [*(Judged(one, Act.SAVED, 2.0) for one in saved), *(Judged(one, Act.IGNORED, 2.0) for one in passed)]
    return rank(pool, Interests(("cs.CL",)), Taste(judged=judged))


async def test_words_that_stand_in_papers_about_anything_are_no_reason_and_others_are() -> None:
    papers, named = await sample(), set[str]()
    for start in range(0, 48, 6):
        saved, passed = papers[start : start + 6], papers[start + 6 : start + 14]
        pool = [one for one in papers if one not in (*saved, *passed)]
        for place in after(saved, passed, pool):
            assert place.reasons or not place.on_topic
            reasons = [reason for reason in (*place.reasons, *place.against) if reason.kind in OF_TERMS]
            named |= {reason.value for reason in reasons}
    assert named & ORDINARY == set()
    assert {"token", "prompt"} <= named


@pytest.mark.parametrize("term", ["experimental result", "state art", "extensive experiment", "model", "furthermore"])
def test_what_any_abstract_says_tells_nothing(term: str) -> None:
    assert not telling(term, shipped().terms[term][0])


@pytest.mark.parametrize("term", ["reinforcement learning", "chain thought", "retrieval augmented", "reward", "grpo"])
def test_what_a_paper_is_about_tells_something(term: str) -> None:
    assert telling(term, shipped().terms[term][0])
