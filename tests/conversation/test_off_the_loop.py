"""Choosing papers never holds up the event loop: while it goes on, the loop answers others."""

import asyncio
import gc
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType

import pytest

from bot.curation import explain, learned, model, phrases, selection, topics, vectors
from bot.curation import related as comparing
from bot.curation.ranker import rank
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


HEAVY = (learned, model, phrases, topics, vectors, selection, explain, comparing)
"""What goes through hundreds of papers, term by term."""


@contextmanager
def watched() -> Iterator[tuple[set[str], set[str]]]:
    """The functions of HEAVY modules that are entered on this thread, which is the event loop's, and on others."""
    here, elsewhere = set[str](), set[str]()
    files = {module.__file__ for module in HEAVY}

    def entered(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename in files:
            on_loop = threading.current_thread() is threading.main_thread()
            (here if on_loop else elsewhere).add(f"{frame.f_globals['__name__']}.{frame.f_code.co_name}")

    threading.setprofile(entered)
    sys.setprofile(entered)
    try:
        yield here, elsewhere
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


@pytest.mark.parametrize(
    ("line", "done"),
    [
        ("why 2601.00051", "bot.curation.explain.twin_of"),
        ("why 1", "bot.curation.learned.ranked"),
        ("for me", "bot.curation.selection.select"),
        ("preview size:2", "bot.curation.selection.select"),
        ("related 1", "bot.curation.related.most_alike"),
    ],
)
async def test_whatever_goes_through_papers_term_by_term_is_entered_in_a_thread(lab: Lab, line: str, done: str) -> None:
    lab.clock.advance(timedelta(days=1))
    await lab.announce([paper("2601.00051", title="Friday's Other Paper")])
    await lab.publish([paper("2601.00050", title="Friday's Paper")])
    lab.rank_by(rank)
    with watched() as (on_loop, in_threads):
        assert not (await lab.say(line)).failed
    assert done in in_threads
    assert on_loop <= {"bot.curation.related.questions", "bot.curation.related.<genexpr>"}  # of one title


async def test_an_edition_is_chosen_in_a_thread(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    await lab.announce([paper("2601.00051", title="Friday's Paper")])
    with watched() as (on_loop, in_threads):
        await curate(lab.store, rank, now=lab.clock.now(), wait=timedelta(), only_due=False)
    assert {"bot.curation.learned.ranked", "bot.curation.selection.select"} <= in_threads
    assert on_loop == set()


def test_collections_of_garbage_pass_over_what_was_imported_to_rank() -> None:
    check = """
import gc
from bot.curation.ranker import rank
from bot.curation.ranking import Taste
from bot.teams import Interests
rank([], Interests(("cs.CL",)), Taste())
print(len(gc.get_objects()) * 20 < gc.get_freeze_count())
"""
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"


def test_collections_of_garbage_pass_over_the_terms_of_papers() -> None:
    terms = vectors.terms_of(phrases.Text.of(paper(title="A verifier", abstract="For language models.")))
    assert terms
    assert not gc.is_tracked(terms)
