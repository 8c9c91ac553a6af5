"""Papers and the rows that hold them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.statements import in_lots
from adapters.store.tables import papers
from bot.papers import ArxivId, Author, Paper

PAPER = [column for column in papers.c if column not in (papers.c.seq, papers.c.seen_at, papers.c.asked_at)]
"""The columns that `paper_of` wants, in its order."""


def row_of(paper: Paper, *, seen_at: datetime) -> dict[str, Any]:
    """The values of a paper's columns."""
    return {
        "arxiv_id": paper.id,
        "version": paper.version,
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": [author.name for author in paper.authors],
        "primary_category": paper.primary_category,
        "categories": list(paper.categories),
        "submitted": paper.submitted,
        "updated": paper.updated,
        "comment": paper.comment,
        "journal_ref": paper.journal_ref,
        "doi": paper.doi,
        "withdrawn": paper.withdrawn,
        "complete": paper.complete,
        "seen_at": seen_at,
    }


def paper_of(row: Sequence[Any]) -> Paper:
    """The paper in a row of the PAPER columns."""
    id_, version, title, abstract, authors, primary_category, categories, *rest = row
    return Paper(id_, version, title, abstract, tuple(map(Author, authors)), primary_category, tuple(categories), *rest)


async def papers_by_id(connection: AsyncConnection, ids: Sequence[ArxivId]) -> dict[ArxivId, Paper]:
    """The stored ones of these papers."""
    found = {}
    for lot in in_lots(ids):
        rows = await connection.execute(select(*PAPER).where(papers.c.arxiv_id.in_(lot)))
        found.update({paper.id: paper for paper in map(paper_of, rows)})
    return found
