"""The frames that come about in a run: what a scan found, and what rules answered."""

from __future__ import annotations

from discretio.domain.frames.columns import NUMBER, TEXT, TRUTH, Column
from discretio.domain.frames.columns import frame as _frame

ENTRY_FINDINGS = _frame(
    "entry_findings",
    "entry with what the scan found in it (built by the ledger, not by a store)",
    Column("entry_key", TEXT, "the entry"),
    Column("detected_categories", NUMBER, "categories found with a score at or above the threshold, as bits"),
    Column("detected_flags", NUMBER, "special classes found, as bits"),
    Column("examined", TRUTH, "false if any part of it could not be examined"),
)
OUTCOMES = _frame(
    "outcomes",
    "answer of a rule over one scope",
    Column("rule_id", TEXT, "the rule"),
    Column("scope_kind", TEXT, "dossier, entry, person, ...: the scope of the frame that the rule judges"),
    Column("scope_key", TEXT, "the scope"),
    Column("dossier_key", TEXT, "the dossier, null for art. 8 rows"),
    Column("controller_key", TEXT, "the controller whose authority hears of it"),
    Column("outcome", TEXT, "PASS, FAIL, WARN, N/A or NOT_CHECKABLE"),
    Column("reason", TEXT, "a reason code"),
)
