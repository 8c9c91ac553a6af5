"""Statements that are compiled once in a run of the tests, as they are in a bot that runs for months.

Each test opens its databases with an engine of its own, which would compile all that it says anew: a third of the time
of a test that speaks with a database.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache

_MOST = 5000


class _Compiled(LRUCache[Any, Any]):
    """By dialect, its settings and statement, whichever engine is asked."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_of_any_engine(key), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(_of_any_engine(key), value)


def _of_any_engine(key: Any) -> Any:
    dialect, *statement = key
    return (type(dialect), *statement)


_COMPILED = _Compiled(_MOST)


def compile_once() -> None:
    """From here on, all engines of this process share what they compile."""
    if not event.contains(Engine, "engine_connect", _share):
        event.listen(Engine, "engine_connect", _share)


def _share(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_COMPILED)
