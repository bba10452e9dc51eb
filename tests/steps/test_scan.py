from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa

from discretio.errors import UsageError
from discretio.ledger import findings, locator, stores
from discretio.ledger.scan_tables import examined
from discretio.steps import scan
from discretio.steps.registering import register
from discretio.stores.loading import load_rows
from discretio.stores.port import TextUnit
from discretio.stores.reference import ReferenceStore
from steps.conftest import AS_OF, Made
from steps.purgeable_rows import DOSSIERS, key
from steps.scanned_store import UNITS, DyingStore, found, named, scanned, sql


@pytest.fixture(autouse=True)
def small_partitions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "DOSSIERS_PER_PARTITION", 25)


def test_a_second_scan_reads_nothing_and_a_full_one_everything(made: Made) -> None:
    units = sql(made, UNITS)
    first, before = scanned(made), found(made)
    assert (first.units, first.read) == (units, units)
    assert first.detections == len(before) > 0
    assert scanned(made).read == 0
    assert found(made) == before
    assert scanned(made, full=True).read == units


@pytest.mark.parametrize(
    ("change", "read_again"),
    [
        ("UPDATE entries SET text = 'Il est venu.' WHERE entry_key = 'E0-x0003x'", "SELECT 1"),
        ("UPDATE attachments SET text = 'Il est venu.' WHERE entry_key = 'E0-x0003x'", "SELECT 1"),
        ("UPDATE entries SET categories = 1024 WHERE entry_key = 'E0-x0003x'", "SELECT 2"),
        (
            "UPDATE persons SET name = 'Ximena Zorrilla' WHERE person_key = 'P-x0003x'",
            "SELECT 2 * count(*) FROM entries WHERE dossier_key = 'D-x0003x'",
        ),
    ],
    ids=["entry", "attachment", "declaration", "name"],
)
def test_what_changed_is_read_again_and_nothing_else(change: str, read_again: str, made: Made) -> None:
    scanned(made)
    sql(made, change)
    assert scanned(made).read == sql(made, read_again)


def test_another_detector_reads_everything_again(made: Made) -> None:
    units = scanned(made).units
    newer = replace(made, place=replace(made.place, detector_version=lambda: "another"))
    assert scanned(newer).read == units
    assert scanned(newer).read == 0


def test_what_could_not_be_examined_is_counted_and_tried_again(made: Made) -> None:
    sql(made, "UPDATE attachments SET text = NULL WHERE entry_key = 'E0-x0003x'")
    sql(made, "UPDATE entries SET text = CAST(x'ff' AS TEXT) WHERE entry_key = 'E0-x0004x'")
    assert scanned(made).not_examined == 2
    again = scanned(made)
    assert (again.read, again.not_examined) == (2, 2)


def test_a_text_with_a_nul_is_not_examined_and_every_other_is(made: Made) -> None:
    before = scanned(made)
    sql(made, "UPDATE entries SET text = 'diabète' || char(0) || text WHERE entry_key = 'E0-x0004x'")
    assert scanned(made).read == 1
    with made.place.ledger.reading() as connection:
        reasons = list(connection.execute(sa.select(examined.c.not_examined)).scalars())
    assert (reasons.count("binary"), reasons.count(None)) == (1, before.units - 1)


def test_names_of_a_dossier_are_looked_for_in_it_and_in_no_other(made: Made) -> None:
    sql(made, "UPDATE persons SET name = 'Ximena Zorrilla|Ximenita' WHERE person_key = 'P-x0003x'")
    sql(made, "UPDATE entries SET text = 'vu ximenita hier' WHERE entry_key IN ('E0-x0003x', 'E0-x0004x')")
    scanned(made)
    ids = locator.surrogates(made.place.ledger, 1, "entry", ["E0-x0003x", "E0-x0004x"])
    rows = [row for row in findings.all_findings(made.place.ledger, 1) if row["type"] == "KNOWN_NAME"]
    spans = {row["entry_id"]: (row["start"], row["end"]) for row in rows if row["entry_id"] in ids.values()}
    assert spans == {ids["E0-x0003x"]: (3, 11)}


def test_who_acts_in_his_profession_is_no_name_of_the_dossier(made: Made) -> None:
    sql(made, "UPDATE persons SET name = 'Ximena Zorrilla', role = 'PROFESSIONAL' WHERE person_key = 'P-x0003x'")
    sql(made, "UPDATE entries SET text = 'vu ximena zorrilla' WHERE entry_key = 'E0-x0003x'")
    scanned(made)
    entry = locator.surrogates(made.place.ledger, 1, "entry", ["E0-x0003x"])["E0-x0003x"]
    assert not [r for r in findings.all_findings(made.place.ledger, 1) if r["entry_id"] == entry and r["attachment_id"] is None]


def test_frozen_partitions_cover_what_comes_and_goes_while_a_scan_runs(made: Made) -> None:
    run_id = scan.begin_scan(made.place, "main", AS_OF)
    sql(made, "PRAGMA foreign_keys = OFF")
    _delete(made, *(key(number) for number in (0, 25, 49)))  # the first and the last of partitions among them
    _add(made, "A-before-all", "D-x0024xx-between", "Z-after-all")
    list(scan.scan_in_turn(made.place, run_id))
    counts = scan.finish_scan(made.place, run_id)
    assert counts.units == counts.read == sql(made, UNITS)


