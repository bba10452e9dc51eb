"""The JSONL format of dossiers, read strictly: one dossier per line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from discretio.stores.samples.fields import Fields, json_lines, none_or
from discretio.stores.samples.labels import LANGUAGES, labelled_text
from discretio.stores.samples.model import Dates, Dossier, Entry, Participant, Person

PURPOSES = {
    "integrity": "INTEGRITY",
    "terrorism": "TERRORIST_OFFENCES",
    "criminal_organisation": "CRIMINAL_ORGANISATION",
}
_REGIMES = {"gdpr": "GDPR", "title2": "T2", "title3": "T3"}
_ROLES = ("subject", "relation", "contact", "professional")
_BASES = ("law", "decree", "ordinance", "prosecutor_authorisation")


def read_dossiers(lines: Iterable[str]) -> Iterator[Dossier]:
    """Read dossiers, one JSON object per line; blank lines are skipped.

    Raises:
        UsageError: with the number of the line and the name of the field, never with content: a line over 32 MB, no JSON
            object, a field that is missing or misshapen, an id that occurs twice, an entry by nobody at the table.
    """
    seen: set[str] = set()
    for fields in json_lines(lines):
        dossier = _dossier(fields)
        ids = [dossier.id, *(entry.id for entry in dossier.entries)]
        if len(set(ids)) < len(ids) or not seen.isdisjoint(ids):
            raise fields.wrong("dossier_id or entry_id", "an id that occurs once in the file")
        seen.update(ids)
        yield dossier


def _dossier(fields: Fields) -> Dossier:
    retention = fields.object("retention")
    participants = tuple(_participant(item) for item in fields.objects("participants"))
    names = tuple(participant.id for participant in participants)
    return Dossier(
        id=fields.text("dossier_id"),
        source=fields.text("dossier_id"),
        lang=fields.text("lang", LANGUAGES),
        purpose=PURPOSES[fields.text("purpose", PURPOSES)],
        basis=fields.object("legal_basis").text("type", _BASES),
        draft=fields.text("status", ("signalled", "draft")) == "draft",
        held=fields.truth("legal_hold"),
        term=none_or(retention.text, retention, "term"),
        dates=_dates(fields, retention),
        participants=participants,
        persons=tuple(_person(item) for item in fields.objects("data_subjects")),
        entries=tuple(_entry(item, names) for item in fields.objects("entries")),
    )


def _dates(fields: Fields, retention: Fields) -> Dates:
    dates = Dates(
        opened=fields.day("opened"),
        first_consultation=none_or(fields.day, fields, "first_consultation"),
        term_agreed=none_or(retention.day, retention, "agreed_on"),
        closed=none_or(fields.day, fields, "closed"),
        reopened=none_or(fields.day, fields, "reopened"),
    )
    if dates.closed is not None and dates.closed < dates.opened:
        raise fields.wrong("closed", "a date on or after the opening")
    if dates.reopened is not None and (dates.closed is None or dates.reopened < dates.closed):
        raise fields.wrong("reopened", "a date on or after the closure")
    return dates


def _participant(fields: Fields) -> Participant:
    return Participant(fields.text("id"), fields.text("organisation"), _REGIMES[fields.text("regime", _REGIMES)])


def _person(fields: Fields) -> Person:
    return Person(fields.text("id"), fields.text("role", _ROLES).upper(), fields.text("name"), fields.texts("aliases"))


def _entry(fields: Fields, participants: tuple[str, ...]) -> Entry:
    declared = fields.values.get("declared_category")
    return Entry(
        id=fields.text("entry_id"),
        day=fields.day("date"),
        participant=fields.text("participant", participants),
        declared_category=None if declared is None else fields.number("declared_category", 1, 16),
        register=none_or(fields.text, fields, "register") or "",
        labelled=labelled_text(fields, "entry_id"),
    )
