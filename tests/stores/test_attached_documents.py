"""Attachments that a database holds as files or names by their paths: read as documents are, never outside of their place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import fsspec
import pytest

from discretio.errors import MappingError
from discretio.steps.extracting import DocumentExtractor
from discretio.stores.loading import load_rows
from discretio.stores.opening import open_store
from discretio.stores.port import DossierStore, TextUnit
from discretio.stores.reference import ReferenceStore, create_store
from discretio.stores.reference.schema import BASE
from discretio.stores.samples.files import KINDS
from documents.office_builders import docx, package, run
from documents.pdf_builders import pdf
from stores.store_rows import sample_rows

EXTRACT = DocumentExtractor()
SCHEMA = """
CREATE TABLE zaak (nr INTEGER PRIMARY KEY);
CREATE TABLE nota (id INTEGER PRIMARY KEY, zaak_nr INTEGER, tekst TEXT);
CREATE TABLE bijlage (id INTEGER PRIMARY KEY, nota_id INTEGER, inhoud BLOB, pad TEXT);
INSERT INTO zaak VALUES (1);
INSERT INTO nota VALUES (1, 1, 'gezond');
"""
MAPPING = """\
store:
  url: sqlite:///{database}
{files}frames:
  dossiers:
    table: zaak
    columns: {{dossier_key: nr}}
  entries:
    table: nota
    columns: {{entry_key: id, dossier_key: zaak_nr, text: tekst}}
  attachments:
    table: bijlage
    columns: {{attachment_key: id, entry_key: nota_id, text: {text}}}
