"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0001"
down_revision = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
INCOMPLETE = sa.text("NOT complete")

FTS5 = "CREATE VIRTUAL TABLE {name} USING fts5(terms, tokenize='ascii', detail=none, columnsize=0, prefix='3')"
"""The `ascii` tokenizer breaks what it is given at blanks and nowhere else, for that is letters and digits only."""


def upgrade() -> None:
    op.create_table(
        "teams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "workspaces",
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("external_id", WORDS, nullable=False),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("teams.id"), nullable=False),
        sa.PrimaryKeyConstraint("platform", "external_id"),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("teams.id"), nullable=False),
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("external_id", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("name_terms", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("team_id", "platform", "external_id"),
    )
    op.create_table(
        "channels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("teams.id"), nullable=False),
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("external_id", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("team_id", "platform", "external_id"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("teams.id"), nullable=False),
        sa.Column("channel_id", sa.Integer(), sa.ForeignKey("channels.id"), nullable=False),
        sa.Column("interests", sa.JSON(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("zone", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel_id"),
    )
    op.create_table(
        "papers",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("arxiv_id", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("abstract", WORDS, nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("primary_category", WORDS, nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("submitted", MOMENT, nullable=False),
        sa.Column("updated", MOMENT, nullable=False),
        sa.Column("comment", WORDS, nullable=False),
        sa.Column("journal_ref", WORDS, nullable=False),
        sa.Column("doi", WORDS, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("arxiv_id"),
    )
    op.create_index("ix_papers_incomplete", "papers", ["seen_at"], sqlite_where=INCOMPLETE, postgresql_where=INCOMPLETE)
    op.create_table(
        "announcements",
        sa.Column("paper_id", WORDS, sa.ForeignKey("papers.arxiv_id"), nullable=False),
        sa.Column("category", WORDS, nullable=False),
        sa.Column("batch", sa.Date(), nullable=False),
        sa.Column("listing", WORDS, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("paper_id", "category"),
    )
    op.create_index("ix_announcements_category_batch_seen_at", "announcements", ["category", "batch", "seen_at"])
    op.create_index("ix_announcements_category_seen_at", "announcements", ["category", "seen_at"])
    op.create_table(
        "collection_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "category_answers",
        sa.Column("category", WORDS, nullable=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("collection_runs.id"), nullable=False),
        sa.Column("answer", WORDS, nullable=False),
        sa.Column("batch", sa.Date()),
        sa.Column("announced", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("problem", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("category", "run_id"),
    )
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), sa.ForeignKey("subscriptions.id"), nullable=False),
        sa.Column("channel_id", sa.Integer(), sa.ForeignKey("channels.id"), nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("considered", sa.Integer(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("nearest", WORDS, sa.ForeignKey("papers.arxiv_id")),
        sa.ForeignKey("papers.arxiv_id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("subscription_id", "kind", "date"),
    )
    op.create_index("ix_editions_channel_id_date", "editions", ["channel_id", "date"])
    op.create_table(
        "picks",
        sa.Column("edition_id", sa.Integer(), sa.ForeignKey("editions.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("paper_id", WORDS, sa.ForeignKey("papers.arxiv_id"), nullable=False),
        sa.Column("topic", WORDS, nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "number"),
    )
    op.create_index("ix_picks_paper_id", "picks", ["paper_id"])
    op.create_table(
        "posts",
        sa.Column("key", WORDS, nullable=False),
        sa.Column("edition_id", sa.Integer(), sa.ForeignKey("editions.id"), nullable=False),
        sa.Column("channel_id", sa.Integer(), sa.ForeignKey("channels.id"), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("planned_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", MOMENT),
        sa.Column("platform", WORDS),
        sa.Column("message_channel", WORDS),
        sa.Column("message", WORDS),
        sa.Column("last_error", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("edition_id", "slot"),
        sa.UniqueConstraint("platform", "message_channel", "message"),
    )
    op.create_index("ix_posts_state", "posts", ["state"])
    op.create_table(
        "entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("teams.id"), nullable=False),
        sa.Column("paper_id", WORDS, sa.ForeignKey("papers.arxiv_id"), nullable=False),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("team_id", "paper_id"),
    )
    op.create_index("ix_entries_paper_id", "entries", ["paper_id"])
    op.create_index("ix_entries_team_id_added_at_paper_id", "entries", ["team_id", "added_at", "paper_id"])
    op.create_table(
        "tags",
        sa.Column("entry_id", sa.Integer(), sa.ForeignKey("entries.id"), nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("member_id", sa.Integer(), sa.ForeignKey("members.id"), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "name"),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), sa.ForeignKey("entries.id"), nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("member_id", sa.Integer(), sa.ForeignKey("members.id"), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("entry_id", "name"),
    )
    op.create_table(
        "signals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("teams.id"), nullable=False),
        sa.Column("field", WORDS, nullable=False),
        sa.Column("paper_id", WORDS, sa.ForeignKey("papers.arxiv_id"), nullable=False),
        sa.Column("member_id", sa.Integer(), sa.ForeignKey("members.id"), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("team_id", "field", "paper_id", "member_id"),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("teams.id"), nullable=False),
        sa.Column("member_id", sa.Integer(), sa.ForeignKey("members.id"), nullable=False),
        sa.Column("verb", WORDS, nullable=False),
        sa.Column("cause", WORDS, nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("taken_back_at", MOMENT),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_changes_member_id", "changes", ["member_id"])
    op.create_table(
        "change_papers",
        sa.Column("change_id", sa.Integer(), sa.ForeignKey("changes.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("paper_id", WORDS, sa.ForeignKey("papers.arxiv_id"), nullable=False),
        sa.PrimaryKeyConstraint("change_id", "position"),
    )
    op.create_index("ix_change_papers_paper_id", "change_papers", ["paper_id"])
    op.create_table(
        "turnstiles",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("free_at", MOMENT, nullable=False),
        sa.Column("holder", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    make_text_index("paper_titles", "papers.seq")
    make_text_index("paper_terms", "papers.seq")
    make_text_index("entry_terms", "entries.id")


def make_text_index(name: str, row: str) -> None:
    """Terms of the rows that `row`, a column, numbers."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(FTS5.format(name=name))
    else:
        op.create_table(
            name,
            sa.Column("id", sa.Integer(), sa.ForeignKey(row), primary_key=True, autoincrement=False),
            sa.Column("terms", TSVECTOR(), nullable=False),
        )
        op.create_index(f"ix_{name}_terms", name, ["terms"], postgresql_using="gin")
