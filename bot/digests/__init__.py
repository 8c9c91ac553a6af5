"""Weekly digests and monthly round-ups: what they are made from, what they hold, and the pure functions in between."""
