"""Who takes part in a consultation: whom the basis names, who came, who promised to keep to it, and what was in doubt."""

from __future__ import annotations

from discretio.domain.frames.columns import MOMENT, NUMBER, TEXT, TRUTH, Column, frame

_CONTROLLER = Column("controller_key", TEXT, "the participant")
_BASIS = Column("legal_basis_key", TEXT, "the basis")

FRAMES = (
    frame(
        "basis_participants",
        "participant that a basis names",
        Column("basis_participant_row", TEXT, "the row"),
        _BASIS,
        _CONTROLLER,
        Column("function", TEXT, "the function named instead of a person, null if any person of the participant may come"),
        Column("from_at", MOMENT, "its first day, null if that of the basis"),
        Column("until_at", MOMENT, "its last day, null if it has none"),
        Column("is_controller", TRUTH, "whether the basis names it as a controller"),
    ),
    frame(
        "session_attendances",
        "participant at a session",
        Column("attendance_row", TEXT, "the row"),
        Column("session_key", TEXT, "the session"),
        _CONTROLLER,
        Column("function", TEXT, "the function of who came, null if the store doesn't tell"),
    ),
    frame(
        "commitments",
        "written commitment of a participant to a protocol (COL 4.2)",
        Column("commitment_row", TEXT, "the row"),
        _BASIS,
        _CONTROLLER,
        Column("signed_at", MOMENT, "when it was signed"),
        Column("withdrawn_at", MOMENT, "when it was withdrawn, null if it stands"),
    ),
    frame(
        "issues",
        "doubt or problem about a consultation; its content is never read (COL 4.4)",
        Column("issue_key", TEXT, "the issue"),
        Column("raised_by", TEXT, "controller_key of who raised it", names="controller"),
        Column("kind", TEXT, "LEGALITY_DOUBT or another"),
        Column("opened_at", MOMENT, "when it was raised"),
        Column("pg_consulted_at", MOMENT, "when the prosecutor general was consulted, null if he wasn't"),
        Column("closed_at", MOMENT, "when it was closed, null if it is open"),
    ),
    frame(
        "channels",
        "store, mailbox, shared folder or other way that carries data of a consultation (COL 4.6)",
        Column("channel_key", TEXT, "the channel"),
        Column("host", TEXT, "controller_key of its host", names="controller"),
        Column("kind", TEXT, "STORE, MAIL, SHARED_FOLDER, CHAT, LINK, PAPER or another"),
    ),
    frame(
        "security_controls",
        "attestation that one security control works on one channel",
        Column("security_control_row", TEXT, "the row"),
        Column("channel_key", TEXT, "the channel"),
        Column("control_code", TEXT, "one of the ten controls of COL 4.6"),
        Column("attested_at", MOMENT, "when it was attested"),
        Column("result", TEXT, "PASS or FAIL"),
    ),
    frame(
        "form_fields",
        "field or state of a form in the host's system; it holds no personal data",
        Column("form_field_key", TEXT, "the field"),
        Column("host", TEXT, "controller_key of the host", names="controller"),
        Column("categories", NUMBER, "the categories of art. 2 §2 that it is made for, as bits"),
        Column("mandatory", TRUTH, "whether a participant bound by secrecy has to fill it in"),
        Column("asks_why_silent", TRUTH, "whether it asks why somebody doesn't share"),
        Column("feeds_sanctions", TRUTH, "whether a refusal to share feeds a table of performance or sanctions"),
    ),
)
COLUMNS = {
    "sessions": (Column("reminder_at", MOMENT, "when the participants were reminded of secrecy, null if they weren't"),),
    "entries": (Column("purpose", TEXT, "the purpose that it serves, one of its consultation"),),
}
