"""Brings a database that was restored from a back-up into step with what was posted since: nothing comes twice."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.announcements import Answer, renewed
from bot.editions import HEADER_SLOT, Edition
from bot.errors import SourceUnavailable
from bot.periods import digest_due
from bot.ports import Clock, Progress, Source, Store, UnitOfWork, silent
from bot.schedule import REACH, has_edition, hour_of, local_date
from bot.teams import EditionKind, Subscription
from jobs.collect import collect
from jobs.watch import FRESH, ask

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What one run did."""

    posts: int
    """To be looked for before they are posted."""
    editions: int
    """That count as published, for they may have been."""


async def reconcile(
    store: Store, source: Source, *, stopped: datetime, clock: Clock, progress: Progress = silent
) -> Reconciled:
    """To be run after a back-up was restored, before anything else; `stopped` is when the bot last posted, or later.

    Every post that was not tried yet, as far as the back-up knows, counts as tried. What arXiv announced since the
    back-up is collected. Of each subscription, the last edition, digest and round-up that were due by `stopped` count
    as published if they are not known, with what was announced by their hour; of these, only the dates are known. What
    became of papers by now counts as told. A second run does nothing more. Raises SourceUnavailable where arXiv does
    not answer; then only papers may have been stored.
    """
    started = clock.now()
    run = await collect(store, source, clock=clock, progress=progress)
    if failed := [answer.category for answer in run.answers if answer.answer is Answer.FAILED]:
        raise SourceUnavailable(f"arXiv did not answer for {', '.join(failed)}. Nothing was reconciled; try again.")
    while (asked := await ask(store, source, clock, before=started)) != (0, ""):
        if problem := asked[1]:
            raise SourceUnavailable(f"{problem}. Nothing was reconciled; try again.")
    async with store() as tx:
        posts = await tx.restoration.count_as_tried()
        # What the back-up lacks is newer than all that it has.
        unrecorded = (await tx.restoration.last_trace(until=stopped) or stopped) + datetime.resolution
        for batch in await tx.restoration.batches_seen(after=stopped):
            await tx.restoration.count_as_seen(batch, at=max(renewed(batch), unrecorded), after=stopped)
        editions = [
            edition
            for subscription in await tx.teams.subscriptions()
            for edition in await _count_as_published(subscription, tx, stopped=stopped, unrecorded=unrecorded)
        ]
        for subscription in await tx.teams.subscriptions():
            await _count_as_told(subscription, tx, stopped=stopped)
        await tx.commit()
    return Reconciled(posts, len(editions))


async def _count_as_published(
    subscription: Subscription, tx: UnitOfWork, *, stopped: datetime, unrecorded: datetime
) -> list[Edition]:
    """Stores the editions that were due by `stopped` and are not known, and returns them."""
    unknown = []
    if day := await _last_due(subscription, tx, stopped):
        # What was announced after its hour is for the next one.
        made_at = max(hour_of(subscription, day), unrecorded)
        unknown.append(await _stored(EditionKind.DAILY, day, made_at, subscription, tx))
    for kind in (EditionKind.WEEKLY, EditionKind.MONTHLY):
        period = digest_due(kind, subscription, stopped)
        if period and await tx.editions.dated(subscription.id, EditionKind.DAILY, first=period.first, last=period.last):
            unknown.append(await _stored(kind, period.first, stopped, subscription, tx))
    return [edition for edition in unknown if edition]


async def _last_due(subscription: Subscription, tx: UnitOfWork, stopped: datetime) -> date | None:
    """The date of the last daily edition that was due by then, if none is known of it or of a later one."""
    today = local_date(subscription, stopped)
    days = (today - _DAY * number for number in range(REACH.days))
    due = (day for day in days if has_edition(subscription, day) and hour_of(subscription, day) <= stopped)
    last = next(due, None)
    known = await tx.editions.made_on(subscription.id, EditionKind.DAILY, limit=1)
    return last if last and all(day < last for day in known) else None


async def _stored(
    kind: EditionKind, day: date, made_at: datetime, subscription: Subscription, tx: UnitOfWork
) -> Edition | None:
    """An edition of which nothing but its date is known; None if there is one."""
    return await tx.editions.add(Edition(0, subscription.id, subscription.channel_id, kind, day, made_at, 0, ()), [])


async def _count_as_told(subscription: Subscription, tx: UnitOfWork, *, stopped: datetime) -> None:
    """Lets the news of its papers that is known by now count as told."""
    untold = [one for one in await tx.revisions.untold(since=stopped - FRESH) if one.subscription_id == subscription.id]
    if untold:
        day = local_date(subscription, stopped)
        made = await _stored(EditionKind.NEWS, day, stopped, subscription, tx)
        told = made or await tx.editions.of(subscription.id, EditionKind.NEWS, day)
        if told:
            await tx.revisions.tell(told, {HEADER_SLOT: untold})
