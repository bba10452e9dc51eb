"""The fourteen rules as the catalogue's tests say them, read plainly over the frames of a small store.

Independent of the product's own rules on purpose: it shows that the sample data break what their enrichment says they break.
Each function gives the dossiers in which the rule is kept somewhere and those in which it is broken somewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from discretio.law.periods import Period
from discretio.law.special_classes import SPECIAL_DATA, categories_mask, flags_mask
from discretio.stores.samples.model import Dossier

Frames = Mapping[str, pd.DataFrame]
Kept = tuple[set[str], set[str]]
AS_OF = date(2026, 11, 21)
CAP = Period.parse("P30Y")


def _records(frames: Frames, name: str) -> list[dict[str, Any]]:
    frame = frames[name]
    return [
        {column: None if pd.isna(value) else value for column, value in zip(frame.columns, row, strict=True)}
        for row in frame.itertuples(index=False)
    ]


def _split(judged: Iterable[tuple[str, bool]]) -> Kept:
    answers = list(judged)
    return {key for key, kept in answers if kept}, {key for key, kept in answers if not kept}


def _latest(day: date, precision: str) -> date:
    step = {"MONTH": "P1M", "YEAR": "P1Y"}.get(precision)
    return Period.parse(step).after(day) - timedelta(days=1) if step else day


def _term(written: str | None) -> Period | None:
    try:
        return Period.parse(written) if written else None
    except ValueError:
        return None


def first_sessions(frames: Frames) -> dict[str, Any]:
    return frames["sessions"].groupby("dossier_key")["started_at"].min().to_dict()


def set_before_first(frames: Frames) -> Kept:
    first = first_sessions(frames)

    def kept(row: dict[str, Any]) -> bool:
        decided, start = row["agreed_term_decided_at"], first[row["dossier_key"]]
        if row["agreed_term"] is None or decided is None:
            return False
        return bool(decided < start if row["times_known"] else decided.date() < start.date())

    rows = _records(frames, "dossiers")
    return _split((row["dossier_key"], kept(row)) for row in rows if row["kind"] == "SHARED" and row["dossier_key"] in first)


def within_legal(frames: Frames) -> Kept:
    def kept(written: str) -> bool:
        term = _term(written)
        return term is not None and term.after(AS_OF) <= CAP.after(AS_OF)

    rows = _records(frames, "dossiers")
    return _split((row["dossier_key"], kept(row["agreed_term"])) for row in rows if row["agreed_term"])


def closure_unknown(frames: Frames) -> Kept:
    def kept(row: dict[str, Any]) -> bool:
        if row["status"] == "CLOSED":
            return row["closed_at"] is not None
        return CAP.after(row["opened_at"].date()) >= AS_OF

    rows = _records(frames, "dossiers")
    return _split((row["dossier_key"], kept(row)) for row in rows if row["status"] != "DRAFT")


def retention_max(frames: Frames) -> Kept:
    rows = [row for row in _records(frames, "dossiers") if row["closed_at"] is not None]
    return _split(
        (row["dossier_key"], CAP.after(_latest(row["closed_at"].date(), row["closed_precision"])) >= AS_OF) for row in rows
    )


def agreed_term(frames: Frames) -> Kept:
    rows = [row for row in _records(frames, "dossiers") if row["closed_at"] is not None and _term(row["agreed_term"])]
    terms = [(row, _term(row["agreed_term"])) for row in rows if row["agreed_term_start"] == "EFFECTIVE_CLOSURE"]
    return _split(
        (row["dossier_key"], term.after(_latest(row["closed_at"].date(), row["closed_precision"])) >= AS_OF)
        for row, term in terms
        if term
    )


def presignal(frames: Frames) -> Kept:
    def due(row: dict[str, Any]) -> date:
        if row["decision"] == "NOT_SIGNALLED":
            return row["decision_at"].date() + timedelta(days=30)
        return row["drafted_at"].date() + timedelta(days=180 + 90 * (row["extension_noted_at"] is not None))

    rows = _records(frames, "dossiers")
    return _split((row["dossier_key"], due(row) >= AS_OF) for row in rows if row["decision"] in ("PENDING", "NOT_SIGNALLED"))


def subject_role(frames: Frames) -> Kept:
    rows = _records(frames, "persons")
    roles = {row["person_key"]: row["role"] for row in rows}

    def kept(row: dict[str, Any]) -> bool:
        if row["role"] in ("RELATION", "CONTACT"):
            return roles.get(row["linked_to"]) == "SUBJECT"
        return row["role"] is not None

    return _split((row["dossier_key"], kept(row)) for row in rows)


def cat16(frames: Frames) -> Kept:
    def kept(row: dict[str, Any]) -> bool:
        reason, at = row["cat16_justification"], row["cat16_justified_at"]
        return bool(reason and len(reason) >= 40 and at and at.date() <= row["introduced_at"].date() + timedelta(days=7))

    rows = _records(frames, "entries")
    return _split((row["dossier_key"], kept(row)) for row in rows if row["categories"] >> 16 & 1)


def consent(frames: Frames) -> Kept:
    introducers: dict[str, set[str]] = {row["entry_key"]: {row["introduced_by"]} for row in _records(frames, "entries")}
    for row in _records(frames, "entry_introducers"):
        introducers[row["entry_key"]].add(row["controller_key"])
    agreements = _records(frames, "agreements")

    def agreed(copy: dict[str, Any], giver: str) -> bool:
        return any(
            (one["entry_key"], one["giver"], one["receiver"]) == (copy["entry_key"], giver, copy["holder"])
            and one["given_at"] <= copy["copied_at"]
            and (one["withdrawn_at"] is None or one["withdrawn_at"].date() + timedelta(days=30) >= AS_OF)
            for one in agreements
        )

    return _split(
        (copy["dossier_key"], all(agreed(copy, giver) for giver in introducers[copy["entry_key"]] - {copy["holder"]}))
        for copy in _records(frames, "own_copies")
    )


def reply(frames: Frames) -> Kept:
    kinds = frames["controllers"].set_index("controller_key")["kind"].to_dict()
    rows = [row for row in _records(frames, "rights_requests") if kinds[row["addressed_to"]] == "PROSECUTOR"]

    def kept(row: dict[str, Any]) -> bool:
        answered = row["replied_at"].date() if row["replied_at"] else AS_OF
        return bool(answered <= Period.parse("P3M").after(row["request_date"].date()))

    return _split((row["dossier_key"], kept(row)) for row in rows)


def hold(frames: Frames) -> Kept:
    def kept(row: dict[str, Any]) -> bool:
        year_on = Period.parse("P1Y").after(row["from_at"].date())
        limited = row["until_at"] is not None or row["review_at"].date() <= year_on
        return bool(row["reason"]) and limited and row["approved_by"] != row["requested_by"]

    return _split((row["dossier_key"], kept(row)) for row in _records(frames, "holds"))


def art8(frames: Frames) -> Kept:
    """By identity instead of by dossier."""
    overdue: dict[str, bool] = {}
    for row in _records(frames, "art8_rows"):
        start = row["registered_at"] or row["authorised_at"]
        late = CAP.after(_latest(start.date(), row["registered_precision"])) < AS_OF and row["erased_at"] is None
        overdue[row["identity_key"]] = overdue.get(row["identity_key"], False) or late
    return _split((key, not late) for key, late in overdue.items())


def declared(dossiers: Iterable[Dossier], frames: Frames, column: str) -> Kept:
    """What the labels find is declared: as the rule judges it for a detector that never errs."""
    found = {
        entry.id: (
            categories_mask(entry.labelled.categories)
            if column == "categories"
            else flags_mask(flag for flag in SPECIAL_DATA if flag in entry.labelled.flags)
        )
        for dossier in dossiers
        for entry in dossier.entries
    }
    rows = _records(frames, "entries")
    return _split(
        (row["dossier_key"], not found[row["entry_key"]] & ~row[column] and (column != "categories" or row[column] != 0))
        for row in rows
    )


RULES: dict[str, Callable[[Frames], Kept]] = {
    "ART3-1-RETENTION-SET-BEFORE-FIRST": set_before_first,
    "ART3-1-RETENTION-WITHIN-LEGAL": within_legal,
    "ART2-3-4-CLOSURE-UNKNOWN": closure_unknown,
    "ART2-3-4-RETENTION-MAX": retention_max,
    "ART3-1-AGREED-TERM-EXPIRED": agreed_term,
    "ART2-3-1-PRESIGNAL-STALE": presignal,
    "ART2-2-SUBJECT-ROLE": subject_role,
    "ART2-2-CAT16-JUSTIF": cat16,
    "ART4-CONSENT": consent,
    "ART7-REPLY-3M": reply,
    "ART2-3-4-HOLD": hold,
}
