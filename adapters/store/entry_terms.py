"""Keeps the text index of the teams' entries in step with papers, tags and notes."""

from collections.abc import Sequence

from sqlalchemy import select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.statements import in_lots
from adapters.store.tables import entries, notes, papers, tags
from adapters.store.text_index import ENTRY_TERMS, team_mark, text_index
from bot.papers import ArxivId
from bot.search import terms


async def index_entries(connection: AsyncConnection, entry_ids: Sequence[int]) -> None:
    """Indexes these entries as they stand now."""
    held: dict[int, list[str]] = {}
    for lot in in_lots(entry_ids):
        # Locked in one order, so that of two who change one entry the later one indexes what both did. Not more than
        # that: a note that was just written refers to its entry, as do entries to their papers, and who waits until
        # nothing refers to them waits for one that waits for the same.
        rows = await connection.execute(
            select(entries.c.id, entries.c.team_id, papers.c.title, papers.c.authors, papers.c.abstract)
            .join(papers, papers.c.arxiv_id == entries.c.paper_id)
            .where(entries.c.id.in_(lot))
            .order_by(entries.c.id)
            .with_for_update(key_share=True, of=entries)
        )
        for row in rows:
            held[row.id] = [team_mark(row.team_id), *terms(" ".join((row.title, *row.authors, row.abstract)))]
        given = select(tags.c.entry_id, tags.c.name).where(tags.c.entry_id.in_(lot))
        written = select(notes.c.entry_id, notes.c.text).where(notes.c.entry_id.in_(lot))
        for entry_id, words in await connection.execute(union_all(given, written)):
            held[entry_id] += terms(words)
    await text_index(connection, ENTRY_TERMS).put(held)


async def index_entries_of(connection: AsyncConnection, paper_ids: Sequence[ArxivId]) -> None:
    """Indexes every team's entry of these papers anew."""
    for lot in in_lots(paper_ids):
        found = await connection.scalars(select(entries.c.id).where(entries.c.paper_id.in_(lot)))
        await index_entries(connection, found.all())
