"""Who may write what in a ledger on PostgreSQL: the page's account records decisions, that of the workers can't."""

from __future__ import annotations

import re
from collections.abc import Mapping

from discretio.errors import UsageError
from discretio.ledger.grants import CONFIDED, WRITTEN

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_VERBS_OF_WORKERS = ("scan", "purge", "report")
# What is written when somebody decides: the decision, where its plan then stands, and the audit chain.
PAGE_MAY = {
    "approvals": "INSERT",
    "declarations": "INSERT",
    "triage_events": "INSERT",
    "triage_items": "UPDATE",
    "locked_keys": "INSERT, UPDATE, DELETE",
    "people": "UPDATE",
    "plans": "UPDATE",
    "trace_keys": "UPDATE",
    "traces": "DELETE",
    "chain_records": "INSERT",
    "chain_segments": "INSERT",
    "chain_head": "UPDATE",
}


def grants(page: str, workers: str, schema: str = "public") -> list[str]:
    """The statements that the owner of a ledger runs once, and again after each upgrade.

    Args:
        page: the account of the Compliance page (DISCRETIO_APPROVALS_URL).
        workers: that of scheduler and workers (DISCRETIO_LEDGER_URL).
        schema: where the ledger's tables stand.

    Raises:
        UsageError: one is no plain name, or both accounts are the same.
    """
    if page == workers or not all(_NAME.fullmatch(name) for name in (page, workers, schema)):
        raise UsageError("two different accounts are needed", remedy="give two names of lower-case letters, digits and _")
    everything = f"ALL TABLES IN SCHEMA {schema}"
    return [
        f"GRANT USAGE ON SCHEMA {schema} TO {workers}, {page}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {workers}, {page}",
        f"REVOKE ALL ON {everything} FROM {workers}, {page}",
        f"GRANT SELECT ON {everything} TO {workers}, {page}",
        *(f"REVOKE ALL ON {table} FROM {workers}" for table in sorted(CONFIDED)),
        *(f"GRANT {rights} ON {table} TO {workers}" for table, rights in workers_may().items()),
        *(f"GRANT {rights} ON {table} TO {page}" for table, rights in PAGE_MAY.items()),
    ]


def workers_may() -> Mapping[str, str]:
    """By table, what workers change: what their verbs write, and nothing that persons decide."""
    rights: dict[str, set[str]] = {}
    for verb in _VERBS_OF_WORKERS:
        for table, changes in WRITTEN[verb].items():
            rights.setdefault(table, set()).update(changes)
    return {table: ", ".join(sorted(changes)) for table, changes in sorted(rights.items())}
