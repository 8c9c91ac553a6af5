"""Which emoji are on messages, for platforms that can be asked; and workspaces that share one list."""

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
    op.create_index("ix_posts_platform_planned_at", "posts", ["platform", "planned_at"])
    op.add_column("teams", sa.Column("joined_to", sa.Integer(), sa.ForeignKey("teams.id")), inline_references=True)
    op.create_index("ix_teams_joined_to", "teams", ["joined_to"])
