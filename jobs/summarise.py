"""Has a model read the papers of new editions, and write the paragraphs of digests to come."""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.budget import Budget, Purpose
from bot.editions import Edition
from bot.papers import ArxivId
from bot.ports import Clock, Store, Summariser
from bot.spending import book, cap_reached
from bot.summaries.kept import Teaser
from bot.summaries.values import Audience, SectionName, Shortlist, Summary
from bot.teams import Subscription
from jobs.paragraphs import Writing, write_paragraphs

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=30)
"""How long a worker may hold an edition: more than a model's longest deadline, for as many batches as an edition has,
each asked twice. An edition does not wait for it."""
FIRST_PAUSE = timedelta(minutes=5)
"""Doubled after each try that failed."""
MOST_ATTEMPTS = 5
KEEP_TRYING = timedelta(hours=6)
"""An edition that is older than this has been read without a model."""


@dataclass(frozen=True, slots=True)
class Read:
    """What one run did."""

    papers: int = 0
    """So many got a sentence."""
    missing: int = 0
    """So many of those that were sent did not."""
    capped: int = 0
    """Editions that were not sent, since the team's budget is used up."""
    paragraphs: int = 0
    """Written for weekly digests to come."""


async def summarise(store: Store, summariser: Summariser, *, budget: Budget, language: str, clock: Clock) -> Read:
    """Sends the papers of each new edition, and no others, to the model, once; what failed is tried again with pauses.

    Then come the papers of the digests that are due next, as `write_paragraphs` says. `language` is that of teams that
    chose none.

    Without a model, nothing is sent: cards show an extract by themselves. Never raises for a model that fails, and
    takes as long as the model may: who has an edition to publish does not wait for the end of it.
    """
    if not summariser.model:
        return Read()
    async with store() as tx:
        subscriptions = await tx.teams.subscriptions()
        editions = [await tx.editions.latest_with_picks(each.channel_id) for each in subscriptions]
    done = Read()
    for subscription, edition in zip(subscriptions, editions, strict=True):
        if edition and clock.now() - edition.made_at < KEEP_TRYING:
            one = await _edition(edition, subscription, store, summariser, budget, language, clock)
            done = Read(done.papers + one.papers, done.missing + one.missing, done.capped + one.capped)
    return replace(done, paragraphs=await write_paragraphs(Writing(store, summariser, budget, language, clock)))


async def _edition(
    edition: Edition,
    subscription: Subscription,
    store: Store,
    summariser: Summariser,
    budget: Budget,
    language: str,
    clock: Clock,
) -> Read:
    now = clock.now()
    async with store() as tx:
        team = await tx.teams.team(subscription.team_id)
        attempts = await tx.shortlists.attempts(edition.id)
        have = await tx.shortlists.teasers(edition.id)
        known = await tx.papers.many([pick.paper_id for pick in edition.picks])
        papers = [paper for paper_id, paper in known.items() if paper_id not in have and not paper.withdrawn]
        if not papers or attempts >= MOST_ATTEMPTS:
            return Read()
        if await cap_reached(tx, budget, team_id=subscription.team_id, now=now):
            return Read(capped=1)
        if not await tx.shortlists.claim(edition.id, attempts=attempts, now=now, until=now + LEASE):
            return Read()
        await tx.commit()
    audience = Audience(team.language or language, subscription.interests)
    shortlist = await summariser.shortlist(papers, audience=audience)
    for paper_id, failure in shortlist.failures.items():
        log.warning("no sentence on %s: %s", paper_id, failure)
    teasers = _teasers(shortlist, {paper.id for paper in papers})
    missing = len(papers) - len(teasers)
    async with store() as tx:
        await tx.shortlists.keep(edition.id, teasers, done=not missing)
        await tx.posts.outdate(subscription.team_id, [teaser.paper_id for teaser in teasers], at=clock.now())
        await tx.shortlists.wait(edition.id, until=clock.now() + FIRST_PAUSE * 2**attempts)
        await book(
            tx, budget, shortlist.usage,
            model=summariser.model, purpose=Purpose.EDITION, team_id=subscription.team_id, now=clock.now(),
        )  # fmt: skip
        await tx.commit()
    return Read(papers=len(teasers), missing=missing)


def _teasers(shortlist: Shortlist, asked: set[ArxivId]) -> list[Teaser]:
    """Those that hold a sentence on a paper that was asked about."""
    return [
        Teaser(paper_id, sentence, _first(summary, SectionName.FOR_TEAM), summary.model)
        for paper_id, summary in shortlist.summaries.items()
        if paper_id in asked and not summary.extract and (sentence := _first(summary, SectionName.GIST))
    ]


def _first(summary: Summary, name: SectionName) -> str:
    section = summary.section(name)
    return section.claims[0].text if section else ""
