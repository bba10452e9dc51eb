"""Judicial data, the rights of persons, and what a prosecutor restricts (bill arts 6 and 7)."""

from __future__ import annotations

from discretio.domain.frames.columns import MOMENT, TEXT, TRUTH, Column, frame

_REQUEST = Column("request_key", TEXT, "the request")
_DOSSIER = Column("dossier_key", TEXT, "the dossier")

FRAMES = (
    frame(
        "request_entries",
        "entry that a request of an interested person touches",
        Column("request_entry_key", TEXT, "the request as far as this entry goes"),
        _REQUEST,
        Column("entry_key", TEXT, "the entry"),
        _DOSSIER,
        Column("route", TEXT, "GDPR, T2, JUDICIAL_16_44 or ART7"),
        Column("was_changed", TRUTH, "whether the store rectified or erased the entry because of the request"),
        Column("told_the_way", TRUTH, "whether the person was told which way to take"),
        Column("is_restricted", TRUTH, "whether a restriction forbids to tell"),
    ),
    frame(
        "restrictions",
        "restriction of the rights of a person (art. 7)",
        Column("restriction_key", TEXT, "the restriction"),
        _REQUEST,
        _DOSSIER,
        Column("decided_by", TEXT, "controller_key of who decided it", names="controller"),
        Column("decided_at", MOMENT, "when"),
        Column("rights", TEXT, "the rights that it restricts: INFORMATION, RECTIFICATION, ERASURE, others; | between"),
        Column("ground", TEXT, "the number of its ground, 1 to 5"),
        Column("necessity_note", TEXT, "why it is necessary", content=True, judged=True),
        Column("proportionality_note", TEXT, "why it is proportionate", content=True, judged=True),
        Column("review_at", MOMENT, "when it is reviewed, null if nobody said"),
    ),
)
COLUMNS = {
    "persons": (
        Column("identity_key", TEXT, "the identity, as on the prosecutor's list: persons of one identity share it"),
        Column("withdrawn_at", MOMENT, "when the case of the person was withdrawn, null if it wasn't"),
    ),
    "art8_rows": (
        Column("legal_basis_key", TEXT, "the authorisation on which the identity is listed, null if on none"),
        Column(
            "fields_held", TEXT, "what the row holds: IDENTITY, CONSULTATION, AUTHORISATION, REGISTERED_AT, others; | between"
        ),
    ),
    "accesses": (Column("request_key", TEXT, "the request of an interested person that it served, null if none"),),
    "sessions": (Column("cancelled_at", MOMENT, "when it was called off, null if it wasn't"),),
    "entries": (
        Column(
            "category_exempt",
            TEXT,
            "why it needs no category: PROCEDURE (the day of a meeting) or PROFESSIONALS (in their role); null if it does",
        ),
        Column(
            "judicial_origin",
            TEXT,
            "where it stands besides (art. 6): NONE, DECISION, FILE, CRIMINAL_PROC, or INVESTIGATION or PROCEEDINGS alone",
        ),
    ),
    "rights_requests": (
        Column("extension_notified_at", MOMENT, "when the person was told of an extension, null if never"),
        Column("extension_reason", TEXT, "why it was extended", content=True, judged=True),
        Column("reply_kind", TEXT, "ANSWER, REFUSAL, RESTRICTION, or HOLDING for a letter that only promises an answer"),
        Column("forwarded_at", MOMENT, "when the participant that received it passed it on, null if it went there directly"),
    ),
}
