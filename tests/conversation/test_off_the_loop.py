"""Choosing papers never holds up the event loop: while it goes on, the loop answers others."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from bot.curation.ranking import Ranked, Taste
from bot.papers import Paper
from bot.teams import Interests
from jobs.curate import curate
from tests.conversation.conftest import Lab, in_order
from tests.factories import paper

TICKS = 20
PATIENCE = 20.0
"""Seconds after which a loop that stands still is given up; one that goes round needs no time at all."""


class Patient:
    """A ranker that goes on only once the loop has gone round TICKS times since it began."""

    def __init__(self) -> None:
        self.ranked = 0
        self._loop = asyncio.get_running_loop()

    def __call__(self, pool: Sequence[Paper], interests: Interests, taste: Taste) -> list[Ranked]:
        ticked = threading.Event()

        def tick(left: int) -> None:
            if left:
                self._loop.call_soon(tick, left - 1)
            else:
                ticked.set()

        self._loop.call_soon_threadsafe(tick, TICKS)
        assert ticked.wait(PATIENCE), "the event loop stood still while papers were ranked"
        self.ranked += 1
        return in_order(pool, interests, taste)


@pytest.mark.parametrize("line", ["why 2601.00051", "why 1", "for me", "preview size:2"])
async def test_while_papers_are_ranked_for_somebody_the_loop_goes_round(lab: Lab, line: str) -> None:
    lab.clock.advance(timedelta(days=1))
    await lab.announce([paper("2601.00051", title="Friday's Other Paper")])
    await lab.publish([paper("2601.00050", title="Friday's Paper")])
    ranker = Patient()
    lab.rank_by(ranker)
    assert not (await lab.say(line)).failed
    assert ranker.ranked


async def test_while_an_edition_is_curated_the_loop_goes_round(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    await lab.announce([paper("2601.00051", title="Friday's Paper")])
    ranker = Patient()
    [made] = await curate(lab.store, ranker, now=lab.clock.now(), wait=timedelta(), only_due=False)
    assert made.edition is not None
    assert ranker.ranked == 1


class Roll(ThreadPoolExecutor):
    """A pool of threads that notes what it was given to do."""

    def __init__(self) -> None:
        super().__init__(max_workers=1)
        self.done: list[str] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.done += [given.__name__ for given in getattr(fn, "args", ()) if callable(given)]
        return super().submit(fn, *args, **kwargs)


@asynccontextmanager
async def rolled() -> AsyncIterator[Roll]:
    with Roll() as roll:
        asyncio.get_running_loop().set_default_executor(roll)
        yield roll


async def test_papers_are_compared_in_a_thread(lab: Lab) -> None:
    async with rolled() as roll:
        await lab.say("related 1")
        assert "most_alike" in roll.done
