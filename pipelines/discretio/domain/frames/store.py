"""The frames that the reference store holds."""

from __future__ import annotations

from discretio.domain.frames.columns import MOMENT, NUMBER, TEXT, TRUTH, Column, Frame
from discretio.domain.frames.columns import frame as _frame
from discretio.law.authorities import ParticipantKind, Regime

_DOSSIER = Column("dossier_key", TEXT, "the dossier")


def _one_of(name: str, *words: str, meaning: str = "") -> Column:
    """A column that holds one of a few words."""
    return Column(name, TEXT, meaning or f"{', '.join(words[:-1])} or {words[-1]}", words=words)


def _precision(name: str) -> Column:
    """The precision to which a date is known."""
    return _one_of(name, "DAY", "MONTH", "YEAR", "UNKNOWN")


CONTROLLERS = _frame(
    "controllers",
    "organisation that takes part in consultations and is controller of what it introduces (art. 3 §1 al. 2)",
    Column("controller_key", TEXT, "the organisation"),
    Column("organisation", TEXT, "its name", content=True),
    _one_of("regime", *Regime),
    _one_of("kind", *ParticipantKind, meaning="a ParticipantKind of the authorities table (catalogue §6)"),
)
DOSSIERS = _frame(
    "dossiers",
    "dossier",
    _DOSSIER,
    _one_of("kind", "SHARED", "OWN", "PRESIGNAL"),
    _one_of("status", "OPEN", "CLOSED", "DRAFT"),
    _one_of("purpose", "INTEGRITY", "TERRORIST_OFFENCES", "CRIMINAL_ORGANISATION"),
    Column("owner", TEXT, "controller_key of the owner (OWN, PRESIGNAL) or of the organiser (SHARED)", names="controller"),
    Column("opened_at", MOMENT, "when it was opened"),
    Column("closed_at", MOMENT, "last closure, null if open or unknown; first day of the month or year if less precise"),
    _precision("closed_precision"),
    Column("agreed_term", TEXT, "the agreed retention term, ISO 8601, null if none"),
    Column("agreed_term_decided_at", MOMENT, "when it was decided"),
    _one_of("agreed_term_start", "EFFECTIVE_CLOSURE", "OPENED", "FIRST_SESSION"),
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
    _one_of("kind", "CLOSED", "REOPENED"),
    Column("at", MOMENT, "when; first day of the month or year if less precise"),
    _precision("precision"),
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
    Column("linked_to", TEXT, "person_key of the person whose relation or contact this is", names="person"),
    Column("name", TEXT, "names, separated by |", content=True),
)
ENTRIES = _frame(
    "entries",
    "entry of a dossier",
    Column("entry_key", TEXT, "the entry"),
    _DOSSIER,
    Column("introduced_by", TEXT, "controller_key of the (first) introducer", names="controller"),
    Column("introduced_at", MOMENT, "when it was introduced"),
    Column("categories", NUMBER, "declared categories of art. 2 §2, as bits; 0 if none was declared"),
    Column("special_declared", NUMBER, "declared special classes, as bits"),
    Column("lang", TEXT, "declared language: fr, nl, de, en or null"),
    Column("cat16_justification", TEXT, "the reason given for category 16", content=True, judged=True),
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
    Column("holder", TEXT, "controller_key of the holder", names="controller"),
    Column("copied_at", MOMENT, "when it was copied"),
)
AGREEMENTS = _frame(
    "agreements",
    "agreement of a sharing participant with the copy of one entry (art. 4, 2°)",
    Column("agreement_key", TEXT, "the agreement"),
    Column("entry_key", TEXT, "the entry it covers"),
    Column("giver", TEXT, "controller_key of the giver", names="controller"),
    Column("receiver", TEXT, "controller_key of the receiver", names="controller"),
    Column("given_at", MOMENT, "when it was given"),
    Column("withdrawn_at", MOMENT, "when it was withdrawn, null if it stands"),
)
HOLDS = _frame(
    "holds",
    "hold on a dossier",
    Column("hold_key", TEXT, "the hold"),
    _DOSSIER,
    _one_of("kind", "RIGHTS_REQUEST", "LITIGATION", "JUDICIAL_REQUEST", "SUPERVISOR_ORDER", "ARCHIVE_TRANSFER"),
    Column("reason", TEXT, "why", content=True, judged=True),
    Column("from_at", MOMENT, "from when"),
    Column("until_at", MOMENT, "until when, null if open"),
    Column("review_at", MOMENT, "when it is reviewed"),
    Column("requested_by", TEXT, "id of the requester", names="user"),
    Column("approved_by", TEXT, "id of who approved it", names="user"),
    Column("released_at", MOMENT, "when it was released, null if it stands"),
)
RIGHTS_REQUESTS = _frame(
    "rights_requests",
    "request of an interested person (art. 7)",
    Column("request_key", TEXT, "the request"),
    _DOSSIER,
    Column("addressed_to", TEXT, "controller_key of the addressee", names="controller"),
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
    _precision("registered_precision"),
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
