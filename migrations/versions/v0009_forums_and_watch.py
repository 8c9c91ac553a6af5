"""Forums; what changed about papers since they were first seen, and who was told."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # Never NULL, so it keeps its server default: without one, SQLite adds no such column to a table that has rows.
    op.add_column("channels", sa.Column("forum", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("papers", sa.Column("asked_at", MOMENT))
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", WORDS, sa.ForeignKey("papers.arxiv_id"), nullable=False),
        sa.Column("noticed_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer()),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("venue", WORDS, nullable=False),
        sa.Column("code", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_revisions_paper_id", "revisions", ["paper_id"])
    op.create_index("ix_revisions_noticed_at", "revisions", ["noticed_at"])
    op.create_table(
        "tellings",
        sa.Column("revision_id", sa.Integer(), sa.ForeignKey("revisions.id"), nullable=False),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("teams.id"), nullable=False),
        sa.Column("edition_id", sa.Integer(), sa.ForeignKey("editions.id"), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("under", WORDS, sa.ForeignKey("posts.key"), nullable=False),
        sa.PrimaryKeyConstraint("revision_id", "team_id"),
    )
    op.create_index("ix_tellings_edition_id", "tellings", ["edition_id"])
