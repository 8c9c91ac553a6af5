"""The single facts that make up a team's list: how each kind is stored, asked for and changed."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, exists, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.entry_terms import index_entries
from adapters.store.statements import insert_into
from adapters.store.tables import entries, notes, signals, tags
from adapters.store.text_index import ENTRY_TERMS, text_index
from bot.papers import ArxivId
from bot.reading_list import FactKey, Field, Status

YES = "yes"

TAGGED = tags.c.entry_id == entries.c.id
NOTED = notes.c.entry_id == entries.c.id
SAVED = and_(
    signals.c.team_id == entries.c.team_id, signals.c.field == Field.SAVED, signals.c.paper_id == entries.c.paper_id
)
"""What ties an entry to its tags, its notes, and to those who save it."""


class TeamFacts:
    """The facts of one team, in one transaction."""

    def __init__(self, connection: AsyncConnection, team_id: int) -> None:
        self._connection = connection
        self._team_id = team_id

    async def value(self, key: FactKey) -> str | None:
        """As `bot.ports.ReadingLists.value`."""
        value: str | None = await self._connection.scalar(self._value(key))
        return value

    async def set(self, key: FactKey, value: str | None, *, by: int, at: datetime) -> None:
        """As `bot.ports.ReadingLists.set`."""
        match key.field, value:
            case Field.STATUS, None:
                await self._forget(key.paper_id)
            case Field.STATUS, _:
                entry_id = await self._entry(key.paper_id, at)
                await self._connection.execute(update(entries).where(entries.c.id == entry_id).values(status=value))
            case ((Field.TAG | Field.NOTE), None):
                await self._take_off(key)
            case ((Field.TAG | Field.NOTE), str()):
                await self._put_on(key, value, by=by, at=at)
            case _, None:
                await self._connection.execute(delete(signals).where(self._signal(key)))
            case _:
                await self._give(key, at)

    def _value(self, key: FactKey) -> Select[str]:
        entry = and_(entries.c.team_id == self._team_id, entries.c.paper_id == key.paper_id)
        match key.field:
            case Field.STATUS:
                return select(entries.c.status).where(entry)
            case Field.TAG:
                return select(literal(YES)).where(entry, TAGGED, tags.c.name == key.name)
            case Field.NOTE:
                return select(notes.c.text).where(entry, NOTED, notes.c.name == key.name)
            case _:
                return select(literal(YES)).where(self._signal(key))

    def _signal(self, key: FactKey) -> ColumnElement[bool]:
        return and_(
            signals.c.team_id == self._team_id,
            signals.c.field == key.field,
            signals.c.paper_id == key.paper_id,
            signals.c.member_id == key.member_id,
        )

    async def _give(self, key: FactKey, at: datetime) -> None:
        if key.field is Field.SAVED:
            await self._entry(key.paper_id, at)
        given = insert_into(self._connection, signals).values(
            team_id=self._team_id, field=key.field, paper_id=key.paper_id, member_id=key.member_id, given_at=at
        )
        await self._connection.execute(given.on_conflict_do_nothing())

    async def _entry(self, paper_id: ArxivId, at: datetime) -> int:
        """The team's entry of this paper, made now if there is none."""
        made = await self._connection.execute(
            insert_into(self._connection, entries)
            .values(team_id=self._team_id, paper_id=paper_id, status=Status.UNREAD, added_at=at)
            .on_conflict_do_nothing()
            .returning(entries.c.id)
        )
        entry_id: int | None = made.scalar_one_or_none()
        if entry_id is not None:
            await index_entries(self._connection, [entry_id])
            return entry_id
        known = await self._connection.execute(self._known(paper_id))
        return known.scalar_one()

    def _known(self, paper_id: ArxivId) -> Select[int]:
        return select(entries.c.id).where(entries.c.team_id == self._team_id, entries.c.paper_id == paper_id)

    async def _put_on(self, key: FactKey, value: str, *, by: int, at: datetime) -> None:
        entry_id = await self._entry(key.paper_id, at)
        held = {"entry_id": entry_id, "name": key.name, "member_id": by}
        if key.field is Field.TAG:
            tag = insert_into(self._connection, tags).values(given_at=at, **held)
            await self._connection.execute(tag.on_conflict_do_nothing())
        else:
            note = insert_into(self._connection, notes).values(text=value, written_at=at, **held)
            await self._connection.execute(
                note.on_conflict_do_update(
                    index_elements=["entry_id", "name"],
                    set_={"text": value, "member_id": by, "written_at": at},
                    where=notes.c.text != value,
                )
            )
        await index_entries(self._connection, [entry_id])

    async def _take_off(self, key: FactKey) -> None:
        entry_id: int | None = await self._connection.scalar(self._known(key.paper_id))
        if entry_id is not None:
            table = tags if key.field is Field.TAG else notes
            await self._connection.execute(delete(table).where(table.c.entry_id == entry_id, table.c.name == key.name))
            await index_entries(self._connection, [entry_id])

    async def _forget(self, paper_id: ArxivId) -> None:
        """Takes the status back: what nothing else holds is no entry any more; the rest is unread, as it began."""
        known = self._known(paper_id)
        held = or_(exists().where(TAGGED), exists().where(NOTED), exists().where(SAVED))
        entry_id: int | None = await self._connection.scalar(known.where(~held))
        if entry_id is None:
            still = entries.c.id.in_(known)
            await self._connection.execute(update(entries).where(still).values(status=Status.UNREAD))
        else:
            await text_index(self._connection, ENTRY_TERMS).remove(entry_id)
            await self._connection.execute(delete(entries).where(entries.c.id == entry_id))
