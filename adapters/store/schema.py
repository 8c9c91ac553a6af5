"""The schema's version: what the database has, what this program needs, and how to get there."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

import migrations
from adapters.store.engine import is_sqlite, parsed, sync_engine, translated
from adapters.store.queue import newest_queue_version, queue_version, upgrade_queue
from bot.errors import StoreError


class DatabaseState(StrEnum):
    """How a database stands to this version of the program."""

    MISSING = "missing"
    """There is none, or one without our tables."""
    BEHIND = "behind"
    """`upgrade` has something to do."""
    CURRENT = "current"
    AHEAD = "ahead"
    """A newer version of the program has upgraded it."""


def check(url: str) -> DatabaseState:
    """How the database stands; changes nothing. Raises StoreError when it cannot be reached."""
    address = parsed(url)
    if is_sqlite(address) and not Path(str(address.database)).exists():
        return DatabaseState.MISSING
    with _connected(url) as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is None:
            return DatabaseState.MISSING
        queue = _queue_state(connection)
    scripts = ScriptDirectory(_scripts())
    if revision not in {known.revision for known in scripts.walk_revisions()}:
        return DatabaseState.AHEAD
    return queue if revision == scripts.get_current_head() else DatabaseState.BEHIND


def _queue_state(connection: Connection) -> DatabaseState:
    if connection.dialect.name != "postgresql" or (present := queue_version(connection)) == newest_queue_version():
        return DatabaseState.CURRENT
    return DatabaseState.BEHIND if present < newest_queue_version() else DatabaseState.AHEAD


def upgrade(url: str) -> None:
    """Makes the tables or brings them up to date, all or nothing; makes an SQLite file, but no directory for it.

    Raises StoreError.
    """
    config = Config()
    config.set_main_option("script_location", _scripts().replace("%", "%%"))
    with _connected(url) as connection:
        # Of several processes that start at once, one upgrades and the others wait. On SQLite this transaction sees to
        # that, which Alembic would otherwise end after each version.
        connection.begin()
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('paper-round upgrade'))"))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError:
            raise StoreError("The database belongs to a newer version of Paper Round. Update the program.") from None
        if connection.dialect.name == "postgresql":
            upgrade_queue(connection)
        connection.commit()


def _scripts() -> str:
    return str(Path(migrations.__file__).parent)


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    address = parsed(url)
    engine = sync_engine(address)
    try:
        with translated(address), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
