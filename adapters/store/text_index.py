"""Indexes of terms: numbered rows, found by the terms of `bot.search` that they hold.

Neither engine is left to split text by its own lights: both are given the terms as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.fts5 import Fts5Index
from adapters.store.tsvector import TsvectorIndex

PAPER_TITLES = "paper_titles"
"""A paper's title, by `papers.seq`."""
PAPER_TERMS = "paper_terms"
"""A paper's title, authors and abstract, by `papers.seq`."""
ENTRY_TERMS = "entry_terms"
"""An entry's paper, notes and tags, and its team's mark, by `entries.id`."""
TEXT_INDEXES = (PAPER_TITLES, PAPER_TERMS, ENTRY_TERMS)


class TextIndex(Protocol):
    """One index. Its rows are numbered by age: the newest has the greatest number.

    A term counts by its first LONGEST_TERM characters.
    """

    async def put(self, rows: Mapping[int, Iterable[str]]) -> None:
        """Makes each of these rows hold exactly these terms."""

    async def remove(self, number: int) -> None: ...

    def rows(self) -> Select[int, str]:
        """Every row's number, and its terms with blanks between."""

    def holding(self, terms: Sequence[str]) -> Select[int]:
        """The numbers of the rows where every one of `terms` (at least one) occurs, as `bot.search` says."""

    async def newest(self, terms: Sequence[str], *, limit: int) -> list[int]:
        """The first `limit` of the rows `holding` these terms, newest first."""


def text_index(connection: AsyncConnection, name: str) -> TextIndex:
    """The index of this name, in the form that the connection's engine has."""
    kind = TsvectorIndex if connection.dialect.name == "postgresql" else Fts5Index
    return kind(connection, name)


def team_mark(team_id: int) -> str:
    """What keeps the teams apart in ENTRY_TERMS: as it is no term, no text and no question holds it."""
    return f"§{team_id}"
