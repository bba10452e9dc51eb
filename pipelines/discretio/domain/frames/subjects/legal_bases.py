"""Consultations, what they rest on, and who promised what (art. 458ter; COL 04/2018)."""

from __future__ import annotations

from discretio.domain.frames.columns import MOMENT, TEXT, TRUTH, Column, frame

_BASIS = Column("legal_basis_key", TEXT, "the basis")
_CONSULTATION = Column("consultation_key", TEXT, "the consultation")

FRAMES = (
    frame(
        "consultations",
        "case consultation: a form of working together, with its own bases and purposes",
        _CONSULTATION,
        Column("organiser", TEXT, "controller_key of the organiser", names="controller"),
        Column(
            "purposes",
            TEXT,
            "INTEGRITY or PHYSICAL_, MENTAL_INTEGRITY; TERRORIST_OFFENCES; CRIMINAL_ORGANISATION; or others; | between",
        ),
        Column("purpose_text", TEXT, "the purpose in words", content=True, judged=True),
        Column("opened_at", MOMENT, "when it began"),
    ),
    frame(
        "legal_bases",
        "basis of a consultation: a law, or a reasoned authorisation of the public prosecutor",
        _BASIS,
        _CONSULTATION,
        Column("type", TEXT, "LAW, DECREE, ORDINANCE, IMPLEMENTING_ACT, PR_PROTOCOL, PR_INDIVIDUAL; others are no basis"),
        Column("granted_by", TEXT, "controller_key of the prosecution, or of the organiser of a law's", names="controller"),
        Column("citation", TEXT, "the law and its articles, or the number of the authorisation", content=True, judged=True),
        Column("issued_at", MOMENT, "when it was issued"),
        Column("valid_from", MOMENT, "its first day"),
        Column("valid_to", MOMENT, "its last day, null if it has none"),
        Column("revoked_at", MOMENT, "when it was revoked, null if it stands"),
        Column("document_sha256", TEXT, "digest of its document"),
        Column("reasons_present", TRUTH, "an authorisation: whether it gives its reasons"),
        Column("purposes", TEXT, "the purposes that it names, | between"),
        Column("offence_scope", TEXT, "the fields that it serves, such as TRAFFIC, TAX, FINE_EXECUTION; | between"),
        Column("participants_clause", TEXT, "who may take part, in words", content=True, judged=True),
        Column("purpose_clause", TEXT, "to what end, in words", content=True, judged=True),
        Column("modalities_clause", TEXT, "in which way, in words", content=True, judged=True),
        Column("initiator", TEXT, "who may convene", content=True, judged=True),
        Column("frequency", TEXT, "how often it meets", content=True, judged=True),
        Column("follow_up_rule", TEXT, "how cases are followed up", content=True, judged=True),
        Column("amended_at", MOMENT, "when it was last amended, null if never"),
        Column("pg_approval_at", MOMENT, "when the prosecutor general approved it, null if he didn't"),
        Column("last_conformity_review_at", MOMENT, "when it was last compared with the law in force"),
        Column("review_outcome", TEXT, "CONFORM or NOT_CONFORM"),
        Column("exceptional_reason", TEXT, "PR_INDIVIDUAL: what is exceptional", content=True, judged=True),
        Column("no_protocol_reason", TEXT, "PR_INDIVIDUAL: why no protocol would do", content=True, judged=True),
        Column("controllers_clause", TEXT, "who the controllers are", content=True, judged=True),
        Column("processors_clause", TEXT, "who the processors are", content=True, judged=True),
        Column("rights_named", TEXT, "INFORMATION, ERASURE, RECTIFICATION, ACCESS, as far as it names them; | between"),
        Column("rights_contact", TEXT, "to whom persons can turn", content=True, judged=True),
    ),
)
COLUMNS = {"dossiers": (_CONSULTATION,)}
