"""Protocols of what lies outside: what is promised here, `tests/contract` holds every adapter to."""

from bot.ports.connections import Inbox, Installations, Links, Mentions, Reactions, Tickets
from bot.ports.delivery import Backlog, HaltedChannel, Interruptions, Ledger, LedgerRow, Restoration
from bot.ports.lists import Changes, ReadingLists
from bot.ports.measures import UNMEASURED, Measures, Span
from bot.ports.outside import (
    Charts,
    Chat,
    Clock,
    Dispatch,
    Platform,
    Progress,
    RateLimiter,
    Source,
    Turnstile,
    silent,
)
from bot.ports.revisions import Revisions
from bot.ports.store import (
    Collections,
    Digests,
    Editions,
    Papers,
    Posts,
    Store,
    Teams,
    UnitOfWork,
)
from bot.ports.work import Do, Holds, Job, Queue, Task, Work
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
    "Do",
    "Editions",
    "FullText",
    "HaltedChannel",
    "Holds",
    "Inbox",
    "Installations",
    "Interruptions",
    "Job",
    "Ledger",
    "LedgerRow",
    "Links",
    "Measures",
    "Mentions",
    "Papers",
    "Platform",
    "Posts",
    "Progress",
    "Queue",
    "RateLimiter",
    "Reactions",
    "ReadingLists",
    "Restoration",
    "Revisions",
    "Shortlists",
    "Source",
    "Span",
    "Spending",
    "Store",
    "Summaries",
    "Summariser",
    "Task",
    "Teams",
    "Tickets",
    "Turnstile",
    "UnitOfWork",
    "Work",
    "silent",
]
