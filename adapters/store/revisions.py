"""What changed about papers, and who is told of it where."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.facts import SAVED
from adapters.store.lists import SqlReadingLists
from adapters.store.posts import post_of
from adapters.store.revision_tables import revisions, tellings
from adapters.store.sharing import LIST
from adapters.store.statements import in_lots
from adapters.store.tables import channels, editions, entries, papers, picks, posts, signals, subscriptions, teams
from bot.editions import Edition, Post, PostState
from bot.papers import ArxivId
from bot.reading_list import Entry, Field
from bot.revisions import Revision, Untold
from bot.teams import EditionKind

_LAST_ASKED = func.coalesce(papers.c.asked_at, papers.c.seen_at)
_OF_A_TEAM = and_(
    entries.c.paper_id == revisions.c.paper_id,
    revisions.c.noticed_at > entries.c.added_at,
    exists().where(SAVED).correlate(entries),
)
"""What ties a revision to the entries of the teams that it is news to."""
_TELLING = and_(tellings.c.revision_id == revisions.c.id, tellings.c.team_id == entries.c.team_id)
_POST = (
    posts.join(editions, and_(editions.c.id == posts.c.edition_id, editions.c.kind == EditionKind.DAILY))
    .join(picks, and_(picks.c.edition_id == posts.c.edition_id, picks.c.number == posts.c.slot))
    .join(channels, channels.c.id == posts.c.channel_id)
    .join(teams, teams.c.id == channels.c.team_id)
    .join(
        subscriptions,
        and_(subscriptions.c.channel_id == posts.c.channel_id, subscriptions.c.ended_at.is_(None)),
    )
)
"""Posts about papers, where somebody still wants to hear of them."""


def _home(*states: PostState) -> ColumnElement[bool]:
    """Whether a row of _POST is where an entry's revision is told: what was posted before it."""
    return and_(
        picks.c.paper_id == revisions.c.paper_id,
        entries.c.team_id == LIST,
        posts.c.planned_at <= revisions.c.noticed_at,
        posts.c.state.in_(states),
    )


