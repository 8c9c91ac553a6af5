"""How arXiv is asked: in turn, identified, again when it fails, and not for ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from adapters.arxiv.source import ATTEMPTS, ArxivSource
from bot.announcements import Answer
from bot.errors import SourceUnavailable
from bot.papers import ArxivId
from bot.ports import UNMEASURED, Measures
from tests.factories import paper
from tests.fakes.arxiv import FAULTS, FakeArxiv, Fault
from tests.fakes.clock import FakeClock
from tests.fakes.invented import invented_batch, invented_papers
from tests.fakes.measures import FakeMeasures
from tests.fakes.turnstile import FakeTurnstile

DAY = date(2026, 1, 15)
NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
GAP = 3.0


@pytest.fixture
async def arxiv() -> AsyncIterator[FakeArxiv]:
    fake = FakeArxiv(today=DAY, clock=FakeClock(NOW))
    fake.announce(date(2026, 1, 14), invented_batch(date(2026, 1, 14), 20))
    fake.announce(DAY, invented_batch(DAY, 20))
    yield fake
    for before, after in zip(fake.log, fake.log[1:], strict=False):
        assert after.running == 1
        assert after.at - before.at >= timedelta(seconds=GAP)


@asynccontextmanager
async def source_of(
    arxiv: FakeArxiv, *, feed_url: str = "", contact: str = "", measures: Measures = UNMEASURED
) -> AsyncIterator[ArxivSource]:
    """Patient, unless it is to find out that the server hangs: on a busy machine an answer may take its time."""
    hangs = any(fault.kind == "hang" for fault in arxiv.faults)
    async with arxiv.serving() as url:
        yield ArxivSource(
            api_url=f"{url}/api/query",
            feed_url=feed_url or f"{url}/rss",
            timeout=0.3 if hangs else 30,
            contact=contact,
            turnstile=FakeTurnstile(arxiv.clock, GAP),
            clock=arxiv.clock,
            measures=measures,
        )


@pytest.mark.parametrize("kind", FAULTS)
async def test_a_feed_is_asked_again_after_each_kind_of_fault(arxiv: FakeArxiv, kind: str) -> None:
    arxiv.faults = [Fault(kind, times=2)]
    async with source_of(arxiv) as source:
        batch = await source.announced(["cs.CL"], now=NOW)
    assert [(answer.answer, answer.batch) for answer in batch.answers] == [(Answer.FRESH, DAY)]
    assert {paper.id for paper in batch.papers} == arxiv.batch(DAY, "cs.CL").keys()
    assert len(arxiv.log) == 3


@pytest.mark.parametrize("kind", [kind for kind in FAULTS if kind != "stale"])
async def test_the_api_is_asked_again_after_each_kind_of_fault(arxiv: FakeArxiv, kind: str) -> None:
    wanted = list(arxiv.batch(DAY, "cs.CL"))
    arxiv.faults = [Fault(kind, times=2)]
    async with source_of(arxiv) as source:
        papers = await source.fetch(wanted)
    assert sorted(one.id for one in papers) == sorted(wanted)
    assert len(arxiv.log) == 3


async def test_every_single_request_is_counted_by_what_came_of_it(arxiv: FakeArxiv) -> None:
    arxiv.faults, measures = [Fault("503", times=2)], FakeMeasures()
    async with source_of(arxiv, measures=measures) as source:
        await source.fetch(list(arxiv.batch(DAY, "cs.CL")))
    assert measures.arxiv == ["no_answer", "no_answer", "answered"]


async def test_it_gives_up_in_bounded_time_with_growing_pauses(arxiv: FakeArxiv) -> None:
    arxiv.faults = [Fault("503", times=100)]
    async with source_of(arxiv) as source:
        with pytest.raises(SourceUnavailable, match="HTTP 503"):
            await source.fetch([ArxivId("2601.00001")])
    assert len(arxiv.log) == ATTEMPTS
    gaps = [request.gap for request in arxiv.log if request.gap]
    assert gaps == sorted(gaps)
    assert sum(gaps) < 30


@pytest.mark.parametrize("asked", ["25", "Thu, 15 Jan 2026 12:00:25 GMT"])
async def test_it_waits_as_long_as_arxiv_asks(arxiv: FakeArxiv, asked: str) -> None:
    arxiv.faults = [Fault("429", retry_after=asked)]
    async with source_of(arxiv) as source:
        await source.announced(["cs.CL"], now=NOW)
    assert arxiv.log[1].at - NOW >= timedelta(seconds=25)


@pytest.mark.parametrize("nonsense", ["", "soon", "-5"])
async def test_a_retry_after_without_meaning_is_passed_over(arxiv: FakeArxiv, nonsense: str) -> None:
    arxiv.faults = [Fault("429", retry_after=nonsense)]
    async with source_of(arxiv) as source:
        batch = await source.announced(["cs.CL"], now=NOW)
    assert batch.answers[0].answer is Answer.FRESH


async def test_when_arxiv_asks_for_a_long_pause_it_is_left_alone_until_then(arxiv: FakeArxiv) -> None:
    arxiv.faults = [Fault("503", retry_after="900")]
    async with source_of(arxiv) as source:
        batch = await source.announced(["cs.CL", "cs.LG"], now=NOW)
        assert [answer.problem for answer in batch.answers] == [
            "HTTP 503",
            "arXiv asks to be left alone until 12:15 UTC",
        ]
        assert len(arxiv.log) == 1
        await arxiv.clock.sleep(900)
        batch = await source.announced(["cs.CL"], now=NOW)
    assert batch.answers[0].answer is Answer.FRESH


@pytest.mark.parametrize("status", ["400", "404", "302"])
async def test_what_asking_again_cannot_mend_is_asked_once(arxiv: FakeArxiv, status: str) -> None:
    arxiv.faults = [Fault(status)]
    async with source_of(arxiv) as source:
        batch = await source.announced(["cs.CL"], now=NOW)
    assert (batch.answers[0].answer, batch.answers[0].problem) == (Answer.FAILED, f"HTTP {status}")
    assert len(arxiv.log) == 1


async def test_an_unreachable_server_is_told_without_its_address(arxiv: FakeArxiv) -> None:
    secret = "http://reader:hunter2@127.0.0.1:1/rss"
    async with source_of(arxiv, feed_url=secret) as source:
        batch = await source.announced(["cs.CL"], now=NOW)
    assert (batch.answers[0].answer, batch.answers[0].problem) == (Answer.FAILED, "no connection (ConnectionError)")


async def test_a_hanging_server_is_left_after_the_time_out(arxiv: FakeArxiv) -> None:
    arxiv.faults = [Fault("hang", times=ATTEMPTS)]
    async with source_of(arxiv) as source:
        batch = await source.announced(["cs.CL"], now=NOW)
    assert batch.answers[0].problem == "no answer within 0.3 s"


async def test_each_request_says_who_asks(arxiv: FakeArxiv) -> None:
    async with source_of(arxiv, contact="ada@lab.example") as source:
        await source.announced(["cs.CL"], now=NOW)
        await source.fetch([ArxivId("2601.15001")])
    assert {request.agent for request in arxiv.log} == {"paper-round (ada@lab.example)"}


async def test_whoever_asks_there_is_one_request_at_a_time(arxiv: FakeArxiv) -> None:
    async with source_of(arxiv) as source:
        await asyncio.gather(
            source.fetch([ArxivId("2601.15001")]),
            source.announced(["cs.CL", "cs.LG"], now=NOW),
            source.submitted(["cs.CL"], after=NOW - timedelta(days=3)),
        )
    assert len(arxiv.log) == 4


async def test_an_unknown_id_is_believed_when_it_was_unknown_twice(arxiv: FakeArxiv) -> None:
    async with source_of(arxiv) as source:
        assert await source.fetch([ArxivId("2601.99999")]) == []
    assert len(arxiv.log) == 2


async def test_ids_are_asked_for_a_hundred_at_a_time(arxiv: FakeArxiv) -> None:
    arxiv.announce(DAY, invented_batch(DAY, 250))
    wanted = list(arxiv.batch(DAY, "cs.CL", "cs.LG"))
    assert 100 < len(wanted) < 200
    async with source_of(arxiv) as source:
        papers = await source.fetch(wanted)
    assert sorted(one.id for one in papers) == sorted(wanted)
    assert len(arxiv.log) == 2


async def test_an_old_style_id_comes_back_under_its_name(arxiv: FakeArxiv) -> None:
    arxiv.announce(DAY, [paper("quant-ph/0201082")])
    async with source_of(arxiv) as source:
        (found,) = await source.fetch([ArxivId("quant-ph/0201082")])
    assert found.id == ArxivId("quant-ph/0201082")


async def test_a_long_search_is_read_page_by_page_to_its_end(arxiv: FakeArxiv) -> None:
    arxiv.announce(DAY, invented_papers(3000, after=NOW - timedelta(days=3), until=NOW, month="2512"))
    since = NOW - timedelta(days=2)
    announced = {**arxiv.batch(date(2026, 1, 14), "cs.CL"), **arxiv.batch(DAY, "cs.CL")}
    wanted = {paper_id for paper_id, one in announced.items() if one.submitted >= since}
    assert 500 < len(wanted) < 1000
    arxiv.faults = [Fault("empty", "api")]
    async with source_of(arxiv) as source:
        found = await source.submitted(["cs.CL"], after=since)
    assert sorted(one.id for one in found) == sorted(wanted)
    assert len(arxiv.log) == 3


async def test_at_the_weekend_an_empty_feed_is_fine_and_asked_for_once(arxiv: FakeArxiv) -> None:
    arxiv.today = date(2026, 1, 17)
    async with source_of(arxiv) as source:
        batch = await source.announced(["cs.CL"], now=NOW + timedelta(days=2))
    assert [(one.answer, one.batch) for one in batch.answers] == [(Answer.NOTHING_DUE, None)]
    assert len(arxiv.log) == 1
