"""The tables of what platforms sent and gave us."""

from sqlalchemy import JSON, Boolean, Column, Index, LargeBinary, Table

from adapters.store.columns import Utc, Words, metadata, must, of

inbox = Table(
    "inbox",
    metadata,
    Column("platform", Words, primary_key=True),
    Column("event", Words, primary_key=True),
    must("begun_at", Utc),
    must("held_until", Utc),
    must("finished", Boolean),
    Index(None, "begun_at"),
)

installations = Table(
    "installations",
    metadata,
    Column("platform", Words, primary_key=True),
    Column("workspace", Words, primary_key=True),
    must("sealed", LargeBinary),
    must("installed_at", Utc),
)

tickets = Table(
    "tickets",
    metadata,
    Column("purpose", Words, primary_key=True),
    # Of the code: whoever reads the table cannot use it.
    Column("sha256", Words, primary_key=True),
    must("payload", Words),
    must("good_until", Utc),
)

mentions = Table(
    "mentions",
    metadata,
    of("team"),
    Column("platform", Words, primary_key=True),
    Column("message_channel", Words, primary_key=True),
    Column("message", Words, primary_key=True),
    must("papers", JSON),
    must("noted_at", Utc),
    Index(None, "noted_at"),
)

reactions = Table(
    "reactions",
    metadata,
    Column("platform", Words, primary_key=True),
    Column("message_channel", Words, primary_key=True),
    Column("message", Words, primary_key=True),
    Column("user", Words, primary_key=True),
    Column("emoji", Words, primary_key=True),
)
