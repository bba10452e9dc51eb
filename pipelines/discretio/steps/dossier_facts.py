"""From the frames of a store to what the retention rules need to know of each dossier."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from discretio.domain.art8 import Art8Row
from discretio.domain.dossier_dates import DossierDates, DossierEvent, EntryDates
from discretio.domain.holds import Hold
from discretio.domain.partial_dates import PartialDate, day_of
from discretio.steps.other_terms import INTRODUCERS, OVERRIDES, introducers_of, other_terms, under_other_terms
from discretio.stores.casting import records

DECIDING_FRAMES = ("dossiers", "dossier_events", "holds", "necessity_reviews", "sessions", "entries")
Rows = Mapping[str, Sequence[dict[str, Any]]]
"""Plain rows by frame."""

_FIELD_OF_COLUMN = {
    "kind": "kind",
    "status": "status",
    "opened_at": "opened",
    "closed_at": "closed",
    "closed_precision": "closed",
    "agreed_term": "agreed_term",
    "agreed_term_start": "agreed_term_start",
    "drafted_at": "drafted",
    "last_edit_at": "last_edit",
    "decision": "decision",
    "decision_at": "decision_at",
    "extension_noted_at": "extension_noted",
}
_FIELD_OF_FRAME = {"dossier_events": "events", "necessity_reviews": "not_needed_since", "sessions": "first_session"}


def dossier_facts(frames: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, DossierDates]]:
    """(dossier key, its dates) for every dossier; what the store lacks is named as missing, never guessed.

    Args:
        frames: those of DECIDING_FRAMES, OVERRIDES and INTRODUCERS that the store delivers, `dossiers` among them.
    """
    rows = {name: records(frames[name]) for name in (*DECIDING_FRAMES, OVERRIDES, INTRODUCERS) if name in frames}
    return facts_of_rows(rows, frames["dossiers"].columns)


def facts_of_rows(rows: Rows, known: Collection[str] | None = None) -> Iterator[tuple[str, DossierDates]]:
    """The same from plain rows of these frames.

    Args:
        rows: by frame.
        known: the columns of `dossiers` that the store has; those of its first row by default.
    """
    missing = _missing(rows, known if known is not None else next(iter(rows["dossiers"]), {}))
    grouped = {name: _by_dossier(some) for name, some in rows.items() if name not in {"dossiers", OVERRIDES, INTRODUCERS}}
    terms = other_terms(rows.get(OVERRIDES, ()))
    introducers = introducers_of(rows) if terms.shared else {}
    for row in rows["dossiers"]:
        key = row["dossier_key"]
        related = {name: groups.get(key, []) for name, groups in grouped.items()}
        yield key, under_other_terms(_facts(row, related, missing), row.get("owner"), introducers.get(key, ()), terms)


def art8_identities(rows: pd.DataFrame) -> dict[str, list[Art8Row]]:
    """The rows of the prosecutor's list by identity."""
    identities: dict[str, list[Art8Row]] = {}
    for row in records(rows):
        registered = PartialDate.of(row.get("registered_at"), row.get("registered_precision"))
        art8_row = Art8Row(row["row_key"], registered, day_of(row.get("authorised_at")), day_of(row.get("erased_at")))
        identities.setdefault(row["identity_key"], []).append(art8_row)
    return identities


def _facts(row: Mapping[str, Any], related: Mapping[str, list[dict[str, Any]]], missing: frozenset[str]) -> DossierDates:
    return DossierDates(
        kind=row.get("kind") or "",
        status=row.get("status"),
        opened=PartialDate.of(row.get("opened_at")),
        closed=PartialDate.of(row.get("closed_at"), row.get("closed_precision")),
        closed_by_organiser=_closed_by_organiser(row),
        held_before=row.get("held_before", False),
        events=_events(related.get("dossier_events", [])),
        agreed_term=row.get("agreed_term"),
        agreed_term_start=row.get("agreed_term_start"),
        first_session=min((day for one in related.get("sessions", []) if (day := day_of(one["started_at"]))), default=None),
        drafted=day_of(row.get("drafted_at")),
        last_edit=day_of(row.get("last_edit_at")),
        decision=row.get("decision"),
        decision_at=day_of(row.get("decision_at")),
        extension_noted=day_of(row.get("extension_noted_at")),
        not_needed_since=_not_needed_since(related.get("necessity_reviews", [])),
        entries=_entries(related["entries"]) if "entries" in related else None,
        holds=tuple(hold_of(one) for one in related["holds"]) if "holds" in related else None,
        missing=missing,
    )


def _closed_by_organiser(row: Mapping[str, Any]) -> bool | None:
    """True where nobody is named, as in a store that doesn't record it; None where somebody is, but no owner."""
    closer, owner = row.get("closed_by"), row.get("owner")
    return True if closer is None else None if owner is None else closer == owner


def _missing(frames: Collection[str], known: Collection[str]) -> frozenset[str]:
    columns = {field for column, field in _FIELD_OF_COLUMN.items() if column not in known}
    return frozenset(columns | {field for name, field in _FIELD_OF_FRAME.items() if name not in frames})


def _events(rows: list[dict[str, Any]]) -> tuple[DossierEvent, ...]:
    ordered = sorted(rows, key=lambda row: row["at"] if row["at"] is not None else pd.Timestamp.min)
    return tuple(DossierEvent(row["kind"], PartialDate.of(row["at"], row.get("precision"))) for row in ordered)


def _entries(rows: list[dict[str, Any]]) -> tuple[EntryDates, ...]:
    return tuple(EntryDates(row["entry_key"], day_of(row.get("introduced_at"))) for row in rows)


def hold_of(row: Mapping[str, Any]) -> Hold:
    """A hold out of a row of the frame `holds`; what the store lacks is None."""
    return Hold(
        kind=row.get("kind") or "",
        from_at=day_of(row.get("from_at")),
        until_at=day_of(row.get("until_at")),
        review_at=day_of(row.get("review_at")),
        released_at=day_of(row.get("released_at")),
        requested_by=row.get("requested_by"),
        approved_by=row.get("approved_by"),
        has_reason=bool(row.get("reason")),
        reviewed_at=day_of(row.get("reviewed_at")),
    )


def _not_needed_since(rows: list[dict[str, Any]]) -> Any:  # noqa: ANN401 - a date or None
    dated = [row for row in rows if row["reviewed_at"] is not None]
    latest = max(dated, key=lambda row: row["reviewed_at"], default=None)
    return day_of(latest["reviewed_at"]) if latest is not None and latest["needed"] is False else None


def _by_dossier(rows: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["dossier_key"], []).append(row)
    return groups
