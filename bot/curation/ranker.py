"""The default ranker, as light to import as it is heavy to run."""

import gc
from collections.abc import Sequence
from functools import cache
from types import ModuleType

from bot.curation.ranking import Ranked, Taste
from bot.papers import Paper
from bot.teams import Interests


def rank(pool: Sequence[Paper], interests: Interests, taste: Taste) -> list[Ranked]:
    """A `Ranker`: `bot.curation.learned.rank` with the shipped prior. Slow for an event loop: run it in a thread."""
    ranked: list[Ranked] = _learned().rank(pool, interests, taste)
    return ranked


@cache
def _learned() -> ModuleType:
    # At the first ranking, since numerical libraries would double the time and memory that a start takes.
    gc.freeze()
    from bot.curation import learned  # noqa: PLC0415

    # What is imported stays. Each full collection would go through all of it again, and stop every thread for longer
    # than the event loop may stand still.
    gc.freeze()
    return learned
