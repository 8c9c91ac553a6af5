"""Summaries, where they were posted, teasers of editions, and what models cost."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "summaries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("teams.id"), nullable=False),
        sa.Column("paper_id", WORDS, sa.ForeignKey("papers.arxiv_id"), nullable=False),
        sa.Column("paper_version", sa.Integer(), nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("model", WORDS, nullable=False),
        sa.Column("prompt_version", WORDS, nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("asked_by", sa.Integer(), sa.ForeignKey("members.id"), nullable=False),
        sa.Column("lease_until", MOMENT, nullable=False),
        sa.Column("content", sa.JSON()),
        sa.Column("made_at", MOMENT),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("team_id", "paper_id", "paper_version", "kind", "model", "prompt_version", "language"),
    )
    op.create_index("ix_summaries_paper_id", "summaries", ["paper_id"])
    op.create_table(
        "summary_posts",
        sa.Column("key", WORDS, nullable=False),
        sa.Column("summary_id", sa.Integer(), sa.ForeignKey("summaries.id"), nullable=False),
        sa.Column("post_key", WORDS, sa.ForeignKey("posts.key"), nullable=False),
        sa.Column("planned_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", MOMENT, nullable=False),
        sa.Column("platform", WORDS),
        sa.Column("message_channel", WORDS),
        sa.Column("message", WORDS),
        sa.Column("outdated", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("summary_id", "post_key"),
    )
    op.create_table(
        "shortlists",
        sa.Column("edition_id", sa.Integer(), sa.ForeignKey("editions.id"), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", MOMENT, nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id"),
    )
    op.create_table(
        "teasers",
        sa.Column("edition_id", sa.Integer(), sa.ForeignKey("editions.id"), nullable=False),
        sa.Column("paper_id", WORDS, sa.ForeignKey("papers.arxiv_id"), nullable=False),
        sa.Column("sentence", WORDS, nullable=False),
        sa.Column("relevance", WORDS, nullable=False),
        sa.Column("model", WORDS, nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "paper_id"),
    )
    op.create_table(
        "model_usage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("teams.id"), nullable=False),
        sa.Column("member_id", sa.Integer(), sa.ForeignKey("members.id")),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("model", WORDS, nullable=False),
        sa.Column("purpose", WORDS, nullable=False),
        sa.Column("tokens_in", sa.BigInteger(), nullable=False),
        sa.Column("tokens_out", sa.BigInteger(), nullable=False),
        sa.Column("micro_dollars", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_model_usage_team_id_day", "model_usage", ["team_id", "day"])
