"""What real databases do to a mapping: each has a clear outcome, and no effect on the rest. On SQLite, which is everywhere."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from discretio.errors import MappingError, PurgeRefusedError, StoreContentError, StoreUnavailableError
from discretio.stores.engines import Purpose
from discretio.stores.foreign.checking import remarks_on
from discretio.stores.foreign.remarks import Gravity
from discretio.stores.foreign.yaml_reader import parse_file
from discretio.stores.mapped import MappedStore
from stores.foreign.foreign_databases import made, mapped, opened

SCRIPT = """
CREATE TABLE zaak (nr INTEGER PRIMARY KEY, geopend DATE, plek GEOGRAPHY, doos BLOB);
CREATE TABLE nota (id INTEGER PRIMARY KEY, zaak INTEGER, tekst TEXT);
INSERT INTO zaak VALUES (1, '2020-01-02', 'POINT(1 2)', x'ff00fe'), (2, '2021-03-04', NULL, NULL);
INSERT INTO nota VALUES (1, 1, 'een'), (2, 1, 'twee'), (3, 2, 'drie'), (4, 2, 'vier'), (5, NULL, 'vijf');
CREATE VIEW alles AS SELECT * FROM nota WHERE zaak IS NOT NULL;
"""
KEYLESS = "CREATE TABLE los (id INTEGER, zaak INTEGER, tekst TEXT); INSERT INTO los VALUES (1, 1, 'a'), (2, 1, 'b');"
ENTRIES = "  entries: {table: %s, columns: {entry_key: id, dossier_key: zaak, text: tekst}%s}\n"


def said(store: MappedStore, gravity: Gravity) -> list[str]:
    return [remark.what for remark in remarks_on(store.database, store.mapping) if remark.gravity is gravity]


def test_a_view_is_read_and_noted(tmp_path: Path) -> None:
    store = mapped(tmp_path, SCRIPT, ENTRIES % ("alles", ""))
    store.check()
    assert [unit.text for unit in store.texts()] == ["een", "twee", "drie", "vier"]
    assert any("alles is a view" in what for what in said(store, Gravity.NOTE))


def test_types_that_nobody_knows_and_bytes_without_text_do_not_stop_the_rest(tmp_path: Path) -> None:
    frames = """\
  entries:
    parts:
      plek: {table: zaak, columns: {entry_key: nr, dossier_key: nr, text: plek}}
      doos: {table: zaak, columns: {entry_key: nr, dossier_key: nr, text: doos}}
"""
    store = mapped(tmp_path, SCRIPT, frames)
    store.check()
    found = {unit.entry_key: (unit.text, unit.not_examined) for unit in store.texts()}
    assert found["plek:1"] == ("POINT(1 2)", None)
    assert found["plek:2"] == found["doos:2"] == ("", "no_text")
    assert found["doos:1"] == ("", "invalid_utf8")


def test_rows_without_a_dossier_stop_the_scan_and_the_remedy_given_works(tmp_path: Path) -> None:
    with pytest.raises(StoreContentError, match="1 rows belong to no dossier") as refused:
        mapped(tmp_path, SCRIPT, ENTRIES % ("nota", "")).check()
    assert "{value: none}" in refused.value.remedy
    frames = """\
  entries:
    parts:
      known: {table: nota, where: {not: {zaak: null}}, columns: {entry_key: id, dossier_key: zaak, text: tekst}}
      strays: {table: nota, where: {zaak: null}, columns: {entry_key: id, dossier_key: {value: none}, text: tekst}}
