"""Who may reach a dossier, who did, and over which ways it travels (bill art. 3)."""

from __future__ import annotations

from discretio.domain.frames.columns import MOMENT, NUMBER, TEXT, TRUTH, Column, frame

_LOG = Column("log_key", TEXT, "the log")
_LINK = Column("link_key", TEXT, "the link")
_USER = Column("user_key", TEXT, "the user")

FRAMES = (
    frame(
        "retention_decisions",
        "consent of a participant to a retention term (art. 3 §1)",
        Column("retention_decision_row", TEXT, "the row"),
        Column("dossier_key", TEXT, "the dossier"),
        Column("controller_key", TEXT, "the participant"),
        Column("agreed_at", MOMENT, "when it consented: by signature, or in the minutes"),
        Column("term", TEXT, "the term to which it consented, ISO 8601 or in words"),
    ),
    frame(
        "users",
        "account of a person",
        _USER,
        Column("controller_key", TEXT, "the participant for which the person works"),
        Column("is_generic", TRUTH, "whether several persons share it"),
        Column("left_at", MOMENT, "when the person left, null if still there"),
        Column("persons_category", TEXT, "the category of persons to which the user belongs (law of 30 July 2018, art. 9)"),
        Column("role_changed_at", MOMENT, "when the user's role last changed, null if never"),
        Column("is_manager", TRUTH, "whether the user belongs to the hierarchy of the participant"),
    ),
    frame(
        "logs",
        "log of the accesses to a store",
        _LOG,
        Column("controller_key", TEXT, "the controller that keeps it"),
        Column("actions", TEXT, "which actions it records: COLLECT, ALTER, CONSULT, DISCLOSE, COMBINE, ERASE; | between"),
        Column("chain_is_valid", TRUTH, "whether it can only grow, and its chain of hashes holds"),
        Column("longest_gap_minutes", NUMBER, "longest time without a line while the store was up, in minutes"),
        Column("kept_for", TEXT, "how long it is kept, ISO 8601; null if nobody set it"),
    ),
    frame(
        "accesses",
        "line of a log: somebody did something with data",
        Column("access_key", TEXT, "the line"),
        _LOG,
        Column("at", MOMENT, "when"),
        _USER,
        Column("action", TEXT, "COLLECT, ALTER, CONSULT, DISCLOSE, COMBINE or ERASE"),
        Column("dossier_key", TEXT, "the dossier, null if it was none"),
        Column("entry_key", TEXT, "the entry, null if it was none"),
        Column("row_key", TEXT, "the row of the art. 8 list, null if it was none"),
        Column("shows_content", TRUTH, "whether it showed content, not only titles or dates"),
        Column("reason", TEXT, "why, in words", content=True, judged=True),
        Column("recipient", TEXT, "DISCLOSE: to whom", content=True, judged=True),
    ),
    frame(
        "access_lists",
        "category of persons with access to sensitive data, as a controller lists it (law of 30 July 2018, arts 9, 10 §2, 34)",
        Column("access_list_row", TEXT, "the row"),
        Column("controller_key", TEXT, "the controller"),
        Column("data_type", TEXT, "HEALTH, GENETIC, BIOMETRIC, CRIMINAL or T2_SPECIAL"),
        Column("persons_category", TEXT, "the category of persons to which the user belongs (law of 30 July 2018, art. 9)"),
        Column("updated_at", MOMENT, "when the list was last updated"),
    ),
    frame(
        "confidentiality_duties",
        "duty of a user to keep data confidential",
        Column("confidentiality_duty_row", TEXT, "the row"),
        _USER,
        Column("kind", TEXT, "LEGAL, STATUTORY or CONTRACTUAL"),
    ),
    frame(
        "links",
        "technical link between two dossier systems",
        _LINK,
        Column("link_source", TEXT, "controller_key of whose data leave", names="controller"),
        Column("link_target", TEXT, "controller_key of who receives them", names="controller"),
        Column("direction", TEXT, "ONE_WAY or TWO_WAY"),
        Column("fields_allowed", TEXT, "the fields that may pass, | between"),
        Column("fields_have_categories", TRUTH, "whether each of them belongs to one of the 16 categories"),
        Column("protocol_ref", TEXT, "the protocol on which it rests", content=True, judged=True),
        Column("mutual_tls", TRUTH, "whether both sides prove who they are"),
        Column("last_test_at", MOMENT, "when it was last tested, null if never"),
    ),
    frame(
        "transfers",
        "entry that passed a link",
        Column("transfer_row", TEXT, "the row"),
        _LINK,
        Column("fields_passed", TEXT, "the fields that passed, | between"),
        Column("by_user", TEXT, "id of the user who sent it, null if nobody did", names="user"),
        Column("dossier_key", TEXT, "the dossier, null if it was none"),
        Column("person_in_dossier", TRUTH, "whether it is about persons of that dossier"),
        Column("introduced_by", TEXT, "controller_key of the (first) introducer", names="controller"),
        Column("logged_on_both_sides", TRUTH, "whether both sides recorded it"),
        Column("deleted_at_source", MOMENT, "when it was erased where it came from, null if it stands"),
        Column("deleted_at_target", MOMENT, "when it was erased where it went, null if it stands"),
    ),
    frame(
        "link_days",
        "day of a link",
        Column("link_day_row", TEXT, "the row"),
        _LINK,
        Column("sent", NUMBER, "how many entries its source sent"),
        Column("received", NUMBER, "how many entries its target received"),
    ),
)
COLUMNS = {
    "dossiers": (Column("host", TEXT, "controller_key of the host", names="controller"),),
    "dossier_participants": (Column("joined_at", MOMENT, "when it joined, null if it took part from the start"),),
    "entries": (
        Column("typed_by", TEXT, "id of the user who typed it", names="user"),
        Column("brought_by", TEXT, "controller_key of who brought it, null if it was its introducer", names="controller"),
    ),
    "access_grants": (
        Column("access_role", TEXT, "CONTENT, ADMIN or ARCHIVIST"),
        Column("recertified_at", MOMENT, "when somebody last confirmed it, null if never"),
        Column("is_emergency", TRUTH, "whether it was opened in an emergency, without approval beforehand"),
        Column("emergency_reason", TEXT, "why it was opened in an emergency", content=True, judged=True),
        Column("emergency_reviewed_at", MOMENT, "when that was reviewed, null if it wasn't"),
    ),
}
