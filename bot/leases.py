"""How long a worker may hold a post, and why it may: the three times that the ledger's promise stands on."""

from datetime import datetime, timedelta

from bot.errors import SettingsError

CALL = timedelta(seconds=30)
"""The longest that a call to a chat platform may take: the time-out of every adapter's HTTP client."""
SETTLED = timedelta(seconds=40)
"""So long after a call began, whatever the platform accepted of it can be found there."""
LEASE = timedelta(minutes=1)
"""How long a worker may hold a post. Then another looks what became of it."""
SKEW = timedelta(hours=1)
"""So much later than the platform's clock ours may be: a message that is looked for may seem that much older."""


def in_time(*, leased_at: datetime, now: datetime) -> bool:
    """Whether what a call that begins now does can be found before a LEASE that was taken at `leased_at` is over. A
    process that was held up since must not call: another may."""
    return now + SETTLED <= leased_at + LEASE


def check_leases(*, lease: timedelta = LEASE, settled: timedelta = SETTLED, call: timedelta = CALL) -> None:
    """Raises SettingsError unless the three are in order.

    A lease that ended while a call is still under way, or before what it did can be found, would let a second worker
    post the same again.
    """
    if not lease > settled > call:
        raise SettingsError(
            f"A lease ({_seconds(lease)}) must be longer than a post takes to be found ({_seconds(settled)}), and that "
            f"longer than a call to a platform may take ({_seconds(call)})."
        )


def _seconds(length: timedelta) -> str:
    return f"{length.total_seconds():g} s"
