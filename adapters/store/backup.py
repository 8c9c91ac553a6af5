"""Copies of an SQLite database that is in use."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from adapters.store.engine import PATIENCE, is_sqlite, parsed, require_file
from bot.errors import StoreError


def back_up(url: str, path: Path) -> None:
    """Writes the database that `url` names, as it is at one moment, to a new file; others may write to it meanwhile.

    The file is there when it is whole, for its owner alone to read. Raises StoreError, also on PostgreSQL, which has
    better means of its own.
    """
    address = parsed(url)
    if not is_sqlite(address):
        raise StoreError("This database is on PostgreSQL, whose pg_dump makes back-ups; docs/operations.md shows how.")
    require_file(address)
    if path.exists():
        raise StoreError(f"{path} is there already. Name a new file.")
    begun = path.with_name(f"{path.name}.part")
    try:
        begun.unlink(missing_ok=True)  # of a run that was cut off
        os.close(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        database = sqlite3.connect(str(address.database), timeout=PATIENCE)
        with closing(database), closing(sqlite3.connect(begun)) as copy:
            database.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        begun.rename(path)
    except (OSError, sqlite3.Error) as error:
        begun.unlink(missing_ok=True)
        raise StoreError(f"No back-up was written to {path}: {error}") from error
