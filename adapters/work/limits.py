"""How much one process does, and how it ends."""

MOST_AT_ONCE = 300
"""Jobs. Most of them post in a channel, and most of that is waiting: a message a second is what a channel may get."""
GRACE = 10.0
"""Seconds that a job is given to end when the process stops. What is cut off after that leaves nothing that is not
completed when it is done again."""
