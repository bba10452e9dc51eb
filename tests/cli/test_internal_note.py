"""The note for the prosecution's hierarchy: grounds, the list of art. 8 and secrecy, of prosecutors alone, when asked for."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from cli.conftest import AS_OF, Run
from discretio import wiring
from discretio.steps.report import ReportOrder, authorities_to_report, file_report, scopes_to_report
from discretio.steps.report_counts import controllers_of

ORDER = ("--period", "2026-Q4", "--as-of", AS_OF, "--format", "json")


@pytest.fixture
def prosecuting(run: Run, filled: Path) -> Path:
    """One of the store's controllers is a public prosecutor."""
    with sqlite3.connect(filled / "dossiers.db") as connection:
        connection.execute("UPDATE controllers SET kind = 'COURT' WHERE kind = 'PROSECUTOR'")
        key = connection.execute("SELECT controller_key FROM controllers WHERE kind = 'INTEGRATED_POLICE'").fetchone()[0]
        connection.execute("UPDATE controllers SET kind = 'PROSECUTOR', regime = 'T2' WHERE controller_key = ?", (key,))
    assert run("check", "main", "--as-of", AS_OF).code == 0
    return filled


@pytest.mark.usefixtures("prosecuting")
def test_the_hierarchy_hears_of_grounds_the_list_and_secrecy_alone(run: Run) -> None:
    answer = run("figures", "--authority", "prosecution", *ORDER)
    assert answer.code == 0, answer.err
    told = {part["id"] for part in json.loads(answer.out)["sections"] if part["tables"]}
    assert told
    assert told <= {"2", "11", "12"}


@pytest.mark.usefixtures("prosecuting")
def test_it_hears_of_prosecutors_alone_whom_the_residual_authority_hears_of_as_before() -> None:
    place = wiring.workplace()
    told = controllers_of(place, "prosecution", "all")
    assert len(told) == 1
    assert told <= controllers_of(place, "apd", "all")
    place.ledger.close()


@pytest.mark.usefixtures("prosecuting")
def test_the_note_is_made_when_asked_for_and_not_with_all_reports() -> None:
    place = wiring.workplace()
    assert "prosecution" not in [*authorities_to_report(place), *(name for name, _ in scopes_to_report(place))]
    filed = file_report(place, ReportOrder.of("prosecution", "all", "2026-Q4", date.fromisoformat(AS_OF)))
    assert filed.path.read_bytes().startswith(b"%PDF-")
    place.ledger.close()


def test_without_a_prosecutor_there_is_no_note(run: Run, prosecuting: Path) -> None:
    with sqlite3.connect(prosecuting / "dossiers.db") as connection:
        connection.execute("UPDATE controllers SET kind = 'COURT' WHERE kind = 'PROSECUTOR'")
    answer = run("figures", "--authority", "prosecution", *ORDER)
    assert answer.code != 0
    assert "no controller" in answer.err
