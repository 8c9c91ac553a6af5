"""The tables.

The indexes of terms that text is searched in are not here, since each engine has its own kind: see `text_index`.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Time,
    UniqueConstraint,
    false,
    text,
)

from adapters.store.columns import Kinds, PaperKey, Utc, Words, identity, metadata, must, of, paper
from bot.teams import ALL_KINDS, Layout, Offers, OnNothing

teams = Table(
    "teams",
    metadata,
    identity(),
    must("name", Words),
    # NULL: the settings' own.
    Column("language", Words),
    # The team whose list this workspace shares; NULL: it has its own.
    of("team", name="joined_to", nullable=True, index=True),
)

workspaces = Table(
    "workspaces",
    metadata,
    Column("platform", Words, primary_key=True),
    Column("external_id", Words, primary_key=True),
    of("team"),
)

members = Table(
    "members",
    metadata,
    identity(),
    of("team"),
    must("platform", Words),
    must("external_id", Words),
    must("name", Words),
    must("name_terms", Words),
    UniqueConstraint("team_id", "platform", "external_id"),
)

channels = Table(
    "channels",
    metadata,
    identity(),
    of("team"),
    must("platform", Words),
    must("external_id", Words),
    must("name", Words),
    must("private", Boolean, server_default=false()),
    must("forum", Boolean, server_default=false()),
    UniqueConstraint("team_id", "platform", "external_id"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    identity(),
    of("team"),
    of("channel"),
    must("interests", JSON),
    must("size", Integer),
    must("days", JSON),
    must("at", Time),
    must("zone", Words),
    must("layout", Words, server_default=Layout.MESSAGES),
    must("offers", Words, server_default=Offers.EMOJI),
    of("member", name="made_by", nullable=True),
    Column("ended_at", Utc),
    must("on_nothing", Words, server_default=OnNothing.SILENCE),
    Column("paused_from", Date),
    Column("paused_until", Date),
    Column("halted_at", Utc),
    Column("halted_why", Words),
    must("kinds", Kinds, server_default=",".join(sorted(ALL_KINDS))),
    UniqueConstraint("channel_id"),
)

profiles = Table(
    "profiles",
    metadata,
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    must("adjustment", JSON),
)

papers = Table(
    "papers",
    metadata,
    # The order of storing, and the paper's number in the text indexes.
    Column("seq", Integer, primary_key=True, autoincrement=False),
    must("arxiv_id", PaperKey),
    must("version", Integer),
    must("title", Words),
    must("abstract", Words),
    must("authors", JSON),
    must("primary_category", Words),
    must("categories", JSON),
    must("submitted", Utc),
    must("updated", Utc),
    must("comment", Words),
    must("journal_ref", Words),
    must("doi", Words),
    must("withdrawn", Boolean),
    must("complete", Boolean),
    must("seen_at", Utc),
    Column("asked_at", Utc),
    UniqueConstraint("arxiv_id"),
)
INCOMPLETE = text("NOT complete")
Index("ix_papers_incomplete", papers.c.seen_at, sqlite_where=INCOMPLETE, postgresql_where=INCOMPLETE)

announcements = Table(
    "announcements",
    metadata,
    paper(primary_key=True),
    Column("category", Words, primary_key=True),
    must("batch", Date),
    must("listing", Words),
    must("seen_at", Utc),
    Index(None, "category", "seen_at"),
    Index(None, "category", "batch", "seen_at"),
)

collection_runs = Table(
    "collection_runs", metadata, identity(), must("started_at", Utc), must("finished_at", Utc), must("new", Integer)
)

category_answers = Table(
    "category_answers",
    metadata,
    Column("category", Words, primary_key=True),
    of("collection_run", name="run_id", primary_key=True),
    must("answer", Words),
    Column("batch", Date),
    must("announced", Integer),
    must("found", Integer),
    must("new", Integer),
    must("problem", Words),
)

editions = Table(
    "editions",
    metadata,
    identity(),
    of("subscription"),
    of("channel"),
    must("kind", Words),
    must("date", Date),
    must("made_at", Utc),
    must("considered", Integer),
    must("missing", JSON),
    paper(name="nearest", nullable=True),
    must("layout", Words, server_default=Layout.MESSAGES),
    Column("late_since", Utc),
    Column("covers", Date),
    UniqueConstraint("subscription_id", "kind", "date"),
    Index(None, "channel_id", "date"),
    Index(None, "kind", "date"),
)

picks = Table(
    "picks",
    metadata,
    of("edition", primary_key=True),
    Column("number", Integer, primary_key=True),
    paper(),
    must("topic", Words),
    must("reasons", JSON),
    must("score", Float),
    Index(None, "paper_id"),
)

digests = Table(
    "digests",
    metadata,
    of("edition", primary_key=True),
    must("content", JSON),
    Column("chart", LargeBinary),
)

posts = Table(
    "posts",
    metadata,
    Column("key", Words, primary_key=True),
    of("edition"),
    of("channel"),
    must("slot", Integer),
    must("state", Words),
    must("planned_at", Utc),
    must("attempts", Integer),
    Column("lease_until", Utc),
    Column("platform", Words),
    Column("message_channel", Words),
    Column("message", Words),
    must("last_error", Words),
    Column("outdated_at", Utc),
    Column("retry_at", Utc),
    UniqueConstraint("edition_id", "slot"),
    UniqueConstraint("platform", "message_channel", "message"),
    Index(None, "state"),
    Index(None, "platform", "planned_at"),
    Index(None, "channel_id", "state"),
)
OUTDATED = text("outdated_at IS NOT NULL")
Index(None, posts.c.platform, posts.c.outdated_at, sqlite_where=OUTDATED, postgresql_where=OUTDATED)

entries = Table(
    "entries",
    metadata,
    identity(),
    of("team"),
    paper(),
    must("status", Words),
    must("added_at", Utc),
    UniqueConstraint("team_id", "paper_id"),
    Index(None, "team_id", "added_at", "paper_id"),
    Index(None, "paper_id"),
)

tags = Table(
    "tags",
    metadata,
    Column("entry_id", ForeignKey("entries.id"), primary_key=True),
    Column("name", Words, primary_key=True),
    of("member"),
    must("given_at", Utc),
)

notes = Table(
    "notes",
    metadata,
    identity(),
    Column("entry_id", ForeignKey("entries.id"), nullable=False),
    must("name", Words),
    of("member"),
    must("text", Words),
    must("written_at", Utc),
    UniqueConstraint("entry_id", "name"),
)

signals = Table(
    "signals",
    metadata,
    identity(),
    of("team"),
    must("field", Words),
    paper(),
    of("member"),
    must("given_at", Utc),
    UniqueConstraint("team_id", "field", "paper_id", "member_id"),
    Index(None, "team_id", "given_at"),
)

changes = Table(
    "changes",
    metadata,
    identity(),
    of("team"),
    of("member", index=True),
    must("verb", Words),
    must("cause", Words),
    must("facts", JSON),
    must("made_at", Utc),
    Column("taken_back_at", Utc),
)

change_papers = Table(
    "change_papers",
    metadata,
    of("change", primary_key=True),
    Column("position", Integer, primary_key=True),
    paper(),
    Index(None, "paper_id"),
)

holds = Table(
    "holds", metadata, Column("thing", Words, primary_key=True), must("holder", Words), must("held_until", Utc)
)

turnstiles = Table(
    "turnstiles", metadata, Column("name", Words, primary_key=True), must("free_at", Utc), must("holder", Words)
)
