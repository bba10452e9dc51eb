"""The partitions of a scan, frozen when it begins: every task of the run means the same range by the same number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import insert, select

from discretio.ledger.audit_chain import append
from discretio.ledger.connection import Ledger
from discretio.ledger.scan_tables import scan_partitions as table


@dataclass(frozen=True, slots=True)
class FrozenPartition:
    """One range of dossiers: it begins at `first_id` and ends where the next one begins.

    `first_id` is the surrogate of the first dossier, so that the store's own key stands in the locator alone; null where the
    range is open towards the beginning. `dossiers` is how many there were.
    """

    number: int
    first_id: str | None
    dossiers: int


def record_partitions(ledger: Ledger, run_id: str, partitions: Sequence[FrozenPartition]) -> None:
    """Freeze the partitions of a run, once and for all."""
    with ledger.writing() as connection:
        connection.execute(insert(table), [asdict(partition) | {"run_id": run_id} for partition in partitions])
        append(ledger, connection, "partitions.recorded", {"partitions": len(partitions)}, subject=run_id)


def frozen_partitions(ledger: Ledger, run_id: str) -> list[FrozenPartition]:
    """The partitions of a run, in their order."""
    columns = [table.c[name] for name in FrozenPartition.__slots__]
    with ledger.reading() as connection:
        rows = connection.execute(select(*columns).where(table.c.run_id == run_id).order_by(table.c.number))
        return [FrozenPartition(*row) for row in rows]
