"""When arXiv is to be asked for what is not there yet."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from bot.announcements import ARXIV_ZONE, Answer, CategoryState, announces_on, expected_batch

RETRY = timedelta(minutes=15)
"""Between two tries for what arXiv has not given yet: its delays last minutes to hours."""
OWED = timedelta(hours=1)
"""Between two tries for full records alone: arXiv's search lags behind its announcements by hours."""


def collection_due(
    categories: AbstractSet[str], states: Mapping[str, CategoryState], *, owed: bool, now: datetime
) -> bool:
    """Whether arXiv is to be asked at `now`: something is due that is not there, and the last try is RETRY ago.

    `owed` tells that papers lack their full record.
    """
    if not categories <= states.keys():
        return True
    if not states:
        return False
    since_last = now - max(state.last_run_at for state in states.values())
    missing = any(_missing(state, now) for state in states.values())
    return (missing and since_last >= RETRY) or (owed and since_last >= OWED)


def still_missing(states: Mapping[str, CategoryState], *, now: datetime) -> str:
    """`cs.CL stale, cs.LG failed`: the categories that are asked for again; nothing where there are none."""
    return ", ".join(f"{state.category} {state.last.answer}" for state in states.values() if _missing(state, now))


def _missing(state: CategoryState, now: datetime) -> bool:
    if state.last.answer is Answer.NOTHING_DUE and not announces_on(now.astimezone(ARXIV_ZONE).date()):
        return False
    return state.last_fresh is None or state.last_fresh < expected_batch(now)
