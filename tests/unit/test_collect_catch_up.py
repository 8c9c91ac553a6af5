"""Days on which nobody collected are caught up."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.announcements import Answer
from tests.factories import paper
from tests.fakes.arxiv import Fault
from tests.fakes.desk import CATEGORIES, FRI, FRIDAY_BEFORE, MON, SAT, SUN, THU, TUE, WED, Desk, open_desk
from tests.fakes.invented import invented_batch

HELD = paper("2601.77777", submitted=datetime(2026, 1, 6, 9, tzinfo=UTC))
"""By the timetable it belongs to Wednesday the 7th."""


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with open_desk(sqlite_url) as opened:
        yield opened


def searches(desk: Desk) -> int:
    return sum("search_query" in request.path for request in desk.arxiv.log)


async def test_days_of_absence_are_caught_up_under_the_dates_of_their_batches(desk: Desk) -> None:
    await desk.collect_on(MON)
    run = await desk.collect_on(FRI)
    assert run.complete
    assert await desk.pool() == desk.announced(MON, TUE, WED, THU, FRI)
    assert run.new == len(desk.announced(TUE, WED, THU, FRI))
    for answer in run.answers:
        assert (answer.answer, answer.batch) == (Answer.FRESH, FRI)
        assert answer.announced == answer.found == answer.new
    async with desk.store() as tx:
        for day in (TUE, WED, THU, FRI):
            assert await tx.papers.first_seen(CATEGORIES, day) == run.finished_at


async def test_what_was_caught_up_is_not_searched_for_again(desk: Desk) -> None:
    await desk.collect_on(MON)
    await desk.collect_on(THU)
    before = searches(desk)
    again = await desk.collect()
    friday = await desk.collect_on(FRI)
    assert (again.new, friday.new) == (0, len(desk.announced(FRI)))
    assert searches(desk) == before


async def test_a_week_without_a_gap_needs_no_search(desk: Desk) -> None:
    for day in (FRIDAY_BEFORE, MON, TUE):
        await desk.collect_on(day)
    assert searches(desk) == 0


async def test_a_friday_that_was_missed_is_caught_up_at_the_weekend(desk: Desk) -> None:
    await desk.collect_on(THU)
    run = await desk.collect_on(SAT)
    assert {(answer.answer, answer.batch) for answer in run.answers} == {(Answer.FRESH, FRI)}
    assert await desk.pool() == desk.announced(THU, FRI)
    before = searches(desk)
    sunday = await desk.collect_on(SUN)
    assert {answer.answer for answer in sunday.answers} == {Answer.NOTHING_DUE}
    assert searches(desk) == before


async def test_who_starts_on_a_saturday_gets_fridays_batch_and_no_older_one(desk: Desk) -> None:
    run = await desk.collect_on(SAT)
    assert run.complete
    assert await desk.pool() == desk.announced(FRI)


async def test_a_paper_that_a_moderator_held_until_a_missed_day_is_found(desk: Desk) -> None:
    first = datetime(2026, 1, 7, 6, tzinfo=UTC)
    desk.clock.advance(first - desk.clock.now())
    for day in (date(2026, 1, 7), date(2026, 1, 8)):
        desk.arxiv.announce(day, invented_batch(day, 30))
        await desk.collect_on(day)
    await desk.collect_on(FRIDAY_BEFORE)
    await desk.collect_on(MON)
    desk.arxiv.announce(TUE, [HELD])
    await desk.collect_on(WED)
    assert HELD.id in await desk.pool()


async def test_what_was_announced_before_the_first_collection_is_left_alone(desk: Desk) -> None:
    desk.arxiv.announce(date(2026, 1, 7), [HELD])
    await desk.collect_on(MON)
    await desk.collect_on(WED)
    assert await desk.pool() == desk.announced(MON, TUE, WED)
    assert await desk.get(HELD.id) is None


async def test_as_long_as_catching_up_fails_the_gap_stays_open(desk: Desk) -> None:
    await desk.collect_on(MON)
    desk.arxiv.faults = [Fault("503", "api", times=4)]
    run = await desk.collect_on(WED)
    assert {(answer.answer, answer.batch) for answer in run.answers} == {(Answer.FAILED, None)}
    assert all(answer.problem.endswith("caught up: HTTP 503") for answer in run.answers)
    assert (await desk.pool()).keys() == desk.announced(MON, WED).keys()
    assert (await desk.collect()).complete
    assert await desk.pool() == desk.announced(MON, TUE, WED)


async def test_a_holiday_leaves_no_gap_and_its_submissions_keep_the_date_of_their_feed(desk: Desk) -> None:
    await desk.collect_on(MON)
    desk.arxiv.announce(WED, invented_batch(TUE, 30))  # Tuesday was a holiday: its papers come on Wednesday
    run = await desk.collect_on(WED)
    assert run.complete
    assert await desk.pool() == desk.announced(MON, WED)
    async with desk.store() as tx:
        assert await tx.papers.first_seen(CATEGORIES, TUE) is None


async def test_of_a_long_absence_the_last_two_weeks_are_caught_up_and_it_says_so(desk: Desk) -> None:
    old = date(2025, 12, 1)
    desk.clock.advance(datetime(2025, 12, 1, 6, tzinfo=UTC) - desk.clock.now())
    desk.arxiv.announce(old, invented_batch(old, 5))
    desk.arxiv.announce(date(2025, 12, 15), invented_batch(date(2025, 12, 15), 5))
    await desk.collect_on(old)
    run = await desk.collect_on(FRI)
    assert {answer.problem for answer in run.answers} == {"nothing from before 2026-01-02 was caught up"}
    assert await desk.pool() == desk.announced(old, FRIDAY_BEFORE, MON, TUE, WED, THU, FRI)
    desk.clock.advance(timedelta(hours=1))
    assert {answer.problem for answer in (await desk.collect()).answers} == {""}
