"""What pauses, halts, downtime and days without news do to editions."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.announcements import Answer
from bot.cards.editions import edition_header
from bot.ports import Store
from bot.teams import Halt, OnNothing, Pause, Subscription
from jobs.curate import Curated, Outcome
from tests.jobs.desk import DAY, HOUR, SATURDAY, THURSDAY, WAIT, Desk, llm

FRIDAY, TUESDAY = THURSDAY + DAY, THURSDAY + 5 * DAY
EVERY_DAY = frozenset(range(7))


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def said(curated: Curated) -> list[str]:
    assert curated.outcome is Outcome.MADE
    assert curated.edition is not None
    return [line.text for line in edition_header(curated.edition, curated.subscription).lines]


async def with_lines(desk: Desk) -> Subscription:
    """A subscription that is told of days without news."""
    subscription = replace(await desk.subscribe(days=EVERY_DAY), on_nothing=OnNothing.LINE)
    async with desk.store() as tx:
        await tx.teams.subscribe(subscription)
        await tx.commit()
    return subscription


async def news(desk: Desk, now: datetime) -> Curated:
    """What comes of a day on which arXiv announced something."""
    subjects = ("Jailbreaks", "Quantization", "Agents", "Tokenizers", "Distillation", "Alignment", "Decoding")
    await desk.collect(llm(subjects[now.weekday()]), at=now - HOUR)
    return await desk.curate_one(now=now)


async def test_an_edition_on_time_says_nothing_of_time(desk: Desk) -> None:
    await desk.subscribe()
    assert said(await news(desk, THURSDAY)) == said(await news(desk, FRIDAY)) == []


async def test_an_edition_after_some_hours_of_downtime_says_that_it_is_late(desk: Desk) -> None:
    await desk.subscribe()
    await news(desk, THURSDAY)
    late = await news(desk, FRIDAY + 5 * HOUR)
    assert said(late) == ["Late: it was due at 08:00."]
    assert late.edition is not None
    assert late.edition.date == FRIDAY.date()


async def test_after_days_of_downtime_one_edition_catches_up_and_says_so(desk: Desk) -> None:
    await desk.subscribe()
    await news(desk, THURSDAY)
    await desk.collect(llm("Retrieval"), at=FRIDAY)
    caught_up = await news(desk, TUESDAY)
    assert said(caught_up) == ["It catches up with the days since Friday, 16 January."]
    assert caught_up.edition is not None
    assert (caught_up.edition.date, len(caught_up.edition.picks)) == (TUESDAY.date(), 2)
    assert (await desk.curate_one(now=TUESDAY + HOUR)).outcome is Outcome.THERE


async def test_a_paused_subscription_gets_nothing_even_by_hand_until_the_pause_is_over(desk: Desk) -> None:
    subscription = await desk.subscribe()
    await desk.collect(llm("Jailbreaks"))
    async with desk.store() as tx:
        await tx.interruptions.pause(subscription.id, Pause(THURSDAY.date(), THURSDAY.date()))
        await tx.commit()
    for only_due in (True, False):
        assert (await desk.curate_one(only_due=only_due)).outcome is Outcome.PAUSED
    assert said(await news(desk, FRIDAY)) == []


async def test_a_halted_subscription_gets_nothing(desk: Desk) -> None:
    subscription = await desk.subscribe()
    await desk.collect(llm("Jailbreaks"))
    async with desk.store() as tx:
        await tx.interruptions.halt(subscription.id, Halt(THURSDAY, "not in the channel"))
        await tx.commit()
    for only_due in (True, False):
        assert (await desk.curate_one(only_due=only_due)).outcome is Outcome.HALTED


async def test_an_edition_of_the_late_evening_that_waits_for_arxiv_is_made_after_midnight(desk: Desk) -> None:
    evening = THURSDAY + 15 * HOUR
    await desk.subscribe(at=evening.time())
    await desk.collect(llm("Jailbreaks"), at=evening - HOUR, answers={"cs.CL": Answer.STALE})
    assert (await desk.curate_one(now=evening)).outcome is Outcome.WAITING
    curated = await desk.curate_one(now=evening + WAIT)
    assert curated.edition is not None
    assert curated.edition.date == THURSDAY.date()


async def test_who_asked_for_it_is_told_of_a_weekend_in_one_line(desk: Desk) -> None:
    await with_lines(desk)
    await news(desk, FRIDAY)
    await desk.collect(at=SATURDAY - HOUR, answers={"cs.CL": Answer.NOTHING_DUE})
    curated = await desk.curate_one(now=SATURDAY)
    assert said(curated) == ["No new papers: arXiv announces nothing on Saturdays."]
    assert curated.edition is not None
    async with desk.store() as tx:
        assert [post.slot for post in await tx.posts.of(curated.edition.id)] == [0]
    assert (await desk.curate_one(now=SATURDAY + HOUR)).outcome is Outcome.THERE


async def test_who_asked_for_it_is_told_of_a_holiday_only_after_the_wait(desk: Desk) -> None:
    await with_lines(desk)
    await news(desk, THURSDAY)
    await desk.collect(at=FRIDAY - HOUR, answers={"cs.CL": Answer.STALE})
    assert (await desk.curate_one(now=FRIDAY)).outcome is Outcome.WAITING
    holiday = await desk.curate_one(now=FRIDAY + WAIT)
    assert said(holiday)[0].startswith("No new papers: arXiv has announced nothing new. It keeps US holidays")


async def test_a_failure_is_never_told_as_a_day_without_news(desk: Desk) -> None:
    await with_lines(desk)
    await news(desk, THURSDAY)
    await desk.collect(at=FRIDAY - HOUR, answers={"cs.CL": Answer.FAILED})
    for now in (FRIDAY, FRIDAY + WAIT, FRIDAY + 15 * HOUR):
        assert (await desk.curate_one(now=now)).outcome is Outcome.WAITING
