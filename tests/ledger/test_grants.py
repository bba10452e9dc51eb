"""No table of the ledger is forgotten among the rights of its roles, and no worker may write what a person decides."""

from __future__ import annotations

from discretio.ledger.connection import Ledger
from discretio.ledger.grants import WRITTEN, ledger_grants

OWNERS = {"retired_keys", "alembic_version", "identity", "stores"}
DECIDED = {"approvals", "people", "declarations", "destruction_notes", "locked_keys", "mandates"}


def test_every_table_is_written_by_some_role_or_by_the_owner(ledger: Ledger) -> None:
    _, roles = ledger_grants(ledger)
    there = {grant.table for grants in roles.values() for grant in grants}
    assert {table for written in WRITTEN.values() for table in written} == there - OWNERS


def test_what_a_person_decides_no_worker_writes(ledger: Ledger) -> None:
    _, roles = ledger_grants(ledger)
    for role in ("scan", "purge", "report"):
        assert not {grant.table for grant in roles[role] if set(grant.privileges) - {"SELECT"}} & DECIDED
        assert "locked_keys" not in {grant.table for grant in roles[role]}
