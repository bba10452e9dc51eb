"""Rows found by several paths, and keys that the database compares otherwise than we do: nothing of a held dossier goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from discretio.errors import MappingError, PurgeRefusedError
from discretio.stores.erasable_mapped import ErasableMappedStore
from discretio.stores.mapping import read_mapping
from ledger.databases import schema_on
from stores.foreign.erasable import NAMES, content, filled, run

SECRET = b"a key of the ledger"
BASES = ("client_file", "visit", "client", "picture", "halt")
MAPPING = """\
store: {{url: '{url}'}}
erase:
  holds: frame
  also:
    of_entries: {{table: picture, of: entries, on: {{id: picture_id}}, erase: delete}}
    of_people: {{table: picture, of: persons, on: {{id: photo_id}}, erase: {people}}}
frames:
  dossiers: {{table: client_file, columns: {{dossier_key: nr, kind: {{value: SHARED}}, status: state}}, erase: delete}}
  entries: {{table: visit, columns: {{entry_key: id, dossier_key: file_nr, text: report}}, erase: delete}}
  persons: {{table: client, columns: {{person_key: id, dossier_key: file_nr, name: name}}, erase: delete}}
  holds: {{table: halt, columns: {{hold_key: id, dossier_key: file_nr, kind: why, from_at: since}}, erase: delete}}
