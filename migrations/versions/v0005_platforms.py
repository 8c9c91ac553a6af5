"""What chat platforms need: layouts, offers, ended subscriptions, posts to edit, and what is remembered of platforms.

Columns that are never NULL keep their server defaults: without one, SQLite adds none to a table that has rows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
OUTDATED = sa.text("outdated_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("channels", sa.Column("private", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("subscriptions", sa.Column("layout", WORDS, server_default="messages", nullable=False))
    op.add_column("subscriptions", sa.Column("offers", WORDS, server_default="emoji", nullable=False))
    op.add_column(
        "subscriptions", sa.Column("made_by", sa.Integer(), sa.ForeignKey("members.id")), inline_references=True
    )
    op.add_column("subscriptions", sa.Column("ended_at", MOMENT))
    op.add_column("editions", sa.Column("layout", WORDS, server_default="messages", nullable=False))
    op.add_column("posts", sa.Column("outdated_at", MOMENT))
    op.create_index(
        "ix_posts_platform_outdated_at",
        "posts",
        ["platform", "outdated_at"],
        sqlite_where=OUTDATED,
        postgresql_where=OUTDATED,
    )
    op.create_table(
        "inbox",
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("event", WORDS, nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("held_until", MOMENT, nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "event"),
    )
    op.create_index("ix_inbox_begun_at", "inbox", ["begun_at"])
    op.create_table(
        "installations",
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("workspace", WORDS, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("installed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("platform", "workspace"),
    )
    op.create_table(
        "tickets",
        sa.Column("purpose", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("payload", WORDS, nullable=False),
        sa.Column("good_until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("purpose", "sha256"),
    )
    op.create_table(
        "mentions",
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("teams.id"), nullable=False),
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("message_channel", WORDS, nullable=False),
        sa.Column("message", WORDS, nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("platform", "message_channel", "message"),
    )
    op.create_index("ix_mentions_noted_at", "mentions", ["noted_at"])
