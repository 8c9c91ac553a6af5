"""The tables.

The indexes of terms that text is searched in are not here, since each engine has its own kind: see `text_index`.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Time,
    UniqueConstraint,
    text,
)

from adapters.store.column_types import PaperKey, Utc, Words

metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s"})


def _id() -> Column[Any]:
    return Column("id", Integer, primary_key=True)


def _of(table: str, *, name: str = "", primary_key: bool = False, index: bool = False) -> Column[Any]:
    """A column that names a row of `table`."""
    return Column(
        name or f"{table}_id", ForeignKey(f"{table}s.id"), nullable=False, primary_key=primary_key, index=index
    )


def _paper(*, name: str = "paper_id", nullable: bool = False, primary_key: bool = False) -> Column[Any]:
    return Column(name, PaperKey, ForeignKey("papers.arxiv_id"), nullable=nullable, primary_key=primary_key)


def _must(name: str, type_: Any, **options: Any) -> Column[Any]:
    return Column(name, type_, nullable=False, **options)


teams = Table("teams", metadata, _id(), _must("name", Words))

workspaces = Table(
    "workspaces",
    metadata,
    Column("platform", Words, primary_key=True),
    Column("external_id", Words, primary_key=True),
    _of("team"),
)

members = Table(
    "members",
    metadata,
    _id(),
    _of("team"),
    _must("platform", Words),
    _must("external_id", Words),
    _must("name", Words),
    _must("name_terms", Words),
    UniqueConstraint("team_id", "platform", "external_id"),
)

channels = Table(
    "channels",
    metadata,
    _id(),
    _of("team"),
    _must("platform", Words),
    _must("external_id", Words),
    _must("name", Words),
    UniqueConstraint("team_id", "platform", "external_id"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    _id(),
    _of("team"),
    _of("channel"),
    _must("interests", JSON),
    _must("size", Integer),
    _must("days", JSON),
    _must("at", Time),
    _must("zone", Words),
    UniqueConstraint("channel_id"),
)

profiles = Table(
    "profiles",
    metadata,
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    _must("adjustment", JSON),
)

papers = Table(
    "papers",
    metadata,
    # The order of storing, and the paper's number in the text indexes.
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _must("arxiv_id", PaperKey),
    _must("version", Integer),
    _must("title", Words),
    _must("abstract", Words),
    _must("authors", JSON),
    _must("primary_category", Words),
    _must("categories", JSON),
    _must("submitted", Utc),
    _must("updated", Utc),
    _must("comment", Words),
    _must("journal_ref", Words),
    _must("doi", Words),
    _must("withdrawn", Boolean),
    _must("complete", Boolean),
    _must("seen_at", Utc),
    UniqueConstraint("arxiv_id"),
)
INCOMPLETE = text("NOT complete")
Index("ix_papers_incomplete", papers.c.seen_at, sqlite_where=INCOMPLETE, postgresql_where=INCOMPLETE)

announcements = Table(
    "announcements",
    metadata,
    _paper(primary_key=True),
    Column("category", Words, primary_key=True),
    _must("batch", Date),
    _must("listing", Words),
    _must("seen_at", Utc),
    Index(None, "category", "seen_at"),
    Index(None, "category", "batch", "seen_at"),
)

collection_runs = Table(
    "collection_runs", metadata, _id(), _must("started_at", Utc), _must("finished_at", Utc), _must("new", Integer)
)

category_answers = Table(
    "category_answers",
    metadata,
    Column("category", Words, primary_key=True),
    _of("collection_run", name="run_id", primary_key=True),
    _must("answer", Words),
    Column("batch", Date),
    _must("announced", Integer),
    _must("found", Integer),
    _must("new", Integer),
    _must("problem", Words),
)

editions = Table(
    "editions",
    metadata,
    _id(),
    _of("subscription"),
    _of("channel"),
    _must("kind", Words),
    _must("date", Date),
    _must("made_at", Utc),
    _must("considered", Integer),
    _must("missing", JSON),
    _paper(name="nearest", nullable=True),
    UniqueConstraint("subscription_id", "kind", "date"),
    Index(None, "channel_id", "date"),
)

picks = Table(
    "picks",
    metadata,
    _of("edition", primary_key=True),
    Column("number", Integer, primary_key=True),
    _paper(),
    _must("topic", Words),
    _must("reasons", JSON),
    _must("score", Float),
    Index(None, "paper_id"),
)

posts = Table(
    "posts",
    metadata,
    Column("key", Words, primary_key=True),
    _of("edition"),
    _of("channel"),
    _must("slot", Integer),
    _must("state", Words),
    _must("planned_at", Utc),
    _must("attempts", Integer),
    Column("lease_until", Utc),
    Column("platform", Words),
    Column("message_channel", Words),
    Column("message", Words),
    _must("last_error", Words),
    UniqueConstraint("edition_id", "slot"),
    UniqueConstraint("platform", "message_channel", "message"),
    Index(None, "state"),
)

entries = Table(
    "entries",
    metadata,
    _id(),
    _of("team"),
    _paper(),
    _must("status", Words),
    _must("added_at", Utc),
    UniqueConstraint("team_id", "paper_id"),
    Index(None, "team_id", "added_at", "paper_id"),
    Index(None, "paper_id"),
)

tags = Table(
    "tags",
    metadata,
    Column("entry_id", ForeignKey("entries.id"), primary_key=True),
    Column("name", Words, primary_key=True),
    _of("member"),
    _must("given_at", Utc),
)

notes = Table(
    "notes",
    metadata,
    _id(),
    Column("entry_id", ForeignKey("entries.id"), nullable=False),
    _must("name", Words),
    _of("member"),
    _must("text", Words),
    _must("written_at", Utc),
    UniqueConstraint("entry_id", "name"),
)

signals = Table(
    "signals",
    metadata,
    _id(),
    _of("team"),
    _must("field", Words),
    _paper(),
    _of("member"),
    _must("given_at", Utc),
    UniqueConstraint("team_id", "field", "paper_id", "member_id"),
    Index(None, "team_id", "given_at"),
)

changes = Table(
    "changes",
    metadata,
    _id(),
    _of("team"),
    _of("member", index=True),
    _must("verb", Words),
    _must("cause", Words),
    _must("facts", JSON),
    _must("made_at", Utc),
    Column("taken_back_at", Utc),
)

change_papers = Table(
    "change_papers",
    metadata,
    _of("change", primary_key=True),
    Column("position", Integer, primary_key=True),
    _paper(),
    Index(None, "paper_id"),
)

turnstiles = Table(
    "turnstiles", metadata, Column("name", Words, primary_key=True), _must("free_at", Utc), _must("holder", Words)
)
