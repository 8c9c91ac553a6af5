"""The steps that make the tables and bring them up to date, for Alembic. `adapters.store.upgrade` runs them."""
