"""Jobs in the background: in this process alone, or shared with all on one PostgreSQL database."""
