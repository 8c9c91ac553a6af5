"""What every summariser must do."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from adapters.llm.model import OpenAIModel
from bot.ports import Summariser
from bot.summaries.extract import ExtractSummariser
from bot.summaries.grounding import Evidence
from bot.summaries.values import Audience, SectionName, SourceKind, Summary, SummaryKind
from bot.summaries.writing import ModelSummariser
from bot.teams import Interests, Topic
from tests.factories import paper
from tests.fakes.llm import FakeLLM

ONE = SummaryKind.TLDR, SummaryKind.DIGEST
HEADED = SummaryKind.INSIGHTS, SummaryKind.FULL
TEAM = Audience(interests=Interests(categories=("cs.CL",), topics=(Topic("reasoning"),)), categories=("reasoning",))
FULL_TEXT = (
    "However, reward models remain brittle under distribution shift. We introduce a check that compares two rewards. "
    "Our experiments show that it improves accuracy by 12% on three benchmarks. A limitation is its cost in tokens."
)


@pytest.fixture(params=["extract", "model"])
async def summariser(request: pytest.FixtureRequest) -> AsyncIterator[Summariser]:
    if request.param == "extract":
        yield ExtractSummariser()
        return
    async with FakeLLM().serving() as url:
        model = OpenAIModel("small-1", api_key=SecretStr("k"), base_url=url, deadline=20)
        yield ModelSummariser(model)
        await model.close()


def names(summary: Summary) -> list[SectionName]:
    return [section.name for section in summary.sections]


def holds(summary: Summary, source: str) -> None:
    """What is true of every summary."""
    assert summary.sections
    order = list(SectionName)
    assert names(summary) == sorted(set(names(summary)), key=order.index)
    evidence = Evidence.of(source)
    for section in summary.sections:
        assert section.claims
        for claim in section.claims:
            assert claim.text == " ".join(claim.text.split()) != ""
            assert evidence.find(claim.quote) == claim.quote


@pytest.mark.parametrize("kind", [*ONE, *HEADED])
async def test_says_what_it_is_of_and_what_it_was_made_from(summariser: Summariser, kind: SummaryKind) -> None:
    told = paper(version=2)
    for full_text in ("", FULL_TEXT):
        summary = await summariser.summarise(told, kind, audience=TEAM, full_text=full_text)
        assert (summary.paper_id, summary.paper_version, summary.kind) == (told.id, 2, kind)
        assert summary.source is (SourceKind.FULL_TEXT if full_text else SourceKind.ABSTRACT)
        assert summary.model == summariser.model
        assert summary.prompt_version == summariser.prompt_version != ""
        assert summary.extract is not bool(summariser.model)


@pytest.mark.parametrize("kind", [*ONE, *HEADED])
async def test_every_claim_has_a_quote_that_stands_in_the_source(summariser: Summariser, kind: SummaryKind) -> None:
    told = paper()
    holds(await summariser.summarise(told, kind, audience=TEAM), told.abstract)
    headed = await summariser.summarise(told, kind, audience=TEAM, full_text=FULL_TEXT)
    holds(headed, f"{told.abstract} {FULL_TEXT}")


@pytest.mark.parametrize("kind", ONE)
async def test_a_sentence_or_a_paragraph_has_no_headings(summariser: Summariser, kind: SummaryKind) -> None:
    assert names(await summariser.summarise(paper(), kind, audience=TEAM)) == [SectionName.GIST]


async def test_one_sentence_is_one_claim(summariser: Summariser) -> None:
    (section,) = (await summariser.summarise(paper(), SummaryKind.TLDR, audience=TEAM)).sections
    assert len(section.claims) == 1


async def test_a_shortlist_tells_each_paper_by_its_id(summariser: Summariser) -> None:
    papers = [
        paper(title=f"On {word}", abstract=f"We study {word} in some depth. It works.") for word in ("ants", "bees")
    ]
    shortlist = await summariser.shortlist([*papers, papers[0]], audience=TEAM)
    assert set(shortlist.summaries) == {one.id for one in papers}
    assert not shortlist.failures
    for one in papers:
        summary = shortlist.summaries[one.id]
        assert (summary.paper_id, summary.kind, summary.source) == (one.id, SummaryKind.RELEVANCE, SourceKind.ABSTRACT)
        assert names(summary)[0] is SectionName.GIST
        assert summary.category in ("", *TEAM.categories)
        holds(summary, one.abstract)


async def test_an_empty_shortlist_is_empty_and_free(summariser: Summariser) -> None:
    shortlist = await summariser.shortlist([], audience=TEAM)
    assert not shortlist.summaries
    assert shortlist.usage.tokens_in == 0


async def test_what_it_cost_is_told_and_an_extract_costs_nothing(summariser: Summariser) -> None:
    summary = await summariser.summarise(paper(), SummaryKind.TLDR, audience=TEAM)
    assert bool(summary.usage.tokens_in) is bool(summariser.model)
    assert bool(summary.usage.tokens_out) is bool(summariser.model)