def test_each_task_of_a_run_means_the_same_partition_by_the_same_number(made: Made) -> None:
    run_id = scan.begin_scan(made.place, "main", AS_OF)
    before = scan.partitions_of(made.place, run_id)
    _add(made, "A-before-all")
    assert scan.partitions_of(made.place, run_id) == before
    assert sum(part.dossiers for part in before) == DOSSIERS
    assert [part.first for part in before] == [None, key(25), key(50)]


def test_a_partition_whose_beginning_was_erased_is_not_guessed(made: Made) -> None:
    run_id = scan.begin_scan(made.place, "main", AS_OF)
    ledger = made.place.ledger
    first = locator.surrogates(ledger, 1, "dossier", [key(25)])[key(25)]
    with ledger.writing() as connection:
        locator.forget(connection, [first])
    with pytest.raises(UsageError, match="partitions"):
        scan.partitions_of(made.place, run_id)


def test_what_the_store_lost_is_dropped(made: Made) -> None:
    scanned(made)
    _delete(made, key(3))
    counts = scanned(made)
    dossier = locator.surrogates(made.place.ledger, 1, "dossier", [key(3)])[key(3)]
    assert counts.units == sql(made, UNITS)
    assert not [row for row in findings.all_findings(made.place.ledger, 1) if row["dossier_id"] == dossier]


def test_an_entry_that_moved_to_another_dossier_is_read_again_there(made: Made) -> None:
    scanned(made)
    sql(made, "PRAGMA foreign_keys = OFF")
    sql(made, "DELETE FROM attachments WHERE entry_key = 'E0-x0003x'")
    sql(made, "UPDATE entries SET dossier_key = :there WHERE entry_key = 'E0-x0003x'", there=key(40))
    counts = scanned(made)
    entry, there = (
        locator.surrogates(made.place.ledger, 1, kind, [name])[name]
        for kind, name in (("entry", "E0-x0003x"), ("dossier", key(40)))
    )
    assert (counts.units, counts.read) == (sql(made, UNITS), 1)
    homes = {row["dossier_id"] for row in findings.all_findings(made.place.ledger, 1) if row["entry_id"] == entry}
    assert homes == {there}


def test_a_dossier_that_lost_its_last_entry_keeps_no_finding(made: Made) -> None:
    scanned(made)
    for table in ("own_copies", "agreements", "entry_introducers", "attachments", "entries"):
        sql(made, f"DELETE FROM {table} WHERE entry_key LIKE '%x0003x'")  # noqa: S608 - constants
    assert scanned(made).units == sql(made, UNITS)
    dossier = named(made, "dossier", key(3))
    assert dossier not in {row["dossier_id"] for row in findings.all_findings(made.place.ledger, 1)}


def test_an_entry_that_comes_while_a_partition_is_read_waits_for_the_next_scan(made: Made) -> None:
    place = replace(made.place, open_store=lambda _: LateStore(made.store))
    run_id = scan.begin_scan(place, "main", AS_OF)
    list(scan.scan_in_turn(place, run_id))
    scan.finish_scan(place, run_id)
    assert scanned(made).units == sql(made, UNITS)


def test_an_empty_store_is_scanned_to_the_end(made: Made) -> None:
    _delete(made, *(key(number) for number in range(DOSSIERS)))
    assert scanned(made) == scan.ScanCounts()


def test_what_a_scan_named_is_forgotten_with_its_dossier(made: Made) -> None:
    scanned(made)
    ledger = made.place.ledger
    dossier = locator.surrogates(ledger, 1, "dossier", [key(3)])[key(3)]
    with ledger.reading() as connection:
        tied = connection.execute(sa.text("SELECT count(*) FROM locator WHERE dossier_id = :d"), {"d": dossier}).scalar_one()
    assert tied == sql(made, "SELECT 2 * count(*) FROM entries WHERE dossier_key = :key", key=key(3))


class LateStore(DyingStore):
    """A store in which an entry appears once its digests were read."""

    def __init__(self, store: ReferenceStore) -> None:
        super().__init__(store, "")

    def texts(self, partition: Any = None, wanted: Any = None) -> Iterator[TextUnit]:  # noqa: ANN401 - the store's
        yield TextUnit(key(3), "E-late", None, None, 0, "Le patient est diabétique.", None)
        yield TextUnit(key(3), "E0-x0003x", "T-late", None, 0, "Le patient est diabétique.", None)
        yield from self._store.texts(partition, wanted)


def _delete(made: Made, *dossiers: str) -> None:
    with made.store.erasing() as eraser:
        eraser.lock(dossiers)
        eraser.delete(dossiers)
        eraser.commit()


def _add(made: Made, *dossiers: str) -> None:
    load_rows(
        made.store,
        {
            "dossiers": pd.DataFrame([{"dossier_key": name, "kind": "SHARED"} for name in dossiers]),
            "entries": pd.DataFrame(
                [
                    {"entry_key": f"E-{n}", "dossier_key": n, "text": "diabétique", "categories": 0, "special_declared": 0}
                    for n in dossiers
                ]
            ),
        },
    )


def test_a_store_has_one_name_however_its_place_is_spelled(made: Made) -> None:
    path = made.out / "store.db"
    for target in (f"sqlite:///{path}", f"sqlite:///{path.parent}/../{path.parent.name}/store.db"):
        with pytest.raises(UsageError, match="registered already"):
            register(made.place, "main2", target)
    assert [record.name for record in stores.stores(made.place.ledger)] == ["main"]
