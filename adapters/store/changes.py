"""The record of who changed what."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.sharing import stay_in
from adapters.store.tables import change_papers, changes
from bot.papers import ArxivId
from bot.reading_list import Change, Fact, FactKey, Field

_STANDING = changes.c.taken_back_at.is_(None)


class SqlChanges:
    """Satisfies `bot.ports.Changes`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def record(self, change: Change) -> Change:
        await stay_in(self._connection, change.team_id, change.member_id)
        stored = await self._connection.execute(
            insert(changes)
            .values(
                team_id=change.team_id,
                member_id=change.member_id,
                verb=change.verb,
                cause=change.cause,
                facts=_written(change.facts),
                made_at=change.made_at,
            )
            .returning(changes.c.id)
        )
        change_id = stored.scalar_one()
        rows = [
            {"change_id": change_id, "position": position, "paper_id": paper_id}
            for position, paper_id in enumerate(change.papers)
        ]
        if rows:
            await self._connection.execute(insert(change_papers), rows)
        return replace(change, id=change_id)

    async def recorded(self, change_id: int) -> Change | None:
        found = await self._latest(changes.c.id == change_id)
        return found[0] if found else None

    async def last(self, member_id: int) -> Change | None:
        found = await self._latest(
            _STANDING, changes.c.member_id == member_id, func.json_array_length(changes.c.facts) > 0, limit=1
        )
        return found[0] if found else None

    async def standing(self, member_id: int, paper_id: ArxivId, verb: str) -> list[Change]:
        on_it = exists().where(change_papers.c.change_id == changes.c.id, change_papers.c.paper_id == paper_id)
        return await self._latest(_STANDING, changes.c.member_id == member_id, changes.c.verb == verb, on_it)

    async def overtaken(self, change: Change) -> frozenset[FactKey]:
        on_them = exists().where(change_papers.c.change_id == changes.c.id, change_papers.c.paper_id.in_(change.papers))
        later = await self._latest(_STANDING, changes.c.team_id == change.team_id, changes.c.id > change.id, on_them)
        return frozenset(fact.key for fact in change.facts) & {fact.key for one in later for fact in one.facts}

    async def replace(self, change: Change) -> None:
        await self._connection.execute(
            update(changes).where(changes.c.id == change.id).values(facts=_written(change.facts))
        )

    async def take_back(self, change_id: int, *, at: datetime) -> None:
        await self._connection.execute(update(changes).where(changes.c.id == change_id).values(taken_back_at=at))

    async def _latest(self, *conditions: ColumnElement[bool], limit: int | None = None) -> list[Change]:
        """The changes that meet the conditions, latest first."""
        rows = await self._connection.execute(
            select(changes).where(*conditions).order_by(changes.c.id.desc()).limit(limit)
        )
        found = rows.all()
        papers: dict[int, list[ArxivId]] = {row.id: [] for row in found}
        on = change_papers.c
        for change_id, paper_id in await self._connection.execute(
            select(on.change_id, on.paper_id).where(on.change_id.in_(papers)).order_by(on.change_id, on.position)
        ):
            papers[change_id].append(paper_id)
        return [
            Change(
                id=row.id,
                team_id=row.team_id,
                member_id=row.member_id,
                verb=row.verb,
                cause=row.cause,
                papers=tuple(papers[row.id]),
                facts=tuple(map(_read, row.facts)),
                made_at=row.made_at,
                taken_back=row.taken_back_at is not None,
            )
            for row in found
        ]


def _written(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    return [
        {**asdict(fact.key), "paper_id": fact.key.paper_id.value, "before": fact.before, "after": fact.after}
        for fact in facts
    ]


def _read(fact: dict[str, Any]) -> Fact:
    key = FactKey(ArxivId(fact["paper_id"]), Field(fact["field"]), fact["name"], fact["member_id"])
    return Fact(key, fact["before"], fact["after"])
