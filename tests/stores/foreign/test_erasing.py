"""Erasing in somebody else's tables: what the mapping says, no more; what it doesn't say stops everything beforehand."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discretio.errors import MappingError, PurgeRefusedError, StoreUnavailableError
from discretio.stores import engines
from discretio.stores.erasable_mapped import ErasableMappedStore
from discretio.stores.mapping import read_mapping
from discretio.stores.opening import open_store
from discretio.stores.port import ErasableStore
from stores.foreign.erasable import FILES, MAPPING, content, filled, mapping_in, run, word
from stores.foreign.foreign_databases import made

SECRET = b"a key of the ledger"


def erase(store: ErasableMappedStore, keys: set[str]) -> dict[str, int]:
    with store.erasing() as eraser:
        eraser.lock(keys)
        counts = eraser.delete(keys)
        eraser.commit()
    return counts


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'centre.db'}"


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gone=st.sets(st.integers(1, FILES), min_size=1), strays=st.lists(st.integers(1, FILES + 3), max_size=4))
def test_every_other_dossier_stays_byte_for_byte(
    gone: set[int], strays: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("centre")
    url = f"sqlite:///{folder / 'centre.db'}"
    store = filled(folder, url)
    for number, nr in enumerate(strays):
        run(url, f"INSERT INTO halt VALUES ({number}, {nr}, 'LITIGATION', '2026-01-01')")  # noqa: S608 - numbers
    keys = {str(nr) for nr in gone}
    others = [str(nr) for nr in range(1, FILES + 1) if nr not in gone]
    before, hashes, rows = content(url), store.dossier_hashes(others, SECRET), store.remaining(keys)
    assert erase(store, keys) == rows
    assert store.remaining(keys) == {}
    assert store.dossier_hashes(others, SECRET) == hashes
    words = {word(nr) for nr in gone}
    after = content(url)
    assert not any(one in row for some in after.values() for row in some for one in words)
    assert after["menu"], after["body"] == (before["menu"], before["body"])
    assert set(after["halt"]) == {row for row in before["halt"] if int(row.split(", ")[1]) not in gone}
    for name in ("client_file", "visit", "visit_tag", "event"):
        assert set(after[name]) <= set(before[name])
    raw = b"".join(file.read_bytes() for file in folder.glob("centre.db*"))
    assert not [one for one in words if one.encode() in raw]


def test_where_the_row_of_a_dossier_stays_it_is_no_dossier_any_more(tmp_path: Path, url: str) -> None:
    store = filled(tmp_path, url, files="{set: {state: GONE, holder: null, opened: null, closed: null}}")
    erase(store, {"1", "2"})
    assert store.remaining(["1", "2"]) == {}
    assert content(url)["client_file"][:1] == ["(1, None, 'GONE', None, None, 'P1Y')"]
    assert not {"1", "2"} & set(store.read("dossiers").dossier_key)
    assert sum(part.dossiers for part in store.partitions(10)) == FILES - 2
    # Whoever fills it again has a dossier again.
    run(url, "UPDATE client_file SET holder = 1 WHERE nr = 1")
    assert store.remaining(["1"]) == {"client_file": 1}


def test_a_mapping_without_erase_stays_read_only(tmp_path: Path, url: str) -> None:
    filled(tmp_path, url)
    text = MAPPING.replace("erase:\n  holds: frame\n  also:\n", "x:\n").partition("x:\n")
    mapping = text[0] + text[2].partition("\n")[2]
    path = mapping_in(tmp_path, url, mapping)
    store = open_store(str(path), {})
    assert not isinstance(store, ErasableStore)
    with pytest.raises(PurgeRefusedError, match="under a lock"):
        store.erasing()
    assert isinstance(open_store(str(mapping_in(tmp_path, url)), {}), ErasableStore)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("holds: frame", "holds: ledger", "not in both"),
        ("    columns: {{hold_key: id, dossier_key: file_nr, kind: why, from_at: since}}\n    erase: delete",
         "    columns: {{hold_key: id, dossier_key: file_nr, kind: why, from_at: since}}", "rows of holds"),
        ("tags: {{table: visit_tag, of: entries, on: {{site: site, number: number}}, erase: delete}}",
         "tags: {{table: menu, of: entries, on: {{id: site}}, erase: keep}}", "visit_tag points to"),
        ("erase: delete}}\nframes", "erase: keep}}\nframes", "rows of main.visit_tag stay"),
        ("born: null, file_nr: null", "born: null", "rows of main.client stay"),
        ("erase: {files}", "erase: keep", "rows of dossiers"),
        ("of: entries,", "of: sessions,", "a frame that isn't mapped"),
        ("site: site, number: number", "site: site, number: nr", "no column nr"),
        ("name: erased, born", "nome: erased, born", "no column nome"),
        ("name: erased, born: null", "name: null, born: null", "nulls alone"),
        ("columns: {{controller_key: id, kind: sort}}}}", "columns: {{controller_key: id, kind: sort}}, erase: delete}}",
         "belong to no dossier"),
        ("erase: {files}", "erase: wipe", "no way of erasing"),
        ("holds: frame", "holds: nowhere", "frame or in the ledger"),
    ],
)  # fmt: skip
def test_what_the_mapping_leaves_open_stops_everything_beforehand(
    old: str, new: str, says: str, tmp_path: Path, url: str
) -> None:
    filled(tmp_path, url)
    before = content(url)
    assert old in MAPPING
    path = mapping_in(tmp_path, url, MAPPING.replace(old, new))
    with pytest.raises(MappingError) as refused, open_store(str(path), {}).erasing():
        pass
    assert says in str(refused.value)
    assert "kenmerk" not in str(refused.value)
    assert content(url) == before


RING = """
CREATE TABLE zaak (nr INTEGER PRIMARY KEY, eerste INTEGER REFERENCES nota (id));
CREATE TABLE nota (id INTEGER PRIMARY KEY, zaak INTEGER REFERENCES zaak (nr));
INSERT INTO zaak VALUES (1, NULL), (2, NULL); INSERT INTO nota VALUES (1, 1), (2, 2); UPDATE zaak SET eerste = nr;
"""
RINGED = """\
store: {url: '%s'}
erase: {holds: ledger}
frames:
  dossiers: {table: zaak, columns: {dossier_key: nr}, erase: delete}
  entries: {table: nota, columns: {entry_key: id, dossier_key: zaak}, erase: %s}
