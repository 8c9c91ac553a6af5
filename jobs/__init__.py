"""What the clock starts: collect, curate, digests, summarise, deliver, refresh, tidy."""
