"""What an edition is made from, read from the store in one unit of work."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.curation.ranking import Act, Judged, Taste
from bot.papers import ArxivId, Paper
from bot.ports import UnitOfWork
from bot.reading_list import Field, Signal
from bot.schedule import REACH
from bot.teams import Subscription

FIRST_REACH = timedelta(days=7)
"""How far back the first edition of a subscription goes at the most."""
MEMORY = timedelta(days=180)
"""What people did longer ago than this says nothing of their taste."""
MOST_SIGNALS, MOST_JUDGED = 5000, 1500
"""Signals, and papers, that are looked at for a taste at the most: the last ones."""
TIME_TO_ANSWER = timedelta(days=3)
"""What was shown for less time than this may still be answered, and is not ignored yet."""
SHOWN_REACH = timedelta(days=60)
"""How long a paper that was shown keeps others out that are nearly the same."""
BACKGROUND = 300
"""Papers that a pool is set against."""

_ACTS: Mapping[Field, Act] = {
    Field.SAVED: Act.SAVED,
    Field.LIKED: Act.LIKED,
    Field.DISLIKED: Act.DISLIKED,
    Field.HAS_READ: Act.READ,
    Field.OPENED: Act.OPENED,
    Field.SUMMARISED: Act.SUMMARISED,
    Field.DISCUSSED: Act.DISCUSSED,
    Field.NOTE: Act.DISCUSSED,
    Field.TAG: Act.DISCUSSED,  # a label, like a note, is written for the others
}


@dataclass(frozen=True, slots=True)
class Material:
    """One subscription's input for an edition."""

    pool: tuple[Paper, ...]
    """What is new in its categories since the edition before."""
    taste: Taste
    """Its team's, or one member's."""
    listed: frozenset[ArxivId]
    """Papers of the pool that its team, or the member, had saved."""
    brought: frozenset[ArxivId]
    """Papers of the pool that it was brought before."""
    shown: tuple[Paper, ...]
    """What it was brought in the last SHOWN_REACH: its readers need nothing that is nearly the same."""

    @property
    def known(self) -> frozenset[ArxivId]:
        """Papers of the pool that its readers know already."""
        return self.listed | self.brought


async def gather(
    tx: UnitOfWork, subscription: Subscription, *, now: datetime, member_id: int | None = None
) -> Material:
    """What an edition of `subscription` that is made at `now` may hold, from what was known by then.

    For the `made_at` of an earlier edition, the pool is the one that edition was made from. With `member_id`, the taste
    is that of the member, and the team's as long as the member showed none.
    """
    categories, team_id = subscription.interests.categories, subscription.team_id
    after = await _reach(tx, subscription, now)
    pool = await tx.papers.pool(categories, after=after, until=now)
    signals = await tx.lists.signals(team_id, since=now - MEMORY, until=now, limit=MOST_SIGNALS)
    shown = await tx.editions.shown(subscription.id, before=now)
    own = [signal for signal in signals if signal.member_id == member_id] or signals
    acts = _acts(own, _ignored(shown, signals, now))
    recent = [paper_id for paper_id, at in shown.items() if at >= now - SHOWN_REACH]
    papers = await tx.papers.many(sorted({paper_id for paper_id, _ in acts}.union(recent)))
    ids = {paper.id for paper in pool}
    return Material(
        pool=tuple(pool),
        taste=Taste(
            judged=[
                Judged(papers[paper_id], act, (now - at) / timedelta(days=1)) for (paper_id, act), at in acts.items()
            ],
            background=await tx.papers.before(categories, after, limit=BACKGROUND),
            saved_authors=await tx.lists.saved_authors(team_id, until=now),
        ),
        listed=frozenset(
            signal.paper_id
            for signal in signals
            if signal.field is Field.SAVED and (member_id is None or signal.member_id == member_id)
        )
        & ids,
        brought=frozenset(shown) & ids,
        shown=tuple(papers[paper_id] for paper_id in sorted(recent)),
    )


async def _reach(tx: UnitOfWork, subscription: Subscription, now: datetime) -> datetime:
    """The moment after which papers must have been seen first."""
    yesterday = now.astimezone(ZoneInfo(subscription.zone)).date() - timedelta(days=1)
    previous = await tx.editions.latest(subscription.channel_id, until=yesterday)
    if previous:
        return max(previous.made_at, now - REACH)
    categories = subscription.interests.categories
    batch = await tx.papers.latest_batch(categories, until=now)
    seen = await tx.papers.first_seen(categories, batch) if batch else None
    just_before = seen - timedelta(microseconds=1) if seen else now
    return max(just_before, now - FIRST_REACH)


def _ignored(shown: Mapping[ArxivId, datetime], signals: Sequence[Signal], now: datetime) -> dict[ArxivId, datetime]:
    """What was shown, long enough ago, that nobody in the team did anything with. `signals` are oldest first."""
    answered = {signal.paper_id for signal in signals}
    # Where there were too many signals to look at, an answer to what was shown before the first of them may be missing.
    since = signals[0].given_at if len(signals) == MOST_SIGNALS else now - MEMORY
    return {
        paper_id: at
        for paper_id, at in shown.items()
        if since <= at <= now - TIME_TO_ANSWER and paper_id not in answered
    }


def _acts(signals: Iterable[Signal], ignored: Mapping[ArxivId, datetime]) -> dict[tuple[ArxivId, Act], datetime]:
    """Each thing done with each of the last MOST_JUDGED papers, and when it was done last."""
    last: dict[tuple[ArxivId, Act], datetime] = {(paper_id, Act.IGNORED): at for paper_id, at in ignored.items()}
    for signal in signals:  # oldest first
        last[signal.paper_id, _ACTS[signal.field]] = signal.given_at
    newest_first = sorted(last, key=lambda done: (last[done], done[0]), reverse=True)
    kept = set(islice(dict.fromkeys(paper_id for paper_id, _ in newest_first), MOST_JUDGED))
    return {done: at for done, at in last.items() if done[0] in kept}
