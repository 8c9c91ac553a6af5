"""The tables of summaries and of what models cost."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, Table, UniqueConstraint

from adapters.store.columns import Utc, Words, identity, metadata, must, of, paper

summaries = Table(
    "summaries",
    metadata,
    identity(),
    of("team"),
    paper(),
    must("paper_version", Integer),
    must("kind", Words),
    must("model", Words),
    must("prompt_version", Words),
    must("language", Words),
    Column("asked_by", ForeignKey("members.id"), nullable=False),
    must("lease_until", Utc),
    # NULL while it is being made.
    Column("content", JSON(none_as_null=True)),
    Column("made_at", Utc),
    UniqueConstraint("team_id", "paper_id", "paper_version", "kind", "model", "prompt_version", "language"),
    Index(None, "paper_id"),
)

summary_posts = Table(
    "summary_posts",
    metadata,
    Column("key", Words, primary_key=True),
    Column("summary_id", ForeignKey("summaries.id"), nullable=False),
    Column("post_key", ForeignKey("posts.key"), nullable=False),
    must("planned_at", Utc),
    must("attempts", Integer),
    must("lease_until", Utc),
    Column("platform", Words),
    Column("message_channel", Words),
    Column("message", Words),
    must("outdated", Boolean),
    UniqueConstraint("summary_id", "post_key"),
)

shortlists = Table(
    "shortlists",
    metadata,
    of("edition", primary_key=True),
    must("attempts", Integer),
    must("lease_until", Utc),
    must("done", Boolean),
)

teasers = Table(
    "teasers",
    metadata,
    of("edition", primary_key=True),
    paper(primary_key=True),
    must("sentence", Words),
    must("relevance", Words),
    must("model", Words),
)

model_usage = Table(
    "model_usage",
    metadata,
    identity(),
    of("team"),
    Column("member_id", ForeignKey("members.id")),
    must("day", Date),
    must("model", Words),
    must("purpose", Words),
    must("tokens_in", BigInteger),
    must("tokens_out", BigInteger),
    must("micro_dollars", BigInteger),
    Index(None, "team_id", "day"),
)
