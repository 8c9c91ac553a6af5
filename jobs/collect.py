"""Asks the source what is new, and stores what it answered, in one transaction."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.announcements import Announcement, Answer, Batch, CategoryAnswer, CollectionRun, missed_batches
from bot.errors import SourceUnavailable
from bot.papers import ArxivId, Paper
from bot.ports import UNMEASURED, Clock, Measures, Progress, Source, Store, silent
from jobs.catch_up import Found, catch_up, within_reach

AT_ONCE = 100
"""So many records are fetched with one call; what came before a failure is kept."""
MOST_OWED = 2000
"""So many records that earlier runs still owe are fetched in one run."""


async def collect(
    store: Store, source: Source, *, clock: Clock, progress: Progress = silent, measures: Measures = UNMEASURED
) -> CollectionRun:
    """One collection, in every category that a subscription asks for; returns its record, which is stored too.

    Nothing is stored before everything is: a run that is cut off leaves no trace, and the next one does its work. A
    run that is repeated adds what was still missing. Never raises for a source that does not answer.
    """
    with measures.span("collection"):
        return await _collected(store, source, clock, progress)


async def _collected(store: Store, source: Source, clock: Clock, progress: Progress) -> CollectionRun:
    started = clock.now()
    async with store() as tx:
        asked = await tx.teams.subscriptions()
        categories = sorted({category for one in asked for category in one.interests.categories})
        states = await tx.collections.states(categories)
        owed = await tx.papers.incomplete(limit=MOST_OWED)
    since = {category: states[category].last_fresh if category in states else None for category in categories}

    batch = await source.announced(categories, now=started, progress=progress)
    found, answers = await _caught_up(batch, since, started, store, source, progress)
    announcements = _each_once([*batch.announcements, *found.announcements])
    papers, complete, problem = await _with_records(batch, announcements, owed, store, source, progress)
    papers |= {paper.id: paper for paper in found.papers}
    complete |= {paper.id for paper in found.papers}

    async with store() as tx:
        stored_at = clock.now()  # not `started`: an edition made meanwhile must find these papers newer than itself
        new = await tx.papers.add(list(papers.values()), seen_at=stored_at)
        await tx.papers.announce(announcements, seen_at=stored_at)
        counted = _counted(answers, announcements, complete=complete, new=new, problem=problem)
        run = CollectionRun(started, stored_at, counted, new=len(new))
        await tx.collections.record(run)
        await tx.commit()
    return run


async def _caught_up(
    batch: Batch, since: Mapping[str, date | None], now: datetime, store: Store, source: Source, progress: Progress
) -> tuple[Found, list[CategoryAnswer]]:
    """The papers of the batches that were missed, and the answers in view of them."""
    missed = {
        answer.category: days
        for answer in batch.answers
        if answer.answer is not Answer.FAILED and (days := missed_batches(since[answer.category], answer.batch, now))
    }
    if not missed:
        return Found((), ()), list(batch.answers)
    reach = {category: within_reach(days) for category, days in missed.items()}
    try:
        found = await catch_up(reach, store, source, progress)
    except SourceUnavailable as error:
        behind = f"missed batches are still to be caught up: {error}"
        # Failed, whatever its feed holds: the next run must start from where this one did.
        return Found((), ()), [
            replace(answer, answer=Answer.FAILED, batch=None, problem=behind) if answer.category in missed else answer
            for answer in batch.answers
        ]
    return found, [
        _in_step(answer, missed[answer.category], reach[answer.category]) if answer.category in missed else answer
        for answer in batch.answers
    ]


def _in_step(answer: CategoryAnswer, missed: Sequence[date], caught_up: Sequence[date]) -> CategoryAnswer:
    """The answer of a category whose missed batches were caught up."""
    return replace(
        answer,
        answer=Answer.FRESH if answer.answer is Answer.NOTHING_DUE else answer.answer,
        batch=max(filter(None, (answer.batch, caught_up[-1]))),
        problem="" if missed[0] == caught_up[0] else f"nothing from before {caught_up[0]} was caught up",
    )


async def _with_records(
    batch: Batch,
    announcements: Sequence[Announcement],
    owed: Sequence[ArxivId],
    store: Store,
    source: Source,
    progress: Progress,
) -> tuple[dict[ArxivId, Paper], set[ArxivId], str]:
    """What there is to store of the batch and of the papers `owed`: full records as far as the source gives them. With
    them, the ids of the batch that have one by now, and what hindered the others."""
    listed = {paper.id: paper for paper in batch.papers}
    async with store() as tx:
        known = await tx.papers.many([*listed, *owed])
    announced = {announcement.paper_id for announcement in announcements}
    # A replacement of a paper that nobody here has heard of is no news and no update.
    wanted = {
        paper.id: paper
        for paper in batch.papers
        if (paper.id in announced and paper.id not in known)
        or (paper.id in known and known[paper.id].version < paper.version)
    }
    missing = dict.fromkeys([*(paper.id for paper in wanted.values() if not paper.complete), *owed])
    records, problem = await _fetched(list(missing), source, progress)
    papers = {paper_id: _merged(known.get(paper_id), paper) for paper_id, paper in wanted.items()}
    # The API lags behind the feeds: a record of an older version completes nothing.
    newest = known | papers
    papers |= {
        paper_id: records[paper_id]
        for paper_id in missing
        if paper_id in records and records[paper_id].version >= newest[paper_id].version
    }
    complete = {paper.id for paper in [*(known | papers).values()] if paper.complete}
    return papers, complete, problem


async def _fetched(ids: Sequence[ArxivId], source: Source, progress: Progress) -> tuple[dict[ArxivId, Paper], str]:
    """Full records as far as the source gave them, and the problem that it stopped at."""
    records: dict[ArxivId, Paper] = {}
    try:
        for start in range(0, len(ids), AT_ONCE):
            progress("Fetching records", start, len(ids))
            records |= {paper.id: paper for paper in await source.fetch(ids[start : start + AT_ONCE])}
    except SourceUnavailable as error:
        return records, str(error)
    progress("Fetching records", len(ids), len(ids))
    return records, ""


def _merged(known: Paper | None, short: Paper) -> Paper:
    """A feed's short record, with what a feed does not tell from the version that we know."""
    if known is None or short.complete:
        return short
    return replace(
        known,
        version=short.version,
        title=short.title,
        abstract=short.abstract,
        authors=short.authors,
        categories=short.categories,
        updated=short.updated,
        complete=False,
    )


def _each_once(announcements: Iterable[Announcement]) -> list[Announcement]:
    """The first for each paper and category: what a feed says goes before what a submission time lets us guess."""
    first: dict[tuple[ArxivId, str], Announcement] = {}
    for announcement in announcements:
        first.setdefault((announcement.paper_id, announcement.category), announcement)
    return list(first.values())


def _counted(
    answers: Sequence[CategoryAnswer],
    announcements: Sequence[Announcement],
    *,
    complete: set[ArxivId],
    new: set[ArxivId],
    problem: str,
) -> tuple[CategoryAnswer, ...]:
    announced = Counter(one.category for one in announcements)
    found = Counter(one.category for one in announcements if one.paper_id in complete)
    fresh = Counter(one.category for one in announcements if one.paper_id in new)
    return tuple(
        replace(
            answer,
            announced=announced[answer.category],
            found=found[answer.category],
            new=fresh[answer.category],
            problem=answer.problem or (problem if found[answer.category] < announced[answer.category] else ""),
        )
        for answer in answers
    )
