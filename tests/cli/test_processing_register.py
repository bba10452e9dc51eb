"""The record of processing activities: what is known stands in it, what isn't is left to the controller, nothing is made up."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from cli.conftest import AS_OF, Run, refused
from discretio.domain.access_categories import AccessCategory
from discretio.domain.register_headings import BANDS, PRESCRIBED
from discretio.law.authorities import Regime
from discretio.reporting.register_book import RegisterBook
from discretio.reporting.vocabulary import LANGUAGES
from discretio.reporting.words import words
from discretio.steps.processing_register import register_words
from discretio.wiring import workplace

COLUMNS = [heading for headings in BANDS.values() for heading in headings]


def written(run: Run, folder: Path, *options: str) -> Workbook:
    answer = run("register", "write", "--out", folder / "register.xlsx", "--as-of", AS_OF, *options)
    assert answer.code == 0, answer.err
    return load_workbook(folder / "register.xlsx")


def cells(book: Workbook, sheet: str, language: str = "fr") -> list[dict[str, str]]:
    """The rows of a register by heading."""
    rows = list(book[words(language)["register"]["sheets"][sheet]].iter_rows(min_row=3, values_only=True))
    return [dict(zip((one.value for one in COLUMNS), map(str, row), strict=True)) for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_tabs_and_columns_of_the_model(language: str, run: Run, filled: Path) -> None:
    own = words(language)["register"]
    book = written(run, filled, "--lang", language)
    assert book.sheetnames == list(own["sheets"].values())
    for regime in PRESCRIBED:
        heads = [cell.value for cell in book[own["sheets"][regime.value]][2]]
        assert heads == [own["headings"][one.value] for one in COLUMNS]


@pytest.mark.parametrize("regime", list(PRESCRIBED))
def test_what_the_law_prescribes_is_red_and_nothing_else(regime: Regime, run: Run, filled: Path) -> None:
    sheet = written(run, filled)[words("fr")["register"]["sheets"][regime.value]]
    red = {one for one, cell in zip(COLUMNS, sheet[2], strict=True) if cell.font.color and cell.font.color.rgb == "FFB00020"}
    assert red == PRESCRIBED[regime]


def test_each_controller_stands_under_its_own_regime_with_its_terms_and_categories(run: Run, filled: Path) -> None:
    book = written(run, filled)
    with sqlite3.connect(filled / "dossiers.db") as connection:
        regimes = dict(connection.execute("SELECT regime, count(*) FROM controllers WHERE kind IS NOT NULL GROUP BY regime"))
    for regime in ("GDPR", "T2"):
        consultations = [row for row in cells(book, regime) if "CASE_CONSULTATION" in row["number"]]
        assert len(consultations) == regimes[regime]
        shared = next(row for row in consultations if "dossiers communs" in row["activity"])
        assert "au plus 30 ans après la clôture du dossier" in shared["term"]
        assert "ou le délai plus court convenu" in shared["term"]
        assert any("1. Identification" in row["data"] for row in consultations)
        assert all("personnes dont le cas" in row["subjects"] for row in consultations if "communs" in row["activity"])


def test_what_nobody_told_is_left_to_the_controller(run: Run, filled: Path) -> None:
    blank = words("fr")["register"]["to_complete"]
    for row in cells(written(run, filled), "GDPR"):
        assert {row[name] for name in ("owner", "ground", "transfers", "safeguards", "assessment", "begun")} == {blank}


def test_what_a_controller_adds_stands_in_every_register_after_it(run: Run, filled: Path, tmp_path: Path) -> None:
    row = cells(written(run, filled), "GDPR")[0]
    own, controller = tmp_path / "own.yaml", row["number"].split("/")[0]
    own.write_text(
        f"controllers:\n  {controller}:\n    officer: Office for privacy\n"
        f"activities:\n  {row['number']}:\n    transfers: None\n    measures: Locked rooms\n"
    )
    for language in LANGUAGES:
        book, blank = (
            written(run, filled, "--completed", str(own), "--lang", language),
            words(language)["register"]["to_complete"],
        )
        completed = next(one for one in cells(book, "GDPR", language) if one["number"] == row["number"])
        assert completed["transfers"] == "None"
        assert completed["measures"].splitlines()[-1] == "Locked rooms"
        assert len(completed["measures"].splitlines()) > 1
        assert blank not in completed["measures"]
        sheet = book[words(language)["register"]["sheets"]["controllers"]]
        assert next(line[8] for line in sheet.iter_rows(values_only=True) if line[0] == controller) == "Office for privacy"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("activities:\n  C-nobody/main/CASE_CONSULTATION:\n    transfers: None\n", "own.yaml:2"),
        ("controllers:\n  C-nobody:\n    name: Somebody\n", "own.yaml:2"),
        ("controllers:\n  C1:\n    nickname: Somebody\n", "own.yaml:3"),
        ("activities:\n  X:\n    number: other\n", "own.yaml:3"),
        ("activity:\n  X: y\n", "own.yaml:1"),
    ],
)
def test_what_would_be_left_out_in_silence_is_refused(run: Run, filled: Path, tmp_path: Path, text: str, where: str) -> None:
    (tmp_path / "own.yaml").write_text(text)
    refused(run("register", "write", "--out", tmp_path / "x.xlsx", "--completed", tmp_path / "own.yaml"), 2, where)
    assert not (tmp_path / "x.xlsx").exists()


def test_a_folder_that_is_not_there_is_named(run: Run, filled: Path) -> None:
    refused(run("register", "write", "--out", "nowhere/x.xlsx"), 2, "nowhere/x.xlsx")


def test_a_controller_under_title_3_has_no_row(run: Run, filled: Path) -> None:
    with sqlite3.connect(filled / "dossiers.db") as connection:
        connection.execute("UPDATE controllers SET kind = 'INTELLIGENCE', regime = 'T3' WHERE regime = 'T2'")
    book = written(run, filled)
    assert cells(book, "T2") == []
    own = words("fr")["register"]
    assert own["values"]["regime"]["T3"] in [row[3] for row in book[own["sheets"]["controllers"]].iter_rows(values_only=True)]


def test_the_same_register_has_the_same_bytes_and_no_name_of_the_store(run: Run, filled: Path) -> None:
    written(run, filled)
    first = (filled / "register.xlsx").read_bytes()
    book = written(run, filled)
    assert (filled / "register.xlsx").read_bytes() == first
    told = "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    with sqlite3.connect(filled / "dossiers.db") as connection:
        names = connection.execute(
            "SELECT organisation FROM controllers UNION SELECT dossier_key FROM dossiers UNION SELECT name FROM persons"
        ).fetchall()
    assert [name for (name,) in names if name and name in told and re.search(rf"\b{re.escape(name)}\b", told)] == []


def test_one_controller_has_a_register_of_its_own_and_a_stranger_none(run: Run, filled: Path) -> None:
    everyone = cells(written(run, filled), "GDPR")
    one = everyone[0]["number"].split("/")[0]
    alone = cells(written(run, filled, "--controller", one), "GDPR")
    assert alone == [row for row in everyone if row["number"].startswith(one)]
    refused(run("register", "write", "--out", filled / "x.xlsx", "--controller", "C-nobody"), 2, "C-nobody")
    assert not (filled / "x.xlsx").exists()


def test_a_language_without_translation_is_refused(run: Run, filled: Path) -> None:
    refused(run("register", "write", "--out", filled / "x.xlsx", "--lang", "it"), 2, "no translation")


def test_a_store_that_keeps_no_access_list_says_so_for_each_controller(run: Run, filled: Path) -> None:
    answer = run("register", "access-lists", "--format", "json")
    lines = json.loads(answer.out)
    assert lines
    assert {line["data_type"] for line in lines} == {words("fr")["register"]["to_complete"]}


def test_no_cell_of_a_store_becomes_a_formula(filled: Path) -> None:
    book = RegisterBook(register_words(workplace(), "fr", date.fromisoformat(AS_OF)))
    book.access([AccessCategory("C1", "HEALTH", "=1+1")])
    cell = load_workbook(io.BytesIO(book.finished()))[words("fr")["register"]["sheets"]["access"]]["D2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
