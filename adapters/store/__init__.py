"""The database: SQLite or PostgreSQL behind one face."""

from adapters.store.backup import back_up
from adapters.store.rate_limiter import StoreRateLimiter
from adapters.store.schema import DatabaseState, check, upgrade
from adapters.store.sole import sole
from adapters.store.transfer import copy
from adapters.store.turnstile import StoreTurnstile
from adapters.store.unit_of_work import SqlStore, open_store

__all__ = [
    "DatabaseState",
    "SqlStore",
    "StoreRateLimiter",
    "StoreTurnstile",
    "back_up",
    "check",
    "copy",
    "open_store",
    "sole",
    "upgrade",
]