"""
Made = Callable[..., DossierStore]
WORD = f"<w:p>{run('verslag in Word')}</w:p>"


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def make(text: str, rows: list[tuple[bytes | None, str | None]], files: str = "") -> DossierStore:
        database = tmp_path / "foreign.db"
        database.unlink(missing_ok=True)
        with sqlite3.connect(database) as connection:
            connection.executescript(SCHEMA)
            connection.executemany("INSERT INTO bijlage (nota_id, inhoud, pad) VALUES (1, ?, ?)", rows)
        place = f"  files: {files}\n" if files else ""
        (tmp_path / "mapping.yaml").write_text(MAPPING.format(database=database, text=text, files=place), encoding="utf-8")
        store = open_store(str(tmp_path / "mapping.yaml"), {}, EXTRACT)
        store.check()
        return store

    return make


def attached(store: DossierStore) -> list[TextUnit]:
    return [unit for unit in store.texts() if unit.attachment_key is not None]


def said(units: list[TextUnit]) -> list[tuple[str | None, str | None, str, str | None]]:
    return [(unit.attachment_key, unit.part, unit.text.strip(), unit.not_examined) for unit in units]


def test_files_in_a_column_are_read_as_documents(made: Made) -> None:
    blobs = [pdf("verslag in PDF"), docx(WORD), package({"a.txt": "los", "b.docx": docx(WORD)}), None, b"\0\1\2" * 900]
    found = said(attached(made("{column: inhoud, file: bytes}", [(blob, None) for blob in blobs])))
    texts = {(key, part): text for key, part, text, _ in found if text}
    assert texts["1", "page 1"] == "verslag in PDF"
    assert texts["2", "body"] == "verslag in Word"
    assert (texts["3", "1/body"], texts["3", "2/body"]) == ("los", "verslag in Word")
    assert [(key, why) for key, _, _, why in found if why] == [("4", "no_text"), ("5", "unknown_type")]


@pytest.mark.parametrize("remote", [False, True], ids=["folder", "url"])
def test_files_named_by_a_column_are_read_below_their_place_and_nowhere_else(made: Made, tmp_path: Path, remote: bool) -> None:
    (tmp_path / "secret.txt").write_text("buiten", encoding="utf-8")
    contents = {"2026/verslag.docx": docx(WORD), "nota.txt": "één".encode("cp1252")}
    place = f"memory://{uuid4().hex}" if remote else "files"
    for name, content in contents.items():
        if remote:
            fsspec.filesystem("memory").pipe(f"/{place.removeprefix('memory://')}/{name}", content)
        else:
            (tmp_path / "files/2026").mkdir(parents=True, exist_ok=True)
            (tmp_path / "files" / name).write_bytes(content)
    paths = [
        "2026/verslag.docx",
        "2026\\verslag.docx",
        "nota.txt",
        "../secret.txt",
        str(tmp_path / "secret.txt"),
        "weg.pdf",
        None,
        "",
    ]
    found = said(attached(made("{column: pad, file: path}", [(None, path) for path in paths], place)))
    assert [(key, text) for key, _, text, _ in found if text] == [
        ("1", "verslag in Word"), ("2", "verslag in Word"), ("3", "één"),
    ]  # fmt: skip
    reasons = {key: why for key, _, _, why in found if why}
    assert reasons.keys() == {"4", "5", "6", "7", "8"}
    assert (reasons["4"], reasons["7"], reasons["8"]) == ("link_outside", "no_text", "no_text")
    assert set(reasons.values()) <= {"link_outside", "unreadable", "no_text"}


def test_a_whole_path_that_leads_into_the_place_is_followed_and_a_link_out_of_it_is_not(made: Made, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files/in.txt").write_text("binnen", encoding="utf-8")
    (tmp_path / "out.txt").write_text("buiten", encoding="utf-8")
    (tmp_path / "files/link.txt").symlink_to(tmp_path / "out.txt")
    paths = [str(tmp_path / "files/in.txt"), "link.txt", "in.txt\0"]
    found = said(attached(made("{column: pad, file: path}", [(None, path) for path in paths], "files")))
    assert [(key, text, why) for key, _, text, why in found] == [
        ("1", "binnen", None), ("2", "", "link_outside"), ("3", "", "link_outside"),
    ]  # fmt: skip


def test_the_digest_changes_with_the_file_behind_a_path(made: Made, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "files" / name).write_text("eerst", encoding="utf-8")
    store = made("{column: pad, file: path}", [(None, "a.txt"), (None, "b.txt")], "files")
    before = {attachment: digest for _, attachment, digest in store.digests()}
    (tmp_path / "files/a.txt").write_text("dan", encoding="utf-8")
    after = {attachment: digest for _, attachment, digest in store.digests()}
    assert {key for key in after if after[key] != before[key]} == {"1"}


def test_without_a_place_a_path_is_a_gap_and_only_a_text_can_be_a_file(made: Made) -> None:
    assert [unit.not_examined for unit in attached(made("{column: pad, file: path}", [(None, "a.txt")]))] == ["no_text"]
    with pytest.raises(MappingError, match="as bytes or by its path"):
        made("{column: pad, file: elsewhere}", [])


def test_only_what_is_wanted_is_read(made: Made, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files/a.txt").write_text("een", encoding="utf-8")
    store = made("{column: pad, file: path}", [(None, "a.txt"), (None, "b.txt")], "files")
    wanted = {(entry, attachment) for entry, attachment, _ in store.digests() if attachment == "1"}
    units = list(store.texts(None, wanted))
    assert [(unit.attachment_key, unit.text) for unit in units] == [("1", "een")]


def test_the_reference_store_holds_documents_itself_and_erases_them_with_their_dossier(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'reference.db'}"
    rows = sample_rows(2)
    blobs = [pdf("verslag in PDF"), docx(WORD), None]
    attachments = rows["attachments"].head(3).assign(text="een tekst", content=blobs)
    load_rows(create_store(url), rows | {"attachments": attachments})
    store = open_store(url, {}, EXTRACT)
    texts = {text for _, _, text, _ in said(attached(store)) if text}
    assert {"verslag in PDF", "verslag in Word", "een tekst"} <= texts
    before = {key: digest for _, key, digest in store.digests() if key}
    assert isinstance(store, ReferenceStore)
    hashes = store.dossier_hashes(rows["dossiers"].dossier_key, b"key")
    with store.database.writing() as connection:
        change = BASE.by_name["attachments"].update().where(BASE.by_name["attachments"].c.content == blobs[0])
        connection.execute(change.values(content=pdf("ander verslag")))
        connection.commit()
    changed = {key for _, key, digest in store.digests() if key and before[key] != digest}
    assert changed == {attachments.attachment_key.iloc[0]}
    assert store.dossier_hashes(rows["dossiers"].dossier_key, b"key") != hashes
    assert "content" not in store.read("attachments")


def test_the_samples_hold_documents_of_three_kinds_that_can_be_read() -> None:
    for suffix, made_of in KINDS:
        pieces = list(EXTRACT(BytesIO(made_of("Il est suivi (à l'hôpital) \\ für Größe & één.")), f"x.{suffix}"))
        assert "Il est suivi (à l'hôpital) \\ für Größe & één." in {piece.text.strip() for piece in pieces}
        assert not [piece for piece in pieces if piece.not_examined]
