"""Makes the edition of each subscription, once for each of its local dates."""

import asyncio
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.announcements import ARXIV_ZONE, Answer, CategoryState, announces_on, expected_batch
from bot.curation.choosing import choose
from bot.curation.material import Material, gather
from bot.curation.ranking import Ranker
from bot.curation.selection import Exploration
from bot.editions import HEADER_SLOT, Edition, Post, PostState
from bot.ports import UNMEASURED, Measures, Store
from bot.schedule import REACH, Due, by_hand, due, local_date
from bot.teams import EditionKind, OnNothing, Subscription

KEY_BYTES = 10
"""20 characters as a key of a post; Discord's nonce, which carries it there, holds 25."""
_EXISTING = 2 * REACH.days
"""So many dates of editions are looked at: those of the last REACH, and what a clock that ran ahead may have left."""


class Outcome(StrEnum):
    """What came of one subscription."""

    MADE = "made"
    THERE = "there"
    """The edition of this date had been made before."""
    NOT_DUE = "not_due"
    """It is not its day, or not its hour yet."""
    PAUSED = "paused"
    HALTED = "halted"
    """Nothing can be posted there until somebody mends it."""
    WAITING = "waiting"
    """arXiv has not answered for some categories."""
    WEEKEND = "weekend"
    """Nothing is new, and arXiv announces nothing on this day."""
    NOTHING_NEW = "nothing_new"
    """Nothing is new though arXiv answered: a holiday, a late batch, or one without new papers."""


@dataclass(frozen=True, slots=True)
class Curated:
    """What came of one subscription. `edition` is there for MADE and THERE, `unanswered` and `since` for WAITING."""

    subscription: Subscription
    date: date
    """In the subscription's zone."""
    outcome: Outcome
    edition: Edition | None = None
    unanswered: tuple[str, ...] = ()
    since: datetime | None = None
    """When the first of the `unanswered` categories failed; None where they are only stale, or not asked for yet."""


async def curate(
    store: Store,
    ranker: Ranker,
    *,
    now: datetime,
    wait: timedelta,
    only_due: bool,
    explore: bool = False,
    measures: Measures = UNMEASURED,
) -> list[Curated]:
    """Every subscription's edition for its local date at `now`, where it is time and there is something new.

    `only_due` respects each subscription's days and hour; without it, as by hand, an edition is made at any time, but
    not in a pause. For
    categories that did not answer, or are stale, an edition waits until `wait` after its hour, by hand until `wait`
    after the first failed collection if that is later; then it goes out and names them as missing. A `wait` of zero
    never waits for them. While nothing is new and arXiv is silent there is no edition whatever the hour: silence is not
    "nothing new". What was made before is found, not made again. With `explore`, a small share of each edition tries
    what the team has not judged yet.
    """
    async with store() as tx:
        subscriptions = await tx.teams.subscriptions()
    return [
        Curated(subscription, local_date(subscription, now), why_not)
        if (why_not := _why_not(subscription, now, only_due=only_due))
        else await _curated(
            store, ranker, subscription, now=now, wait=wait, only_due=only_due, explore=explore, measures=measures
        )
        for subscription in subscriptions
    ]


def _why_not(subscription: Subscription, now: datetime, *, only_due: bool) -> Outcome | None:
    """Why there is no edition now, as far as the subscription tells."""
    if subscription.halt:
        return Outcome.HALTED
    paused = subscription.pause and subscription.pause.holds(local_date(subscription, now))
    if only_due and due(subscription, {}, now) is None:
        return Outcome.PAUSED if paused else Outcome.NOT_DUE
    return Outcome.PAUSED if paused and not only_due else None


