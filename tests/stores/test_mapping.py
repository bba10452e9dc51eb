from __future__ import annotations

import sqlite3
from pathlib import Path

import pandas as pd
import pytest

from discretio.errors import (
    DiscretioError,
    MappingError,
    PurgeRefusedError,
    SecretInUrlError,
    StoreContentError,
    StoreUnavailableError,
)
from discretio.stores.mapped import MappedStore
from discretio.stores.mapping import read_mapping

SCHEMA = """
CREATE TABLE zaak (nr INTEGER PRIMARY KEY, soort TEXT, geopend DATE, gesloten TEXT);
CREATE TABLE nota (id INTEGER PRIMARY KEY, zaak_nr INTEGER, tekst TEXT, wie TEXT);
CREATE TABLE bijlage (id INTEGER PRIMARY KEY, nota_id INTEGER, inhoud TEXT);
INSERT INTO zaak VALUES (2, 'SHARED', '2020-01-02', '2024-05-06'), (10, 'SHARED', '2020-01-02', NULL);
INSERT INTO nota VALUES (1, 2, 'gezond', 'politie'), (2, 10, NULL, NULL), (3, 99, 'verdwaald', NULL);
INSERT INTO bijlage VALUES (1, 1, 'verslag');
"""
MAPPING = """\
store:
  url: sqlite:///{path}
frames:
  dossiers:
    table: zaak
    columns: {{dossier_key: nr, kind: soort, opened_at: geopend, closed_at: gesloten}}
  entries:
    table: nota
    columns:
      entry_key: id
      dossier_key: zaak_nr
      text: tekst
      introduced_by: wie
  attachments:
    table: bijlage
    columns: {{attachment_key: id, entry_key: nota_id, text: inhoud}}
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "foreign.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(SCHEMA)
    return path


def mapping(database: Path, old: str = "", new: str = "") -> Path:
    path = database.with_name("mapping.yaml")
    path.write_text(MAPPING.format(path=database).replace(old, new, 1))
    return path


def refused(path: Path) -> str:
    with pytest.raises(MappingError) as error:
        MappedStore(read_mapping(path)).check()
    return str(error.value)


def test_a_foreign_database_reads_like_any_store(database: Path) -> None:
    store = MappedStore(read_mapping(mapping(database)))
    store.check()
    assert store.frames() == {"dossiers", "entries", "attachments"}
    dossiers = store.read("dossiers")
    assert dossiers.dtypes.astype(str).to_dict() == {
        "dossier_key": "str", "kind": "str", "opened_at": "datetime64[us]", "closed_at": "datetime64[us]",
    }  # fmt: skip
    assert dossiers.dossier_key.tolist() == ["2", "10"]
    assert dossiers.closed_at.tolist()[0] == pd.Timestamp("2024-05-06")
    assert "text" not in store.read("entries")
    assert [(unit.dossier_key, unit.entry_key, unit.attachment_key, unit.introduced_by, unit.text, unit.not_examined)
            for unit in store.texts()] == [
        ("2", "1", None, "politie", "gezond", None),
        ("10", "2", None, None, "", "no_text"),
        ("99", "3", None, None, "verdwaald", None),
        ("2", "1", "1", "politie", "verslag", None),
    ]  # fmt: skip


def test_a_table_may_be_named_with_its_schema(database: Path) -> None:
    store = MappedStore(read_mapping(mapping(database, "table: nota", "table: main.nota")))
    assert store.read("entries").entry_key.tolist() == ["1", "2", "3"]
    assert "main.notaas" in refused(mapping(database, "table: nota", "table: main.notaas"))
    assert "schema nowhere" in refused(mapping(database, "table: nota", "table: nowhere.nota"))


def test_partitions_go_by_the_foreign_keys_own_order_and_lose_no_entry(database: Path) -> None:
    store = MappedStore(read_mapping(mapping(database)))
    cuts = store.partitions(1)
    assert [(cut.first, cut.last) for cut in cuts] == [("2", "2"), ("10", "10"), ("99", "99")]
    assert [unit.entry_key for cut in cuts for unit in store.texts(cut) if unit.attachment_key is None] == ["1", "2", "3"]
    assert store.read("attachments", cuts[0]).attachment_key.tolist() == ["1"]
    assert store.read("attachments", cuts[1]).empty


WRONG = [
    ("table: nota", "table: notas", ["mapping.yaml:8", "notas", "nota"]),
    ("text: tekst", "text: texst", ["mapping.yaml:12", "texst", "nota", "tekst"]),
    ("text: tekst", "text: zzz", ["mapping.yaml:12", "zzz", "id, tekst, wie, zaak_nr"]),
    ("text: tekst", "txt: tekst", ["mapping.yaml:12", "txt"]),
    ("text: tekst", "text: 7", ["mapping.yaml:12", "name"]),
    ("text: tekst", "introduced_by: wie", ["mapping.yaml:13", "twice"]),
    ("dossier_key: zaak_nr", "lang: zaak_nr", ["mapping.yaml:8", "dossier_key"]),
    ("  entries:\n", "  entrys:\n", ["mapping.yaml:7", "entrys"]),
    ("store:\n", "stores:\n", ["mapping.yaml:1", "stores"]),
    ("  url:", "  address:", ["mapping.yaml:2", "address"]),
    ("  url: sqlite", "  url_environment: NOT_SET\n  url: sqlite", ["mapping.yaml", "either"]),
    ("frames:\n", "frames: [\n", ["mapping.yaml:", "YAML"]),
]


@pytest.mark.parametrize(("old", "new", "says"), WRONG)
def test_a_wrong_mapping_is_refused_where_it_is_wrong(old: str, new: str, says: list[str], database: Path) -> None:
    message = refused(mapping(database, old, new))
    assert all(word in message for word in says), message


@pytest.mark.parametrize("content", [b"", b"- a\n", b"store: 3\n", b"\xff\xfe", b"store: {url: 'sqlite:///a'}\n"])
def test_a_file_that_is_no_mapping_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_bytes(content)
    assert "mapping.yaml" in refused(tmp_path / "mapping.yaml")


def test_a_password_in_the_url_is_refused_wherever_the_url_stands(database: Path) -> None:
    path = mapping(database, f"url: sqlite:///{database}", "url_environment: STORE_URL")
    with pytest.raises(SecretInUrlError) as error:
        read_mapping(path, {"STORE_URL": "postgresql+psycopg://reader:hunter2@db/zaken"})
    assert "hunter2" not in str(error.value)
    with pytest.raises(MappingError, match="STORE_URL"):
        read_mapping(path, {})


def test_a_foreign_value_that_does_not_fit_is_refused_without_being_said(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE zaak SET gesloten = 'x0001x'")
    store = MappedStore(read_mapping(mapping(database)))
    with pytest.raises(StoreContentError, match=r"dossiers\.closed_at") as error:
        store.read("dossiers")
    assert "x0001x" not in str(error.value)


def test_a_foreign_closure_before_the_opening_and_an_entry_of_no_dossier_are_found(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE zaak SET gesloten = '2001-01-01' WHERE nr = 2")
    store = MappedStore(read_mapping(mapping(database)))
    with pytest.raises(StoreContentError, match="1 rows"):
        store.check()
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE zaak SET gesloten = NULL")
        connection.execute("UPDATE nota SET zaak_nr = NULL")
    with pytest.raises(StoreContentError, match="3 rows belong to no dossier"):
        store.check()


def test_a_mapped_store_is_never_written(database: Path) -> None:
    store = MappedStore(read_mapping(mapping(database)))
    with pytest.raises(PurgeRefusedError):
        store.erasing()
    with pytest.raises(StoreUnavailableError), store.database.reading() as connection:
        connection.exec_driver_sql("DELETE FROM nota")


def test_every_refusal_is_an_error_for_the_user(database: Path) -> None:
    with pytest.raises(DiscretioError):
        MappedStore(read_mapping(mapping(database, str(database), str(database) + "x"))).check()
