"""Collecting from an arXiv of our own into a database, on a clock that costs no time."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.announcements import Answer
from tests.factories import paper
from tests.fakes.arxiv import FAULTS, Fault
from tests.fakes.desk import CATEGORIES, FRI, FRIDAY_BEFORE, GAP, MON, SAT, THU, TUE, WED, Desk, open_desk
from tests.fakes.invented import invented_batch


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with open_desk(sqlite_url) as opened:
        yield opened


@pytest.fixture
async def hasty(sqlite_url: str) -> AsyncIterator[Desk]:
    """A desk that does not wait long for an arXiv that hangs."""
    async with open_desk(sqlite_url, patience=0.3) as opened:
        yield opened


@pytest.mark.parametrize(("on", "faults"), [("both", FAULTS), ("api", FAULTS), ("feed", FAULTS[::-1])])
async def test_a_week_of_faults_brings_exactly_what_was_announced(
    hasty: Desk, on: str, faults: tuple[str, ...]
) -> None:
    for day in (MON, TUE, WED, THU, FRI):
        hasty.arxiv.announce(day, invented_batch(day, 130))
        hasty.arxiv.faults += [Fault(kind, on, times=2) for kind in faults]
        run = await hasty.collect_on(day)
        for _ in range(12):
            if run.complete:
                break
            hasty.clock.advance(timedelta(minutes=15))
            run = await hasty.collect()
        assert run.complete
    hasty.arxiv.faults = []
    saturday = await hasty.collect_on(SAT)

    assert [answer.answer for answer in saturday.answers] == [Answer.NOTHING_DUE] * 3
    assert await hasty.pool() == hasty.announced(MON, TUE, WED, THU, FRI)
    assert max(request.running for request in hasty.arxiv.log) == 1
    assert min(request.gap for request in hasty.arxiv.log if request.gap is not None) >= GAP


async def test_each_category_is_answered_for_with_its_numbers(desk: Desk) -> None:
    run = await desk.collect_on(MON)
    assert run.complete
    assert run.new == len(desk.announced(MON))
    for answer in run.answers:
        count = len(desk.arxiv.batch(MON, answer.category))
        assert (answer.answer, answer.batch) == (Answer.FRESH, MON)
        assert (answer.announced, answer.found, answer.new, answer.problem) == (count, count, count, "")


async def test_papers_count_as_seen_when_they_are_stored_not_when_they_were_asked_for(desk: Desk) -> None:
    run = await desk.collect_on(MON)
    async with desk.store() as tx:
        assert run.started_at < run.finished_at == await tx.papers.first_seen(CATEGORIES, MON)


async def test_a_second_run_adds_nothing_and_asks_for_no_record_again(desk: Desk) -> None:
    await desk.collect_on(MON)
    before = len(desk.arxiv.log)
    run = await desk.collect()
    assert run.complete
    assert (run.new, {answer.new for answer in run.answers}) == (0, {0})
    assert [request.path for request in desk.arxiv.log[before:]] == [f"/rss/{category}" for category in CATEGORIES]
    assert await desk.pool() == desk.announced(MON)


async def test_without_the_api_nothing_is_lost_and_the_next_run_completes_it(desk: Desk) -> None:
    desk.arxiv.faults = [Fault("503", "api", times=4)]
    run = await desk.collect_on(MON)
    assert not run.complete
    assert {(answer.answer, answer.found, answer.problem) for answer in run.answers} == {(Answer.FRESH, 0, "HTTP 503")}
    short = await desk.pool()
    assert short.keys() == desk.announced(MON).keys()
    assert not any(one.complete for one in short.values())

    run = await desk.collect()
    assert (run.complete, run.new) == (True, 0)
    assert await desk.pool() == desk.announced(MON)


async def test_a_paper_that_the_api_does_not_know_yet_comes_from_the_feed_first(desk: Desk) -> None:
    late = next(iter(desk.announced(MON)))
    desk.arxiv.lagging.add(late)
    run = await desk.collect_on(MON)
    first = await desk.get(late)
    desk.arxiv.lagging.clear()
    assert not run.complete
    assert (await desk.collect()).complete
    assert first is not None
    assert not first.complete
    assert await desk.get(late) == desk.announced(MON)[late]


async def test_an_unreachable_arxiv_is_recorded_and_raises_nothing(desk: Desk) -> None:
    await desk.collect_on(MON)
    desk.arxiv.faults = [Fault("503", times=100)]
    failed = await desk.collect_on(TUE)
    desk.clock.advance(timedelta(hours=1))
    await desk.collect()
    assert not failed.complete
    assert {(answer.answer, answer.problem) for answer in failed.answers} == {(Answer.FAILED, "HTTP 503")}
    for state in (await desk.states()).values():
        assert (state.failing_since, state.last_fresh) == (failed.started_at, MON)


async def test_an_old_batch_all_along_is_a_delay_and_nothing_is_caught_up(desk: Desk) -> None:
    await desk.collect_on(MON)
    desk.arxiv.faults = [Fault("stale", "feed", times=100)]
    run = await desk.collect_on(TUE)
    assert {(answer.answer, answer.batch) for answer in run.answers} == {(Answer.STALE, MON)}
    assert await desk.pool() == desk.announced(MON)
    assert not any("search_query" in request.path for request in desk.arxiv.log)


async def test_an_old_batch_in_passing_is_no_delay(desk: Desk) -> None:
    desk.arxiv.faults = [Fault("503", "feed", times=2), Fault("stale", "feed", times=2)]
    run = await desk.collect_on(MON)
    assert [answer.answer for answer in run.answers] == [Answer.FAILED, Answer.FRESH, Answer.FRESH]
    assert not set(await desk.pool()) & set(desk.announced(FRIDAY_BEFORE))


async def test_replacements_update_what_is_known_and_are_not_news(desk: Desk) -> None:
    await desk.collect_on(MON)
    known, foreign = next(iter(desk.announced(MON))), next(iter(desk.announced(FRIDAY_BEFORE)))
    desk.arxiv.today = TUE
    desk.arxiv.replace(known, title="A Better Title", comment="Withdrawn by the authors")
    desk.arxiv.replace(foreign, title="Never Heard Of")
    run = await desk.collect_on(TUE)
    assert run.new == len(desk.announced(TUE))
    updated = await desk.get(known)
    assert updated is not None
    assert (updated.version, updated.title, updated.withdrawn) == (2, "A Better Title", True)
    assert updated.submitted == desk.announced(MON)[known].submitted
    assert await desk.get(foreign) is None


async def test_a_replacement_without_its_record_keeps_what_the_feed_does_not_tell(desk: Desk) -> None:
    await desk.collect_on(MON)
    known, original = next(iter(desk.announced(MON).items()))
    desk.arxiv.today = TUE
    desk.arxiv.replace(known, title="A Better Title", comment="3 pages")
    desk.arxiv.faults = [Fault("503", "api", times=4)]
    await desk.collect_on(TUE)
    short = await desk.get(known)
    assert short is not None
    assert (short.version, short.title, short.complete) == (2, "A Better Title", False)
    assert (short.submitted, short.comment) == (original.submitted, original.comment)
    assert (await desk.collect()).complete
    assert await desk.get(known) == desk.announced(MON)[known]


async def test_a_record_older_than_its_announcement_completes_nothing(desk: Desk) -> None:
    await desk.collect_on(MON)
    known = next(iter(desk.announced(MON)))
    desk.arxiv.today = TUE
    desk.arxiv.replace(known, title="A Better Title", comment="Withdrawn")
    desk.arxiv.lagging.add(known)
    await desk.collect_on(TUE)
    short = await desk.get(known)
    assert short is not None
    assert (short.version, short.title, short.complete) == (2, "A Better Title", False)
    desk.arxiv.lagging.clear()
    await desk.collect()
    updated = await desk.get(known)
    assert updated is not None
    assert (updated.complete, updated.withdrawn) == (True, True)


async def test_cross_listed_papers_are_one_paper(desk: Desk) -> None:
    both = paper("2601.77777", categories=("cs.CL", "cs.LG", "cs.AI"))
    desk.arxiv.announce(MON, [replace(both, submitted=datetime(2026, 1, 9, 12, tzinfo=UTC))])
    await desk.collect_on(MON)
    for category in CATEGORIES:
        assert both.id in await desk.pool(category)


async def test_what_was_fetched_for_a_reader_before_is_still_announced(desk: Desk) -> None:
    saved = next(iter(desk.announced(MON).values()))
    async with desk.store() as tx:
        await tx.papers.add([saved], seen_at=desk.clock.now())
        await tx.commit()
    run = await desk.collect_on(MON)
    assert saved.id in await desk.pool()
    assert run.new == len(desk.announced(MON)) - 1
