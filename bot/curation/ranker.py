"""The default ranker, as light to import as it is heavy to run."""

from collections.abc import Sequence

from bot.curation.ranking import Ranked, Taste
from bot.papers import Paper
from bot.teams import Interests


def rank(pool: Sequence[Paper], interests: Interests, taste: Taste) -> list[Ranked]:
    """A `Ranker`: `bot.curation.learned.rank` with the shipped prior. Slow for an event loop: run it in a thread."""
    # At the first ranking, since numerical libraries would double the time and memory that a start takes.
    from bot.curation import learned  # noqa: PLC0415

    return learned.rank(pool, interests, taste)
