"""What the clock starts: collect, curate, digests, summarise, deliver, refresh, tidy; and when collecting is due."""