async def _curated(
    store: Store,
    ranker: Ranker,
    subscription: Subscription,
    *,
    now: datetime,
    wait: timedelta,
    only_due: bool,
    explore: bool,
    measures: Measures,
) -> Curated:
    categories = subscription.interests.categories
    async with store() as tx:
        exists = await tx.editions.made_on(subscription.id, EditionKind.DAILY, limit=_EXISTING)
        turn = due(subscription, exists, now) if only_due else by_hand(subscription, exists, now)
        day = turn.day if turn else local_date(subscription, now)
        if edition := await tx.editions.of(subscription.id, EditionKind.DAILY, day):
            return Curated(subscription, day, Outcome.THERE, edition)
        if turn is None:
            return Curated(subscription, day, Outcome.NOT_DUE)
        known = await tx.collections.states(categories)
        material = await gather(tx, subscription, now=now)
        layout = (await tx.teams.channel(subscription.channel_id)).laid_out(subscription.layout)

    states = {category: known.get(category) for category in categories}
    unanswered = tuple(category for category, state in states.items() if not _answered(state, now))
    since = min((state.failing_since for state in known.values() if state.failing_since), default=None)
    patience = turn.hour if only_due or not since else max(turn.hour, since)
    waiting = Curated(subscription, day, Outcome.WAITING, unanswered=unanswered, since=since)
    if unanswered and wait and now < patience + wait:
        return waiting
    if not material.pool:
        if any(_silent(state, now) for state in states.values()):
            return waiting
        if subscription.on_nothing is OnNothing.SILENCE:
            announced = announces_on(now.astimezone(ARXIV_ZONE).date())
            return Curated(subscription, day, Outcome.NOTHING_NEW if announced else Outcome.WEEKEND)

    # In a thread and outside of a transaction: ranking holds up neither the event loop nor the database.
    wanted = replace(subscription, layout=layout)
    with measures.span("edition", kind=EditionKind.DAILY, subscription=subscription.id, date=str(day)):
        edition = await asyncio.to_thread(_edition, wanted, turn, material, ranker, now, unanswered, explore)
    async with store() as tx:
        made = await tx.editions.add(edition, _posts(edition))
        await tx.commit()
        if made:
            return Curated(subscription, day, Outcome.MADE, made)
        return Curated(subscription, day, Outcome.THERE, await tx.editions.of(subscription.id, EditionKind.DAILY, day))


def _answered(state: CategoryState | None, now: datetime) -> bool:
    """Whether the category's batch of this moment is taken in, if one was due."""
    return state is not None and not _silent(state, now) and state.last.answer is not Answer.STALE


def _silent(state: CategoryState | None, now: datetime) -> bool:
    """Whether arXiv has said nothing at all about the batch of this moment: it failed to, or was not asked since."""
    if state is None or state.last.answer is Answer.FAILED:
        return True
    return expected_batch(state.last_run_at) < expected_batch(now)


def _edition(
    subscription: Subscription,
    turn: Due,
    material: Material,
    ranker: Ranker,
    now: datetime,
    missing: tuple[str, ...],
    explore: bool,
) -> Edition:
    tries = Exploration(f"{turn.day} {subscription.team_id}") if explore else None
    selection = choose(subscription, material, ranker, exclude=material.known, shown=material.shown, explore=tries)
    return Edition(
        id=0,
        subscription_id=subscription.id,
        channel_id=subscription.channel_id,
        kind=EditionKind.DAILY,
        date=turn.day,
        made_at=now,
        considered=len(material.pool),
        picks=selection.picks,
        missing=missing if material.pool else (),  # what is stale has answered that there is nothing new
        nearest=selection.nearest,
        layout=subscription.layout,
        late_since=turn.hour if turn.late else None,
        covers=turn.covers,
    )


def _posts(edition: Edition) -> list[Post]:
    """The header and the picks, each under a key that nobody can guess."""
    return [
        Post(secrets.token_hex(KEY_BYTES), edition.id, edition.channel_id, slot, PostState.PLANNED, edition.made_at)
        for slot in (HEADER_SLOT, *(pick.number for pick in edition.picks))
    ]
