"""What each command does: (command, asker, services) to reply."""
