"""What the jobs tell operators."""

from datetime import timedelta

from bot.curation.ranker import rank
from bot.ports import Store
from jobs.collect import collect
from jobs.curate import curate
from jobs.deliver import deliver
from jobs.posting import FIRST_PAUSE, JITTER
from tests.factories import NOON, paper
from tests.fakes.clock import FakeClock
from tests.fakes.measures import FakeMeasures
from tests.fakes.platform import FakePlatform
from tests.fakes.source import FakeSource
from tests.jobs.desk import THURSDAY, WAIT, Desk, llm
from tests.jobs.planned import plan

PAUSED = FIRST_PAUSE * (1 + JITTER)


async def test_each_post_is_measured_once_with_how_late_it_came_and_each_further_attempt(
    store: Store, clock: FakeClock
) -> None:
    measures, platform = FakeMeasures(), FakePlatform(clock)
    edition = await plan(store, clock, [paper()])
    platform.faults = ["refuse"]
    await deliver(store, {"terminal": platform}, clock=clock, measures=measures)
    assert (measures.late, measures.retries, measures.broken) == ([], 0, ["send"])
    clock.advance(PAUSED)
    await deliver(store, {"terminal": platform}, clock=clock, measures=measures)
    assert (measures.late, measures.retries) == ([PAUSED, PAUSED], 1)
    about = {"post": "terminal-papers-0", "edition": edition.id, "platform": "terminal", "channel": "papers"}
    assert measures.spans[:2] == [("post", about), ("send", {})]


async def test_a_post_that_was_there_already_is_measured_and_not_sent(store: Store, clock: FakeClock) -> None:
    measures, platform = FakeMeasures(), FakePlatform(clock)
    await plan(store, clock, [])
    platform.faults = ["drop"]
    await deliver(store, {"terminal": platform}, clock=clock)
    clock.advance(PAUSED)
    await deliver(store, {"terminal": platform}, clock=clock, measures=measures)
    assert (measures.late, measures.names) == ([PAUSED], ["post"])


async def test_a_collection_and_each_edition_that_is_made_are_spans(store: Store) -> None:
    measures, desk = FakeMeasures(), Desk(store)
    subscription = await desk.subscribe()
    await collect(store, FakeSource(()), clock=FakeClock(NOON - timedelta(days=1)), measures=measures)
    await desk.collect(llm("Memory"))
    for _ in range(2):
        await curate(store, rank, now=THURSDAY, wait=WAIT, only_due=True, measures=measures)
    about = {"kind": "daily", "subscription": subscription.id, "date": "2026-01-15"}
    assert measures.spans == [("collection", {}), ("edition", about)]
