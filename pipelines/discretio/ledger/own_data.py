"""The ledger's own data whose term has passed: found by kind, and erased with a record of it in the audit chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection, Table, delete, func, select

from discretio.domain.recorded_holds import has_ended
from discretio.ledger.chain_tables import chain_head, chain_records, chain_segments
from discretio.ledger.chain_verification import erase_segment
from discretio.ledger.connection import Ledger
from discretio.ledger.declarations import declared, erase_declarations
from discretio.ledger.hold_tables import hold_acts, holds
from discretio.ledger.holds import held_dossiers, holds_on
from discretio.ledger.purge_tables import frozen_reports, tombstones
from discretio.ledger.rows import pieces
from discretio.ledger.scan_tables import dues, examined, findings, outcomes, runs
from discretio.ledger.term_erasures import note_erased
from discretio.ledger.tombstones import stone_digest

ANSWERED = "rights.decided"
"""The kind of declaration that ends a request of an interested person; its term runs from the answer."""

# A table of results says something as long as the verb that fills it goes on being run on that store.
_RESULTS: tuple[tuple[str, Table], ...] = (("scan", findings), ("scan", examined), ("check", outcomes), ("plan", dues))


@dataclass(frozen=True, slots=True)
class OwnData:
    """One kind of our own data: which of it (ids as text) stood before a moment, and how it goes."""

    expired: Callable[[Ledger, datetime], list[str]]
    erase: Callable[[Ledger, datetime], int]


def _old_tombstones(ledger: Ledger, before: datetime) -> list[str]:
    with ledger.reading() as connection:
        query = select(tombstones.c.tombstone_id).where(tombstones.c.erased_at < before)
        return [str(number) for number in connection.execute(query).scalars()]


def _erase_tombstones(ledger: Ledger, before: datetime) -> int:
    with ledger.writing() as connection:
        old = connection.execute(select(tombstones).where(tombstones.c.erased_at < before)).mappings().all()
        for piece in pieces([stone["tombstone_id"] for stone in old]):
            connection.execute(delete(tombstones).where(tombstones.c.tombstone_id.in_(piece)))
        note_erased(ledger, connection, tombstones.name, [stone_digest(dict(stone)) for stone in old])
    return len(old)


def _old_reports(ledger: Ledger, before: datetime) -> list[str]:
    with ledger.reading() as connection:
        query = select(frozen_reports.c.report_id).where(frozen_reports.c.issued_at < before)
        return list(connection.execute(query).scalars())


def _erase_reports(ledger: Ledger, before: datetime) -> int:
    ids = _old_reports(ledger, before)
    with ledger.writing() as connection:
        connection.execute(delete(frozen_reports).where(frozen_reports.c.report_id.in_(ids)))
        note_erased(ledger, connection, frozen_reports.name, ids)
    return len(ids)


def _ended_holds(ledger: Ledger, before: datetime) -> list[str]:
    found = holds_on(ledger, held_dossiers(ledger))
    return [hold.hold_id for hold in found if has_ended(hold, before.date())]


def _erase_holds(ledger: Ledger, before: datetime) -> int:
    ids = _ended_holds(ledger, before)
    with ledger.writing() as connection:
        theirs = hold_acts.c.hold_id.in_(ids)
        signatures = list(connection.execute(select(hold_acts.c.signature).where(theirs)).scalars())
        connection.execute(delete(hold_acts).where(theirs))
        connection.execute(delete(holds).where(holds.c.hold_id.in_(ids)))
        note_erased(ledger, connection, hold_acts.name, signatures)
    return len(ids)


def _stale_results(ledger: Ledger, before: datetime) -> list[str]:
    with ledger.reading() as connection:
        return [f"{table.name} {store_id}" for table, store_id in _stale(connection, before)]


def _erase_results(ledger: Ledger, before: datetime) -> int:
    gone = 0
    with ledger.writing() as connection:
        for table, store_id in _stale(connection, before):
            gone += connection.execute(delete(table).where(table.c.store_id == store_id)).rowcount
        note_erased(ledger, connection, findings.name, [], gone)
    return gone


def _stale(connection: Connection, before: datetime) -> list[tuple[Table, int]]:
    """The tables of results, with the stores on which nobody ran their verb any more since then."""
    found = []
    for verb, table in _RESULTS:
        last = select(runs.c.store_id).where(runs.c.verb == verb).group_by(runs.c.store_id)
        stores = connection.execute(last.having(func.max(runs.c.started_at) < before)).scalars().all()
        held = set(connection.execute(select(table.c.store_id).distinct()).scalars())
        found += [(table, store_id) for store_id in stores if store_id in held]
    return found


def _answered_requests(ledger: Ledger, before: datetime) -> list[str]:
    answers = declared(ledger, [ANSWERED])
    return sorted({one.subject for one in answers if one.body["replied_on"] < before.date().isoformat()})


def _erase_requests(ledger: Ledger, before: datetime) -> int:
    ids = _answered_requests(ledger, before)
    with ledger.writing() as connection:
        erase_declarations(ledger, connection, ids)
    return len(ids)


def _old_segments(ledger: Ledger, before: datetime) -> list[str]:
    """Closed segments that ended before the moment: the next one opened by then."""
    with ledger.reading() as connection:
        kept = set(connection.execute(select(chain_records.c.segment).distinct()).scalars())
        query = select(chain_segments.c.segment, chain_segments.c.opened_at).order_by(chain_segments.c.segment)
        opened = [tuple(row) for row in connection.execute(query)]
        opened += [tuple(row) for row in connection.execute(select(chain_head.c.segment, chain_head.c.opened_at))]
    ended = {number for (number, _), (_, following) in pairwise(opened) if datetime.fromisoformat(following) <= before}
    return [str(number) for number in sorted(ended & kept)]


def _erase_segments(ledger: Ledger, before: datetime) -> int:
    numbers = _old_segments(ledger, before)
    for number in numbers:
        erase_segment(ledger, int(number))
    return len(numbers)


OWN_DATA = {
    "findings": OwnData(_stale_results, _erase_results),
    "holds": OwnData(_ended_holds, _erase_holds),
    "requests": OwnData(_answered_requests, _erase_requests),
    "tombstones": OwnData(_old_tombstones, _erase_tombstones),
    "reports": OwnData(_old_reports, _erase_reports),
    "audit_log": OwnData(_old_segments, _erase_segments),
}
"""By the name under which the policy's terms know them; the log goes last, since it tells of the others."""
