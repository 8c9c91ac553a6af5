"""Protocols of what lies outside: what is promised here, `tests/contract` holds every adapter to."""

from bot.ports.connections import Inbox, Installations, Mentions, Tickets
from bot.ports.delivery import HaltedChannel, Interruptions, Ledger, LedgerRow
from bot.ports.outside import Charts, Chat, Clock, Dispatch, Platform, Progress, Source, Turnstile, silent
from bot.ports.revisions import Revisions
from bot.ports.store import (
    Changes,
    Collections,
    Digests,
    Editions,
    Papers,
    Posts,
    ReadingLists,
    Store,
    Teams,
    UnitOfWork,
)
from bot.summaries.ports import FullText, Shortlists, Spending, Summaries, Summariser

__all__ = [
    "Changes",
    "Charts",
    "Chat",
    "Clock",
    "Collections",
    "Digests",
    "Dispatch",
    "Editions",
    "FullText",
    "HaltedChannel",
    "Inbox",
    "Installations",
    "Interruptions",
    "Ledger",
    "LedgerRow",
    "Mentions",
    "Papers",
    "Platform",
    "Posts",
    "Progress",
    "ReadingLists",
    "Revisions",
    "Shortlists",
    "Source",
    "Spending",
    "Store",
    "Summaries",
    "Summariser",
    "Teams",
    "Tickets",
    "Turnstile",
    "UnitOfWork",
    "silent",
]
