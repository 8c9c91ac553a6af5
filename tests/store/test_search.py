"""Search on both engines gives what `bot.search` says, and in the promised order."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from adapters.store import SqlStore
from bot.papers import Paper
from bot.search import matches, terms
from tests import factories
from tests.factories import NOON
from tests.store.scene import Scene
from tests.store.words import TEXTS, questions

LONG = "強" * 900


@st.composite
def asked(draw: st.DrawFn) -> tuple[list[Paper], str]:
    """Papers in the order of storing, and a question."""
    texts = draw(st.lists(TEXTS, min_size=1, max_size=4))
    text = st.sampled_from(texts)
    papers = [
        factories.paper(number, title=draw(text), abstract=draw(text), authors=(draw(text), draw(text)))
        for number in range(1, draw(st.integers(1, 7)) + 1)
    ]
    return papers, draw(questions(texts))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(([factories.paper(1, title=LONG), factories.paper(2, title=f"x {LONG}")], LONG[:700]), 2, 0)
@given(asked(), st.integers(1, 4), st.integers(0, 3))
async def test_search_is_what_the_definition_says(
    store: SqlStore, drawn: tuple[list[Paper], str], limit: int, offset: int
) -> None:
    papers, query = drawn
    newest = papers[::-1] if terms(query) else []
    in_title = [paper for paper in newest if matches(query, [paper.title])]
    anywhere = [p for p in newest if matches(query, [p.title, p.abstract, *(author.name for author in p.authors)])]
    expected = in_title + [paper for paper in anywhere if paper not in in_title]

    async with store() as tx:
        await tx.papers.add(papers, seen_at=NOON)
        found = await tx.papers.search(query, limit=limit, offset=offset)
        titled = await tx.papers.titled(query, limit=limit)

    assert [paper.id for paper in found] == [paper.id for paper in expected[offset : offset + limit]]
    assert [paper.id for paper in titled] == [paper.id for paper in in_title[:limit]]


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
