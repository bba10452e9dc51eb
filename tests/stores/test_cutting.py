from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretio.errors import UsageError
from discretio.stores.cutting import EACH_CONTENT, EACH_FILE, cut
from discretio.stores.document_tree import DocumentTree
from discretio.stores.loading import load_rows
from discretio.stores.reference import ReferenceStore, create_store
from stores.foreign.foreign_databases import mapped
from stores.store_rows import key, sample_rows

SCRIPT = """
CREATE TABLE zaak (nr INTEGER PRIMARY KEY);
CREATE TABLE nota (id INTEGER PRIMARY KEY, zaak INTEGER, tekst TEXT, pad TEXT, doos BLOB);
INSERT INTO zaak VALUES (1), (2), (3), (10);
INSERT INTO nota VALUES
    (1, 1, 'kort', 'a.txt', zeroblob(1600)), (2, 2, printf('%.10000c', 'e'), 'b.txt', NULL), (3, 10, 'kort', NULL, NULL);
"""
MAPPED = """\
  dossiers: {table: zaak, columns: {dossier_key: nr}}
  entries: {table: nota, columns: {entry_key: id, dossier_key: zaak, text: %s}}
"""


@given(st.lists(st.integers(0, 50)), st.integers(1, 9), st.integers(1, 90))
def test_ranges_hold_every_dossier_once_in_order_and_no_more_than_the_limit(weights: list[int], size: int, octets: int) -> None:
    names = [f"{number:04d}" for number in range(len(weights))]
    cuts = cut(zip(names, weights, strict=True), size, octets)
    assert [part.number for part in cuts] == list(range(len(cuts)))
    assert sum(part.dossiers for part in cuts) == len(names)
    held = [[name for name in names if (part.first or "") <= name <= (part.last or "")] for part in cuts]
    assert [name for some in held for name in some] == names
    for some in held:
        assert len(some) <= size
        assert len(some) == 1 or sum(weights[int(name)] for name in some) <= octets


def test_ranges_without_a_dossier_are_refused() -> None:
    with pytest.raises(UsageError):
        cut([("a", 1)], 0)


@pytest.fixture
def store(tmp_path: Path) -> ReferenceStore:
    made = create_store(f"sqlite:///{tmp_path / 'store.db'}")
    rows = sample_rows(6)
    rows["entries"].loc[rows["entries"].dossier_key == key(2), "text"] = "é" * 5_000
    load_rows(made, {name: rows[name] for name in ("controllers", "dossiers", "entries")})
    return made


def test_a_dossier_full_of_text_is_a_range_of_its_own(store: ReferenceStore) -> None:
    cuts = store.partitions(100, 9_000)
    assert next(part.dossiers for part in cuts if (part.first or "") <= key(2) <= (part.last or "")) == 1
    assert [part.dossiers for part in store.partitions(100)] == [6]


def test_without_a_limit_in_bytes_dossiers_are_counted(store: ReferenceStore) -> None:
    assert [part.dossiers for part in store.partitions(4)] == [4, 2]


@pytest.mark.parametrize(
    ("text", "octets", "dossiers"),
    [
        ("tekst", 10_000, [1, 1, 2]),
        ("tekst", 100_000, [4]),
        ("{column: pad, file: path}", EACH_FILE + 1, [1, 2, 1]),
        ("{column: doos, file: bytes}", EACH_CONTENT + 150, [1, 2, 1]),
    ],
)
def test_a_foreign_store_is_cut_by_what_its_database_says(text: str, octets: int, dossiers: list[int], tmp_path: Path) -> None:
    cuts = mapped(tmp_path, SCRIPT, MAPPED % text).partitions(100, octets)
    assert [part.dossiers for part in cuts] == dossiers
    assert cuts[-1].last == "10"


def test_a_database_that_takes_too_long_to_add_up_is_cut_by_dossiers(tmp_path: Path) -> None:
    notes = ", ".join(f"({number}, 1, 'kort', NULL, NULL)" for number in range(100, 400))
    counted = "(SELECT count(*) FROM nota a, nota b, nota c, nota d WHERE a.id + b.id + c.id + d.id = 7)"
    endless = f"CREATE VIEW traag AS SELECT id, zaak, {counted} AS tekst FROM nota;"  # noqa: S608 - constants
    script = f"{SCRIPT} INSERT INTO nota VALUES {notes}; {endless}"  # noqa: S608 - constants
    foreign = mapped(tmp_path, script, (MAPPED % "tekst").replace("table: nota", "table: traag"), "  statement_seconds: 1\n")
    assert [part.dossiers for part in foreign.partitions(3, 1_000)] == [3, 1]


def test_a_tree_is_cut_by_the_sizes_of_its_files(tmp_path: Path) -> None:
    for name, length in (("a", 10), ("b", 160_000), ("c", 10), ("d", 10)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "note.txt").write_text("x" * length, encoding="utf-8")
    tree = DocumentTree(tmp_path)
    assert [part.first for part in tree.partitions(100, 5_000)] == ["a", "b", "c"]
    assert [part.dossiers for part in tree.partitions(3)] == [3, 1]
