"""The types that turn what tables hold into the product's values, and the columns that many tables have."""

from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, ForeignKey, Integer, MetaData, Text
from sqlalchemy.types import TypeDecorator

from bot.papers import ArxivId
from bot.teams import EditionKind


class Utc(TypeDecorator[datetime]):
    """A moment: aware on its way in, in UTC on its way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # SQLite keeps no time zone; what went in was UTC.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text in code point order. What PostgreSQL cannot hold becomes a blank (NUL) or `?` (half a surrogate pair)."""

    impl = Text().with_variant(Text(collation="C"), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return None if value is None else value.replace("\0", " ").encode(errors="replace").decode()


class PaperKey(TypeDecorator[ArxivId]):
    """An arXiv id, in code point order."""

    impl = Text().with_variant(Text(collation="C"), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: ArxivId | None, _dialect: Dialect) -> str | None:
        return None if value is None else value.value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> ArxivId | None:
        return None if value is None else ArxivId(value)


class Kinds(TypeDecorator[frozenset[EditionKind]]):
    """Kinds of edition, by their names with commas between; unlike JSON, text has a default that can be compared."""

    impl = Words.impl
    cache_ok = True

    def process_bind_param(self, value: AbstractSet[EditionKind] | None, _dialect: Dialect) -> str | None:
        return None if value is None else ",".join(sorted(value))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> frozenset[EditionKind] | None:
        return None if value is None else frozenset(EditionKind(kind) for kind in value.split(",") if kind)


metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s"})


def identity() -> Column[Any]:
    """The row's number."""
    return Column("id", Integer, primary_key=True)


def of(
    table: str, *, name: str = "", nullable: bool = False, primary_key: bool = False, index: bool = False
) -> Column[Any]:
    """A column that names a row of `table`."""
    return Column(
        name or f"{table}_id", ForeignKey(f"{table}s.id"), nullable=nullable, primary_key=primary_key, index=index
    )


def paper(*, name: str = "paper_id", nullable: bool = False, primary_key: bool = False) -> Column[Any]:
    """A column that names a paper."""
    return Column(name, PaperKey, ForeignKey("papers.arxiv_id"), nullable=nullable, primary_key=primary_key)


def must(name: str, type_: Any, **options: Any) -> Column[Any]:
    """A column that is never NULL."""
    return Column(name, type_, nullable=False, **options)
