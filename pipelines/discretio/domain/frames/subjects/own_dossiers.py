"""What a participant keeps in its own dossier, why, for how long, and what its protocol adds (bill art. 4)."""

from __future__ import annotations

from discretio.domain.frames.columns import MOMENT, NUMBER, TEXT, TRUTH, Column, frame

FRAMES = (
    frame(
        "extra_rules",
        "rule by which a protocol is stricter than the law about what participants keep",
        Column("extra_rule_row", TEXT, "the row"),
        Column("consultation_key", TEXT, "the consultation"),
        Column("kind", TEXT, "NO_OWN_COPY, CATEGORY_BAN or SHORTER_TERM"),
        Column("categories", NUMBER, "CATEGORY_BAN: the categories that no own copy may hold, as bits"),
        Column("term", TEXT, "SHORTER_TERM: how long after the closure, ISO 8601 or in words"),
    ),
)
COLUMNS = {
    "agreements": (
        Column("standing", TRUTH, "whether it was given once for all, in the protocol"),
        Column("categories", NUMBER, "a standing one: the categories that it names, as bits"),
    ),
    "own_copies": (
        Column("own_legal_ground", TEXT, "the holder's own legal ground for it, null if none", content=True, judged=True),
        Column("insufficiency_reason", TEXT, "why the shared dossier doesn't suffice", content=True, judged=True),
        Column("reason_at", MOMENT, "when that was written down"),
        Column("purpose", TEXT, "the purpose that it serves, one of its consultation"),
        Column("dpo_note", TEXT, "why there is no shared dossier, by the data protection officer", content=True, judged=True),
        Column("last_quality_check_at", MOMENT, "when its quality was last checked, null if never"),
        Column("source_change", TEXT, "what last happened to its entry: RECTIFIED, DELETED or EXPIRED, null if nothing did"),
        Column("source_changed_at", MOMENT, "when that happened"),
        Column("updated_at", MOMENT, "when it was last brought up to date, null if never"),
        Column("not_needed_since", MOMENT, "when its holder found it no longer needed, null if it is needed"),
        Column("own_file_status", TEXT, "OPEN or CLOSED: the holder's own file, where there is no shared dossier"),
        Column("own_file_closed_at", MOMENT, "when that was closed, null if open or unknown"),
        Column("own_file_closed_precision", TEXT, "DAY, MONTH, YEAR or UNKNOWN"),
        Column("override_term", TEXT, "another term that a provision sets from the closure, ISO 8601; null if none does"),
        Column("override_type", TEXT, "what sets it: ORGANIC_LAW or another"),
        Column("override_approved_by", TEXT, "id of who approved it, null if nobody did", names="user"),
    ),
}
