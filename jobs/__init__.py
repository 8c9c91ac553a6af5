"""What the clock starts: collect, curate, deliver."""
