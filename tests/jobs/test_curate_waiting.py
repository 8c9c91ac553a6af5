"""Where arXiv is silent or announces nothing, there is no edition, and the reason is the true one."""

from datetime import timedelta

import pytest

from bot.announcements import Answer
from bot.ports import Store
from jobs.curate import Outcome
from tests.jobs.desk import DAY, HOUR, SATURDAY, THURSDAY, WAIT, Desk, llm

TWO = ("cs.CL", "cs.LG")
FAILED_ONE = {"cs.CL": Answer.FRESH, "cs.LG": Answer.FAILED}
STALE_ONE = {"cs.CL": Answer.FRESH, "cs.LG": Answer.STALE}


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


async def test_at_a_weekend_there_is_no_edition_since_nothing_is_announced(desk: Desk) -> None:
    await desk.subscribe()
    friday = THURSDAY + DAY
    await desk.collect(llm("Jailbreaks"), at=friday - HOUR)
    await desk.curate(now=friday)
    on_saturday_without_collecting = await desk.curate_one(now=SATURDAY, only_due=False)
    await desk.collect(at=SATURDAY + HOUR, answers={"cs.CL": Answer.NOTHING_DUE})
    after_collecting = await desk.curate_one(now=SATURDAY + 2 * HOUR, only_due=False)
    assert on_saturday_without_collecting.outcome is after_collecting.outcome is Outcome.WEEKEND
    assert after_collecting.edition is None


async def test_a_batch_without_new_papers_makes_no_edition(desk: Desk) -> None:
    await desk.subscribe()
    await desk.collect()
    assert (await desk.curate_one()).outcome is Outcome.NOTHING_NEW


async def test_on_a_holiday_it_waits_for_a_late_batch_and_then_says_that_nothing_is_new(desk: Desk) -> None:
    await desk.subscribe()
    await desk.collect(answers={"cs.CL": Answer.STALE})
    early, late = [await desk.curate_one(now=now) for now in (THURSDAY + WAIT - HOUR, THURSDAY + WAIT)]
    assert (early.outcome, early.unanswered, early.since) == (Outcome.WAITING, ("cs.CL",), None)
    assert late.outcome is Outcome.NOTHING_NEW


@pytest.mark.parametrize("only_due", [True, False])
async def test_silence_is_never_taken_for_no_news(desk: Desk, only_due: bool) -> None:
    await desk.subscribe()
    for hours in (2, 1):
        await desk.collect(at=THURSDAY - hours * HOUR, answers={"cs.CL": Answer.FAILED})
    for now in (THURSDAY, THURSDAY + WAIT + HOUR):
        curated = await desk.curate_one(now=now, only_due=only_due)
        assert (curated.outcome, curated.unanswered) == (Outcome.WAITING, ("cs.CL",))
        assert curated.since == THURSDAY - 2 * HOUR


async def test_before_anything_was_collected_it_waits(desk: Desk) -> None:
    await desk.subscribe()
    curated = await desk.curate_one(now=THURSDAY + DAY)
    assert (curated.outcome, curated.unanswered, curated.since) == (Outcome.WAITING, ("cs.CL",), None)


async def test_what_was_collected_before_the_days_batch_is_no_answer_about_it(desk: Desk) -> None:
    await desk.subscribe()
    await desk.collect(llm("Jailbreaks"), at=THURSDAY - DAY)
    await desk.curate(now=THURSDAY - DAY + HOUR)
    assert (await desk.curate_one(now=THURSDAY + WAIT)).outcome is Outcome.WAITING


@pytest.mark.parametrize("answers", [FAILED_ONE, STALE_ONE])
async def test_an_edition_waits_for_a_missing_category_then_goes_out_and_names_it(
    desk: Desk, answers: dict[str, Answer]
) -> None:
    await desk.subscribe(categories=TWO)
    await desk.collect(llm("Jailbreaks"), answers=answers)
    early = await desk.curate_one(now=THURSDAY + WAIT - timedelta(seconds=1))
    assert (early.outcome, early.unanswered) == (Outcome.WAITING, ("cs.LG",))
    late = await desk.curate_one(now=THURSDAY + WAIT)
    assert late.outcome is Outcome.MADE
    assert late.edition is not None
    assert (late.edition.missing, len(late.edition.picks)) == (("cs.LG",), 1)


async def test_it_waits_no_longer_once_all_have_answered(desk: Desk) -> None:
    await desk.subscribe(categories=TWO)
    await desk.collect(llm("Jailbreaks"), answers=FAILED_ONE)
    await desk.collect(llm("Retrieval", categories=("cs.LG",)), at=THURSDAY, answers=dict.fromkeys(TWO, Answer.FRESH))
    curated = await desk.curate_one(now=THURSDAY)
    assert curated.edition is not None
    assert (len(curated.edition.picks), curated.edition.missing) == (2, ())


async def test_what_was_missing_comes_with_the_next_edition(desk: Desk) -> None:
    await desk.subscribe(categories=TWO)
    await desk.collect(llm("Jailbreaks"), answers=FAILED_ONE)
    await desk.curate(now=THURSDAY + WAIT)
    late = llm("Retrieval", categories=("cs.LG",))
    await desk.collect(late, at=THURSDAY + DAY - HOUR, answers=dict.fromkeys(TWO, Answer.FRESH))
    curated = await desk.curate_one(now=THURSDAY + DAY)
    assert curated.edition is not None
    assert [pick.paper_id for pick in curated.edition.picks] == [late.id]


async def test_by_hand_the_wait_counts_from_the_first_failure_where_that_is_later_than_the_hour(desk: Desk) -> None:
    await desk.subscribe(categories=TWO)
    failed = THURSDAY + 5 * HOUR
    await desk.collect(llm("Jailbreaks"), at=failed, answers=FAILED_ONE)
    await desk.collect(at=failed + 2 * HOUR, answers=FAILED_ONE)
    early, late = [await desk.curate_one(now=now, only_due=False) for now in (failed + 2 * HOUR, failed + WAIT)]
    assert (early.outcome, early.since, late.outcome) == (Outcome.WAITING, failed, Outcome.MADE)


async def test_without_a_wait_an_edition_by_hand_goes_out_at_once_even_before_its_hour(desk: Desk) -> None:
    await desk.subscribe(categories=TWO)
    await desk.collect(llm("Jailbreaks"), answers=FAILED_ONE)
    curated = await desk.curate_one(now=THURSDAY - HOUR, wait=timedelta(), only_due=False)
    assert curated.edition is not None
    assert curated.edition.missing == ("cs.LG",)


async def test_other_categories_failures_are_nothing_to_a_subscription(desk: Desk) -> None:
    await desk.subscribe()
    await desk.collect(llm("Jailbreaks"), answers=FAILED_ONE)
    assert (await desk.curate_one()).outcome is Outcome.MADE
