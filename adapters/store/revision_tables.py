"""The tables of what changed about papers, and of who was told."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, Table

from adapters.store.columns import Utc, Words, identity, metadata, must, of, paper

revisions = Table(
    "revisions",
    metadata,
    identity(),
    paper(),
    must("noticed_at", Utc),
    Column("version", Integer),
    must("withdrawn", Boolean),
    must("venue", Words),
    must("code", JSON),
    Index(None, "paper_id"),
    Index(None, "noticed_at"),
)

tellings = Table(
    "tellings",
    metadata,
    of("revision", primary_key=True),
    of("team", primary_key=True),
    of("edition"),
    must("slot", Integer),
    # Of the paper's post that it is told under.
    Column("under", ForeignKey("posts.key"), nullable=False),
    Index(None, "edition_id"),
)
