"""What the clock starts: collect, curate, digests, summarise, watch, deliver, refresh, tidy."""
