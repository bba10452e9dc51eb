"""docs/store-draft.md as it is: four schemas that nobody here designed are drafted, edited, checked and scanned."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from cli.conftest import Run, refused
from stores.drafting.public_schemas import ALL

PAGE = Path(__file__).resolve().parents[2] / "docs" / "store-draft.md"
MOST_EDITED_LINES = 10
# Words of the invented rows that no draft, message or finding may hold.
VALUES = ("Dumortier", "Verbist", "85073003328", "diab", "depressie", "epilepsy", "prison", "Haddad", "tuberculosis", "Kurdish",
          "hartmedicatie", "Peeters", "catholic", "Hypertensie")  # fmt: skip


def edits(name: str) -> list[str]:
    block = re.search(rf"```diff {name}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block, f"the page shows no edits for {name}"
    return block[1].splitlines()


def edited(draft: str, edits: Iterable[str]) -> str:
    """The draft with a block of a page applied: what stands behind - goes, + comes there, and a space is only a place."""
    lines, at = draft.splitlines(), 0
    for line in edits:
        if line.startswith("+"):
            lines.insert(at, line[1:])
            at += 1
        else:
            at = lines.index(line[1:], at)
            if line.startswith("-"):
                del lines[at]
            else:
                at += 1
    return "\n".join(lines) + "\n"


@pytest.fixture(params=ALL)
def schema(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    with sqlite3.connect(tmp_path / "foreign.db") as connection:
        connection.executescript(ALL[request.param])
    connection.close()
    return request.param, f"sqlite:///{tmp_path / 'foreign.db'}"


def test_a_draft_scans_after_the_edits_that_the_page_shows(schema: tuple[str, str], run: Run) -> None:
    name, url = schema
    drafted = run("store", "draft", url, "-o", "mapping.yaml")
    assert drafted.code == 0, drafted
    draft = Path("mapping.yaml").read_text(encoding="utf-8")
    assert sum(line.startswith("+") for line in edits(name)) <= MOST_EDITED_LINES
    Path("mapping.yaml").write_text(edited(draft, edits(name)), encoding="utf-8")
    checked = run("store", "check", "mapping.yaml")
    assert checked.code == 0, checked
    scanned = run("scan", "mapping.yaml", "--findings", "findings.jsonl")
    assert scanned.code in (0, 3), scanned
    findings = [json.loads(line) for line in Path("findings.jsonl").read_text().splitlines()]
    assert any("health" in finding["flags"] for finding in findings)
    told = draft + drafted.out + drafted.err + checked.out + checked.err + scanned.out + scanned.err
    told += Path("findings.jsonl").read_text()
    assert [value for value in VALUES if value in told] == []


def test_a_draft_is_a_mapping_as_it_is_and_says_what_rules_miss(schema: tuple[str, str], run: Run) -> None:
    _, url = schema
    assert run("store", "draft", url, "-o", "mapping.yaml").code == 0
    assert run("store", "check", "mapping.yaml").code == 0
    said = json.loads(run("store", "check", "mapping.yaml", "--format", "json").out)
    draft = Path("mapping.yaml").read_text(encoding="utf-8")
    assert "NOT_CHECKABLE as long as" in draft
    assert all(f"#   {rule}: " in draft for rule in said["not_checkable"])
    assert "ART2-2-CAT" in said["not_checkable"]


def test_a_draft_never_replaces_a_file_and_a_schema_without_dossiers_is_told(run: Run, tmp_path: Path) -> None:
    Path("mapping.yaml").write_text("mine")
    refused(run("store", "draft", "sqlite:///foreign.db", "-o", "mapping.yaml"), 2, "a file already")
    assert Path("mapping.yaml").read_text() == "mine"
    with sqlite3.connect(tmp_path / "foreign.db") as connection:
        connection.execute("CREATE TABLE weather (day DATE PRIMARY KEY, degrees INTEGER)")
    refused(run("store", "draft", "sqlite:///foreign.db", "-o", "new.yaml"), 2, "looks like a list of dossiers")
    refused(run("store", "draft", "sqlite:///nowhere.db", "-o", "new.yaml"), 3, "can't be reached")
    refused(run("store", "draft", "postgresql://u:hunter2@h/d", "-o", "new.yaml"), 2, "password")
    assert not Path("new.yaml").exists()


@pytest.fixture
def drafted(run: Run, tmp_path: Path) -> str:
    with sqlite3.connect(tmp_path / "foreign.db") as connection:
        connection.executescript(ALL["casa"])
    assert run("store", "draft", f"sqlite:///{tmp_path / 'foreign.db'}", "-o", "mapping.yaml").code == 0
    return Path("mapping.yaml").read_text(encoding="utf-8")


CHECKS = [
    ("table: case_contacts\n", "table: case_contact\n", "there is no table case_contact"),
    ("text: notes ", "text: note ", "there is no column note"),
    ("introduced_at: occurred_at ", "introduced_at: duration_minutes ", "can't be read from a number"),
    ("entry_key: id ", "entry_key: creator_id ", "share their entry_key"),
    ("dossier_key: casa_case_id ", "dossier_key: deleted_at ", "belong to no dossier"),
]


@pytest.mark.parametrize(("old", "new", "says"), CHECKS)
def test_check_says_what_does_not_fit_and_goes_on(old: str, new: str, says: str, run: Run, drafted: str) -> None:
    assert old in drafted
    Path("mapping.yaml").write_text(drafted.replace(old, new, 1), encoding="utf-8")
    answer = run("store", "check", "mapping.yaml")
    assert (answer.code, says in answer.out) == (2, True), answer
    assert "what to do:" in answer.out
    assert "NOT_CHECKABLE" in answer.out


def test_a_table_without_a_primary_key_is_a_warning(run: Run, drafted: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "foreign.db") as connection:
        connection.executescript(
            ALL["casa"]
            .replace("case_contacts (id INTEGER PRIMARY KEY", "bare (id INTEGER", 1)
            .replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS")
            .partition("INSERT")[0]
        )
    Path("mapping.yaml").write_text(drafted.replace("table: case_contacts\n", "table: bare\n", 1), encoding="utf-8")
    answer = run("store", "check", "mapping.yaml")
    assert (answer.code, "bare has no primary key" in answer.out) == (1, True), answer


def test_classes_go_to_a_catalogue_and_come_back(run: Run, drafted: str) -> None:
    table = run("store", "classes", "mapping.yaml")
    assert (table.code, table.out.splitlines()[0].split(",")[:3]) == (0, ["table", "column", "special"])
    dataset = run("store", "classes", "mapping.yaml", "--format", "fides")
    assert dataset.out.startswith("dataset:")
    Path("dataset.yaml").write_text(dataset.out, encoding="utf-8")
    assert run("store", "classes", "mapping.yaml", "--import", "dataset.yaml").code == 0
    assert run("store", "classes", "mapping.yaml").out == table.out
    Path("dataset.yaml").write_text("dataset: 3\n", encoding="utf-8")
    refused(run("store", "classes", "mapping.yaml", "--import", "dataset.yaml"), 2, "dataset")
    assert run("store", "check", "mapping.yaml").code == 0


def test_a_store_that_is_gone_is_not_a_mapping_that_does_not_fit(run: Run, drafted: str, tmp_path: Path) -> None:
    assert drafted
    (tmp_path / "foreign.db").unlink()
    refused(run("store", "check", "mapping.yaml"), 3, "can't be reached")
