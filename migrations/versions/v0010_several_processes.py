"""Several processes: what one of them has at a time, and what is to be posted in one channel."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("thing", WORDS, nullable=False),
        sa.Column("holder", WORDS, nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("thing"),
    )
    op.create_index("ix_posts_channel_id_state", "posts", ["channel_id", "state"])
