"""What the clock starts: collect, curate, digests, summarise, watch, deliver, refresh, tidy; and when collecting is
due."""