"""
    store = opened(tmp_path, f"sqlite:///{tmp_path / 'foreign.db'}", frames)
    store.check()
    cuts = store.partitions(1)
    assert [cut.first for cut in cuts] == ["1", "2", "none"]
    assert [unit.text for cut in cuts for unit in store.texts(cut)] == ["een", "twee", "drie", "vier", "vijf"]


def test_what_is_wanted_is_found_by_its_key_also_in_a_column_without_a_type(tmp_path: Path) -> None:
    script = "CREATE TABLE nota (id, zaak, tekst); INSERT INTO nota VALUES (1, 1, 'een'), (2, 1, 'twee'), ('3', 1, 'drie');"
    store = mapped(tmp_path, script, ENTRIES % ("nota", ""))
    assert sorted(unit.text for unit in store.texts(None, {("2", None), ("3", None)})) == ["drie", "twee"]


def test_a_table_without_a_key_is_counted_and_shared_keys_are_refused(tmp_path: Path) -> None:
    store = mapped(tmp_path, f"{SCRIPT}{KEYLESS}", ENTRIES % ("los", ""))
    store.check()
    assert any("no primary key" in what for what in said(store, Gravity.WARNING))
    with sqlite3.connect(tmp_path / "foreign.db") as connection:
        connection.execute("INSERT INTO los VALUES (1, 1, 'c')")
    with pytest.raises(StoreContentError, match="1 rows share their entry_key"):
        store.check()


def test_rows_deleted_while_scanning_disturb_nobody_else(tmp_path: Path) -> None:
    store = mapped(tmp_path, SCRIPT, ENTRIES % ("alles", ""), "  page_rows: 1\n")
    texts = store.texts()
    seen = [next(texts).text]
    with sqlite3.connect(tmp_path / "foreign.db") as connection:
        connection.execute("DELETE FROM nota WHERE id IN (1, 2)")
    assert seen + [unit.text for unit in texts] == ["een", "drie", "vier"]


def test_a_file_that_is_gone_or_no_database_is_unavailable(tmp_path: Path) -> None:
    store = mapped(tmp_path, SCRIPT, ENTRIES % ("alles", ""))
    (tmp_path / "foreign.db").write_bytes(b"no database " * 999)
    with pytest.raises(StoreUnavailableError):
        store.check()
    (tmp_path / "foreign.db").unlink()
    with pytest.raises(StoreUnavailableError):
        list(opened(tmp_path, f"sqlite:///{tmp_path / 'foreign.db'}", ENTRIES % ("alles", "")).texts())
    assert not (tmp_path / "foreign.db").exists()


def test_a_foreign_file_is_opened_read_only_and_never_changed(tmp_path: Path) -> None:
    path = made(tmp_path, SCRIPT)
    before = path.read_bytes()
    store = opened(tmp_path, f"sqlite:///{path}", ENTRIES % ("alles", ""))
    store.check()
    list(store.texts())
    with pytest.raises(StoreUnavailableError), store.database.reading() as connection:
        connection.connection.executescript("PRAGMA query_only = OFF; DELETE FROM nota;")
    with pytest.raises(PurgeRefusedError):
        store.database.connect(Purpose.WRITE)
    assert path.read_bytes() == before
    assert said(store, Gravity.WARNING) == []


def test_a_statement_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    store = mapped(
        tmp_path, SCRIPT + f"CREATE VIEW eindeloos AS {endless};", ENTRIES % ("alles", ""), "  statement_seconds: 1\n"
    )
    with pytest.raises(StoreUnavailableError), store.database.reading() as connection:
        connection.execute(text("SELECT * FROM eindeloos")).all()
    assert len(list(store.texts())) == 4


@pytest.mark.parametrize(
    ("line", "says"),
    [("page_rows: 0", "page_rows"), ("statement_seconds: yes", "statement_seconds"), ("time_zone: Mars", "time zone"),
     ("read_only_account: 1", "true or false"), ("rows_per_secnd: 5", "did you mean rows_per_second")],
)  # fmt: skip
def test_manners_that_can_not_be_are_refused_where_they_stand(line: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(MappingError) as refused:
        mapped(tmp_path, SCRIPT, ENTRIES % ("alles", ""), f"  {line}\n")
    assert says in str(refused.value)
    assert "mapping.yaml:3" in str(refused.value)


def test_a_mapping_that_is_not_there_is_not_called_unreadable(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="there is no such mapping file"):
        parse_file(tmp_path / "none.yaml")
