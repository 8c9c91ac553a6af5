"""What the clock starts: collect, curate, summarise, deliver, refresh, tidy."""