"""
TABLES = """\
CREATE TABLE client_file (nr VARCHAR(9) {nocase} PRIMARY KEY, state VARCHAR(9));
CREATE TABLE visit (id INTEGER PRIMARY KEY, file_nr VARCHAR(9) {nocase}, report TEXT, picture_id INTEGER);
CREATE TABLE client (id INTEGER PRIMARY KEY, file_nr VARCHAR(9) {nocase}, name TEXT, photo_id INTEGER);
CREATE TABLE picture (id INTEGER PRIMARY KEY, body TEXT);
CREATE TABLE halt (id INTEGER PRIMARY KEY, file_nr VARCHAR(9) {nocase}, why VARCHAR(40), since DATE);
INSERT INTO client_file VALUES ('a-1', 'CLOSED'), ('b-2', 'CLOSED'), ('c-3', 'CLOSED');
INSERT INTO visit VALUES (1, 'a-1', 'verslag', 5), (2, 'A-1', 'nog een', 6), (3, 'c-3', 'anders', NULL);
INSERT INTO client VALUES (1, 'B-2', 'Jan', 5), (2, 'a-1', 'Piet', 6);
INSERT INTO picture VALUES (5, 'of A and of B'), (6, 'of A twice'), (7, 'of nobody');
INSERT INTO halt VALUES (1, 'B-2', 'LITIGATION', '2026-01-01')"""


@pytest.fixture(params=["sqlite", pytest.param("mariadb", marks=pytest.mark.services)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'centre.db'}"
    else:
        with schema_on(request.param) as made:
            yield made


def made(folder: Path, url: str, people: str = "delete") -> ErasableMappedStore:
    run(url, *TABLES.format(nocase="COLLATE NOCASE" if url.startswith("sqlite") else "").split(";"))
    path = folder / "centre.yaml"
    path.write_text(MAPPING.format(url=url, people=people), encoding="utf-8")
    return ErasableMappedStore(read_mapping(path))


def erase(store: ErasableMappedStore, *keys: str) -> dict[str, int]:
    with store.erasing() as eraser:
        assert eraser.lock(keys) == set(keys)
        counts = eraser.delete(keys)
        eraser.commit()
    return counts


@pytest.mark.parametrize("people", ["delete", "keep"])
def test_a_row_that_another_dossier_has_by_another_path_stays(people: str, tmp_path: Path, url: str) -> None:
    store = made(tmp_path, url, people)
    before = store.dossier_hashes(["b-2", "c-3"], SECRET)
    # The picture that the dossier has twice is counted once.
    assert erase(store, "a-1") == {"client_file": 1, "visit": 2, "client": 1, "picture": 1}
    assert content(url, BASES)["picture"] == ["(5, 'of A and of B')", "(7, 'of nobody')"]
    assert store.dossier_hashes(["b-2", "c-3"], SECRET) == before
    assert store.remaining(["a-1"]) == {}


def test_both_owners_of_a_row_gone_it_goes(tmp_path: Path, url: str) -> None:
    store = made(tmp_path, url)
    assert erase(store, "a-1", "b-2")["picture"] == 2
    assert content(url, BASES)["picture"] == ["(7, 'of nobody')"]


def test_a_row_that_writes_its_dossier_otherwise_is_read_hashed_and_erased_with_it(tmp_path: Path, url: str) -> None:
    store = made(tmp_path, url)
    assert store.read("holds").dossier_key.tolist() == ["b-2"]
    assert store.read("entries").dossier_key.tolist() == ["a-1", "a-1", "c-3"]
    assert {held.dossier_key for held in store.values(["a-1"])} == {"a-1"}
    with store.erasing() as eraser:
        assert eraser.lock(["b-2"]) == {"b-2"}
        assert [row["dossier_key"] for row in eraser.records("holds", ["b-2"])] == ["b-2"]
        hashes = eraser.dossier_hashes(["b-2"], SECRET)
    assert hashes == store.dossier_hashes(["b-2"], SECRET)
    run(url, "UPDATE client SET name = 'Joris' WHERE id = 1")
    assert store.dossier_hashes(["b-2"], SECRET) != hashes
    erase(store, "a-1", "b-2")
    assert [content(url, BASES)[name] for name in ("client", "halt")] == [[], []]


def test_a_dossier_of_a_key_that_only_compares_alike_is_another_one(tmp_path: Path, url: str) -> None:
    with made(tmp_path, url).erasing() as eraser:
        assert eraser.lock(["A-1", "c-3"]) == {"c-3"}
        assert eraser.dossier_hashes(["A-1"], SECRET) == {}


NOCASE = " COLLATE NOCASE"
MIXED = """\
CREATE TABLE client_file (nr VARCHAR(9){parent} PRIMARY KEY, state VARCHAR(9));
CREATE TABLE visit (id INTEGER PRIMARY KEY, file_nr VARCHAR(9){child}, report TEXT, picture_id INTEGER);
CREATE TABLE client (id INTEGER PRIMARY KEY, file_nr VARCHAR(9){child}, name TEXT, photo_id INTEGER);
CREATE TABLE picture (id INTEGER PRIMARY KEY, body TEXT);
CREATE TABLE halt (id INTEGER PRIMARY KEY, file_nr VARCHAR(9){child}, why VARCHAR(40), since DATE);
INSERT INTO client_file VALUES ('a-1', 'CLOSED'), ('b-2', 'CLOSED');
INSERT INTO visit VALUES (1, 'a-1', 'verslag', NULL)"""


def mixed(folder: Path, parent: str, child: str) -> tuple[str, ErasableMappedStore]:
    url = f"sqlite:///{folder / 'mixed.db'}"
    run(url, *MIXED.format(parent=parent, child=child).split(";"))
    path = folder / "mixed.yaml"
    path.write_text(MAPPING.format(url=url, people="delete"), encoding="utf-8")
    return url, ErasableMappedStore(read_mapping(path))


@pytest.mark.parametrize(("parent", "child"), [(NOCASE, ""), ("", NOCASE)], ids=["the dossier's", "the hold's"])
def test_a_hold_that_one_table_alone_takes_for_the_dossier_s_keeps_all_from_being_planned_and_erased(
    parent: str, child: str, tmp_path: Path
) -> None:
    url, store = mixed(tmp_path, parent, child)
    assert store.dossier_hashes(["b-2"], SECRET), "as long as every row writes the key as the dossier does, nothing is unclear"
    run(url, "INSERT INTO halt VALUES (1, 'B-2', 'LITIGATION', '2026-01-01')")
    before = content(url, BASES)
    with pytest.raises(PurgeRefusedError, match="1 rows write the key of a dossier otherwise") as erasing, store.erasing():
        pass
    with pytest.raises(PurgeRefusedError, match="don't compare them alike") as planning:
        ErasableMappedStore(store.mapping).dossier_hashes(["b-2"], SECRET)
    assert erasing.value.where == planning.value.where == "halt, beside client_file"
    assert content(url, BASES) == before
    run(url, "UPDATE halt SET file_nr = 'b-2'")
    with store.erasing() as eraser:
        assert [row["dossier_key"] for row in eraser.records("holds", ["b-2"])] == ["b-2"]


@pytest.mark.parametrize("both", [NOCASE, ""], ids=["alike without case", "alike with case"])
def test_where_all_tables_compare_alike_another_spelling_is_no_obstacle(both: str, tmp_path: Path) -> None:
    url, store = mixed(tmp_path, both, both)
    run(url, "INSERT INTO halt VALUES (1, 'B-2', 'LITIGATION', '2026-01-01')")
    with store.erasing() as eraser:
        assert len(eraser.records("holds", ["b-2"])) == (1 if both else 0)


@pytest.mark.services
def test_in_tables_that_are_neither_locked_nor_rolled_back_nothing_is_erased(tmp_path: Path) -> None:
    with schema_on("mariadb") as url:
        store = filled(tmp_path, url)
        erase(store, "1")
        run(url, "ALTER TABLE halt ENGINE=MyISAM")
        before = content(url, NAMES)
        with pytest.raises(PurgeRefusedError, match="neither locks nor rolls back") as refused, store.erasing():
            pass
        assert (refused.value.where, content(url, NAMES)) == ("halt", before)
        with pytest.raises(PurgeRefusedError, match="neither locks nor rolls back"):
            ErasableMappedStore(store.mapping).check()


def with_where(folder: Path, url: str, left_out: str) -> ErasableMappedStore:
    run(url, "ALTER TABLE visit ADD withdrawn INTEGER DEFAULT 0", "UPDATE visit SET withdrawn = 1 WHERE id = 2")
    old = "text: report}}, erase: delete}}"
    path = folder / "centre.yaml"
    text = MAPPING.replace(old, f"text: report}}}}, where: {{{{withdrawn: 0}}}}, erase: delete{left_out}}}}}")
    path.write_text(text.format(url=url, people="delete"), encoding="utf-8")
    return ErasableMappedStore(read_mapping(path))


def test_a_mapping_says_what_becomes_of_the_rows_that_it_leaves_out(tmp_path: Path, url: str) -> None:
    made(tmp_path, url)
    with pytest.raises(MappingError, match="doesn't say whether they belong to dossiers") as refused:
        with_where(tmp_path, url, "").check()
    assert "left_out: erase" in refused.value.remedy


def test_rows_that_are_left_out_go_with_their_dossier_and_what_hangs_on_them_too(tmp_path: Path, url: str) -> None:
    made(tmp_path, url)
    store = with_where(tmp_path, url, ", left_out: erase")
    assert store.read("entries").entry_key.tolist() == ["1", "3"]
    # What goes is also what a verification looks for, and in what it looks.
    assert [held.value for held in store.values(["a-1"]) if held.column == "text"] == ["verslag", "nog een"]
    before = store.dossier_hashes(["a-1"], SECRET)
    run(url, "UPDATE visit SET report = 'nog een, veranderd' WHERE id = 2")
    assert store.dossier_hashes(["a-1"], SECRET) != before
    assert erase(store, "a-1") == {"client_file": 1, "visit": 2, "client": 1, "picture": 1}
    assert store.remaining(["a-1"]) == {}


def test_rows_that_belong_to_something_else_stay(tmp_path: Path, url: str) -> None:
    made(tmp_path, url)
    store = with_where(tmp_path, url, ", left_out: others")
    assert [held.value for held in store.values(["a-1"]) if held.column == "text"] == ["verslag"]
    assert erase(store, "a-1")["visit"] == 1
    assert "(2, 'A-1', 'nog een', 6, 1)" in content(url, BASES)["visit"]
