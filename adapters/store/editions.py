"""Editions and their picks."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, insert, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store import tables
from adapters.store.posts import row_of
from adapters.store.statements import insert_into
from adapters.store.tables import editions, picks
from bot.editions import Edition, Pick, Post, Reason, ReasonKind
from bot.papers import ArxivId
from bot.teams import EditionKind, Layout

_IN_EDITION = picks.c.edition_id == editions.c.id
_DAILY = editions.c.kind == EditionKind.DAILY


class SqlEditions:
    """Satisfies `bot.ports.Editions`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, edition: Edition, posts: Sequence[Post]) -> Edition | None:
        made = await self._connection.execute(
            insert_into(self._connection, editions)
            .values(
                subscription_id=edition.subscription_id,
                channel_id=edition.channel_id,
                kind=edition.kind,
                date=edition.date,
                made_at=edition.made_at,
                considered=edition.considered,
                missing=list(edition.missing),
                nearest=edition.nearest,
                layout=edition.layout,
                late_since=edition.late_since,
                covers=edition.covers,
            )
            .on_conflict_do_nothing(index_elements=["subscription_id", "kind", "date"])
            .returning(editions.c.id)
        )
        edition_id = made.scalar_one_or_none()
        if edition_id is None:
            return None
        chosen = [{"edition_id": edition_id, **asdict(pick), "paper_id": pick.paper_id} for pick in edition.picks]
        planned = [row_of(replace(post, edition_id=edition_id)) for post in posts]
        for table, rows in ((picks, chosen), (tables.posts, planned)):
            if rows:
                await self._connection.execute(insert(table), rows)
        return replace(edition, id=edition_id)

    async def of(self, subscription_id: int, kind: EditionKind, day: date) -> Edition | None:
        return await self._latest(
            editions.c.subscription_id == subscription_id, editions.c.kind == kind, editions.c.date == day
        )

    async def made_on(self, subscription_id: int, kind: EditionKind, *, limit: int) -> dict[date, datetime]:
        rows = await self._connection.execute(
            select(editions.c.date, editions.c.made_at)
            .where(editions.c.subscription_id == subscription_id, editions.c.kind == kind)
            .order_by(editions.c.date.desc())
            .limit(limit)
        )
        return {row.date: row.made_at for row in rows}

    async def get(self, edition_id: int) -> Edition | None:
        return await self._latest(editions.c.id == edition_id)

    async def made_for(self, kind: EditionKind, day: date) -> set[int]:
        of_kind = and_(editions.c.kind == kind, editions.c.date == day)
        return set(await self._connection.scalars(select(editions.c.subscription_id).where(of_kind)))

    async def dated(self, subscription_id: int, kind: EditionKind, *, first: date, last: date) -> list[Edition]:
        of_kind = and_(editions.c.subscription_id == subscription_id, editions.c.kind == kind)
        within = editions.c.date.between(first, last)
        return await self._filled(select(editions).where(of_kind, within).order_by(editions.c.date))

    async def latest(self, channel_id: int, *, until: date | None = None) -> Edition | None:
        return await self._latest(_DAILY, editions.c.channel_id == channel_id, _not_after(until))

    async def latest_with_picks(self, channel_id: int, *, until: date | None = None) -> Edition | None:
        holds = exists().where(_IN_EDITION)
        return await self._latest(_DAILY, editions.c.channel_id == channel_id, _not_after(until), holds)

    async def shown(self, subscription_id: int, *, before: datetime) -> dict[ArxivId, datetime]:
        rows = await self._connection.execute(
            select(picks.c.paper_id, func.max(editions.c.made_at))
            .join(editions, _IN_EDITION)
            .where(_DAILY, editions.c.subscription_id == subscription_id, editions.c.made_at < before)
            .group_by(picks.c.paper_id)
        )
        return {row[0]: row[1] for row in rows}

    async def made_since(self, subscription_id: int, moment: datetime, *, limit: int | None = None) -> list[Edition]:
        made = and_(_DAILY, editions.c.subscription_id == subscription_id, editions.c.made_at >= moment)
        return await self._filled(select(editions).where(made).order_by(editions.c.made_at, editions.c.id).limit(limit))

    async def pick_of(self, channel_id: int, paper_id: ArxivId) -> Edition | None:
        holds = exists().where(_IN_EDITION, picks.c.paper_id == paper_id)
        return await self._latest(_DAILY, editions.c.channel_id == channel_id, holds)

    async def _filled(self, wanted: Select[*tuple[Any, ...]]) -> list[Edition]:
        """The editions that the statement selects, in its order."""
        rows = (await self._connection.execute(wanted)).all()
        chosen: dict[int, list[Pick]] = {row.id: [] for row in rows}
        for pick in await self._connection.execute(
            select(picks).where(picks.c.edition_id.in_(chosen)).order_by(picks.c.number)
        ):
            chosen[pick.edition_id].append(_pick(pick))
        return [_edition(row, chosen[row.id]) for row in rows]

    async def _latest(self, *conditions: ColumnElement[bool]) -> Edition | None:
        """The edition with the greatest date of those that meet the conditions."""
        found = await self._connection.execute(
            select(editions).where(*conditions).order_by(editions.c.date.desc(), editions.c.id.desc()).limit(1)
        )
        row = found.one_or_none()
        if row is None:
            return None
        chosen = await self._connection.execute(
            select(picks).where(picks.c.edition_id == row.id).order_by(picks.c.number)
        )
        return _edition(row, [_pick(pick) for pick in chosen])


def _not_after(until: date | None) -> ColumnElement[bool]:
    return true() if until is None else editions.c.date <= until


def _edition(row: Row[*tuple[Any, ...]], chosen: Sequence[Pick]) -> Edition:
    return Edition(
        id=row.id,
        subscription_id=row.subscription_id,
        channel_id=row.channel_id,
        kind=EditionKind(row.kind),
        date=row.date,
        made_at=row.made_at,
        considered=row.considered,
        picks=tuple(chosen),
        missing=tuple(row.missing),
        nearest=row.nearest,
        layout=Layout(row.layout),
        late_since=row.late_since,
        covers=row.covers,
    )


def _pick(row: Row[*tuple[Any, ...]]) -> Pick:
    return Pick(
        paper_id=row.paper_id,
        number=row.number,
        topic=row.topic,
        reasons=tuple(Reason(ReasonKind(r["kind"]), r["value"], r["count"]) for r in row.reasons),
        score=row.score,
    )
