"""Delivery: pauses and halts of subscriptions, what late editions say, and when a failed post is tried again."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # Never NULL, so it keeps its server default: without one, SQLite adds no such column to a table that has rows.
    op.add_column("subscriptions", sa.Column("on_nothing", WORDS, server_default="silence", nullable=False))
    op.add_column("subscriptions", sa.Column("paused_from", sa.Date()))
    op.add_column("subscriptions", sa.Column("paused_until", sa.Date()))
    op.add_column("subscriptions", sa.Column("halted_at", MOMENT))
    op.add_column("subscriptions", sa.Column("halted_why", WORDS))
    op.add_column("editions", sa.Column("late_since", MOMENT))
    op.add_column("editions", sa.Column("covers", sa.Date()))
    op.add_column("posts", sa.Column("retry_at", MOMENT))
    # A planned post had the time of its next try in the column of leases.
    op.execute("UPDATE posts SET retry_at = lease_until, lease_until = NULL WHERE state = 'planned'")
