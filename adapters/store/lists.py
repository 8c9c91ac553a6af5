"""The teams' reading lists."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, and_, desc, exists, func, literal, select, true, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.facts import NOTED, SAVED, TAGGED, TeamFacts
from adapters.store.paper_rows import PAPER, paper_of
from adapters.store.sharing import stay_in
from adapters.store.statements import in_lots
from adapters.store.tables import entries, members, notes, papers, signals, tags
from adapters.store.teams import name_terms
from adapters.store.text_index import ENTRY_TERMS, team_mark, text_index
from bot.papers import ArxivId
from bot.reading_list import Entry, FactKey, Field, ListFilter, Note, Signal, Status, Tag
from bot.search import terms

_ENTRIES = select(*entries.c, *PAPER).join(papers, papers.c.arxiv_id == entries.c.paper_id)
_HELD = len(entries.c)
"""How many columns of _ENTRIES are the entry's own; the paper's follow."""


class SqlReadingLists:
    """Satisfies `bot.ports.ReadingLists`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def entry(self, team_id: int, paper_id: ArxivId) -> Entry | None:
        return (await self.entries(team_id, [paper_id])).get(paper_id)

    async def entries(self, team_id: int, ids: Sequence[ArxivId]) -> dict[ArxivId, Entry]:
        held = {}
        for lot in in_lots(ids):
            rows = await self._connection.execute(
                _ENTRIES.where(entries.c.team_id == team_id, entries.c.paper_id.in_(lot))
            )
            found = await self._filled(team_id, rows.all())
            held.update({entry.paper.id: entry for entry in found})
        return held

    async def page(self, team_id: int, wanted: ListFilter, *, limit: int, offset: int = 0) -> list[Entry]:
        rows = await self._connection.execute(
            _ENTRIES.where(*self._wanted(team_id, wanted))
            .order_by(entries.c.added_at.desc(), entries.c.paper_id.desc())
            .limit(limit)
            .offset(offset)
        )
        return await self._filled(team_id, rows.all())

    async def counts(self, team_id: int, wanted: ListFilter) -> dict[Status, int]:
        found = await self._connection.execute(
            select(entries.c.status, func.count()).where(*self._wanted(team_id, wanted)).group_by(entries.c.status)
        )
        counted = {Status(status): count for status, count in found}
        return {status: counted.get(status, 0) for status in Status}

    async def tags(self, team_id: int) -> list[tuple[Tag, int]]:
        count = func.count()
        found = await self._connection.execute(
            select(tags.c.name, count)
            .join(entries, TAGGED)
            .where(entries.c.team_id == team_id, exists().where(SAVED))
            .group_by(tags.c.name)
            .order_by(count.desc(), tags.c.name)
        )
        return [(Tag(name), uses) for name, uses in found]

    async def value(self, team_id: int, key: FactKey) -> str | None:
        return await TeamFacts(self._connection, team_id).value(key)

    async def set(self, team_id: int, key: FactKey, value: str | None, *, by: int, at: datetime) -> None:
        await stay_in(self._connection, team_id, by)
        await TeamFacts(self._connection, team_id).set(key, value, by=by, at=at)

    async def signals(
        self, team_id: int, *, since: datetime | None = None, until: datetime | None = None, limit: int | None = None
    ) -> list[Signal]:
        def when(at: Column[Any]) -> ColumnElement[bool]:
            return and_(at >= since if since else true(), at <= until if until else true())

        given, of_team = signals.c, entries.c.team_id == team_id
        personal = select(given.member_id, given.paper_id, given.field, given.given_at.label("at")).where(
            given.team_id == team_id, when(given.given_at)
        )
        tagged = select(tags.c.member_id, entries.c.paper_id, literal(Field.TAG.value), tags.c.given_at)
        noted = select(notes.c.member_id, entries.c.paper_id, literal(Field.NOTE.value), notes.c.written_at)
        last = union_all(
            personal,
            tagged.join(entries, TAGGED).where(of_team, when(tags.c.given_at)),
            noted.join(entries, NOTED).where(of_team, when(notes.c.written_at)),
        ).order_by(desc("at"), desc("paper_id"), "field")
        found = (await self._connection.execute(last.limit(limit))).all()
        return [Signal(member_id, paper_id, Field(field), at) for member_id, paper_id, field, at in reversed(found)]

    async def saved_authors(self, team_id: int, *, until: datetime) -> dict[str, int]:
        given = signals.c
        saved = select(given.paper_id).where(
            given.team_id == team_id, given.field == Field.SAVED, given.given_at <= until
        )
        found = await self._connection.scalars(select(papers.c.authors).where(papers.c.arxiv_id.in_(saved)))
        return dict(Counter(name for authors in found for name in set(authors)))

    def _wanted(self, team_id: int, wanted: ListFilter) -> list[ColumnElement[bool]]:
        """What must hold of an entry of the team's list that passes the filter."""
        conditions = [entries.c.team_id == team_id, exists().where(SAVED)]
        if wanted.status:
            conditions.append(entries.c.status == wanted.status)
        conditions += [exists().where(TAGGED, tags.c.name == tag.name) for tag in wanted.tags]
        if start := name_terms(wanted.person):
            by_them = members.c.name_terms.startswith(start)
            conditions.append(exists().where(SAVED, members.c.id == signals.c.member_id, by_them))
        if wanted.saver is not None:
            conditions.append(exists().where(SAVED, signals.c.member_id == wanted.saver))
        if words := terms(wanted.text):
            holding = text_index(self._connection, ENTRY_TERMS).holding([team_mark(team_id), *words])
            conditions.append(entries.c.id.in_(holding))
        return conditions

    async def _filled(self, team_id: int, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Entry]:
        """The entries in these rows of _ENTRIES, of one team, in their order."""
        if not rows:
            return []
        ids, paper_ids = [row.id for row in rows], [row.paper_id for row in rows]
        savers: dict[ArxivId, list[str]] = {paper_id: [] for paper_id in paper_ids}
        for paper_id, name in await self._connection.execute(
            select(signals.c.paper_id, members.c.name)
            .join(members, members.c.id == signals.c.member_id)
            .where(signals.c.team_id == team_id, signals.c.field == Field.SAVED, signals.c.paper_id.in_(paper_ids))
            .order_by(signals.c.given_at, signals.c.id)
        ):
            savers[paper_id].append(name)
        given: dict[int, list[Tag]] = {entry_id: [] for entry_id in ids}
        for entry_id, name in await self._connection.execute(
            select(tags.c.entry_id, tags.c.name).where(tags.c.entry_id.in_(ids)).order_by(tags.c.name)
        ):
            given[entry_id].append(Tag(name))
        written: dict[int, list[Note]] = {entry_id: [] for entry_id in ids}
        for entry_id, *note in await self._connection.execute(
            select(notes.c.entry_id, notes.c.member_id, members.c.name, notes.c.text, notes.c.written_at)
            .join(members, members.c.id == notes.c.member_id)
            .where(notes.c.entry_id.in_(ids))
            .order_by(notes.c.written_at, notes.c.id)
        ):
            written[entry_id].append(Note(*note))
        return [
            Entry(
                paper=paper_of(row[_HELD:]),
                status=Status(row.status),
                savers=tuple(savers[row.paper_id]),
                tags=tuple(given[row.id]),
                notes=tuple(written[row.id]),
                added_at=row.added_at,
            )
            for row in rows
        ]
