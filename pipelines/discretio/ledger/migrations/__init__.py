"""How an older ledger becomes a current one: Alembic revisions, run by `open_ledger`. There is no way back."""
