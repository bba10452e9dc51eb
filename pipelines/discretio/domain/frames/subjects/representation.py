"""Who sits in a session for whom, and what they tell each other before and after (bill art. 5)."""

from __future__ import annotations

from discretio.domain.frames.columns import MOMENT, NUMBER, TEXT, TRUTH, Column, frame

_SESSION = Column("session_key", TEXT, "the session")
_USER = Column("user_key", TEXT, "the person")
_PARTICIPANT = Column("controller_key", TEXT, "the participant")

FRAMES = (
    frame(
        "attendees",
        "person at a session",
        Column("attendee_key", TEXT, "the person's attendance"),
        _SESSION,
        _PARTICIPANT,
        _USER,
        Column("capacity", TEXT, "MEMBER (named by the basis), PERMANENT_REPRESENTATIVE or SUBSTITUTE"),
    ),
    frame(
        "permanent_representatives",
        "mandate of a permanent representative",
        Column("mandate_key", TEXT, "the mandate"),
        _PARTICIPANT,
        _USER,
        Column("represented_user", TEXT, "id of the person whom the representative represents", names="user"),
        Column("from_at", MOMENT, "its first day"),
        Column("until_at", MOMENT, "its last day, null if it has none"),
        Column("document_sha256", TEXT, "digest of its document"),
    ),
    frame(
        "representation_exchanges",
        "what a representative is told before a session, or tells after it",
        Column("exchange_key", TEXT, "the exchange"),
        _PARTICIPANT,
        Column("direction", TEXT, "BRIEFING or DEBRIEF"),
        Column("at", MOMENT, "when"),
        _SESSION,
        Column("representative_user", TEXT, "id of the representative", names="user"),
        Column("to_user", TEXT, "DEBRIEF: id of who was told", names="user"),
        Column("to_mailbox", TRUTH, "whether it went to a mailbox that several persons read"),
        Column("goes_wider", TRUTH, "whether others were told too"),
        Column("categories", NUMBER, "the categories of art. 2 §2 that it held, as bits"),
        Column("beyond_agenda", TRUTH, "whether it was about persons who aren't on the agenda"),
        Column("deleted_at", MOMENT, "when it was erased, null if it stands"),
    ),
    frame(
        "representative_acks",
        "acknowledgement of the rules of secrecy by a representative",
        Column("representative_ack_row", TEXT, "the row"),
        _PARTICIPANT,
        _USER,
        Column("rule_set", TEXT, "the version of the rules that it names"),
        Column("ack_at", MOMENT, "when it was given"),
    ),
)
COLUMNS = {
    "controllers": (Column("secrecy_rule_set", TEXT, "the version of its rules of secrecy that is in force"),),
    "sessions": (
        Column("ended_at", MOMENT, "when it ended"),
        Column("cancelled_at", MOMENT, "when it was called off, null if it wasn't"),
    ),
}
