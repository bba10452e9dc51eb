"""Introducers under title 3 and classified markings are told apart from all other reports, and nothing else with them."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import AS_OF, Run
from discretio import wiring
from discretio.ledger import stores
from discretio.ledger.outcomes import latest_outcomes, record_outcomes
from discretio.steps.report import ReportOrder, authorities_to_report, file_report

ORDER = ("--period", "2026-Q4", "--as-of", AS_OF, "--format", "json")


@pytest.fixture
def intelligence(run: Run, filled: Path) -> Path:
    """One of the store's controllers is an intelligence service."""
    with sqlite3.connect(filled / "dossiers.db") as connection:
        key = connection.execute("SELECT controller_key FROM controllers WHERE kind = 'INTEGRATED_POLICE'").fetchone()[0]
        connection.execute("UPDATE controllers SET kind = 'INTELLIGENCE', regime = 'T3' WHERE controller_key = ?", (key,))
    assert run("check", "main", "--as-of", AS_OF).code == 0
    return filled


def sections(run: Run, authority: str) -> dict[str, list[dict[str, Any]]]:
    answer = run("figures", "--authority", authority, *ORDER)
    assert answer.code == 0, answer.err
    return {part["id"]: part["tables"] for part in json.loads(answer.out)["sections"] if part["tables"]}


def test_the_committee_hears_of_title_3_alone(run: Run, intelligence: Path) -> None:
    told = sections(run, "comite_r")
    assert set(told) <= {"1", "12"}
    assert {row for tables in told.values() for table in tables for row in table["rows"]} <= {
        "ART2-2-TITLE3",
        "ART2-CLASSIFIED",
    }


def test_its_report_lies_apart_from_the_others(intelligence: Path) -> None:
    place = wiring.workplace()
    assert "comite_r" in authorities_to_report(place)
    for authority, folder in (("comite_r", "separate"), ((intelligence / "authority").read_text(), "reports")):
        filed = file_report(place, ReportOrder.of(authority, "all", "2026-Q4", date.fromisoformat(AS_OF)))
        assert filed.path.parent.name == folder
    place.ledger.close()


def test_a_classified_marking_is_told_in_a_band_whoever_introduced_it(run: Run, filled: Path) -> None:
    place = wiring.workplace()
    record = stores.stores(place.ledger)[0]
    answers = latest_outcomes(place.ledger, record.store_id)
    found = answers[answers["rule_id"] == "ART2-2-CAT"].head(1).assign(rule_id="ART2-CLASSIFIED", outcome="FAIL")
    run_id = wiring.runs.runs(place.ledger, verb="check")[0].run_id
    record_outcomes(place.ledger, run_id, record.store_id, found)
    assert "comite_r" in authorities_to_report(place)
    place.ledger.close()
    told = sections(run, "comite_r")
    assert list(told) == ["12"]
    assert "0-4" in json.dumps(told).replace("–", "-")
