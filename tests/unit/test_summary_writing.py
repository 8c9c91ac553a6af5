"""The summariser that asks a model: what it shows, what it asks again, what it gives up, and what that cost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr

from adapters.llm.model import OpenAIModel
from bot.papers import Paper
from bot.summaries.values import Audience, Failure, SectionName, SourceKind, SummaryKind, SummaryUnavailable, Usage
from bot.summaries.writing import BATCH, ModelSummariser
from bot.teams import Interests, Topic
from tests.factories import paper
from tests.fakes.llm import FakeLLM
from tests.fakes.llm_minds import Asked, Mind, claims, first_sentence, honest, inventive, rows, swapped

FIRST = "Process reward models lose accuracy off-distribution."
SECOND = "A small check recovers 12% of it."
TOLD = paper(1, abstract=f"{FIRST} {SECOND}")
TEAM = Audience(interests=Interests(categories=("cs.CL",), topics=(Topic("reasoning"),)), categories=("reasoning",))
SUBJECTS = ("retrieval", "agents", "pruning", "speech", "vision", "proofs", "tables", "music", "robots", "genomes")


def pool(count: int) -> list[Paper]:
    return [
        paper(number + 1, title=f"On {subject}", abstract=f"We study {subject} with care and in depth. It works well.")
        for number, subject in enumerate(SUBJECTS[:count])
    ]


@asynccontextmanager
async def summariser(mind: Mind) -> AsyncIterator[tuple[ModelSummariser, FakeLLM]]:
    fake = FakeLLM(mind=mind)
    async with fake.serving() as url:
        model = OpenAIModel("small-1", api_key=SecretStr("k"), base_url=url, retries=0, deadline=20)
        try:
            yield ModelSummariser(model), fake
        finally:
            await model.close()


def in_turn(*answers: str) -> Mind:
    left = list(answers)
    return lambda asked: left.pop(0)


async def refused(mind: Mind, kind: SummaryKind = SummaryKind.TLDR, told: Paper = TOLD) -> SummaryUnavailable:
    async with summariser(mind) as (made, _):
        with pytest.raises(SummaryUnavailable) as caught:
            await made.summarise(told, kind, audience=TEAM)
    return caught.value


async def test_tells_claims_under_their_headings_in_one_order_with_their_quotes() -> None:
    answer = claims(
        ("results", "A check recovers 12%.", SECOND),
        ("problem", "Reward models lose accuracy off-distribution.", FIRST),
        ("gist", "Not asked for here, reward models lose accuracy.", FIRST),
    )
    async with summariser(lambda asked: answer) as (made, _):
        summary = await made.summarise(TOLD, SummaryKind.INSIGHTS, audience=TEAM)
    assert [section.name for section in summary.sections] == [SectionName.PROBLEM, SectionName.RESULTS]
    assert summary.sections[1].claims[0].quote == SECOND
    assert (summary.model, summary.source, summary.extract) == ("small-1", SourceKind.ABSTRACT, False)


async def test_drops_the_claim_that_the_paper_does_not_bear_out_and_keeps_the_rest() -> None:
    true = [("problem", "Reward models lose accuracy.", FIRST), ("results", "A check recovers 12%.", SECOND)]
    answer = claims(*true, ("results", "A check recovers 99%.", SECOND))
    async with summariser(lambda asked: answer) as (made, fake):
        summary = await made.summarise(TOLD, SummaryKind.INSIGHTS, audience=TEAM)
    assert [claim.text for section in summary.sections for claim in section.claims] == [text for _, text, _ in true]
    assert len(fake.asked) == 1


async def test_a_summary_that_loses_over_a_third_is_made_once_more_and_both_are_paid_for() -> None:
    bad = claims(("gist", "A check recovers 99%.", SECOND))
    good = claims(("gist", "A check recovers 12%.", SECOND))
    async with summariser(in_turn(bad, good, good)) as (made, fake):
        twice = await made.summarise(TOLD, SummaryKind.TLDR, audience=TEAM)
        once = await made.summarise(TOLD, SummaryKind.TLDR, audience=TEAM)
    assert len(fake.asked) == 3
    assert twice.sections == once.sections
    assert twice.usage.tokens_in == 2 * once.usage.tokens_in


async def test_a_summary_that_fails_twice_is_given_up_at_its_cost() -> None:
    error = await refused(inventive)
    assert error.failure is Failure.UNGROUNDED
    assert error.usage.tokens_in > 0


async def test_an_error_at_the_second_try_counts_the_first_one_too() -> None:
    fake_answers = in_turn(claims(("gist", "A check recovers 99%.", SECOND)), "")
    error = await refused(fake_answers)
    assert error.failure is Failure.EMPTY
    assert error.usage.tokens_in > 0


async def test_an_answer_without_claims_is_empty() -> None:
    assert (await refused(lambda asked: claims())).failure is Failure.EMPTY


async def test_a_paper_without_text_is_not_sent() -> None:
    error = await refused(honest, told=paper(abstract=""))
    assert error.failure is Failure.EMPTY
    assert error.usage == Usage()


async def test_what_matters_to_the_team_is_told_only_where_the_team_said_what_it_follows() -> None:
    answer = claims(
        ("problem", "Reward models lose accuracy.", FIRST),
        ("for_team", "Bears on reasoning: reward models lose accuracy.", FIRST),
    )
    async with summariser(lambda asked: answer) as (made, _):
        with_team = await made.summarise(TOLD, SummaryKind.INSIGHTS, audience=TEAM)
        without = await made.summarise(TOLD, SummaryKind.INSIGHTS, audience=Audience())
    assert with_team.section(SectionName.FOR_TEAM)
    assert not without.section(SectionName.FOR_TEAM)


async def test_a_full_text_is_what_claims_are_checked_against() -> None:
    pruned = "In the appendix we prune forty layers of the network."
    async with summariser(lambda asked: claims(("method", "They prune forty layers.", pruned))) as (made, _):
        summary = await made.summarise(TOLD, SummaryKind.FULL, audience=TEAM, full_text=f"{pruned} Nothing is lost.")
    assert summary.source is SourceKind.FULL_TEXT
    assert summary.sections[0].claims[0].quote == pruned


async def test_a_shortlist_is_read_in_batches_and_matched_by_id_in_whatever_order() -> None:
    def shuffled(asked: Asked) -> str:
        return rows(*((one.id, first_sentence(one), first_sentence(one)) for one in reversed(asked.papers)))

    papers = pool(10)
    async with summariser(shuffled) as (made, fake):
        shortlist = await made.shortlist(papers, audience=TEAM)
    assert [len(asked.papers) for asked in fake.asked] == [BATCH, 2]
    assert not shortlist.failures
    for one in papers:
        assert one.abstract.startswith(shortlist.summaries[one.id].sections[0].claims[0].text)
        assert shortlist.summaries[one.id].kind is SummaryKind.RELEVANCE


async def test_what_a_shortlist_costs_is_shared_among_its_papers() -> None:
    async with summariser(honest) as (made, _):
        shortlist = await made.shortlist(pool(3), audience=TEAM)
    shares = [summary.usage.tokens_in for summary in shortlist.summaries.values()]
    assert len(set(shares)) == 1
    assert 0 <= shortlist.usage.tokens_in - sum(shares) < 3


async def test_tells_relevance_and_one_of_the_categories_that_were_listed() -> None:
    def mind(category: str) -> Mind:
        return lambda asked: rows(
            *((one.id, first_sentence(one), first_sentence(one)) for one in asked.papers),
            category=category,
            relevance="Bears on reasoning: a study with care.",
        )

    (one,) = pool(1)
    for category, expected in (("reasoning", "reasoning"), ("<!channel>", "")):
        async with summariser(mind(category)) as (made, _):
            summary = (await made.shortlist([one], audience=TEAM)).summaries[one.id]
        assert summary.category == expected
        assert summary.section(SectionName.FOR_TEAM)


def _without_the_last(asked: Asked) -> str:
    return rows(*((one.id, first_sentence(one), first_sentence(one)) for one in asked.papers[:-1]))


def _with_a_double(asked: Asked) -> str:
    told = asked.papers
    return rows(*((one.id, first_sentence(one), first_sentence(one)) for one in [*told, told[-1]]))


def _with_strange_ids(asked: Asked) -> str:
    given = [(one.id, first_sentence(one), first_sentence(one)) for one in asked.papers[:-1]]
    return rows(*given, ("9901.00001", "x", "y"), ("the third one", "x", "y"))


@pytest.mark.parametrize("mind", [_without_the_last, _with_a_double, _with_strange_ids])
async def test_a_paper_without_exactly_one_row_is_asked_for_once_more_then_left_out(mind: Mind) -> None:
    papers = pool(3)
    async with summariser(mind) as (made, fake):
        shortlist = await made.shortlist(papers, audience=TEAM)
    assert set(shortlist.summaries) == {papers[0].id, papers[1].id}
    assert shortlist.failures == {papers[2].id: Failure.WRONG_IDS}
    assert [len(asked.papers) for asked in fake.asked] == [3, 1]


async def test_a_row_under_another_papers_id_is_not_believed() -> None:
    papers = pool(3)
    async with summariser(swapped) as (made, _):
        shortlist = await made.shortlist(papers, audience=TEAM)
    assert not shortlist.summaries
    assert set(shortlist.failures.values()) == {Failure.UNGROUNDED}


@pytest.mark.parametrize(
    ("fault", "failure"),
    [("500", Failure.UNREACHABLE), ("401", Failure.DENIED), ("429", Failure.BUSY)],
)
async def test_a_server_that_is_out_of_reach_is_not_asked_for_the_other_batches(fault: str, failure: Failure) -> None:
    papers = pool(10)
    async with summariser(honest) as (made, fake):
        fake.fail(fault, retry_after=0.01)
        shortlist = await made.shortlist(papers, audience=TEAM)
    assert len(fake.asked) == 1
    assert shortlist.failures == {one.id: failure for one in papers}


@pytest.mark.parametrize("fault", ["truncated", "refusal", "empty"])
async def test_a_batch_that_fails_by_itself_does_not_take_the_others_with_it(fault: str) -> None:
    papers = pool(10)
    async with summariser(honest) as (made, fake):
        fake.fail(fault)
        shortlist = await made.shortlist(papers, audience=TEAM)
    assert set(shortlist.summaries) == {one.id for one in papers[BATCH:]}
    assert set(shortlist.failures) == {one.id for one in papers[:BATCH]}
    assert shortlist.usage.tokens_in > sum(one.usage.tokens_in for one in shortlist.summaries.values())


async def test_nothing_is_asked_for_an_empty_shortlist() -> None:
    async with summariser(honest) as (made, fake):
        assert not (await made.shortlist([], audience=TEAM)).summaries
    assert not fake.asked


async def test_authors_and_comments_are_not_sent_and_the_title_is_sent_in_plain_text() -> None:
    told = paper(authors=("Ada Lovelace",), comment="secret comment", title="On <b>Checks</b> <!channel>")
    async with summariser(honest) as (made, fake):
        await made.summarise(told, SummaryKind.TLDR, audience=TEAM)
    assert fake.asked[0].papers[0].title == "On Checks"
    assert "Lovelace" not in fake.asked[0].user
    assert "secret" not in fake.asked[0].user
