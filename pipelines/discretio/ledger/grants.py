"""What the roles of the ledger's database may do. Only who speaks for a person may write what a person decides.

Every role reads the ledger, which holds no text, and tells the audit chain what it did; not the locked keys of persons, since
who has them can try passphrases at leisure. What a worker writes it may write again; an approval, an enrolment, a declaration
or a hold it may not: that is for the Compliance page and the command line.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import inspect
from sqlalchemy.engine.interfaces import ReflectedPrimaryKeyConstraint

from discretio.domain.grants import TableGrant
from discretio.ledger.connection import Ledger

_MADE, _KEPT, _REMADE = ("INSERT",), ("INSERT", "UPDATE"), ("INSERT", "UPDATE", "DELETE")
_EVERYONE = {"chain_head": _KEPT, "chain_records": _MADE, "chain_segments": _MADE, "runs": _KEPT}
_OF_A_STORE = {"locator": ("INSERT", "DELETE"), "examined": _REMADE, "findings": _REMADE, "outcomes": _REMADE, "dues": _REMADE}

WRITTEN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "scan": _EVERYONE | _OF_A_STORE | {"scan_partitions": _MADE, "triage_items": _KEPT},
    "purge": _EVERYONE
    | _OF_A_STORE
    | dict.fromkeys(("plans", "plan_items", "purge_intents", "trace_keys", "sample_entries"), _KEPT)
    | dict.fromkeys(("plan_item_controllers", "certificates", "tombstones"), _MADE)
    | dict.fromkeys(("traces", "residual_mentions"), _REMADE)
    | dict.fromkeys(("holds", "hold_acts", "shadow_copies", "triage_events", "triage_items"), ("DELETE",)),
    "report": _EVERYONE | {"frozen_reports": _MADE, "locator": _MADE},
    "decide": _EVERYONE
    | dict.fromkeys(("approvals", "destruction_notes", "hold_acts", "holds", "triage_events", "locator"), _MADE)
    | dict.fromkeys(("people", "mandates", "plans", "samples", "sample_strata", "sample_entries", "triage_items"), _KEPT)
    | {
        "locked_keys": _REMADE,
        "declarations": ("INSERT", "DELETE"),
        "examined": ("UPDATE",),
        "trace_keys": ("UPDATE",),  # a plan that is refused keeps no traces of what it named
        "traces": ("DELETE",),
        "shadow_searches": _MADE,
        "shadow_copies": _MADE,
    },
}
"""By role, the tables that it changes, and how. Founding, migrating and registering stores is the owner's."""

CONFIDED = frozenset({"locked_keys"})
"""Tables that only a role reads which writes them."""


def ledger_grants(ledger: Ledger) -> tuple[str, Mapping[str, tuple[TableGrant, ...]]]:
    """The schema in which the ledger is, and the rights of each role on the tables that are there."""
    with ledger.reading() as connection:
        found = inspect(connection)
        numbering = set(found.get_sequence_names()) if connection.dialect.name == "postgresql" else set()
        tables = {
            table: next((name for name in _sequences(table, found.get_pk_constraint(table)) if name in numbering), "")
            for table in sorted(found.get_table_names())
        }
        schema = str(found.default_schema_name)
    return schema, {
        role: tuple(
            _grant(table, sequence, written.get(table, ()))
            for table, sequence in tables.items()
            if table in written or table not in CONFIDED
        )
        for role, written in WRITTEN.items()
    }


def _sequences(table: str, key: ReflectedPrimaryKeyConstraint) -> list[str]:
    return [f"{table}_{column}_seq" for column in key["constrained_columns"]]


def _grant(table: str, sequence: str, changes: tuple[str, ...]) -> TableGrant:
    return TableGrant(table, ("SELECT", *changes), sequence=sequence if "INSERT" in changes else "")