"""


def ringed(folder: Path, way: str) -> ErasableMappedStore:
    path = folder / "ring.yaml"
    path.write_text(RINGED % (f"sqlite:///{folder / 'foreign.db'}", way), encoding="utf-8")
    return ErasableMappedStore(read_mapping(path))


def test_tables_that_point_to_each_other_need_a_word_which_lets_go_first(tmp_path: Path) -> None:
    made(tmp_path, RING)
    with pytest.raises(MappingError, match=r"nota, zaak point to each other in a circle") as refused:
        ringed(tmp_path, "delete").check()
    assert "unlink" in refused.value.remedy
    store = ringed(tmp_path, "{unlink: [zaak]}")
    assert erase(store, {"1"}) == {"nota": 1, "zaak": 1}
    assert store.read("holds").empty
    assert store.read("dossiers").dossier_key.tolist() == ["2"]


def test_a_row_beside_that_two_dossiers_share_stays_until_the_last_of_them_goes(tmp_path: Path) -> None:
    made(tmp_path, """
    CREATE TABLE zaak (nr INTEGER PRIMARY KEY, wijk INTEGER); CREATE TABLE wijk (id INTEGER PRIMARY KEY, wat TEXT);
    INSERT INTO wijk VALUES (7, 'nota'); INSERT INTO zaak VALUES (1, 7), (2, 7);
    """)  # fmt: skip
    path = tmp_path / "m.yaml"
    path.write_text(
        f"store: {{url: 'sqlite:///{tmp_path / 'foreign.db'}'}}\n"
        "erase: {holds: ledger, also: {wijk: {table: wijk, of: dossiers, on: {id: wijk}, erase: delete}}}\n"
        "frames: {dossiers: {table: zaak, columns: {dossier_key: nr}, erase: delete}}\n"
    )
    store = ErasableMappedStore(read_mapping(path))
    assert erase(store, {"1"}) == {"zaak": 1}
    assert erase(store, {"2"}) == {"wijk": 1, "zaak": 1}


def test_under_the_lock_nobody_adds_a_hold(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "LOCK_SECONDS", 0.05)
    store = filled(tmp_path, url)
    with store.erasing() as eraser:
        eraser.lock(["1"])
        with sqlite3.connect(tmp_path / "centre.db", timeout=0.05) as other, pytest.raises(sqlite3.OperationalError):
            other.execute("INSERT INTO halt VALUES (1, 1, 'LITIGATION', '2026-01-01')")
        other.close()
        eraser.delete(["1"])
        eraser.commit()
    assert store.remaining(["1"]) == {}


def test_what_the_database_refuses_to_erase_is_not_committed(tmp_path: Path, url: str) -> None:
    store = filled(tmp_path, url)
    run(url, "CREATE TRIGGER keep BEFORE DELETE ON visit BEGIN SELECT RAISE(IGNORE); END")
    before = content(url)
    with pytest.raises(StoreUnavailableError, match="erased 0 of 2 rows"):
        erase(store, {"1"})
    assert content(url) == before


def test_what_is_not_locked_is_not_erased(tmp_path: Path, url: str) -> None:
    with filled(tmp_path, url).erasing() as eraser:
        eraser.lock(["1"])
        with pytest.raises(PurgeRefusedError):
            eraser.delete(["1", "2"])


def test_texts_of_a_table_beside_are_told_with_their_dossier(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'centre.db'}"
    store = filled(tmp_path, url)
    run(url, "UPDATE visit_tag SET tag = 'alleen hier' WHERE number = 1")
    beside = [held for held in store.values(["1", "2"]) if held.column == "visit_tag"]
    assert [(held.dossier_key, held.value) for held in beside].count(("1", "alleen hier")) == 2
    assert {held.value for held in beside if held.dossier_key == "2"} == {word(2)}


def test_files_that_rows_name_by_a_path_are_refused_not_left_behind(tmp_path: Path, url: str) -> None:
    filled(tmp_path, url)
    named = mapping_in(tmp_path, url, MAPPING.replace("text: report", "text: {{column: report, file: path}}"))
    with pytest.raises(MappingError, match="would be left behind") as refused:
        ErasableMappedStore(read_mapping(named)).check()
    assert "bytes" in refused.value.remedy
