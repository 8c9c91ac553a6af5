"""Has a model write the paragraphs of weekly digests before those are made."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.budget import Budget, Purpose
from bot.papers import Paper
from bot.periods import digest_due
from bot.ports import Clock, Store, Summariser
from bot.spending import book, cap_reached
from bot.summaries.kept import SummaryKey
from bot.summaries.values import Audience, Summary, SummaryKind, SummaryUnavailable
from bot.teams import EditionKind, Subscription
from jobs.digests import goes_on

log = logging.getLogger(__name__)

AHEAD = timedelta(hours=6)
"""So long before a digest is due, its papers are known but for a few."""
LEASE = timedelta(minutes=30)
"""How long a worker may hold a paper, and the pause after a try that failed: longer than any model's deadline."""
MOST_AT_ONCE = 5
"""Paragraphs that one run asks for in a channel: the papers of new editions wait no longer for their turn."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What one run works with."""

    store: Store
    summariser: Summariser
    budget: Budget
    language: str
    clock: Clock


async def write_paragraphs(run: Writing) -> int:
    """Asks the model for a paragraph on each paper of the digests that are due within AHEAD, and says how many came.

    Each is asked for once, and again after a pause where that failed. A digest waits for none of them: what is not
    there when it is made is an extract. Never raises for a model that fails.
    """
    async with run.store() as tx:
        subscriptions = await tx.teams.subscriptions()
    return sum([await _ahead(one, run) for one in subscriptions if goes_on(one, run.clock.now())])


async def _ahead(subscription: Subscription, run: Writing) -> int:
    papers = await _papers(subscription, run)
    asked = written = 0
    for paper in papers:
        key = await _claimed(paper, subscription, run) if asked < MOST_AT_ONCE else None
        if key is None:
            continue
        asked += 1
        audience = Audience(key.language, subscription.interests)
        try:
            made = await run.summariser.summarise(paper, key.kind, audience=audience)
        except SummaryUnavailable as error:
            log.warning("no paragraph on %s: %s", paper.id, error)
            await _keep(key, error, run)
            break  # the others of this channel come after a pause too
        await _keep(key, made, run)
        written += 1
    return written


async def _papers(subscription: Subscription, run: Writing) -> Sequence[Paper]:
    """Those of the digest that is due next, if it is not made yet."""
    period = digest_due(EditionKind.WEEKLY, subscription, run.clock.now() + AHEAD)
    if period is None:
        return ()
    async with run.store() as tx:
        if await tx.editions.of(subscription.id, EditionKind.WEEKLY, period.first):
            return ()
        days = await tx.editions.dated(subscription.id, EditionKind.DAILY, first=period.first, last=period.last)
        found = await tx.papers.many([pick.paper_id for day in days for pick in day.picks])
    return [paper for paper in found.values() if not paper.withdrawn]


async def _claimed(paper: Paper, subscription: Subscription, run: Writing) -> SummaryKey | None:
    """The paragraph's key, if it is ours to ask for now."""
    now = run.clock.now()
    async with run.store() as tx:
        team = await tx.teams.team(subscription.team_id)
        by = subscription.made_by or await tx.teams.first_member(team.id)
        key = SummaryKey(
            team.id,
            paper.id,
            paper.version,
            SummaryKind.DIGEST,
            run.summariser.model,
            run.summariser.prompt_version,
            team.language or run.language,
        )
        if await cap_reached(tx, run.budget, team_id=team.id, now=now):
            return None
        claimed = await tx.summaries.claim(key, by=by, now=now, until=now + LEASE)
        await tx.commit()
    return key if claimed else None


async def _keep(key: SummaryKey, came: Summary | SummaryUnavailable, run: Writing) -> None:
    """Keeps what came, and books what it cost; after a failure, the lease holds the next try back."""
    now = run.clock.now()
    async with run.store() as tx:
        if isinstance(came, Summary):
            await tx.summaries.keep(key, came, at=now)
        await book(
            tx, run.budget, came.usage,
            model=key.model, purpose=Purpose.DIGEST, team_id=key.team_id, now=now,
        )  # fmt: skip
        await tx.commit()
