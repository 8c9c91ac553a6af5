"""What an edition is made from, read from the store in one unit of work."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.curation.ranking import Taste
from bot.papers import ArxivId, Paper
from bot.ports import UnitOfWork
from bot.reading_list import Field
from bot.teams import Subscription

FIRST_REACH = timedelta(days=7)
"""How far back the first edition of a subscription goes at the most."""
REACH = timedelta(days=14)
"""How far back a later edition goes at the most, however long there was none."""
MEMORY = timedelta(days=180)
"""What people did longer ago than this says nothing of their taste."""
MOST_JUDGED = 1000
"""Of more signals than this, the latest are enough to know a taste by."""


@dataclass(frozen=True, slots=True)
class Material:
    """One subscription's input for an edition."""

    pool: tuple[Paper, ...]
    """What is new in its categories since the edition before."""
    taste: Taste
    """Its team's."""
    known: frozenset[ArxivId]
    """Papers of the pool that it was brought before, or that its team has on the list."""


async def gather(tx: UnitOfWork, subscription: Subscription, *, now: datetime) -> Material:
    """What an edition of `subscription` that is made at `now` may hold. For the `made_at` of an earlier edition, the
    pool is the one that edition was made from."""
    after = await _reach(tx, subscription, now)
    pool = await tx.papers.pool(subscription.interests.categories, after=after, until=now)
    ids = {paper.id for paper in pool}
    listed = await _saved(tx, subscription.team_id, ids)
    picked = await tx.editions.picked(subscription.id)
    return Material(
        pool=tuple(pool),
        taste=await _taste(tx, subscription.team_id, now),
        known=frozenset(listed | (picked & ids)),
    )


async def _reach(tx: UnitOfWork, subscription: Subscription, now: datetime) -> datetime:
    """The moment after which papers must have been seen first."""
    yesterday = now.astimezone(ZoneInfo(subscription.zone)).date() - timedelta(days=1)
    previous = await tx.editions.latest(subscription.channel_id, until=yesterday)
    if previous:
        return max(previous.made_at, now - REACH)
    categories = subscription.interests.categories
    batch = await tx.papers.latest_batch(categories)
    seen = await tx.papers.first_seen(categories, batch) if batch else None
    just_before = seen - timedelta(microseconds=1) if seen else now
    return max(just_before, now - FIRST_REACH)


async def _saved(tx: UnitOfWork, team_id: int, ids: Set[ArxivId]) -> set[ArxivId]:
    """Those of the papers that somebody in the team saves."""
    entries = await tx.lists.entries(team_id, sorted(ids))
    return {paper_id for paper_id, entry in entries.items() if entry.savers}


async def _taste(tx: UnitOfWork, team_id: int, now: datetime) -> Taste:
    given: dict[Field, set[ArxivId]] = {Field.SAVED: set(), Field.LIKED: set(), Field.DISLIKED: set()}
    signals = [one for one in await tx.lists.signals(team_id, since=now - MEMORY) if one.field in given]
    for signal in signals[-MOST_JUDGED:]:
        given[signal.field].add(signal.paper_id)
    liked = sorted(given[Field.SAVED] | given[Field.LIKED])
    disliked = sorted(given[Field.DISLIKED] - await _saved(tx, team_id, given[Field.DISLIKED]))
    papers = await tx.papers.many([*liked, *disliked])
    return Taste(
        saved=[papers[paper_id] for paper_id in liked],
        disliked=[papers[paper_id] for paper_id in disliked],
        saved_authors=await tx.lists.saved_authors(team_id),
    )
