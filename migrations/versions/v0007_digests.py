"""Digests: which kinds of edition a subscription brings, and what weekly and monthly ones hold."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    # Never NULL, so it keeps its server default: without one, SQLite adds no such column to a table that has rows.
    every = "daily,monthly,weekly"
    op.add_column("subscriptions", sa.Column("kinds", WORDS, server_default=every, nullable=False))
    op.create_index("ix_editions_kind_date", "editions", ["kind", "date"])
    op.create_table(
        "digests",
        sa.Column("edition_id", sa.Integer(), sa.ForeignKey("editions.id"), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("chart", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("edition_id"),
    )
