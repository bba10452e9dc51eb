"""What pages and reports count has indexes that hold all of it: telling findings, a controller's outcomes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision: str | None = "0017"
branch_labels = None
depends_on = None

_TELLING = sa.text("about <> 'nobody' AND entry_id IS NOT NULL AND (category IS NOT NULL OR flags <> 0)")


def upgrade() -> None:
    """Add them; on MariaDB, which has none of part of a table, that of the findings holds all of them."""
    counted = ["entry_id", "score", "category", "flags", "about"]
    op.create_index("ix_findings_telling", "findings", counted, sqlite_where=_TELLING, postgresql_where=_TELLING)
    op.create_index("ix_outcomes_share", "outcomes", ["controller_id", "store_id", "rule_id", "outcome", "scope_id"])
