"""Quarantine: the documents that may not be there, by id; who was alerted of them, and who released them.

A unit is in quarantine as long as a mark that bars it stands among its findings and nobody released it as it is. What was
alerted and released is told by the audit chain: a release that its retention erased lets the unit fall into quarantine again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from discretio.domain.detections import About, Evidence
from discretio.errors import UsageError
from discretio.law.special_classes import Flag, flags_of
from discretio.ledger.audit_chain import Payload, append, canonical
from discretio.ledger.chain_tables import chain_records
from discretio.ledger.connection import Ledger
from discretio.ledger.rows import among, pieces
from discretio.ledger.scan_tables import BARRED, BARS, examined, findings

RELEASED, ALERTED = "quarantine.released", "alert.raised"


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A unit in quarantine: what it is, whose it is, and which marks bar it."""

    unit_id: str
    entry_id: str | None
    dossier_id: str
    controller_id: str | None
    marks: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """That units were quarantined for one mark: of which controller, and through which channels it is told."""

    mark: Flag
    controller_id: str
    channels: tuple[str, ...]
    unit_ids: tuple[str, ...]


def quarantined(ledger: Ledger, store_id: int, threshold: float, unit_ids: Collection[str] | None = None) -> list[Quarantined]:
    """The units of a store that are in quarantine, of some of them or of all.

    Args:
        ledger: the ledger.
        store_id: the store.
        threshold: the least score of a mark that counts; a mark that is denied, or nobody's, doesn't, nor a resemblance.
        unit_ids: the units that are asked about, None for all.
    """
    columns = (findings.c.unit_id, findings.c.entry_id, findings.c.dossier_id, findings.c.controller_id, findings.c.flags)
    query = select(*columns, examined.c.content_hash).join(examined, examined.c.unit_id == findings.c.unit_id)
    query = query.where(BARS)
    query = query.where(findings.c.score >= threshold, findings.c.about != About.NOBODY.value, findings.c.negated.is_(False))
    query = query.where(findings.c.evidence != Evidence.MODEL.value)
    wanted = [None] if unit_ids is None else list(pieces(unit_ids))
    released = releases(ledger)
    marks: dict[str, int] = {}
    units: dict[str, tuple[str | None, str, str | None]] = {}
    with ledger.reading() as connection:
        for piece in wanted:
            # A database that is told of the store too reads all its findings, instead of the index of units.
            own = findings.c.store_id == store_id if piece is None else among(connection, findings.c.unit_id, piece)
            here = query.where(own)
            for unit, entry, dossier, controller, flags, content_hash in connection.execute(here.order_by(findings.c.unit_id)):
                if not (unit in released and content_hash in (None, released[unit])):
                    marks[unit] = marks.get(unit, 0) | flags & BARRED
                    units[unit] = (entry, dossier, controller)
    return [Quarantined(unit, *units[unit], flags_of(mask)) for unit, mask in marks.items()]


def releases(ledger: Ledger) -> Mapping[str, str]:
    """The units that were released, with the content hash that they had then."""
    with ledger.reading() as connection:
        query = select(chain_records.c.subject, chain_records.c.payload).where(chain_records.c.kind == RELEASED)
        rows = connection.execute(query.order_by(chain_records.c.sequence)).all()
    return {unit: json.loads(payload)["content_hash"] for unit, payload in rows}


def release(ledger: Ledger, unit_id: str, person_id: str, reason: str) -> None:
    """Release a unit as it is: the next scan reads it again, and whole; should it change, a mark bars it anew.

    Raises:
        UsageError: no such unit is on record.
    """
    with ledger.writing() as connection:
        here = examined.c.unit_id == unit_id
        row = connection.execute(select(examined.c.content_hash).where(here)).one_or_none()
        if row is None:
            raise UsageError("no such document is on record", where=unit_id, remedy="discretio quarantine list shows them")
        connection.execute(update(examined).where(here).values(content_hash=None))
        payload = {"person_id": person_id, "reason": reason, "content_hash": row.content_hash or ""}
        append(ledger, connection, RELEASED, payload, subject=unit_id)


def raise_alerts(ledger: Ledger, run_id: str, alerts: Sequence[Alert]) -> None:
    """Record alerts, one record each."""
    with ledger.writing() as connection:
        for alert in alerts:
            told: Payload = {
                "channels": canonical(alert.channels),
                "units": canonical(alert.unit_ids),
                "n": len(alert.unit_ids),
            }
            whose: Payload = {"mark": alert.mark.value, "controller_id": alert.controller_id}
            append(ledger, connection, ALERTED, {**whose, **told}, subject=run_id)


def alerts(ledger: Ledger) -> list[Alert]:
    """Every alert that the chain still holds, the oldest first."""
    with ledger.reading() as connection:
        query = select(chain_records.c.payload).where(chain_records.c.kind == ALERTED).order_by(chain_records.c.sequence)
        told = [json.loads(payload) for payload in connection.execute(query).scalars()]
    return [
        Alert(Flag(one["mark"]), one["controller_id"], tuple(json.loads(one["channels"])), tuple(json.loads(one["units"])))
        for one in told
    ]
