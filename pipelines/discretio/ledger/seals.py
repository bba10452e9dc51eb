"""Seals: rows that matter carry a keyed hash of themselves, so that a row edited in the database is refused at reading."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from discretio.errors import LedgerError
from discretio.ledger.audit_chain import canonical
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import hash_in_turn


def seal(ledger: Ledger, kind: str, fields: Mapping[str, object]) -> str:
    """The keyed hash of a row: its kind and every field, in canonical JSON."""
    return hash_in_turn(ledger.keys.seals, kind, canonical(dict(fields)))


def check_seal(ledger: Ledger, kind: str, fields: Mapping[str, object], found: str) -> None:
    """Refuse a row whose seal doesn't fit.

    Raises:
        LedgerError: the row was changed behind the ledger's back.
    """
    if not hmac.compare_digest(seal(ledger, kind, fields), found):
        raise LedgerError(
            f"a row of the ledger ({kind}) was changed behind its back",
            remedy="run discretio verify --ledger, restore a backup, and find out who can write to this database",
        )
