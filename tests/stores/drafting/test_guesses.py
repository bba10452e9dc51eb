"""What a draft makes of names, files and references that no schema declares."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from discretio.errors import UsageError
from discretio.stores.drafting.draft import Draft, DraftOrder, make_draft
from discretio.stores.drafting.names import mentions, words_of
from discretio.stores.drafting.writing import mapping_text
from discretio.stores.foreign.database import ForeignDatabase
from discretio.stores.foreign.manners import Manners
from discretio.stores.mapped import MappedStore
from discretio.stores.mapping import read_mapping
from stores.foreign.foreign_databases import made

ORDER = DraftOrder(None, lambda _: (), lambda _: (), 1_000)
DUTCH = """
CREATE TABLE "Cliënten" (id INTEGER PRIMARY KEY, voornaam VARCHAR(50), achternaam VARCHAR(50), begindatum DATE,
  afsluitdatum DATE);
CREATE TABLE verslagen (id INTEGER PRIMARY KEY, client_id INTEGER, tekst TEXT, aangemaakt TIMESTAMP);
CREATE TABLE bijlage (id INTEGER PRIMARY KEY, verslag_id INTEGER, bestandsnaam VARCHAR(200), inhoud BLOB);
CREATE TABLE documenten (id INTEGER PRIMARY KEY, client_id INTEGER, pad VARCHAR(200));
CREATE TABLE "order" (id INTEGER PRIMARY KEY, client_id INTEGER, "op merking" TEXT);
INSERT INTO "Cliënten" VALUES (1, 'x0001x', 'x0002x', '2020-01-02', NULL);
INSERT INTO verslagen VALUES (1, 1, 'x0003x en nog iets anders daarbij', NULL);
INSERT INTO "order" VALUES (1, 1, 'een opmerking over niets in het bijzonder');
"""


@pytest.fixture
def drafted(tmp_path: Path) -> Callable[[str], Draft]:
    return lambda script: make_draft(ForeignDatabase(f"sqlite:///{made(tmp_path, script)}", Manners()), ORDER)


def columns(draft: Draft, table: str) -> dict[str, str]:
    part = next(part for part in draft.parts if part.table == table and part.frame != "persons")
    return {column.name: ("? " if column.is_question else "") + column.form for column in part.columns}


def test_names_in_dutch_without_declared_references_are_understood(drafted: Callable[[str], Draft], tmp_path: Path) -> None:
    draft = drafted(DUTCH)
    assert columns(draft, "Cliënten")["closed_at"] == "afsluitdatum"
    assert columns(draft, "verslagen") == {
        "entry_key": "id", "dossier_key": "client_id", "text": "tekst", "introduced_at": "aangemaakt",
    }  # fmt: skip
    assert columns(draft, "order")["text"] == '"op merking"'
    text = mapping_text(draft, {})
    assert "x000" not in text
    (tmp_path / "mapping.yaml").write_text(text, encoding="utf-8")
    store = MappedStore(read_mapping(tmp_path / "mapping.yaml"))
    store.check()
    assert len(list(store.texts())) == 2
    assert store.read("persons").dossier_key.tolist() == ["1"]


def test_a_note_that_names_its_partner_was_introduced_by_it_and_two_words_can_name_the_dossiers(
    drafted: Callable[[str], Draft],
) -> None:
    draft = drafted(
        "CREATE TABLE partner (id INTEGER PRIMARY KEY, name TEXT);"
        "CREATE TABLE case_file (id INTEGER PRIMARY KEY);"
        "CREATE TABLE note (id INTEGER PRIMARY KEY, case_id INTEGER REFERENCES case_file(id),"
        " partner_id INTEGER REFERENCES partner(id), written_at DATETIME, body TEXT);"
    )
    assert columns(draft, "case_file")["dossier_key"] == "id"
    assert columns(draft, "partner")["controller_key"] == "id"
    assert (columns(draft, "note")["introduced_by"], columns(draft, "note")["introduced_at"]) == ("partner_id", "written_at")


def test_files_are_attachments_or_entries_and_a_path_is_a_question(drafted: Callable[[str], Draft]) -> None:
    draft = drafted(DUTCH)
    assert columns(draft, "bijlage") == {
        "attachment_key": "id", "entry_key": "verslag_id", "filename": "bestandsnaam", "text": "{column: inhoud, file: bytes}",
    }  # fmt: skip
    assert columns(draft, "documenten")["text"] == "? {column: pad, file: path}"


def test_no_guess_is_made_where_a_judgement_would_follow_from_it(drafted: Callable[[str], Draft]) -> None:
    draft = drafted(DUTCH + "ALTER TABLE verslagen ADD COLUMN auteur VARCHAR(50);")
    assert columns(draft, "Cliënten")["kind"].startswith("?")
    assert columns(draft, "verslagen")["introduced_by"] == "? auteur"
    assert "kind" not in draft.columns_of()["dossiers"]
    assert "introduced_by" not in draft.columns_of()["entries"]


def test_tables_in_a_circle_and_to_themselves_end(drafted: Callable[[str], Draft]) -> None:
    draft = drafted(
        """
        CREATE TABLE dossier (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES dossier (id),
          last_note_id INTEGER REFERENCES note (id));
        CREATE TABLE note (id INTEGER PRIMARY KEY, dossier_id INTEGER REFERENCES dossier (id),
          reply_to INTEGER REFERENCES note (id), body TEXT);
        """
    )
    assert columns(draft, "note")["dossier_key"] == "dossier_id"


@pytest.mark.parametrize(
    "script", ["", "CREATE TABLE weather (day DATE PRIMARY KEY);", "CREATE TABLE dossier (id INTEGER, x TEXT);"]
)
def test_a_schema_without_dossiers_that_can_be_told_apart_is_refused(script: str, drafted: Callable[[str], Draft]) -> None:
    with pytest.raises(UsageError):
        drafted(script)


@pytest.mark.parametrize(
    ("name", "words"),
    [("casaCases", ("casa", "case")), ("casa_cases", ("casa", "case")), ("HTTPNotes2", ("http", "note", "2")),
     ("Cliënten", ("clienten",)), ("date-of birth", ("date", "of", "birth")), ("status", ("status",))],
)  # fmt: skip
def test_names_are_words_whatever_the_habit(name: str, words: tuple[str, ...]) -> None:
    assert words_of(name) == words


def test_a_word_is_found_at_the_end_of_a_compound_and_in_the_plural_but_not_inside() -> None:
    terms = frozenset({"dossier", "verslag", "note", "party"})
    assert mentions(["clientdossier"], terms) == {"dossier"}
    assert mentions(["verslagen"], terms) == {"verslag"}
    assert mentions(["department", "notebook"], terms) == frozenset()
