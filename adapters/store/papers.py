"""Every paper ever seen, and what was announced when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from heapq import nlargest

from sqlalchemy import bindparam, exists, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store import tables
from adapters.store.entry_terms import index_entries_of
from adapters.store.paper_rows import PAPER, paper_of, papers_by_id, row_of
from adapters.store.posts import SqlPosts
from adapters.store.revision_tables import revisions
from adapters.store.revisions import row_of as row_of_revision
from adapters.store.statements import in_lots, insert_into, one_at_a_time
from adapters.store.text_index import PAPER_TERMS, PAPER_TITLES, text_index
from bot.announcements import Announcement
from bot.papers import ArxivId, Paper
from bot.revisions import Revision, revision
from bot.search import terms


class SqlPapers:
    """Satisfies `bot.ports.Papers`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, papers: Sequence[Paper], *, seen_at: datetime) -> set[ArxivId]:
        await one_at_a_time(self._connection, "papers")
        known = await self._known([paper.id for paper in papers])
        fresh = [paper for paper in papers if paper.id not in known]
        better = {known[p.id][0]: p for p in papers if p.id in known and _is_better(p, known[p.id][1])}
        stored = await self._insert(fresh, seen_at)
        await self._replace(better, seen_at)
        found = [revision(known[paper.id][1], paper, at=seen_at) for paper in better.values()]
        await self._note([one for one in found if one], seen_at)
        await self._index({**stored, **better})
        await index_entries_of(self._connection, [paper.id for paper in better.values()])
        return {paper.id for paper in fresh}

    async def get(self, paper_id: ArxivId) -> Paper | None:
        return (await self.many([paper_id])).get(paper_id)

    async def many(self, ids: Sequence[ArxivId]) -> dict[ArxivId, Paper]:
        return await papers_by_id(self._connection, ids)

    async def announce(self, announcements: Sequence[Announcement], *, seen_at: datetime) -> set[tuple[str, ArxivId]]:
        rows = [
            {"paper_id": a.paper_id, "category": a.category, "batch": a.batch, "listing": a.listing, "seen_at": seen_at}
            # In one order, so that two who announce the same papers cannot wait for each other.
            for a in sorted(announcements, key=lambda a: (a.paper_id, a.category))
        ]
        if not rows:
            return set()
        new = await self._connection.execute(
            insert_into(self._connection, tables.announcements)
            .on_conflict_do_nothing()
            .returning(tables.announcements.c.category, tables.announcements.c.paper_id),
            rows,
        )
        return {(category, paper_id) for category, paper_id in new}

    async def pool(self, categories: Sequence[str], *, after: datetime, until: datetime) -> list[Paper]:
        seen, earlier = tables.announcements.c, tables.announcements.alias("earlier").c
        known_before = exists().where(
            earlier.paper_id == seen.paper_id, earlier.category.in_(categories), earlier.seen_at <= after
        )
        announced = select(seen.paper_id).where(
            seen.category.in_(categories), seen.seen_at > after, seen.seen_at <= until, ~known_before
        )
        return await self._by_id(await self._connection.scalars(announced.distinct()))

    async def before(self, categories: Sequence[str], moment: datetime, *, limit: int) -> list[Paper]:
        seen = tables.announcements.c
        last: dict[ArxivId, datetime] = {}
        for category in categories:  # one walk along the index for each
            newest = select(seen.paper_id, seen.seen_at).where(seen.category == category, seen.seen_at <= moment)
            newest = newest.order_by(seen.seen_at.desc(), seen.paper_id.desc()).limit(limit)
            for paper_id, seen_at in await self._connection.execute(newest):
                last[paper_id] = max(seen_at, last.get(paper_id, seen_at))
        return await self._by_id(nlargest(limit, last, key=lambda paper_id: (last[paper_id], paper_id)))

    async def latest_batch(self, categories: Sequence[str], *, until: datetime | None = None) -> date | None:
        announced = tables.announcements.c
        by_then = announced.seen_at <= until if until else true()
        latest: date | None = await self._connection.scalar(
            select(func.max(announced.batch)).where(announced.category.in_(categories), by_then)
        )
        return latest

    async def first_seen(self, categories: Sequence[str], batch: date) -> datetime | None:
        announced = tables.announcements.c
        first: datetime | None = await self._connection.scalar(
            select(func.min(announced.seen_at)).where(announced.category.in_(categories), announced.batch == batch)
        )
        return first

    async def announced_at(self, paper_id: ArxivId, categories: Sequence[str]) -> datetime | None:
        announced = tables.announcements.c
        first: datetime | None = await self._connection.scalar(
            select(func.min(announced.seen_at)).where(
                announced.paper_id == paper_id, announced.category.in_(categories)
            )
        )
        return first

    async def incomplete(self, *, limit: int) -> list[ArxivId]:
        paper = tables.papers.c
        owed = select(paper.arxiv_id).where(tables.INCOMPLETE).order_by(paper.seen_at.desc(), paper.seq.desc())
        return list((await self._connection.scalars(owed.limit(limit))).all())

    async def search(self, query: str, *, limit: int, offset: int = 0) -> list[Paper]:
        last = offset + limit
        numbers = await self._newest(PAPER_TITLES, query, limit=last)
        if len(numbers) < last:
            # Fewer than `last` papers have it in the title, so they cannot fill the first `last` of all that have it.
            in_title = set(numbers)
            numbers += [n for n in await self._newest(PAPER_TERMS, query, limit=last) if n not in in_title]
        return await self._numbered(numbers[offset:last])

    async def titled(self, query: str, *, limit: int) -> list[Paper]:
        return await self._numbered(await self._newest(PAPER_TITLES, query, limit=limit))

    async def _by_id(self, ids: Iterable[ArxivId]) -> list[Paper]:
        """The papers with these ids, in the order of the ids."""
        ordered = sorted(ids)
        found = await papers_by_id(self._connection, ordered)
        return [found[paper_id] for paper_id in ordered]

    async def _known(self, ids: Sequence[ArxivId]) -> dict[ArxivId, tuple[int, Paper]]:
        """The stored ones of these papers, with their numbers."""
        known = {}
        for lot in in_lots(ids):
            rows = select(tables.papers.c.seq, *PAPER).where(tables.papers.c.arxiv_id.in_(lot))
            known.update({row.arxiv_id: (row.seq, paper_of(row[1:])) for row in await self._connection.execute(rows)})
        return known

    async def _insert(self, papers: Sequence[Paper], seen_at: datetime) -> dict[int, Paper]:
        """The papers by the numbers they are given, which rise in the order of `papers`."""
        last: int = await self._connection.scalar(select(func.max(tables.papers.c.seq))) or 0
        numbered = dict(enumerate(papers, start=last + 1))
        if numbered:
            rows = [{"seq": number, **row_of(paper, seen_at=seen_at)} for number, paper in numbered.items()]
            await self._connection.execute(insert(tables.papers), rows)
        return numbered

    async def _replace(self, papers: Mapping[int, Paper], seen_at: datetime) -> None:
        if papers:
            rows = [{"number": number, **row_of(paper, seen_at=seen_at)} for number, paper in papers.items()]
            await self._connection.execute(
                update(tables.papers).where(tables.papers.c.seq == bindparam("number")), rows
            )

    async def _note(self, found: Sequence[Revision], at: datetime) -> None:
        if found:
            await self._connection.execute(insert(revisions), [row_of_revision(one) for one in found])
        withdrawn = [one.paper_id for one in found if one.withdrawn]
        await SqlPosts(self._connection).outdate_everywhere(withdrawn, at=at)

    async def _index(self, papers: Mapping[int, Paper]) -> None:
        titles = {number: terms(paper.title) for number, paper in papers.items()}
        await text_index(self._connection, PAPER_TITLES).put(titles)
        everything = {number: titles[number] + _beyond_title(paper) for number, paper in papers.items()}
        await text_index(self._connection, PAPER_TERMS).put(everything)

    async def _newest(self, index: str, query: str, *, limit: int) -> list[int]:
        wanted = terms(query)
        return await text_index(self._connection, index).newest(wanted, limit=limit) if wanted else []

    async def _numbered(self, numbers: Sequence[int]) -> list[Paper]:
        """The papers with these numbers, in their order."""
        found = {}
        for lot in in_lots(numbers):
            rows = await self._connection.execute(
                select(tables.papers.c.seq, *PAPER).where(tables.papers.c.seq.in_(lot))
            )
            found.update({row.seq: paper_of(row[1:]) for row in rows})
        return [found[number] for number in numbers]


def _is_better(paper: Paper, known: Paper) -> bool:
    """Whether `paper` brings the known record up to date."""
    if paper.version != known.version or not known.complete:
        return paper.version > known.version or (paper.complete and paper.version == known.version)
    said = tuple(zip(_said_later(paper), _said_later(known), strict=True))
    # An old answer may lack what is known by now.
    return paper.complete and any(now != before for now, before in said) and all(now or not then for now, then in said)


def _said_later(paper: Paper) -> tuple[str, ...]:
    """What authors may add to a version after it is out."""
    return paper.comment, paper.journal_ref, paper.doi


def _beyond_title(paper: Paper) -> tuple[str, ...]:
    return terms(" ".join(author.name for author in paper.authors)) + terms(paper.abstract)
