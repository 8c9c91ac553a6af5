"""How much one process does, and how it ends."""

MOST_AT_ONCE = 150
"""Jobs. Most of them post in a channel, and most of that is waiting: somewhat more than all platforms have room for, so
that none waits for another's."""
GRACE = 10.0
"""Seconds that a job is given to end when the process stops. What is cut off after that leaves nothing that is not
completed when it is done again."""
