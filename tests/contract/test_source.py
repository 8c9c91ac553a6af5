"""What every source of papers must do."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from adapters.arxiv.source import ArxivSource
from adapters.sample.source import SampleSource
from bot.announcements import Answer, Listing
from bot.papers import ArxivId
from bot.ports import Source
from tests.fakes.arxiv import FakeArxiv
from tests.fakes.clock import FakeClock
from tests.fakes.invented import invented_batch
from tests.fakes.turnstile import FakeTurnstile

DAY = date(2026, 1, 15)
NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
CATEGORIES = ("cs.CL", "cs.LG")
UNKNOWN = ArxivId("9901.99999")


@pytest.fixture(params=["arxiv", "sample"])
async def source(request: pytest.FixtureRequest) -> AsyncIterator[Source]:
    if request.param == "sample":
        yield SampleSource()
        return
    clock = FakeClock(NOW)
    arxiv = FakeArxiv(today=DAY, clock=clock)
    arxiv.announce(DAY, invented_batch(DAY, 150))
    async with arxiv.serving() as url:
        yield ArxivSource(
            api_url=f"{url}/api/query", feed_url=f"{url}/rss", timeout=10, contact="",
            turnstile=FakeTurnstile(clock), clock=clock,
        )  # fmt: skip


async def test_answers_for_each_category_that_was_asked_for_and_no_other(source: Source) -> None:
    batch = await source.announced(CATEGORIES, now=NOW)
    assert [(one.category, one.answer, one.batch) for one in batch.answers] == [
        (category, Answer.FRESH, DAY) for category in CATEGORIES
    ]
    assert {one.category for one in batch.announcements} == set(CATEGORIES)


async def test_gives_each_announced_paper_once(source: Source) -> None:
    batch = await source.announced(CATEGORIES, now=NOW)
    ids = [paper.id for paper in batch.papers]
    assert len(ids) == len(set(ids)) > 0
    assert {one.paper_id for one in batch.announcements} == set(ids)
    for answer in batch.answers:
        assert answer.announced == sum(one.category == answer.category for one in batch.announcements) > 0


async def test_lists_a_paper_as_new_in_its_primary_category_and_as_cross_listed_elsewhere(source: Source) -> None:
    batch = await source.announced(CATEGORIES, now=NOW)
    papers = {paper.id: paper for paper in batch.papers}
    for one in batch.announcements:
        paper = papers[one.paper_id]
        assert one.category in paper.categories
        assert (one.listing is Listing.NEW) == (one.category == paper.primary_category)


async def test_text_is_on_one_line_and_there_is_some(source: Source) -> None:
    batch = await source.announced(CATEGORIES, now=NOW)
    for paper in batch.papers:
        assert paper.authors
        for text in (paper.title, paper.abstract, *(author.name for author in paper.authors)):
            assert text
            assert text == " ".join(text.split())


async def test_fetches_full_records_and_leaves_out_what_it_does_not_know(source: Source) -> None:
    batch = await source.announced(CATEGORIES, now=NOW)
    asked = [paper.id for paper in batch.papers]
    records = await source.fetch([*asked, UNKNOWN])
    assert sorted(record.id for record in records) == sorted(asked)
    for record in records:
        assert record.complete
        assert record.submitted.tzinfo is not None
        assert record.primary_category in record.categories


async def test_fetching_nothing_gives_nothing(source: Source) -> None:
    assert await source.fetch([]) == []


async def test_what_was_submitted_lately_comes_in_full_and_once(source: Source) -> None:
    after = NOW - timedelta(days=7)
    papers = await source.submitted(CATEGORIES, after=after)
    assert len({paper.id for paper in papers}) == len(papers)
    for paper in papers:
        assert paper.complete
        assert paper.submitted >= after
        assert set(paper.categories) & set(CATEGORIES)


async def test_progress_ends_where_it_said_it_would(source: Source) -> None:
    told: list[tuple[str, int, int]] = []
    await source.announced(CATEGORIES, now=NOW, progress=lambda *now: told.append(now))
    assert told[-1][1] == told[-1][2] == len(CATEGORIES)
