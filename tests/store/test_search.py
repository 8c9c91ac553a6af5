"""Search on both engines gives what `bot.search` says, and in the promised order."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from adapters.store import SqlStore
from bot.papers import Paper
from bot.search import matches, terms
from tests import factories
from tests.factories import NOON
from tests.store.scene import Scene
from tests.store.words import QUERIES, TEXTS

LONG = "強" * 900


@st.composite
def _papers(draw: st.DrawFn) -> list[Paper]:
    written = draw(st.lists(st.tuples(TEXTS, TEXTS, st.lists(TEXTS, min_size=1, max_size=2)), max_size=6))
    return [
        factories.paper(number, title=title, abstract=abstract, authors=tuple(authors))
        for number, (title, abstract, authors) in enumerate(written, start=1)
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([factories.paper(1, title=LONG), factories.paper(2, title=f"x {LONG}")], LONG[:700], 2, 0)
@given(_papers(), QUERIES, st.integers(1, 4), st.integers(0, 4))
async def test_search_is_what_the_definition_says(
    store: SqlStore, papers: list[Paper], query: str, limit: int, offset: int
) -> None:
    in_title = [paper for paper in papers if matches(query, [paper.title])]
    anywhere = [p for p in papers if matches(query, [p.title, p.abstract, *(author.name for author in p.authors)])]
    expected = in_title[::-1] + [paper for paper in anywhere[::-1] if paper not in in_title]
    wanted = [paper.id for paper in expected] if terms(query) else []

    async with store() as tx:
        await tx.papers.add(papers, seen_at=NOON)
        found = await tx.papers.search(query, limit=limit, offset=offset)
        titled = await tx.papers.titled(query, limit=limit)

    assert [paper.id for paper in found] == wanted[offset : offset + limit]
    assert [paper.id for paper in titled] == ([paper.id for paper in in_title[::-1]][:limit] if terms(query) else [])


async def test_a_question_of_very_many_words_is_answered(scene: Scene) -> None:
    words = " ".join(f"word{number}" for number in range(1500))
    (paper_id,) = await scene.stored(factories.paper(abstract=words))

    assert [paper.id for paper in await scene.tx.papers.search(words, limit=2)] == [paper_id]
    assert await scene.tx.papers.search(f"{words} absent", limit=2) == []


async def test_what_few_papers_hold_is_found_among_many(scene: Scene) -> None:
    rare = factories.paper(1, title="Zebra stripes")
    await scene.stored(rare, *(factories.paper(number, title=f"Horse {number}") for number in range(2, 400)))

    assert [paper.id for paper in await scene.tx.papers.search("zebra", limit=1)] == [rare.id]
    assert [p.title for p in await scene.tx.papers.search("horse", limit=2)] == ["Horse 399", "Horse 398"]
