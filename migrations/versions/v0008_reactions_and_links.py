"""Which emoji are on messages, for platforms that can be asked."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "reactions",
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("message_channel", WORDS, nullable=False),
        sa.Column("message", WORDS, nullable=False),
        sa.Column("user", WORDS, nullable=False),
        sa.Column("emoji", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("platform", "message_channel", "message", "user", "emoji"),
    )
