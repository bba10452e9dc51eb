"""What the database counts of parts of a ledger is what one counts who looks at every row; and it reads the index alone."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa

from discretio.domain.outcomes import STORE_KEY, STORE_SCOPE
from discretio.law.special_classes import CATEGORY_NUMBERS, Flag
from discretio.ledger import counts
from discretio.ledger.connection import Ledger
from discretio.ledger.content_counts import category_counts, entry_contents, flag_counts, read_counts
from discretio.ledger.scan_tables import examined, findings, outcomes, runs
from discretio.ledger.stores import register_store
from discretio.ledger.triage_queue import Filters, queue_counts
from ledger.test_triage_queue import SCALE

OWNERS = ("C1", "C2", "C3", None)
THRESHOLD = 0.5
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
Row = dict[str, Any]


def dealt(ledger: Ledger, seed: int) -> tuple[int, list[Row], list[Row], list[Row]]:
    """Units, findings and outcomes of two stores as dice make them; and the id of the first store."""
    dice = random.Random(seed)  # noqa: S311 - made-up rows
    ids = [register_store(ledger, name, "reference_store", f"sqlite:///{name}.db") for name in ("one", "two")]
    units = [unit(dice, number, ids[number % 2]) for number in range(40) for _ in range(dice.choice([1, 1, 2]))]
    for number, row in enumerate(units):
        row["unit_id"] = f"U{number}"
    found = [finding(dice, dice.choice(units)) for _ in range(200)]
    told = [outcome(dice, number, ids[dice.randrange(2)]) for number in range(120)]
    run = {
        "run_id": "R",
        "verb": "scan",
        "store_id": ids[0],
        "as_of": date(2026, 1, 1),
        "policy_set_id": "p",
        "policy_version": "1",
    }
    run |= {"policy_sha256": "0" * 64, "state": "DONE", "counts": {}, "started_at": NOW}
    with ledger.writing() as connection:
        connection.execute(sa.insert(runs), run)
        for table, rows in ((examined, units), (findings, found), (outcomes, told)):
            connection.execute(sa.insert(table), [{"run_id": "R", **row} for row in rows])
    return ids[0], units, found, told


def unit(dice: random.Random, entry: int, store_id: int) -> Row:
    return {
        "store_id": store_id, "dossier_id": "D", "entry_id": f"E{entry}" if entry else None, "controller_id": OWNERS[entry % 4],
        "characters": 9, "declared_categories": dice.choice([0, 2, 70, 1 << 16]) if entry % 4 != 1 else None,
        "declared_flags": dice.choice([0, 1, 5]), "not_examined": dice.choice([None, None, "encrypted"]),
        "examined_at": NOW,
    }  # fmt: skip


def finding(dice: random.Random, where: Row) -> Row:
    return {
        **{name: where[name] for name in ("store_id", "unit_id", "dossier_id", "entry_id", "controller_id")},
        "category": dice.choice([None, None, 1, 6, 16]), "flags": dice.choice([0, 0, 1, 4, 2048]), "type": "T", "lang": "fr",
        "score": dice.choice([0.3, 0.5, 0.9]), "negated": False, "about": dice.choice(["subject", "nobody"]),
        "evidence": "lexicon", "span_start": 0, "span_end": 1,
    }  # fmt: skip


def outcome(dice: random.Random, number: int, store_id: int) -> Row:
    whole = number % 17 == 0
    return {
        "store_id": store_id, "rule_id": dice.choice(["R-A", "R-B"]), "dossier_id": None, "reason": "r",
        "scope_kind": STORE_SCOPE if whole else "entry", "scope_id": STORE_KEY if whole else f"E{dice.randrange(30)}",
        "controller_id": dice.choice(OWNERS), "outcome": dice.choice(["PASS", "FAIL"]), "shared": None,
    }  # fmt: skip


def looked_at(units: list[Row], found: list[Row]) -> dict[str, Row]:
    """Each entry, by one who looks at every row."""
    entries: dict[str, Row] = {}
    for row in units:
        if row["entry_id"]:
            one = entries.setdefault(row["entry_id"], {"owner": row["controller_id"], "units": [], "category": 0, "flag": 0})
            one["units"].append(row)
    for row in found:
        if row["entry_id"] and row["score"] >= THRESHOLD and row["about"] != "nobody":
            entries[row["entry_id"]]["category"] |= 1 << row["category"] if row["category"] else 0
            entries[row["entry_id"]]["flag"] |= row["flags"]
    return entries


def shown(entries: Mapping[str, Row], kind: str, column: str, bits: Mapping[Any, int]) -> list[list[object]]:
    """owner, code, declared, detected, undeclared; None where an entry of the owner declares nothing on record."""
    rows: list[list[object]] = []
    for owner in OWNERS:
        mine = [one for one in entries.values() if one["owner"] == owner]
        known = all(unit[column] is not None for one in mine for unit in one["units"])
        said = [max((unit[column] or 0) for unit in one["units"]) for one in mine]
        for code, bit in bits.items():
            declared = [mask >> bit & 1 for mask in said]
            detected = [one[kind] >> bit & 1 for one in mine]
            undeclared = sum(now and not then for now, then in zip(detected, declared, strict=True))
            rows.append([owner, code, sum(declared) if known else None, sum(detected), undeclared if known else None])
    return rows


def plain(frame: pd.DataFrame) -> list[list[object]]:
    return sorted((frame.astype(object).where(frame.notna(), None)).to_numpy().tolist(), key=str)


@pytest.mark.parametrize("seed", range(5))
def test_what_entries_declare_and_show_is_what_one_counts_who_looks_at_each(ledger: Ledger, seed: int) -> None:
    first, units, found, _ = dealt(ledger, seed)
    for store_id in (None, first):
        of = [row for row in units if store_id in (None, row["store_id"])]
        entries = looked_at(of, [row for row in found if store_id in (None, row["store_id"])])
        contents = entry_contents(ledger, THRESHOLD, store_id)
        categories = shown(entries, "category", "declared_categories", {number: number for number in CATEGORY_NUMBERS})
        flags = shown(entries, "flag", "declared_flags", {flag.value: position for position, flag in enumerate(Flag)})
        owners = {one["owner"] for one in entries.values()}
        assert plain(category_counts(contents)) == sorted((row for row in categories if row[0] in owners), key=str)
        assert plain(flag_counts(contents)) == sorted((row for row in flags if row[0] in owners), key=str)
        assert plain(read_counts(contents)) == plain(counts.coverage_counts(ledger, store_id))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("controllers", [None, [], ["C1"], ["C1", "C3"]], ids=["everybody", "nobody", "one", "two"])
def test_what_concerns_some_controllers_is_what_one_counts_who_looks_at_each(
    ledger: Ledger, seed: int, controllers: list[str] | None
) -> None:
    first, _, _, told = dealt(ledger, seed)
    heard = {
        (row["rule_id"], row["outcome"], row["scope_id"])
        for row in told
        if row["store_id"] == first
        and (controllers is None or row["controller_id"] in controllers or row["scope_kind"] == STORE_SCOPE)
    }
    expected = Counter((rule, answer) for rule, answer, _ in heard)
    frame = counts.counts_of_store(ledger, first, "outcome", controllers)
    assert {(rule, answer): n for rule, answer, n in frame.itertuples(index=False)} == dict(expected)


def test_what_is_counted_of_many_rows_is_read_in_an_index_alone(ledger: Ledger) -> None:
    if ledger.engine.dialect.name != "sqlite":
        pytest.skip("servers choose by what their tables hold")
    first, *_ = dealt(ledger, 0)
    asked: list[tuple[str, Any]] = []
    sa.event.listen(ledger.engine, "before_cursor_execute", lambda _c, _u, text, values, *_: asked.append((text, values)))
    entry_contents(ledger, THRESHOLD)
    counts.counts_of_store(ledger, first, "outcome", ["C1"])
    counts.coverage_counts(ledger, first, ["C1"])
    counts.not_examined_counts(ledger, first, ["C1"])
    queue_counts(ledger, Filters(), SCALE)
    with ledger.reading() as connection:
        ways = [
            str(row)
            for text, values in asked[:]
            if text.startswith(("SELECT", "WITH"))
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
        ]
    for index in (
        "ix_findings_telling",
        "ix_examined_contents",
        "ix_outcomes_share",
        "ix_examined_share",
        "ix_triage_items_days",
    ):
        assert any(f"COVERING INDEX {index}" in way for way in ways), index
    assert any("ix_outcomes_scope_id" in way for way in ways), "the few answers about a whole store are found by it"
    assert not [way for way in ways if "ix_outcomes_store_id_rule_id" in way], "a store's outcomes aren't looked through"
