"""Introducers under title 3 and classified markings are told apart from all other reports, and nothing else with them."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from cli.conftest import AS_OF, Run
from discretio import wiring
from discretio.domain.deadlines import Duty
from discretio.ledger import locator, stores
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


@pytest.fixture
def failing(intelligence: Path) -> Path:
    """A breach of the intelligence service, two of others, one that both hear of, and a classified marking of another's."""
    with sqlite3.connect(intelligence / "dossiers.db") as connection:
        service = connection.execute("SELECT controller_key FROM controllers WHERE regime = 'T3'").fetchone()[0]
    place = wiring.workplace()
    record = stores.stores(place.ledger)[0]
    (service,) = locator.surrogates(place.ledger, record.store_id, "controller", [service]).values()
    answers = latest_outcomes(place.ledger, record.store_id)
    others = answers.loc[answers["controller_key"] != service, "controller_key"].iloc[0]
    entries = answers[answers["rule_id"] == "ART2-2-CAT"].drop_duplicates("scope_key").head(5)
    hearers = [service, others, others, others, others]
    failed = entries.assign(rule_id=["BG-BREACH"] * 4 + ["ART2-CLASSIFIED"], outcome="FAIL", controller_key=hearers)
    shared = failed.iloc[[3]].assign(controller_key=service)
    run_id = wiring.runs.runs(place.ledger, verb="check")[0].run_id
    record_outcomes(place.ledger, run_id, record.store_id, pd.concat([failed, shared], ignore_index=True))
    place.ledger.close()
    return intelligence


def waiting(run: Run, *more: str) -> dict[str, int]:
    return {one["duty"]: one["number"] for one in json.loads(run("deadlines", "--as-of", AS_OF, "--format", "json", *more).out)}


@pytest.mark.usefixtures("failing")
def test_the_ordinary_message_counts_neither_title_3_nor_markings(run: Run) -> None:
    ordinary = waiting(run)
    assert ordinary["RULE_ALERT"] == 3
    assert "RULE_ALERT_APART" not in ordinary
    assert waiting(run, "--separate") == {"RULE_ALERT_APART": 3}


@pytest.mark.usefixtures("failing")
def test_no_role_is_told_what_is_told_apart_and_its_channel_nothing_else() -> None:
    day = date.fromisoformat(AS_OF)
    ordinary = [one.duty for role in ("dpo", "administrator") for one in wiring.deadlines_of(role, day)]
    assert Duty.RULE_ALERT in ordinary
    assert Duty.RULE_ALERT_APART not in ordinary
    assert [one.duty for one in wiring.deadlines_of("separate", day)] == [Duty.RULE_ALERT_APART]


def test_of_a_store_that_can_not_be_read_all_is_told_apart(run: Run, failing: Path) -> None:
    (failing / "dossiers.db").unlink()
    assert "RULE_ALERT" not in waiting(run)
    assert waiting(run, "--separate") == {"RULE_ALERT_APART": 5}
