"""Protocols of what lies outside: what is promised here, `tests/contract` holds every adapter to."""

from bot.ports.connections import Inbox, Installations, Mentions, Tickets
from bot.ports.delivery import Backlog, HaltedChannel, Interruptions, Ledger, LedgerRow, Restoration
from bot.ports.measures import UNMEASURED, Measures, Span
from bot.ports.outside import Charts, Chat, Clock, Dispatch, Platform, Progress, Source, Turnstile, silent
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
    "UNMEASURED",
    "Backlog",
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
    "Measures",
    "Mentions",
    "Papers",
    "Platform",
    "Posts",
    "Progress",
    "ReadingLists",
    "Restoration",
    "Shortlists",
    "Source",
    "Span",
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
