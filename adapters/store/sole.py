"""An SQLite file has one `papers run`, and the system sees to that.

Its lock is the kernel's, on a file beside the database: it ends with the process, however that ends, so that none is
ever left behind, while a lease in the database would outlive a process that was killed, and end under one that froze.
The database's own file will not do: whoever closes it gives up what SQLite has locked in it.
"""

import fcntl
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from adapters.store.engine import is_sqlite, parsed
from bot.errors import StoreError

_LONGEST = 200
"""Characters of what a holder says of itself."""


@contextmanager
def sole(url: str) -> Iterator[None]:
    """Nobody else runs on the SQLite file that `url` names, however they spell its path, until the block is left.
    Raises StoreError where somebody does, and says who. On a server, any number may."""
    address = parsed(url)
    if not is_sqlite(address):
        yield
        return
    database = Path(str(address.database))
    file = Path(f"{database.resolve()}-lock")
    try:
        # It stays there when it is free: were it removed, two could have locked a file of that name each.
        lock = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(f"{file}, by which one process at a time runs, cannot be opened: {error.strerror}.") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(_taken(database, os.pread(lock, _LONGEST, 0))) from None
        except OSError as error:
            raise StoreError(f"{file} cannot be locked: {error.strerror}. Put the database on a local disk.") from error
        _sign(lock)
        yield
    finally:
        os.close(lock)


def _sign(lock: int) -> None:
    who = f"process {os.getpid()} on {platform.node()}, since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    with suppress(OSError):  # on a full disk it is locked all the same
        os.truncate(lock, 0)
        os.pwrite(lock, who.encode()[:_LONGEST], 0)


def _taken(database: Path, holder: bytes) -> str:
    who = holder.decode(errors="replace") or "by a process that left no name"
    return (
        f"The bot runs on {database} already ({who}). Stop that one first; several at once need PostgreSQL. Other "
        "commands of `papers` work beside it."
    )
