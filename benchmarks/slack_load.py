"""How soon Slack is told that a command was heard, under load: `python -m benchmarks.slack_load`.

A Slack of our own in a process of its own, with many workspaces, whose people say commands at a steady rate; the bot is the real one, with its
product on an SQLite file, reached through Socket Mode. Printed are the median and the 99th percentile of the time to the acknowledgement, how
many commands were lost, and how that compares with the aim.
"""
