"""What a person or a machine can hand over that is wrong: a clear error, its exit code, nothing lost, nothing half written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import AS_OF, Run, refused, url
from discretio import wiring
from discretio.ledger import figures, findings, outcomes
from discretio.steps.report import authorities_to_report
from discretio.stores.samples.multiplying import SAMPLES

MAPPING = """\
store:
  url: {url}
frames:
  dossiers:
    table: cases
    columns:
      dossier_key: id
      opened_at: began
  entries:
    table: notes
    columns:
      entry_key: id
      dossier_key: case_id
      text: body
"""


def known(store_id: int = 1) -> tuple[int, int, list[str]]:
    """How many findings and outcomes the ledger holds, and the reports that it froze."""
    ledger = wiring.workplace().ledger
    rows = sum(1 for _ in findings.all_findings(ledger, store_id))
    counted = (rows, len(outcomes.latest_outcomes(ledger, store_id)), figures.frozen_reports(ledger))
    ledger.close()
    return counted


def database(path: Path, *statements: str) -> str:
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return f"sqlite:///{path}"


def test_an_empty_store_is_scanned_and_checked_and_says_so(run: Run, tmp_path: Path) -> None:
    assert run("store", "create", url(tmp_path)).code == 0
    scanned = run("scan", "main")
    assert (scanned.code, "units" in scanned.out) == (0, True)
    checked = json.loads(run("check", "main", "--format", "json").out)
    assert all(not by["PASS"] and not by["FAIL"] for by in checked["rules"].values())
    refused(run("figures", "--authority", "apd", "--period", "2026-Q3"), 2, "no controller")


def test_a_store_without_its_tables_is_named_and_nothing_is_written_in_it(run: Run, tmp_path: Path) -> None:
    other = database(tmp_path / "other.db", "CREATE TABLE cases (id INTEGER)")
    before = (tmp_path / "other.db").read_bytes()
    for command in ("scan", "check"):
        refused(run(command, other), 2, "lacks", "dossiers")
    refused(run("purge", "plan", other, "--as", "me"), 2, "lacks")
    assert (tmp_path / "other.db").read_bytes() == before


@pytest.mark.parametrize("damage", [lambda p: p.write_bytes(b"no database " * 999), Path.unlink], ids=["garbage", "gone"])
def test_a_store_that_cant_be_read_is_not_a_store_without_findings(
    damage: Callable[[Path], object], run: Run, filled: Path
) -> None:
    before = known()
    damage(filled / "dossiers.db")
    for command in (["scan", "main"], ["check", "main"], ["purge", "plan", "main", "--as", "me"]):
        refused(run(*command), 3, "can't be reached or read")
    refused(run("report", "--authority", "apd", "--period", "2026-Q3", "--out", "r.pdf"), 3, "can't be reached or read")
    assert known() == before
    assert not Path("r.pdf").exists()


def test_a_database_that_dies_in_the_middle_keeps_what_was_recorded(run: Run, filled: Path) -> None:
    before = known()
    path = filled / "dossiers.db"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    answer = run("scan", "main", "--full", "--findings", "f.jsonl")
    refused(answer, 3, "died in the middle")
    assert known() == before
    assert not Path("f.jsonl").exists()
    path.write_bytes(whole)
    assert run("check", "main").code == 0


def test_texts_that_cant_be_read_are_counted_and_end_with_3(run: Run, tmp_path: Path) -> None:
    tree = tmp_path / "tree" / "x0001x-canary"
    tree.mkdir(parents=True)
    (tree / "good.txt").write_text("Le patient est diabétique et il suit son traitement.", encoding="utf-8")
    (tree / "bad.txt").write_bytes(bytes(range(256)) * 20)
    answer = run("scan", tmp_path / "tree", "--findings", "f.jsonl")
    assert answer.code == 3
    lines = [json.loads(line) for line in Path("f.jsonl").read_text().splitlines()]
    assert any("health" in line["flags"] for line in lines)
    assert "x0001x" not in answer.out + answer.err + Path("f.jsonl").read_text()


def test_findings_are_written_whole_or_not_at_all(run: Run, filled: Path) -> None:
    assert filled
    Path("f.jsonl").write_text("from before")
    refused(run("scan", "main", "--findings", "nowhere/f.jsonl"), 2, "can't be written")
    assert run("scan", "main", "--findings", "f.jsonl").code in (0, 3)
    assert len(Path("f.jsonl").read_text().splitlines()) == known()[0]
    assert not list(Path().glob(".*.part"))


def test_a_mapping_that_names_a_missing_column_says_which_and_where(run: Run, tmp_path: Path) -> None:
    target = database(
        tmp_path / "c.db", "CREATE TABLE cases (id INTEGER, opened TEXT)", "CREATE TABLE notes (id, case_id, body)"
    )
    Path("map.yaml").write_text(MAPPING.format(url=target))
    answer = run("scan", "map.yaml")
    refused(answer, 2, "began", "map.yaml")
    assert "opened" in answer.err


def test_a_closure_before_the_opening_stops_every_verb(run: Run, filled: Path) -> None:
    before = known()
    with sqlite3.connect(filled / "dossiers.db") as connection:
        key = connection.execute("SELECT dossier_key FROM dossiers WHERE status = 'CLOSED' LIMIT 1").fetchone()[0]
        connection.execute("UPDATE dossiers SET closed_at = '1999-01-01 00:00:00.000000' WHERE dossier_key = ?", [key])
    connection.close()
    for command in (["scan", "main"], ["check", "main"], ["purge", "plan", "main", "--as", "me"]):
        answer = run(*command)
        refused(answer, 2, "closed_at")
        assert key not in answer.err
    assert known() == before


def test_dossiers_that_cant_be_are_not_loaded_at_all(run: Run, tmp_path: Path) -> None:
    run("store", "create", url(tmp_path))
    first = SAMPLES.read_text(encoding="utf-8").splitlines()[0]
    dossier = json.loads(first)
    closed = json.dumps(dossier | {"dossier_id": "X", "entries": [], "closed": "1999-01-01"})
    Path("d.jsonl").write_text(f"{first}\n{closed}\n", encoding="utf-8")
    refused(run("store", "load", "main", "d.jsonl"), 2, "closed")
    refused(run("store", "load", "main", "nowhere.jsonl"), 2)
    with sqlite3.connect(tmp_path / "dossiers.db") as connection:
        assert connection.execute("SELECT count(*) FROM dossiers").fetchone() == (0,)


def test_dossiers_are_loaded_once_and_into_a_reference_store_only(run: Run, tmp_path: Path) -> None:
    run("store", "create", url(tmp_path))
    assert run("store", "load", "main", SAMPLES).code == 0
    assert run("store", "load", "main", SAMPLES).code == 2
    with sqlite3.connect(tmp_path / "dossiers.db") as connection:
        assert connection.execute("SELECT count(*) FROM dossiers").fetchone() == (40,)
    (tmp_path / "tree").mkdir()
    refused(run("store", "load", tmp_path / "tree", SAMPLES), 2, "reference store")


def test_a_name_stands_for_one_store_for_ever(run: Run, tmp_path: Path) -> None:
    assert run("store", "create", url(tmp_path)).code == 0
    refused(run("store", "create", "sqlite:///second.db"), 2, "another store")
    assert not Path("second.db").exists()
    refused(run("store", "create", "sqlite:///second.db", "--name", "Jan Janssens"), 2, "small letters")
    assert run("store", "create", "sqlite:///second.db", "--name", "second").code == 0
    assert run("scan", "sqlite:///second.db").out.startswith("Scan of second")
    assert run("scan", "sqlite:///./second.db").out.startswith("Scan of second")
    refused(run("scan", "secnd"), 2, "did you mean second?")


@pytest.mark.parametrize(
    "words",
    [
        ["store", "create", "postgresql://u:hunter2@h/d"],
        ["store", "load", "postgresql://h/d?password=hunter2", "x"],
        ["scan", "postgresql+psycopg://u:hunter2@h/d"],
        ["check", "mysql+pymysql://u:hunter2@h/d"],
        ["purge", "plan", "mysql+pymysql://u:hunter2@h/d", "--as", "me"],
        ["scan", "map.yaml"],
    ],
)
def test_a_password_in_a_url_is_refused_and_not_repeated(words: list[str], run: Run) -> None:
    Path("map.yaml").write_text(MAPPING.format(url="postgresql://u:hunter2@h/d"))
    answer = run(*words)
    refused(answer, 2, "password")
    assert "hunter2" not in answer.err + answer.out


def test_a_password_in_the_ledgers_url_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCRETIO_LEDGER_URL", "postgresql://u:hunter2@h/d")
    answer = run("store", "list")
    refused(answer, 2, "password")
    assert "hunter2" not in answer.err


def test_a_ledger_from_a_newer_version_is_left_alone(run: Run, filled: Path) -> None:
    ledger = filled / "home" / "ledger.db"
    database(ledger, "PRAGMA wal_checkpoint(TRUNCATE)", "UPDATE alembic_version SET version_num = '9999'")
    before = ledger.read_bytes()
    for command in (["scan", "main"], ["check", "main"], ["purge", "list", "--as", "me"], ["store", "list"]):
        refused(run(*command), 2, "newer version")
    refused(run("verify", "--ledger"), 3, "newer version")
    assert ledger.read_bytes() == before


@pytest.mark.parametrize(
    ("option", "value", "word"),
    [
        ("--period", "2026-Q5", "2026-Q5"), ("--period", "2099-Q1", "not begun"), ("--period", "2026-07-01/", "2026-07-01/"),
        ("--period", "2026-", "2026-"), ("--as-of", "2026-02-30", "2026-02-30"),
        ("--authority", "nsa", "nsa"), ("--authority", "gegevensbeschermingsautoriteit", "no such"),
        ("--controller", "CNOTKNOWN", "CNOTKNOWN"), ("--lang", "fr,it", "it"), ("--out", "nowhere/r.pdf", "can't be written"),
    ],
)  # fmt: skip
def test_a_report_that_cant_be_made_is_neither_written_nor_frozen(
    option: str, value: str, word: str, run: Run, filled: Path
) -> None:
    frozen = known()[2]
    order = {"--authority": (filled / "authority").read_text(), "--period": "2026-Q4", "--out": "r.pdf", "--as-of": AS_OF}
    words = [part for pair in (order | {option: value}).items() for part in pair]
    refused(run("report", *words), 2, word)
    assert known()[2] == frozen
    assert not Path("r.pdf").exists()


def test_an_authority_without_data_and_a_missing_key_are_told(run: Run, filled: Path) -> None:
    authority = (filled / "authority").read_text()
    place = wiring.workplace()
    idle = next(name for name in place.authorities().authorities if name not in authorities_to_report(place))
    place.ledger.close()
    refused(run("report", "--authority", idle, "--period", "2026-Q3", "--out", "r.pdf"), 2, idle)
    (filled / "home" / "signing.p12").unlink()
    refused(run("report", "--authority", authority, "--period", "2026-Q3", "--out", "r.pdf"), 2, "signing key")
    assert not Path("r.pdf").exists()


def test_a_report_is_genuine_tampered_or_not_to_be_verified(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("verify", "report.pdf").code == 0
    pdf = Path("report.pdf").read_bytes()
    Path("tampered.pdf").write_bytes(pdf.replace(b"/Title", b"/Titel", 1) + b"\n%%EOF\n")
    assert run("verify", "tampered.pdf").code == 1
    Path("letter.pdf").write_bytes(b"%PDF-1.7\nnothing\n%%EOF")
    assert run("verify", "letter.pdf").code == 3
    refused(run("verify", "nowhere.pdf"), 2, "can't be read")
    roots = list((filled / "home").glob("*.root.pem"))
    monkeypatch.setenv("DISCRETIO_HOME", str(filled / "elsewhere"))
    assert run("verify", "report.pdf").code == 3
    assert run("verify", "report.pdf", "--root", roots[0]).code == 0
    assert not (filled / "elsewhere").exists()


def test_verifying_the_ledger_where_there_is_none_makes_none(run: Run, bare_home: Path) -> None:
    refused(run("verify", "--ledger"), 3, "no ledger")
    refused(run("verify"), 2, "name a report")
    assert not bare_home.exists()


def test_a_changed_audit_chain_is_broken(run: Run, filled: Path) -> None:
    assert run("verify", "--ledger").code == 0
    database(filled / "home" / "ledger.db", "UPDATE chain_records SET payload = '{}' WHERE sequence = 3")
    refused(run("verify", "--ledger"), 1, "record 3")
    frozen = known()[2]
    order = ["--authority", (filled / "authority").read_text(), "--period", "2026-Q4", "--as-of", AS_OF]
    refused(run("report", *order, "--out", "r.pdf"), 1, "record 3")
    assert (known()[2], Path("r.pdf").exists()) == (frozen, False)


def test_who_is_not_enrolled_is_told_so_before_a_passphrase_is_asked_for(run: Run) -> None:
    refused(run("people", "lock", "nobody", "--key", "nobody.key"), 2, "nobody is enrolled")


def test_of_a_store_that_nobody_knows_no_right_is_printed(run: Run) -> None:
    answer = run("store", "grants", "nowhere")
    refused(answer, 2, "no such store")
    assert answer.out == ""
