"""Addresses of databases, the engines behind them, and what their errors say."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StoreError

PATIENCE = 30.0
"""Seconds to wait for others to finish their units of work."""
LONGEST_SILENCE = 60.0
"""Seconds after which PostgreSQL ends a unit of work of which it hears nothing: a process that froze, or whose machine
is gone, would hold up all others with what it locked."""

UPGRADE = "papers db upgrade"


def parsed(url: str) -> URL:
    """The address that a `DATABASE_URL` names. Raises StoreError."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # such as a port that is no number
        address = None
    backend = address.get_backend_name() if address else ""
    if address is None or backend not in ("sqlite", "postgresql") or not (address.database or backend == "postgresql"):
        raise StoreError("DATABASE_URL must read like sqlite:///file.db or postgresql://user:password@host/database")
    if "@" in (address.host or ""):
        raise StoreError("In a database's address, the password has @ as %40, : as %3A, / as %2F and # as %23.")
    return address


def async_engine(address: URL) -> AsyncEngine:
    """An engine for the event loop; dispose of it."""
    engine = create_async_engine(_with_driver(address, "sqlite+aiosqlite"), **_options(address))
    _set_up(engine.sync_engine)
    return engine


def sync_engine(address: URL) -> Engine:
    """An engine for migrations; dispose of it."""
    engine = create_engine(_with_driver(address, "sqlite+pysqlite"), **_options(address))
    _set_up(engine)
    return engine


def require_file(address: URL) -> None:
    """Raises StoreError when the address is an SQLite file that does not exist: only `upgrade` makes one."""
    if is_sqlite(address) and not Path(str(address.database)).is_file():
        raise StoreError(f"There is no database at {address.database}. Run: {UPGRADE}")


def is_sqlite(address: URL) -> bool:
    return address.get_backend_name() == "sqlite"


def place_of(address: URL) -> str:
    """The database's name for people, without the password."""
    return str(address.database) if is_sqlite(address) else address.render_as_string(hide_password=True)


def _with_driver(address: URL, sqlite: str) -> URL:
    return address.set(drivername=sqlite if is_sqlite(address) else "postgresql+psycopg")


def _options(address: URL) -> dict[str, Any]:
    if is_sqlite(address):
        # One connection a process: a file has one writer at a time, and the pool lets tasks wait for it in their order.
        pool: dict[str, Any] = {"pool_size": 1, "max_overflow": 0, "pool_timeout": PATIENCE}
        # Without an isolation level the driver leaves BEGIN to us.
        connect: dict[str, Any] = {"isolation_level": None, "timeout": PATIENCE, "factory": _Connection}
    else:
        pool = {"pool_size": 10, "max_overflow": 10, "pool_timeout": PATIENCE, "pool_pre_ping": True}
        # A server that went silent is not waited for: seconds and milliseconds, as libpq has them.
        connect = {"connect_timeout": 10, "tcp_user_timeout": 30_000}
    return {**pool, "connect_args": connect, "hide_parameters": True}


class _Connection(sqlite3.Connection):
    def close(self) -> None:
        # As long as somebody holds a statement, such as the traceback of a task that was cancelled in it, SQLite keeps
        # the transaction of a closed connection, and the file locked: https://www.sqlite.org/c3ref/close.html
        self.rollback()
        super().close()


def _set_up(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    else:
        event.listen(engine, "connect", _on_connect_to_server)


def _on_connect_to_server(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET idle_in_transaction_session_timeout = '{LONGEST_SILENCE:g}s'")
    cursor.close()
    connection.commit()


def _on_connect(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    # A transaction that reads, then writes, fails at once if another wrote meanwhile; this one waits its turn.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def translated(address: URL) -> Iterator[None]:
    """Turns the database's errors into StoreError, without the password."""
    try:
        yield
    except (DBAPIError, PoolTimeout) as error:
        raise StoreError(_sentence(address, error)) from error


def _sentence(address: URL, error: DBAPIError | PoolTimeout) -> str:
    place = place_of(address)
    if isinstance(error, PoolTimeout):
        return f"The database {place} is busy: all its connections have been in use for {PATIENCE:.0f} s."
    reason = str(error.orig).partition("\n")[0].strip()
    if password := address.password:
        reason = reason.replace(str(password), "***")
    if "no such table" in reason or ("relation" in reason and "does not exist" in reason):
        return f"The database {place} is not up to date. Run: {UPGRADE}"
    if "unable to open" in reason or "connection" in reason:
        return f"The database {place} cannot be reached ({reason}). Check DATABASE_URL."
    return f"The database {place} refused: {reason}"
