"""The tables of the job queue, which procrastinate ships with a schema of their own, beside ours.

Its migrations are files, named so that they are to be applied in the order of their names. The last one that a database
has stands in the comment of its table of jobs.
"""

from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Queue

ALIVE = 30.0
"""Seconds since its last sign of life for which a worker counts as living; it gives one every ten."""


def queue_version(connection: Connection) -> str:
    """The last of procrastinate's migrations that a PostgreSQL database has; "" where there is no queue."""
    comment = text("SELECT obj_description(to_regclass('procrastinate_jobs'), 'pg_class')")
    return connection.scalar(comment) or ""


def newest_queue_version() -> str:
    """The last migration of the procrastinate that is installed."""
    return _migrations()[-1].stem


def upgrade_queue(connection: Connection) -> None:
    """Applies the migrations that a PostgreSQL database does not have, in the transaction that is open."""
    present = queue_version(connection)
    for migration in _migrations():
        if migration.stem > present:
            sql = migration.read_text(encoding="utf-8")
            noted = f"{sql}\n;COMMENT ON TABLE procrastinate_jobs IS '{migration.stem}'"
            # Many statements, with percent signs that are no parameters.
            connection.exec_driver_sql(noted, execution_options={"no_parameters": True})


def _migrations() -> list[Path]:
    from procrastinate.schema import SchemaManager  # noqa: PLC0415 - slow to import, and SQLite does without

    return sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))


async def queue_of(connection: AsyncConnection) -> Queue:
    """How the queue stands, by the clock of the PostgreSQL server, which workers give their signs of life by."""
    waiting = await connection.execute(
        text(
            "SELECT task_name, count(*) FROM procrastinate_jobs "
            "WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()) GROUP BY task_name"
        )
    )
    workers = await connection.scalar(
        text("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => :alive)"),
        {"alive": ALIVE},
    )
    return Queue({row[0]: row[1] for row in waiting}, workers or 0)
