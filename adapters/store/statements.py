"""What several repositories say to the database."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, Table, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")

LONGEST_TERM = 500
"""Text indexes keep so many characters of a term: PostgreSQL takes 2046 bytes, a character has up to 4.
Source: https://www.postgresql.org/docs/current/textsearch-limitations.html"""

_MOST_AT_ONCE = 200
"""Values in one IN list. SQLite takes 32766 in a statement: https://www.sqlite.org/limits.html#max_variable_number.
So few, since between two lots the event loop comes to others."""


def insert_into(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say ON CONFLICT."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


async def one_at_a_time(connection: AsyncConnection, what: str) -> None:
    """From here until the end of the transaction no other one is past the same point.

    SQLite sees to that by itself: there, a unit of work is the only one from its beginning.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"paper-round {what}"))))


def is_over(until: ColumnElement[datetime], *, now: datetime, longest: timedelta) -> ColumnElement[bool]:
    """Whether what somebody has `until` then, for the `longest` at the most, is theirs no more.

    Nobody has it further ahead: if it is, the clock was put back since, and waiting for it would take as long. What is
    ahead by no more than twice as much may come from a process whose clock goes before ours.
    """
    return or_(until <= now, until > now + 2 * longest)


def in_lots(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """`values` in order, in lots that fit an IN list."""
    for start in range(0, len(values), _MOST_AT_ONCE):
        yield values[start : start + _MOST_AT_ONCE]
