"""Drafts and who saw them, places where data are kept, terms of other laws, reopenings, and proof of erasure."""

from __future__ import annotations

from discretio.domain.frames.columns import MOMENT, NUMBER, TEXT, TRUTH, Column, frame

_DOSSIER = Column("dossier_key", TEXT, "the dossier")
_CONTROLLER = Column("controller_key", TEXT, "the participant")

FRAMES = (
    frame(
        "dossier_shares",
        "participant with whom the owner of a draft shares it before signalling",
        Column("dossier_share_row", TEXT, "the row"),
        _DOSSIER,
        _CONTROLLER,
        Column("reason", TEXT, "why", content=True, judged=True),
    ),
    frame(
        "access_log",
        "access to a dossier",
        Column("access_log_row", TEXT, "the row"),
        _DOSSIER,
        _CONTROLLER,
        Column("user_key", TEXT, "the user"),
        Column("at", MOMENT, "when"),
        Column("action", TEXT, "COLLECT, CHANGE, CONSULT, DISCLOSE, COMBINE, ERASE, or ADMIN for what shows no content"),
    ),
    frame(
        "signallings",
        "signalling of a draft to the organiser (art. 2 §3, 1°)",
        Column("signalling_row", TEXT, "the row"),
        _DOSSIER,
        Column("at", MOMENT, "when"),
        Column("necessity_note", TEXT, "why it is necessary", content=True, judged=True),
        Column("selection", TEXT, "EXPLICIT if the entries were chosen, ALL if all of them went along"),
    ),
    frame(
        "locations",
        "place where data of consultations are, or may be",
        Column("location_key", TEXT, "the place"),
        Column("holder", TEXT, "controller_key of who holds it", names="controller"),
        Column("kind", TEXT, "SHARED, OWN, ART8_LIST or OTHER"),
        Column("mandated", TRUTH, "OTHER: whether its controller asked that it be looked at"),
        Column("holds_data", TRUTH, "OTHER: whether it is known to hold data of a consultation"),
        Column("shadow_copies", TRUTH, "OTHER: whether an attachment of a dossier was found there by its digest"),
    ),
    frame(
        "reopenings",
        "reopening of a dossier",
        Column("reopening_row", TEXT, "the row"),
        _DOSSIER,
        Column("at", MOMENT, "when"),
        Column("reason", TEXT, "why", content=True, judged=True),
        Column("reconfirmed_at", MOMENT, "when the last of its older entries was confirmed again, null if not all were"),
    ),
    frame(
        "retention_overrides",
        "retention term of another provision (art. 2 §3, 4°; art. 4)",
        Column("override_key", TEXT, "the override"),
        Column("controller_key", TEXT, "the participant that invokes it"),
        Column("store_kind", TEXT, "SHARED or OWN: the dossiers that it covers"),
        Column("provision", TEXT, "LAW, DECREE, ORDINANCE, IMPLEMENTING_ACT; an internal policy or a protocol is none"),
        Column("citation", TEXT, "the provision", content=True, judged=True),
        Column("term", TEXT, "its term, ISO 8601"),
        Column("approved_by", TEXT, "id of the officer who approved it", names="user"),
        Column("valid_from", MOMENT, "its first day"),
        Column("valid_to", MOMENT, "its last day, null if it has none"),
    ),
    frame(
        "entry_bases",
        "basis that an entry relies on",
        Column("entry_basis_row", TEXT, "the row"),
        Column("entry_key", TEXT, "the entry"),
        Column("legal_basis_key", TEXT, "the basis"),
    ),
    frame(
        "erasures",
        "erasure that was carried out, wherever and by whichever system",
        Column("erasure_key", TEXT, "the erasure"),
        _CONTROLLER,
        Column("executed_at", MOMENT, "when it was carried out"),
        Column("requested_by", TEXT, "id of who asked for it", names="user"),
        Column("approved_by", TEXT, "id of the first approver", names="user"),
        Column("seconded_by", TEXT, "id of the second", names="user"),
        Column("list_matches", TRUTH, "whether what was erased is exactly what was approved"),
        Column("remaining", NUMBER, "rows, attachments, texts, index entries and exports that are left"),
        Column("backups_until", MOMENT, "when the last backup that holds it expires"),
        Column("backup_key_destroyed", TRUTH, "whether the key of those backups is destroyed"),
        Column("recipients_told", TRUTH, "whether holders of own copies were told, true if there are none"),
        Column("rescanned_at", MOMENT, "when it was looked for again, null if not yet"),
        Column("rescan_found", NUMBER, "what was found then"),
    ),
)
COLUMNS = {
    "holds": (Column("law_citation", TEXT, "the law that asks for it, null if none does", content=True, judged=True),),
    "dossiers": (
        Column(
            "closed_by",
            TEXT,
            "controller_key of who closed it; null if open or nobody is named, as if its owner did",
            names="controller",
        ),
        Column("is_anonymous", TRUTH, "whether nobody is to be identified in it (Protocol van Moed, anonymous mode)"),
        Column("held_before", TRUTH, "OWN: whether it is the file that its owner held before the consultation"),
    ),
    "dossier_participants": (
        Column("from_at", MOMENT, "since when it takes part"),
        Column("until_at", MOMENT, "until when, null if it still does"),
        Column("contribution_kind", TEXT, "EXPERTISE or KNOWLEDGE_OF_PERSON"),
        Column("contribution_note", TEXT, "what it can contribute", content=True, judged=True),
        Column("contribution_noted_at", MOMENT, "when that was written down or last confirmed"),
    ),
}
