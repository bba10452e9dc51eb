"""What columns of an unknown database hold, told by the real detector."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from discretio import resources
from discretio.detection import Detector, build_detector
from discretio.policy_files.lexicon_files import load_lexicons
from discretio.resources import folder
from discretio.steps.draft_mapping import Asked, draft_mapping

NATIONAL_NUMBER = "85.07.30-033.28"
ROWS = 30_000


@cache
def detector() -> Detector:
    return build_detector(load_lexicons(folder("policies") / "lexicons"))


@pytest.fixture
def drafted(tmp_path: Path) -> Callable[..., str]:
    def draft(*statements: str, rows_at_most: int = 1_000_000) -> str:
        with sqlite3.connect(tmp_path / "foreign.db") as connection:
            for statement in statements:
                connection.executescript(statement)
        connection.close()
        asked = Asked(f"sqlite:///{tmp_path / 'foreign.db'}", rows_at_most=rows_at_most)
        return draft_mapping(asked, resources.folder("expectations") / "mapped_store", detector, lambda _done, _of: None)

    return draft


def classes(draft: str, table: str) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = YAML(typ="safe").load(draft)["classes"].get(table, {})
    return found


MANY = f"""
CREATE TABLE dossier (id INTEGER PRIMARY KEY, opened_at DATE);
CREATE TABLE note (id INTEGER PRIMARY KEY, dossier_id INTEGER, body TEXT, reference TEXT);
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})
INSERT INTO note SELECT i, 1, 'A visit as planned, nothing to report today', 'REF' || i FROM n;
"""  # noqa: S608 - a number


def test_one_certain_number_among_many_rows_makes_its_column_certain(drafted: Callable[..., str]) -> None:
    draft = drafted(MANY, f"UPDATE note SET reference = '{NATIONAL_NUMBER}' WHERE id = {ROWS - 7};")  # noqa: S608 - constants
    assert classes(draft, "note")["reference"] == {
        "categories": [1], "types": ["BE_NATIONAL_NUMBER"], "evidence": ["checksum"], "confidence": 1, "read": "all",
    }  # fmt: skip
    assert NATIONAL_NUMBER not in draft


def test_what_was_not_read_is_said_plainly(drafted: Callable[..., str]) -> None:
    draft = drafted(MANY, "ALTER TABLE note ADD COLUMN diagnosis TEXT;", rows_at_most=1_000)
    assert classes(draft, "note")["diagnosis"]["read"] == "the first 1000 rows"


CHECKSUMMED = {
    "national": NATIONAL_NUMBER, "bare": "85073003328", "iban": "BE71 0961 2345 6769", "dutch": "NL91ABNA0417164300",
    "nir": "1 85 05 78 006 084 91",
}  # fmt: skip


@pytest.mark.parametrize("name", CHECKSUMMED)
def test_whatever_the_detector_proves_passes_the_databases_sieve(name: str, drafted: Callable[..., str]) -> None:
    value = CHECKSUMMED[name]
    assert "checksum" in {found.evidence.value for found in build_detector(()).detect(value).detections}
    draft = drafted(MANY, f"UPDATE note SET reference = '{value}' WHERE id = {ROWS - 7};")  # noqa: S608 - constants
    assert "checksum" in str(classes(draft, "note")["reference"]["evidence"])


HEADERS = [
    ("diagnose_code", "health"), ("MedischeGegevens", "health"), ("gezondheid", "health"), ("maladie", "health"),
    ("krankheitsbild", "health"),
    ("etnische_afkomst", "ethnic_origin"), ("origine_ethnique", "ethnic_origin"), ("herkunft", "ethnic_origin"),
    ("politieke_voorkeur", "political"), ("opinion_politique", "political"), ("geloof", "religious_philosophical"),
    ("croyance", "religious_philosophical"), ("konfession", "religious_philosophical"), ("vakbond", "trade_union"),
    ("syndicat", "trade_union"), ("gewerkschaft", "trade_union"), ("dna_profile", "genetic"), ("vingerafdruk", "biometric"),
    ("empreinte_digitale", "biometric"), ("seksuele_geaardheid", "sex_life_orientation"),
    ("sexual_orientation", "sex_life_orientation"),
    ("strafblad", "criminal"), ("casierJudiciaire", "criminal"), ("vorstrafen", "criminal"), ("criminal_history", "criminal"),
]  # fmt: skip


def test_headers_in_four_languages_mark_special_data_and_others_do_not(drafted: Callable[..., str]) -> None:
    columns = ", ".join(f'"{name}" TEXT' for name, _ in HEADERS)
    plain = (
        "opened_on",
        "reference",
        "created_by",
        "updated_at",
        "sort_order",
        "unit",
        "is_active",
        "racecourse_id",
        "department",
    )
    ordinary = ", ".join(f"{name} TEXT" for name in plain)
    draft = drafted(f"CREATE TABLE dossier (id INTEGER PRIMARY KEY, {columns}, {ordinary});")
    found = classes(draft, "dossier")
    assert {name: found.get(name, {}).get("flags") for name, _ in HEADERS} == {name: [flag] for name, flag in HEADERS}
    assert not set(plain) & found.keys()
