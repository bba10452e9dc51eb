"""A ledger of any size, filled inside PostgreSQL with what scans and checks of one store record; the same each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Table, text

from discretio.ledger import locator, stores
from discretio.ledger.scan_tables import dues, examined, findings, outcomes
from discretio.ledger.triage_tables import triage_items
from discretio.steps.registering import registered_name
from discretio.steps.workplace import Workplace
from discretio.stores.reference import create_store

_Filling = tuple[str, Mapping[str, Any]]
"""A statement, and the values that it names."""

FINDINGS_EACH = 12
"""Findings of one entry, as a scan of the sample dossiers gives them; most of them name somebody and bear no category."""
QUARTER, LAST_DAY = "2026-Q3", date(2026, 9, 30)
CONTROLLERS = ("K", "L")
_RUN = {
    "run": "RUNBENCH", "store": 1, "policy": "BE-BILL-56-0485", "hash": "0" * 64, "at": datetime(2026, 9, 30, tzinfo=UTC),
    "day": LAST_DAY, "first": date(2025, 10, 1), "each": FINDINGS_EACH,
}  # fmt: skip
_OPENED = datetime(2024, 1, 2)  # noqa: DTZ001 - Brussels time, as the store holds it
_N = "FROM generate_series(0, :count - 1) AS n"
_ID = "substr(md5(CAST({number} AS TEXT)), 1, 12)"  # as random as surrogates are, and the same each time
_DOSSIER, _ENTRY = "'D' || " + _ID, "'E' || " + _ID
_OWNER = "CASE WHEN {number} % 3 = 0 THEN :other ELSE :own END"
# Every so many scopes concern both controllers, and have a row for each.
_HEARD = "FROM generate_series(0, :count - 1) AS n, generate_series(0, CAST(n % :sharing = 0 AS INT)) AS second"
_HEARER = "CASE WHEN (n % 3 = 0) = (second = 0) THEN :other ELSE :own END"

_MIXED = "(CAST(n AS BIGINT) * 2654435761 / 65536 % 65536)"

_STORE = (
    "INSERT INTO controllers (controller_key, regime, kind) SELECT unnest(ARRAY['K', 'L']), 'GDPR', 'FEDERAL_GDPR'",
    "INSERT INTO dossiers (dossier_key, kind, status, owner, opened_at) SELECT 'D' || n, 'SHARED', CASE WHEN n % 4 = 0 THEN "
    "'CLOSED' ELSE 'OPEN' END, CASE WHEN n % 3 = 0 THEN 'L' ELSE 'K' END, :opened " + _N,
)
_RUNS = (
    "INSERT INTO runs (run_id, verb, store_id, as_of, policy_set_id, policy_version, policy_sha256, state, counts, started_at) "
    "VALUES (:run, 'scan', :store, :day, :policy, '1', :hash, 'DONE', '{}', :at)"
)
_EXAMINED = (
    "INSERT INTO examined (unit_id, run_id, store_id, dossier_id, entry_id, controller_id, characters, declared_categories, "
    f"declared_flags, not_examined, examined_at) SELECT {_ENTRY.format(number='n')}, :run, :store, "
    f"{_DOSSIER.format(number='(n % :dossiers)')}, {_ENTRY.format(number='n')}, {_OWNER.format(number='n')}, 500, "
    f"(1 << CAST(1 + n % 16 AS INT)) | 6, 0, CASE WHEN n % 97 = 0 THEN 'encrypted' END, :at {_N}"
)
_FINDINGS = (
    "INSERT INTO findings (run_id, store_id, unit_id, dossier_id, entry_id, controller_id, category, flags, type, lang, score, "
    f"negated, about, evidence, span_start, span_end) SELECT :run, :store, {_ENTRY.format(number='n / :each')}, "
    f"{_DOSSIER.format(number='(n / :each % :dossiers)')}, {_ENTRY.format(number='n / :each')}, "
    f"{_OWNER.format(number='(n / :each)')}, CASE WHEN n % 3 = 0 THEN 1 + {_MIXED} % 16 END, "
    f"CASE WHEN n % 3 = 0 THEN 1 << CAST({_MIXED} % 9 AS INT) ELSE 0 END, 'NAME', 'nl', 0.3 + {_MIXED} % 8 * 0.1, false, "
    f"CASE WHEN n % 50 = 0 THEN 'nobody' ELSE 'subject' END, 'LEXICON', n % 480, n % 480 + 8 {_N}"
)
_OUTCOMES = (
    "INSERT INTO outcomes (run_id, store_id, rule_id, scope_kind, scope_id, dossier_id, controller_id, outcome, reason, "
    "shared) SELECT :run, :store, :rule, :scope, scope_id, dossier_id, controller_id, CASE WHEN n % :fails = 0 THEN 'FAIL' "
    "WHEN n % 11 = 0 THEN 'NOT_CHECKABLE' ELSE 'PASS' END, 'reason', n % :sharing = 0 FROM (SELECT n, {scope} AS scope_id, "
    "{dossier} AS dossier_id, {owner} AS controller_id {heard}) AS scopes"
)
_DUES = (
    "INSERT INTO dues (run_id, store_id, rule_id, scope_kind, scope_id, dossier_id, controller_id, status, due, reason, "
    f"shared) SELECT :run, :store, :rule, 'dossier', {_DOSSIER.format(number='n')}, {_DOSSIER.format(number='n')}, "
    f"{_HEARER}, CASE WHEN n % 13 = 0 THEN 'OVERDUE' ELSE 'OK' END, :day, 'reason', n % :sharing = 0 {_HEARD}"
)
_ITEMS = (
    "INSERT INTO triage_items (item_id, fingerprint, store_id, rule_id, scope_kind, scope_id, dossier_id, controller_id, "
    "target, outcome, reason, severity, minor, evidence, types, langs, record_hash, policy_hash, evidence_hash, first_seen) "
    f"SELECT 'T' || {_ID.format(number='n')}, md5(CAST(n AS TEXT)) || md5(CAST(n AS TEXT)), :store, 'ART2-2-CAT', 'entry', "
    f"{_ENTRY.format(number='n')}, {_DOSSIER.format(number='(n % :dossiers)')}, {_OWNER.format(number='n')}, 'category_10', "
    "'FAIL', 'reason', 'high', false, 'LEXICON', 'NAME', 'nl', :hash, :hash, :hash, "
    f"CAST(:first AS DATE) + CAST(n % 360 AS INT) {_N}"
)
_RULES = ("ART3-1-RETENTION-SET-BEFORE-FIRST", "ART2-3-4-CLOSURE-UNKNOWN", "ART2-1-HOST", "ART2-3-4-HOLD", "ART5-ACCESS-LOG")
_CATEGORY_RULES = ("ART2-2-CAT", "ART2-2-SPECIAL-DETECT", "ART2-2-SUBJECT-ROLE")
_DUE_RULES = ("ART2-3-4-RETENTION-MAX", "ART3-1-AGREED-TERM-EXPIRED")


def fill(place: Workplace, url: str, findings_wanted: int, dossiers: int) -> None:
    """Fill an empty ledger on PostgreSQL, and the reference store at the URL that it tells of."""
    entries = findings_wanted // FINDINGS_EACH
    with create_store(url).database.writing() as connection:
        for statement in _STORE:
            _run(connection, statement, {"count": dossiers, "opened": _OPENED})
        connection.commit()
    store_id = stores.store_named(place.ledger, registered_name(place, url)).store_id
    own = locator.surrogates(place.ledger, store_id, "controller", CONTROLLERS)
    values = _RUN | {"store": store_id, "own": own["K"], "other": own["L"], "dossiers": dossiers}
    _set_based(place, None, [(_RUNS, values)])
    _set_based(place, examined, [(_EXAMINED, values | {"count": entries})])
    _set_based(place, findings, [(_FINDINGS, values | {"count": findings_wanted})])
    _set_based(place, outcomes, [_told(values, *one, dossiers, entries) for one in enumerate((*_RULES, *_CATEGORY_RULES))])
    late = values | {"count": dossiers, "sharing": 3}
    _set_based(place, dues, [(_DUES, late | {"rule": rule}) for rule in _DUE_RULES])
    _set_based(place, triage_items, [(_ITEMS, values | {"count": entries // 7})])
    with place.ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _told(values: Mapping[str, Any], number: int, rule: str, dossiers: int, entries: int) -> _Filling:
    """What one rule answers about every dossier, or about every entry."""
    scope, count, sharing = ("entry", entries, 20) if rule in _CATEGORY_RULES else ("dossier", dossiers, 3)
    key = (_DOSSIER if scope == "dossier" else _ENTRY).format(number="n")
    home = _DOSSIER.format(number="n" if scope == "dossier" else "(n % :dossiers)")
    statement = _OUTCOMES.format(scope=key, dossier=home, owner=_HEARER, heard=_HEARD)
    asked = {"count": count, "rule": rule, "scope": scope, "fails": 7 + number % len(_RULES), "sharing": sharing}
    return statement, {**values, **asked}


def _set_based(place: Workplace, table: Table | None, fillings: Sequence[_Filling]) -> None:
    """Insert without looking at foreign keys, and without the table's indexes, which are made afterwards, all at once."""
    with place.ledger.writing() as connection:
        _run(connection, "SET LOCAL session_replication_role = replica", {})
        _run(connection, "SET LOCAL maintenance_work_mem = '512MB'", {})
        indexes = sorted(table.indexes, key=lambda index: str(index.name)) if table is not None else []
        for index in indexes:
            index.drop(connection)
        for statement, values in fillings:
            _run(connection, statement, values)
        for index in indexes:
            index.create(connection)


def _run(connection: Connection, statement: str, values: Mapping[str, Any]) -> None:
    """Run a statement with those of the values that it names."""
    connection.execute(text(statement), {name: value for name, value in values.items() if f":{name}" in statement})
