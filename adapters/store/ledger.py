"""The ledger of posts as its operator sees it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.posts import post_of
from adapters.store.queue import queue_of
from adapters.store.tables import channels, editions, posts, subscriptions, teams
from bot.editions import Post, PostState
from bot.ports import Backlog, HaltedChannel, LedgerRow, Queue
from bot.teams import EditionKind, Halt

_STUCK = (PostState.UNKNOWN, PostState.DEAD)
_OPEN = (PostState.PLANNED, PostState.SENDING)
_DROPPED = "dropped by hand"


class SqlLedger:
    """Satisfies `bot.ports.Ledger`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def counts(self, *, team: str = "") -> dict[PostState, int]:
        rows = await self._connection.execute(
            _with_team(select(posts.c.state, func.count()).select_from(posts.join(channels)))
            .where(_is_of(team))
            .group_by(posts.c.state)
        )
        return {PostState(row[0]): row[1] for row in rows}

    async def backlog(self, now: datetime) -> Backlog:
        its_halt = and_(subscriptions.c.channel_id == posts.c.channel_id, subscriptions.c.halted_at.is_not(None))
        due = and_(posts.c.state.in_(_OPEN), posts.c.planned_at <= now, ~exists().where(its_halt))
        unsent = await self._connection.execute(
            select(
                func.count().filter(due),
                func.min(posts.c.planned_at).filter(due),
                func.count().filter(posts.c.state == PostState.UNKNOWN),
                func.count().filter(posts.c.state == PostState.DEAD),
            ).where(posts.c.state.in_((*_OPEN, *_STUCK)))
        )
        stand = and_(subscriptions.c.halted_at.is_not(None), subscriptions.c.ended_at.is_(None))
        halted = await self._connection.scalar(select(func.count()).select_from(subscriptions).where(stand))
        due_now, since, unknown, dead = unsent.one()
        return Backlog(due_now, since, unknown, dead, halted or 0)

    async def queue(self) -> Queue | None:
        return await queue_of(self._connection) if self._connection.dialect.name == "postgresql" else None

    async def unsent(self, *, team: str = "", limit: int) -> list[LedgerRow]:
        columns = select(
            posts, teams.c.name.label("team"), channels.c.name.label("channel"), editions.c.kind, editions.c.date
        )
        rows = await self._connection.execute(
            _with_team(columns.select_from(posts.join(channels).join(editions, editions.c.id == posts.c.edition_id)))
            .where(posts.c.state != PostState.SENT, _is_of(team))
            .order_by(posts.c.edition_id.desc(), posts.c.slot.desc())
            .limit(limit)
        )
        return [
            LedgerRow(post_of(row), row.team, row.channel, EditionKind(row.kind), row.date)
            for row in reversed(rows.all())
        ]

    async def halted(self, *, team: str = "") -> list[HaltedChannel]:
        columns = select(
            subscriptions.c.halted_at,
            subscriptions.c.halted_why,
            teams.c.name.label("team"),
            channels.c.name.label("channel"),
        )
        rows = await self._connection.execute(
            _with_team(columns.select_from(subscriptions.join(channels)))
            .where(subscriptions.c.halted_at.is_not(None), subscriptions.c.ended_at.is_(None), _is_of(team))
            .order_by(subscriptions.c.halted_at, subscriptions.c.id)
        )
        return [HaltedChannel(row.team, row.channel, Halt(row.halted_at, row.halted_why)) for row in rows]

    async def stuck(self, key: str) -> list[Post]:
        begins = posts.c.key.startswith(key, autoescape=True)
        rows = await self._connection.execute(
            select(posts).where(posts.c.state.in_(_STUCK), begins).order_by(posts.c.key)
        )
        return [post_of(row) for row in rows]

    async def retry(self, key: str, *, now: datetime) -> bool:
        planned = update(posts).where(posts.c.key == key, posts.c.state.in_(_STUCK))
        again = planned.values(state=PostState.PLANNED, retry_at=now)
        return await self._connection.scalar(again.returning(posts.c.key)) is not None

    async def drop(self, key: str) -> bool:
        unknown = update(posts).where(posts.c.key == key, posts.c.state == PostState.UNKNOWN)
        dropped = unknown.values(state=PostState.DEAD, last_error=_DROPPED)
        return await self._connection.scalar(dropped.returning(posts.c.key)) is not None

    async def drop_planned(self, subscription_id: int, *, before: datetime, why: str) -> list[date]:
        its_editions = select(editions.c.id).where(editions.c.subscription_id == subscription_id)
        dropped = await self._connection.scalars(
            update(posts)
            .where(
                posts.c.edition_id.in_(its_editions), posts.c.state == PostState.PLANNED, posts.c.planned_at < before
            )
            .values(state=PostState.DEAD, retry_at=None, last_error=why)
            .returning(posts.c.edition_id)
        )
        dates = select(editions.c.date).distinct().where(editions.c.id.in_(set(dropped))).order_by(editions.c.date)
        return list(await self._connection.scalars(dates))


def _with_team(columns: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return columns.join(teams, teams.c.id == channels.c.team_id)


def _is_of(team: str) -> ColumnElement[bool]:
    return teams.c.name == team if team else true()