class SqlRevisions:
    """Satisfies `bot.ports.Revisions`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def to_ask(self, *, before: datetime, shown_since: datetime, limit: int) -> list[ArxivId]:
        saved = select(signals.c.paper_id).where(signals.c.field == Field.SAVED)
        daily = and_(editions.c.kind == EditionKind.DAILY, editions.c.made_at >= shown_since)
        shown = select(picks.c.paper_id).join(editions, editions.c.id == picks.c.edition_id).where(daily)
        wanted = or_(papers.c.arxiv_id.in_(saved), papers.c.arxiv_id.in_(shown))
        due = select(papers.c.arxiv_id).where(wanted, before > _LAST_ASKED).order_by(_LAST_ASKED, papers.c.seq)
        return list(await self._connection.scalars(due.limit(limit)))

    async def asked(self, ids: Sequence[ArxivId], *, at: datetime) -> None:
        for lot in in_lots(ids):
            await self._connection.execute(update(papers).where(papers.c.arxiv_id.in_(lot)).values(asked_at=at))

    async def untold(self, *, since: datetime) -> list[Untold]:
        waiting = (
            select(revisions, entries.c.team_id, subscriptions.c.id.label("subscription_id"), posts.c.key)
            .select_from(_POST.join(revisions, picks.c.paper_id == revisions.c.paper_id).join(entries, _OF_A_TEAM))
            .join(papers, papers.c.arxiv_id == revisions.c.paper_id)
            .where(
                revisions.c.noticed_at >= since,
                papers.c.complete,
                _home(PostState.SENT),
                ~exists().where(_TELLING),
            )
            .order_by(
                revisions.c.paper_id,
                revisions.c.noticed_at,
                revisions.c.id,
                posts.c.planned_at.desc(),
                posts.c.edition_id.desc(),
                posts.c.slot,
            )
        )
        last: dict[tuple[int, int], Untold] = {}
        for row in await self._connection.execute(waiting):
            one = Untold(_revision(row), row.team_id, row.subscription_id, row.key)
            last.setdefault((row.id, row.team_id), one)
        return list(last.values())

    async def tell(self, edition: Edition, told: Mapping[int, Sequence[Untold]]) -> None:
        rows = [
            {
                "revision_id": one.revision.id,
                "team_id": one.team_id,
                "edition_id": edition.id,
                "slot": slot,
                "under": one.post_key,
            }
            for slot, untold in told.items()
            for one in untold
        ]
        await self._connection.execute(insert(tellings), rows)

    async def told_in(self, edition: Edition) -> dict[int, list[Revision]]:
        # Where teams were joined, each was told of it.
        slots = select(tellings.c.slot, tellings.c.revision_id).distinct().where(tellings.c.edition_id == edition.id)
        at = slots.subquery()
        told = (
            select(at.c.slot, revisions)
            .join(revisions, revisions.c.id == at.c.revision_id)
            .order_by(at.c.slot, revisions.c.noticed_at, revisions.c.id)
        )
        by_slot: dict[int, list[Revision]] = {}
        for row in await self._connection.execute(told):
            by_slot.setdefault(row.slot, []).append(_revision(row))
        return by_slot

    async def above(self, post: Post) -> Post | None:
        of_post = and_(tellings.c.edition_id == post.edition_id, tellings.c.slot == post.slot)
        found = await self._connection.execute(
            select(posts).where(posts.c.key.in_(select(tellings.c.under).where(of_post)))
        )
        row = found.first()
        return post_of(row) if row else None

    async def elsewhere(self, team_id: int, *, since: datetime, until: datetime) -> list[tuple[Entry, Revision]]:
        at_home = exists().select_from(_POST).where(
            _home(PostState.PLANNED, PostState.SENDING, PostState.SENT, PostState.UNKNOWN)
        )  # fmt: skip
        telling = posts.alias("telling")
        in_vain = exists().where(
            _TELLING,
            telling.c.edition_id == tellings.c.edition_id,
            telling.c.slot == tellings.c.slot,
            telling.c.state == PostState.DEAD,
        )
        found = await self._connection.execute(
            select(revisions)
            .select_from(revisions.join(entries, _OF_A_TEAM))
            .where(entries.c.team_id == team_id, _noticed(since, until), or_(~at_home, in_vain))
            .order_by(*_IN_ORDER)
        )
        told = [_revision(row) for row in found]
        saved = await SqlReadingLists(self._connection).entries(team_id, [one.paper_id for one in told])
        return [(saved[one.paper_id], one) for one in told]

    async def forget(self, *, before: datetime) -> None:
        told = select(tellings.c.revision_id)
        await self._connection.execute(
            delete(revisions).where(revisions.c.noticed_at < before, revisions.c.id.not_in(told))
        )

    async def passed_over(self, subscription_id: int, *, since: datetime, until: datetime) -> list[Revision]:
        shown = exists().where(
            picks.c.paper_id == revisions.c.paper_id,
            picks.c.edition_id == editions.c.id,
            editions.c.kind == EditionKind.DAILY,
            editions.c.subscription_id == subscription_id,
            editions.c.made_at <= revisions.c.noticed_at,
        )
        saved = exists().where(
            subscriptions.c.id == subscription_id,
            teams.c.id == subscriptions.c.team_id,
            signals.c.team_id == LIST,
            signals.c.field == Field.SAVED,
            signals.c.paper_id == revisions.c.paper_id,
        )
        found: Select[*tuple[Any, ...]] = select(revisions).where(
            revisions.c.venue != "", _noticed(since, until), shown, ~saved
        )
        return [_revision(row) for row in await self._connection.execute(found.order_by(*_IN_ORDER))]


_IN_ORDER = (revisions.c.paper_id, revisions.c.noticed_at, revisions.c.id)


def _noticed(since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(revisions.c.noticed_at >= since, revisions.c.noticed_at < until)


def row_of(revision: Revision) -> dict[str, Any]:
    """The values of a revision's columns, but for its number."""
    return {
        "paper_id": revision.paper_id,
        "noticed_at": revision.noticed_at,
        "version": revision.version,
        "withdrawn": revision.withdrawn,
        "venue": revision.venue,
        "code": list(revision.code),
    }


def _revision(row: Row[*tuple[Any, ...]]) -> Revision:
    return Revision(row.id, row.paper_id, row.noticed_at, row.version, row.withdrawn, row.venue, tuple(row.code))
