"""The rows that a dossier's own JSON tells, with or without the enrichment."""

from __future__ import annotations

import re
import zlib
from datetime import date, datetime, time, timedelta

from discretio.law.special_classes import SPECIAL_DATA, categories_mask, flags_mask
from discretio.stores.samples.casting import Row
from discretio.stores.samples.enrichment import Controller, Enrichment
from discretio.stores.samples.facts import Rows
from discretio.stores.samples.model import Dossier, Entry, Participant
from discretio.stores.samples.name_parts import folded

_OPENING, _DECISION, _SESSION, _CLOSING = time(8, 30), time(9, 0), time(10, 0), time(17, 0)
_FIRST_ENTRY = time(8, 40)


def controller_of(participant: Participant, enrichment: Enrichment | None) -> Controller:
    """The controller that a participant is; without enrichment its kind isn't known, so it can't be routed."""
    known = enrichment.controllers.get(participant.organisation) if enrichment else None
    if known is not None:
        return known
    key = re.sub(r"[^a-z0-9]+", "-", folded(participant.organisation)).strip("-") or "participant"
    return Controller(key, participant.organisation, participant.regime, None)


def base_rows(dossier: Dossier, enrichment: Enrichment | None) -> Rows:
    """The rows of one dossier as its JSON tells them.

    With the enrichment moments carry times of day, further sessions follow from the minutes, persons are linked to the first
    subject, and declarations follow the labels; without it nothing is made up, and what is not told is null.
    """
    keys = {participant.id: controller_of(participant, enrichment).key for participant in dossier.participants}
    return {
        "dossiers": [_dossier_row(dossier, keys, timed=enrichment is not None)],
        "dossier_participants": [
            {"participation_key": f"{dossier.id}-P{number}", "dossier_key": dossier.id, "controller_key": key}
            for number, key in enumerate(dict.fromkeys(keys.values()), start=1)
        ],
        "sessions": _session_rows(dossier, timed=enrichment is not None),
        "persons": _person_rows(dossier, linked=enrichment is not None),
        "entries": [
            _entry_row(dossier, number, keys[entry.participant], enrichment) for number, entry in enumerate(dossier.entries)
        ],
    }


def event_rows(dossier: Dossier, row: Row) -> list[Row]:
    """Closures and reopenings, after the enrichment has had its say about the dossier's row."""
    events: list[tuple[str, object, object]] = []
    if dossier.dates.reopened is not None:
        events = [("CLOSED", dossier.dates.closed, "DAY"), ("REOPENED", dossier.dates.reopened, "DAY")]
    elif row["closed_at"] is not None:
        events = [("CLOSED", row["closed_at"], row["closed_precision"])]
    return [
        {"event_key": f"{dossier.id}-V{number}", "dossier_key": dossier.id, "kind": kind, "at": at, "precision": precision}
        for number, (kind, at, precision) in enumerate(events, start=1)
    ]


def _at(day: date | None, clock: time, *, timed: bool) -> datetime | None:
    return None if day is None else datetime.combine(day, clock if timed else time.min)


def _dossier_row(dossier: Dossier, keys: dict[str, str], *, timed: bool) -> Row:
    dates = dossier.dates
    closed = None if dates.reopened else dates.closed
    first_author = dossier.entries[0].participant if dossier.entries else next(iter(keys), "")
    row: Row = {
        "dossier_key": dossier.id,
        "kind": "PRESIGNAL" if dossier.draft else "SHARED",
        "status": "DRAFT" if dossier.draft else "CLOSED" if closed else "OPEN",
        "purpose": dossier.purpose,
        "owner": keys.get(first_author if dossier.draft else next(iter(keys), "")),
        "opened_at": _at(dates.opened, _OPENING, timed=timed),
        "closed_at": _at(closed, _CLOSING, timed=timed),
        "closed_precision": "DAY" if closed else None,
        "agreed_term": dossier.term,
        "agreed_term_decided_at": _at(dates.term_agreed, _DECISION, timed=timed),
        "agreed_term_start": "EFFECTIVE_CLOSURE" if dossier.term else None,
        "times_known": timed,
    }
    if dossier.draft:
        row |= {
            "drafted_at": row["opened_at"],
            "last_edit_at": _at(dossier.last_day, _CLOSING, timed=timed),
            "decision": "PENDING",
        }
    return row


def _session_rows(dossier: Dossier, *, timed: bool) -> list[Row]:
    first = dossier.dates.first_consultation
    days = {first} if first else set()
    if timed and first:
        days |= {entry.day for entry in dossier.entries if entry.register == "min" and entry.day > first}
    return [
        {"session_key": f"{dossier.id}-S{number}", "dossier_key": dossier.id, "started_at": _at(day, _SESSION, timed=timed)}
        for number, day in enumerate(sorted(days), start=1)
    ]


def _person_rows(dossier: Dossier, *, linked: bool) -> list[Row]:
    subject = next((person.id for person in dossier.persons if person.role == "SUBJECT"), None)
    return [
        {
            "person_key": f"{dossier.id}-{person.id}",
            "dossier_key": dossier.id,
            "role": person.role,
            "linked_to": f"{dossier.id}-{subject}" if linked and subject and person.role in ("RELATION", "CONTACT") else None,
            "name": "|".join(dict.fromkeys((person.name, *person.aliases))),
        }
        for person in dossier.persons
    ]


def _entry_row(dossier: Dossier, number: int, introducer: str, enrichment: Enrichment | None) -> Row:
    entry = dossier.entries[number]
    timed = enrichment is not None
    introduced = datetime.combine(entry.day, _FIRST_ENTRY if timed else time.min) + timedelta(minutes=7 * number * timed)
    row: Row = {
        "entry_key": entry.id,
        "dossier_key": dossier.id,
        "introduced_by": introducer,
        "introduced_at": introduced,
        "categories": categories_mask([entry.declared_category] if entry.declared_category else []),
        "special_declared": 0,
        "lang": entry.labelled.lang,
        "text": entry.labelled.text,
    }
    if enrichment is None:
        return row
    row |= {"categories": _categories(entry, enrichment), "special_declared": _special(entry, enrichment)}
    if categories_mask((16,)) & _categories(entry, enrichment):
        reason = enrichment.wording["justifications"][dossier.purpose][entry.labelled.lang]
        row |= {"cat16_justification": reason, "cat16_justified_at": introduced + timedelta(days=2)}
    return row


def _categories(entry: Entry, enrichment: Enrichment) -> int:
    """What the author declared: nothing if the sample says so, else all that the labels find, or only the sample's one.

    Category 16 is always declared where the labels find it, so that its justification can be judged.
    """
    if entry.declared_category is None:
        return 0
    found = entry.labelled.categories
    in_full = _lot(entry.id, "categories") < enrichment.declared_in_full["categories"]
    return categories_mask({entry.declared_category, *(found if in_full else found & {16})})


def _special(entry: Entry, enrichment: Enrichment) -> int:
    """The special classes that the labels find, the first of them forgotten in some entries. Barred documents are no class."""
    found = [flag for flag in SPECIAL_DATA if flag in entry.labelled.flags]
    return flags_mask(found if _lot(entry.id, "special") < enrichment.declared_in_full["special"] else found[1:])


def _lot(key: str, what: str) -> int:
    """A number from 0 to 99 that depends on nothing but the entry's key."""
    return zlib.crc32(f"{what}:{key}".encode()) % 100
