"""What one team's list holds, added to another's; and a list emptied."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, case, delete, exists, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.entry_terms import index_entries
from adapters.store.revision_tables import tellings
from adapters.store.statements import insert_into
from adapters.store.summary_tables import summaries, summary_posts
from adapters.store.tables import entries, notes, signals, tags
from adapters.store.text_index import ENTRY_TERMS, text_index
from bot.reading_list import Status

_MADE = summaries.c.content.is_not(None)
"""What is still being made stays with who asked for it."""

_SUMMARY_KEY = ("paper_id", "paper_version", "kind", "model", "prompt_version", "language")
"""Within a team."""


async def copy_list(connection: AsyncConnection, source: int, target: int) -> None:
    """Adds what `source` holds of papers and was told of them, and its summaries, to what `target` holds. A paper that
    both hold is as far read as with either, and on the list since the earlier moment."""
    held = select(*_copied(entries, literal(target))).where(entries.c.team_id == source).order_by(entries.c.id)
    copy = insert_into(connection, entries).from_select(_names(entries), held)
    either = {status: or_(entries.c.status == status, copy.excluded.status == status) for status in Status}
    further = case((either[Status.READ], Status.READ), (either[Status.READING], Status.READING), else_=Status.UNREAD)
    earlier = case((copy.excluded.added_at < entries.c.added_at, copy.excluded.added_at), else_=entries.c.added_at)
    both = {"status": further, "added_at": earlier}
    await connection.execute(copy.on_conflict_do_update(index_elements=["team_id", "paper_id"], set_=both))
    theirs, ours = entries.alias("theirs"), entries.alias("ours")
    same = and_(ours.c.paper_id == theirs.c.paper_id, theirs.c.team_id == source, ours.c.team_id == target)
    for table in (tags, notes):
        of_entries = table.join(theirs, theirs.c.id == table.c.entry_id).join(ours, same)
        await _add(connection, table, select(*_copied(table, ours.c.id)).select_from(of_entries))
    given = select(*_copied(signals, literal(target))).where(signals.c.team_id == source)
    await _add(connection, signals, given)
    told = select(*_copied(tellings, literal(target))).where(tellings.c.team_id == source)
    await _add(connection, tellings, told)
    await _copy_summaries(connection, source, target)
    await index_entries(connection, list(await connection.scalars(select(ours.c.id).join(theirs, same))))


async def _copy_summaries(connection: AsyncConnection, source: int, target: int) -> None:
    """Who is at making one for `target` meanwhile finds it made."""
    made = select(*_copied(summaries, literal(target))).where(summaries.c.team_id == source, _MADE)
    copy = insert_into(connection, summaries).from_select(_names(summaries), made.order_by(summaries.c.id))
    content = {name: copy.excluded[name] for name in ("asked_by", "content", "made_at")}
    await connection.execute(
        copy.on_conflict_do_update(index_elements=["team_id", *_SUMMARY_KEY], set_=content, where=~_MADE)
    )


async def repost_summaries(connection: AsyncConnection, source: int, target: int, where: ColumnElement[bool]) -> None:
    """Those summaries of `source` that were posted `where` are, in these posts, `target`'s copies from here on."""
    theirs, ours, other = summaries.alias("theirs"), summaries.alias("ours"), summary_posts.alias("other")
    same = and_(ours.c.team_id == target, *(ours.c[name] == theirs.c[name] for name in _SUMMARY_KEY))
    copy = (
        select(ours.c.id)
        .join(theirs, same)
        .where(theirs.c.id == summary_posts.c.summary_id, theirs.c.team_id == source)
        .scalar_subquery()
    )
    made = select(summaries.c.id).where(summaries.c.team_id == source, _MADE)
    there = exists().where(other.c.post_key == summary_posts.c.post_key, other.c.summary_id == copy)
    posted = update(summary_posts).where(summary_posts.c.summary_id.in_(made), where, ~there)
    await connection.execute(posted.values(summary_id=copy))


async def clear_list(connection: AsyncConnection, team_id: int) -> None:
    """Takes away what the team holds of papers, and its summaries but for those that are posted as its own."""
    held = list(await connection.scalars(select(entries.c.id).where(entries.c.team_id == team_id)))
    for entry_id in held:
        await text_index(connection, ENTRY_TERMS).remove(entry_id)
    of_team = select(entries.c.id).where(entries.c.team_id == team_id)
    for table in (tags, notes):
        await connection.execute(delete(table).where(table.c.entry_id.in_(of_team)))
    for table in (entries, signals):
        await connection.execute(delete(table).where(table.c.team_id == team_id))
    posted = exists().where(summary_posts.c.summary_id == summaries.c.id)
    await connection.execute(delete(summaries).where(summaries.c.team_id == team_id, _MADE, ~posted))


async def _add(connection: AsyncConnection, table: Table, rows: Select[*tuple[Any, ...]]) -> None:
    """Inserts what is not there yet, in the order of the copied rows."""
    ordered = rows.order_by(*table.primary_key)
    await connection.execute(
        insert_into(connection, table).from_select(_names(table), ordered).on_conflict_do_nothing()
    )


def _names(table: Table) -> list[str]:
    return [column.name for column in table.c if column.name != "id"]


def _copied(table: Table, owner: ColumnElement[int]) -> list[ColumnElement[Any]]:
    """The columns of a row's copy, which belongs to `owner`: a team, or an entry."""
    return [owner if column.name in ("team_id", "entry_id") else column for column in table.c if column.name != "id"]
