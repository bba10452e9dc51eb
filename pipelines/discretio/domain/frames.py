"""The frames that travel between stores, detection and checks: their columns, dtypes and meanings, as data.

Keys (`*_key`) are the store's own inside `stores`, and surrogate ids of the ledger in everything that leaves it. Dates are
`datetime64[us]` without zone, in Europe/Brussels. A set of categories is an integer whose bit n is category n; a set of flags
one whose bit n is the n-th Flag. A column that the store lacks is absent from the frame, and its rules are NOT_CHECKABLE.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT, MOMENT, NUMBER, TRUTH = "str", "datetime64[us]", "int64", "boolean"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its dtype in pandas, what it means, and whether it holds content (which never leaves the process)."""

    name: str
    dtype: str
    meaning: str
    content: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: a row per what."""

    name: str
    key: str
    row: str
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


def _frame(name: str, row: str, *columns: Column) -> Frame:
    return Frame(name=name, key=columns[0].name, row=row, columns=columns)


_DOSSIER = Column("dossier_key", TEXT, "the dossier")

CONTROLLERS = _frame(
    "controllers",
    "organisation that takes part in consultations and is controller of what it introduces (art. 3 §1 al. 2)",
    Column("controller_key", TEXT, "the organisation"),
    Column("organisation", TEXT, "its name", content=True),
    Column("regime", TEXT, "GDPR, T2 or T3"),
    Column("kind", TEXT, "a ParticipantKind of the authorities table (catalogue §6)"),
)
DOSSIERS = _frame(
    "dossiers",
    "dossier",
    _DOSSIER,
    Column("kind", TEXT, "SHARED, OWN or PRESIGNAL"),
    Column("status", TEXT, "OPEN, CLOSED or DRAFT"),
    Column("purpose", TEXT, "INTEGRITY, TERRORIST_OFFENCES or CRIMINAL_ORGANISATION"),
    Column("owner", TEXT, "controller_key of the owner (OWN, PRESIGNAL) or of the organiser (SHARED)"),
    Column("opened_at", MOMENT, "when it was opened"),
    Column("closed_at", MOMENT, "last closure, null if open or unknown; first day of the month or year if less precise"),
    Column("closed_precision", TEXT, "DAY, MONTH, YEAR or UNKNOWN"),
    Column("agreed_term", TEXT, "the agreed retention term, ISO 8601, null if none"),
    Column("agreed_term_decided_at", MOMENT, "when it was decided"),
    Column("agreed_term_start", TEXT, "EFFECTIVE_CLOSURE, OPENED or FIRST_SESSION"),
    Column("drafted_at", MOMENT, "PRESIGNAL: when the draft was begun"),
    Column("last_edit_at", MOMENT, "PRESIGNAL: last edit"),
    Column("decision", TEXT, "PRESIGNAL: PENDING, SIGNALLED or NOT_SIGNALLED"),
    Column("decision_at", MOMENT, "PRESIGNAL: when it was decided"),
    Column("extension_noted_at", MOMENT, "PRESIGNAL: date of the one extension note"),
    Column("times_known", TRUTH, "the moments of this row carry a time of day, not only a date"),
)
DOSSIER_EVENTS = _frame(
    "dossier_events",
    "event in the life of a dossier",
    Column("event_key", TEXT, "the event"),
    _DOSSIER,
    Column("kind", TEXT, "CLOSED or REOPENED"),
    Column("at", MOMENT, "when; first day of the month or year if less precise"),
    Column("precision", TEXT, "DAY, MONTH, YEAR or UNKNOWN"),
)
DOSSIER_PARTICIPANTS = _frame(
    "dossier_participants",
    "participation of a controller in a dossier",
    Column("participation_key", TEXT, "the participation"),
    _DOSSIER,
    Column("controller_key", TEXT, "the participant"),
)
SESSIONS = _frame(
    "sessions",
    "session of a consultation",
    Column("session_key", TEXT, "the session"),
    _DOSSIER,
    Column("started_at", MOMENT, "when it started, or is planned to"),
)
PERSONS = _frame(
    "persons",
    "person in a dossier",
    Column("person_key", TEXT, "the person in this dossier"),
    _DOSSIER,
    Column("role", TEXT, "SUBJECT, RELATION, CONTACT, PROFESSIONAL, null if none was recorded"),
    Column("linked_to", TEXT, "person_key of the person whose relation or contact this is"),
    Column("name", TEXT, "names, separated by |", content=True),
)
ENTRIES = _frame(
    "entries",
    "entry of a dossier",
    Column("entry_key", TEXT, "the entry"),
    _DOSSIER,
    Column("introduced_by", TEXT, "controller_key of the (first) introducer"),
    Column("introduced_at", MOMENT, "when it was introduced"),
    Column("categories", NUMBER, "declared categories of art. 2 §2, as bits; 0 if none was declared"),
    Column("special_declared", NUMBER, "declared special classes, as bits"),
    Column("lang", TEXT, "declared language: fr, nl, de, en or null"),
    Column("cat16_justification", TEXT, "the reason given for category 16", content=True),
    Column("cat16_justified_at", MOMENT, "when it was given"),
    Column("text", TEXT, "the entry itself", content=True),
)
ENTRY_INTRODUCERS = _frame(
    "entry_introducers",
    "introducer of an entry, where there are several",
    Column("introducer_key", TEXT, "the row"),
    Column("entry_key", TEXT, "the entry"),
    Column("controller_key", TEXT, "the introducer"),
)
ATTACHMENTS = _frame(
    "attachments",
    "attachment of an entry",
    Column("attachment_key", TEXT, "the attachment"),
    Column("entry_key", TEXT, "the entry"),
    _DOSSIER,
    Column("filename", TEXT, "file name", content=True),
    Column("text", TEXT, "extracted text, null if it could not be read", content=True),
)
OWN_COPIES = _frame(
    "own_copies",
    "copy of an entry in a participant's own dossier (art. 4)",
    Column("copy_key", TEXT, "the copy"),
    _DOSSIER,
    Column("entry_key", TEXT, "the entry copied"),
    Column("holder", TEXT, "controller_key of the holder"),
    Column("copied_at", MOMENT, "when it was copied"),
)
AGREEMENTS = _frame(
    "agreements",
    "agreement of a sharing participant with the copy of one entry (art. 4, 2°)",
    Column("agreement_key", TEXT, "the agreement"),
    Column("entry_key", TEXT, "the entry it covers"),
    Column("giver", TEXT, "controller_key of the giver"),
    Column("receiver", TEXT, "controller_key of the receiver"),
    Column("given_at", MOMENT, "when it was given"),
    Column("withdrawn_at", MOMENT, "when it was withdrawn, null if it stands"),
)
HOLDS = _frame(
    "holds",
    "hold on a dossier",
    Column("hold_key", TEXT, "the hold"),
    _DOSSIER,
    Column("kind", TEXT, "RIGHTS_REQUEST, LITIGATION, JUDICIAL_REQUEST, SUPERVISOR_ORDER or ARCHIVE_TRANSFER"),
    Column("reason", TEXT, "why", content=True),
    Column("from_at", MOMENT, "from when"),
    Column("until_at", MOMENT, "until when, null if open"),
    Column("review_at", MOMENT, "when it is reviewed"),
    Column("requested_by", TEXT, "id of the requester"),
    Column("approved_by", TEXT, "id of who approved it"),
    Column("released_at", MOMENT, "when it was released, null if it stands"),
)
RIGHTS_REQUESTS = _frame(
    "rights_requests",
    "request of an interested person (art. 7)",
    Column("request_key", TEXT, "the request"),
    _DOSSIER,
    Column("addressed_to", TEXT, "controller_key of the addressee"),
    Column("request_date", MOMENT, "date of the request"),
    Column("received_at", MOMENT, "when it was received"),
    Column("replied_at", MOMENT, "when it was answered, null if not"),
)
ART8_ROWS = _frame(
    "art8_rows",
    "identity on the prosecutor's list (art. 8)",
    Column("row_key", TEXT, "the row"),
    Column("controller_key", TEXT, "the prosecutor's office that keeps the list"),
    Column("identity_key", TEXT, "the identity: rows of one identity share it"),
    Column("registered_at", MOMENT, "when it was registered, null if unknown"),
    Column("registered_precision", TEXT, "DAY, MONTH, YEAR or UNKNOWN"),
    Column("authorised_at", MOMENT, "date of the prosecutor's authorisation"),
    Column("erased_at", MOMENT, "when it was erased, null if it stands"),
)
NECESSITY_REVIEWS = _frame(
    "necessity_reviews",
    "review of the necessity to keep a dossier (art. 2 §3, 4°)",
    Column("review_key", TEXT, "the review"),
    _DOSSIER,
    Column("reviewed_at", MOMENT, "when"),
    Column("needed", TRUTH, "whether it is still needed"),
)
ACCESS_GRANTS = _frame(
    "access_grants",
    "access granted to a dossier",
    Column("grant_key", TEXT, "the grant"),
    _DOSSIER,
    Column("controller_key", TEXT, "the participant to whom"),
    Column("user_key", TEXT, "the user"),
    Column("from_at", MOMENT, "from when"),
    Column("until_at", MOMENT, "until when, null if open"),
)

STORE_FRAMES: dict[str, Frame] = {
    frame.name: frame
    for frame in (
        CONTROLLERS, DOSSIERS, DOSSIER_EVENTS, DOSSIER_PARTICIPANTS, SESSIONS, PERSONS, ENTRIES, ENTRY_INTRODUCERS,
        ATTACHMENTS, OWN_COPIES, AGREEMENTS, HOLDS, RIGHTS_REQUESTS, ART8_ROWS, NECESSITY_REVIEWS, ACCESS_GRANTS,
    )
}  # fmt: skip

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
    Column("scope_kind", TEXT, "dossier, entry, person, own_copy, hold, request, art8_row"),
    Column("scope_key", TEXT, "the scope"),
    Column("dossier_key", TEXT, "the dossier, null for art. 8 rows"),
    Column("controller_key", TEXT, "the controller whose authority hears of it"),
    Column("outcome", TEXT, "PASS, FAIL, WARN, N/A or NOT_CHECKABLE"),
    Column("reason", TEXT, "a reason code"),
)
