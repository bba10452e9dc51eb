"""What each command does when all is well, and how it answers when it is typed wrongly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.conftest import AS_OF, Run, refused
from discretio import wiring
from discretio.cli import storing
from discretio.cli.app import DEBUG
from discretio.detection.jsonl import LINE_LIMIT
from discretio.ledger import locator, stores
from discretio.stores.samples.multiplying import SAMPLES

CANARY = "x4711x-Janssens"


@pytest.mark.parametrize(
    "words", [["bogus"], ["scan"], ["scan", "main", "--bogus"], ["check", "main", "--format", "xml"], ["purge", "run"]]
)
def test_wrong_use_ends_with_2_and_says_how_it_is_used(words: list[str], run: Run, bare_home: Path) -> None:
    answer = run(*words)
    assert answer.code == 2
    assert "Usage:" in answer.err
    assert not bare_home.exists()


@pytest.mark.parametrize("words", [["--help"], ["scan", "--help"], ["purge", "approve", "--help"]])
def test_help_is_no_error(words: list[str], run: Run) -> None:
    assert run(*words).code == 0


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_traceback_only_with_debug_wherever_it_stands(position: int, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking() -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr(storing, "workplace", breaking)
    words = ["store", "list"]
    answer = run(*words)
    refused(answer, 2, "ValueError")
    assert CANARY not in answer.out + answer.err
    words.insert(position, DEBUG)
    with pytest.raises(ValueError, match=CANARY):
        run(*words)


def test_every_command_finds_the_store_by_its_name_only_afterwards(run: Run, tmp_path: Path) -> None:
    """Neither the path nor the keys of a store are printed, and the ledger's file doesn't hold them in clear."""
    folder = tmp_path / CANARY
    (folder / CANARY).mkdir(parents=True)
    (folder / CANARY / f"{CANARY}.txt").write_text(f"{CANARY} est diabétique et il suit son traitement.", encoding="utf-8")
    answers = [
        run("scan", folder, "--findings", "f.jsonl"), run("store", "list"), run("check", "document-tree-1"),
        run("purge", "plan", "document-tree-1", "--as", "me"), run("purge", "list", "--as", "me"), run("verify", "--ledger"),
        run("scan", tmp_path / f"{CANARY}-nowhere"), run("check", f"sqlite:///{tmp_path}/{CANARY}-nowhere.db"),
    ]  # fmt: skip
    assert [answer.code for answer in answers] == [0, 0, 0, 0, 2, 0, 2, 3]
    assert not [answer for answer in answers if CANARY in answer.out + answer.err]
    assert "health" in Path("f.jsonl").read_text()
    written = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert written
    assert not [path for path in [*written, Path("f.jsonl")] if CANARY.encode() in path.read_bytes()]


def test_check_answers_in_json_and_fails_on_demand(run: Run, filled: Path) -> None:
    assert filled
    rules = json.loads(run("check", "main", "--as-of", AS_OF, "--format", "json").out)["rules"]
    assert any(by["FAIL"] for by in rules.values())
    assert run("check", "main", "--fail-on", "FAIL").code == 1
    only = json.loads(run("check", "main", "--rule", "ART2-2-CAT", "--format", "json").out)["rules"]
    assert list(only) == ["ART2-2-CAT"]
    refused(run("check", "main", "--rule", "ART2-2-CATS"), 2, "ART2-2-CATS", "did you mean ART2-2-CAT?")


def test_a_second_scan_reads_nothing(run: Run, filled: Path) -> None:
    assert filled
    answer = run("scan", "main")
    read = next(line for line in answer.out.splitlines() if "read" in line)
    # What could not be examined is tried again.
    left = next(line for line in answer.out.splitlines() if "not_examined" in line)
    assert [word for word in read.split() if word.isdigit()] == [word for word in left.split() if word.isdigit()]


def test_a_purge_from_plan_to_certificate(run: Run, filled: Path) -> None:
    for login in ("alice", "bob"):
        controllers = [word for one in _controllers() for word in ("--controller", one)]
        assert run("people", "enrol", login, "--role", "APPROVER", "--key", f"{login}.key", *controllers).code == 0
    _confirmed_by_dora(run, "alice", "bob")
    refused(run("people", "enrol", "x", "--role", "KING", "--key", "x.key"), 2, "KING")
    refused(run("people", "enrol", "x", "--role", "APPROVER", "--key", "no-such-folder/x.key"), 2, "can't be written")
    for controller in _controllers():
        cleared = ("archives", "clear", "--controller", controller, "--series", "SHARED", "--ground", "letter")
        assert run(*cleared, "--as", "alice", "--key", "alice.key").code == 0
    planned = run("purge", "plan", "main", "--as", "admin", "--as-of", AS_OF)
    assert "nobody is enrolled" in planned.out
    plan_id = next(word for word in planned.out.split() if word.startswith("PLAN") and len(word) > 10)
    shown = run("purge", "show", plan_id, "--as", "alice", "--lang", "fr").out
    assert plan_id in shown
    assert "the whole plan" in shown
    assert any(one in shown for one in _controllers())
    refused(run("purge", "show", plan_id, "--as", "nobody"), 2, "enrolled")
    refused(run("purge", "run", plan_id), 2)
    refused(run("purge", "approve", plan_id, "--as", "admin", "--key", "alice.key"), 2)
    refused(run("purge", "approve", plan_id, "--as", "bob", "--key", "alice.key"), 2)
    refused(run("purge", "verify", plan_id), 2, "PLANNED")
    refused(run("purge", "run", "PLANUNKNOWN"), 2, "PLANUNKNOWN")
    assert run("purge", "approve", plan_id, "--as", "alice", "--key", "alice.key").code == 0
    refused(run("purge", "run", plan_id), 2)
    assert run("purge", "approve", plan_id, "--as", "bob", "--key", "bob.key").code == 0
    assert run("purge", "run", plan_id, "--dry-run").code == 0
    assert "dossiers" in run("purge", "run", plan_id).out
    assert run("purge", "run", plan_id).out.startswith("0 dossiers and rows of the list deleted")
    certified = run("purge", "verify", plan_id).out
    assert "certificate CERT" in certified
    assert "rows searched, 0 not readable" in certified
    assert "VERIFIED" in run("purge", "list", "--as", "alice").out
    assert run("purge", "mentions", plan_id, "--as", "alice").code == 0
    assert run("verify", "--ledger").code == 0
    assert filled


def _confirmed_by_dora(run: Run, *logins: str) -> None:
    """An officer confirms himself, then those who read him their public keys."""
    assert run("people", "enrol", "dora", "--role", "DPO", "--key", "dora.key").code == 0
    for login in ("dora", *logins):
        told = run("people", "public", f"{login}.key").out.strip()
        assert run("people", "confirm", login, "--public-key", told, "--as", "dora", "--key", "dora.key").code == 0
    assert "not confirmed" not in run("people", "list").out


def test_our_own_data_go_only_on_demand(run: Run, filled: Path) -> None:
    assert filled
    assert "nothing was erased" in run("retention", "run").out
    assert "Erased" in run("retention", "run", "--execute").out
    assert run("verify", "--ledger").code == 0


def test_detect_answers_line_by_line_from_and_to_pipes(run: Run) -> None:
    lines = [
        json.dumps({"id": 1, "text": "Le patient est diabétique et il suit son traitement."}).encode(),
        b'{"id": 2, "text": "caf\xe9"}', b"no json", json.dumps({"id": "\ud800", "text": "Hij is ziek."}).encode(),
    ]  # fmt: skip
    answer = run("detect", "--jsonl", "-", stdin=b"\n".join(lines))
    found = [json.loads(line) for line in answer.out.splitlines()]
    assert answer.code == 3
    assert [one["id"] for one in found] == [1, None, None, "\ud800"]
    assert [one["not_examined"][0]["reason"] if one["not_examined"] else None for one in found[:3]] == [
        None, "invalid_utf8", "invalid_json",
    ]  # fmt: skip
    health = next(one for one in found[0]["detections"] if "health" in one["flags"])
    assert set(health) == {"start", "end", "category", "flags", "type", "lang", "score", "negated", "about", "why"}


def test_a_line_over_32_mb_is_not_examined_and_the_next_one_is(run: Run) -> None:
    with Path("in.jsonl").open("wb") as file:
        file.write(b'{"id": 1, "text": "' + b"a" * (LINE_LIMIT + 10) + b'"}\n{"id": 2, "text": "Il est malade."}\n')
    assert run("detect", "--jsonl", "in.jsonl", "--out", "out.jsonl").code == 3
    first, second = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    assert first["not_examined"][0] == {"reason": "line_too_large", "line": 1}
    assert (second["id"], second["not_examined"]) == (2, [])


def test_an_output_is_written_whole_or_stays_as_it_was(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("in.jsonl").write_text('{"id": 1, "text": "Il est malade."}\n')
    Path("out.jsonl").write_text("from before")
    refused(run("detect", "--jsonl", "in.jsonl", "--out", "nowhere/out.jsonl"), 2, "can't be written")
    refused(run("detect", "--jsonl", ".", "--out", "out.jsonl"), 2, "can't be read")

    def dying(*_: object) -> Iterator[dict[str, object]]:
        yield {"not_examined": []}
        raise RuntimeError(CANARY)

    monkeypatch.setattr("discretio.cli.detecting.detect_lines", dying)
    assert CANARY not in run("detect", "--jsonl", "in.jsonl", "--out", "out.jsonl").err
    assert Path("out.jsonl").read_text() == "from before"
    assert sorted(path.name for path in Path().iterdir()) == ["in.jsonl", "out.jsonl"]


def test_evaluate_shows_a_table_that_fits_and_all_figures_as_json(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("two.jsonl").write_text("".join(SAMPLES.read_text(encoding="utf-8").splitlines(keepends=True)[:2]), encoding="utf-8")
    rows = json.loads(run("evaluate", "two.jsonl", "--format", "json").out)
    assert {"precision_low", "recall_high", "f2"} <= set(rows[0])
    monkeypatch.setenv("COLUMNS", "80")
    shown = run("evaluate", "two.jsonl").out
    assert "…" not in shown
    assert max(len(line) for line in shown.splitlines()) <= 80
    Path("none.jsonl").write_text("")
    refused(run("evaluate", "none.jsonl"), 2, "no labelled text")
    refused(run("evaluate", "nowhere.jsonl"), 2)


# The process tells its own peak: what `getrusage` says of children counts those of other tests, and what was there before exec.
SCANNING = """
import atexit, sys
from pathlib import Path
atexit.register(lambda: sys.stderr.write(Path("/proc/self/status").read_text()))
from discretio.cli import main
main()
"""


@pytest.mark.services
def test_a_text_of_200_mb_is_scanned_in_bounded_memory(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    # Nothing is found in it: findings are held until their partition is recorded, texts are not.
    line = "Voici la page et voici la ligne.\n" * 2_000
    with (tmp_path / "tree" / "long.txt").open("w", encoding="utf-8") as file:
        while file.tell() < 200_000_000:
            file.write(line)
        file.write("Le patient est diabétique.\n")
    command = [sys.executable, "-c", SCANNING, "scan", str(tmp_path / "tree")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    assert done.returncode == 0, done.stderr
    assert "health" in done.stdout
    peak = next(line for line in done.stderr.splitlines() if line.startswith("VmHWM"))
    assert int(peak.split()[1]) < 700_000


def _controllers() -> list[str]:
    place = wiring.workplace()
    store_id = stores.store_named(place.ledger, "main").store_id
    keys = sorted(place.open_store("main").read("controllers")["controller_key"])
    ids = list(locator.surrogates(place.ledger, store_id, "controller", keys).values())
    place.ledger.close()
    return ids


def test_terms_are_explained_in_the_reader_s_language_and_counted_ahead(run: Run, filled: Path) -> None:
    assert filled
    calendar = run("purge", "calendar", "main", "--as-of", AS_OF)
    assert calendar.code == 0
    assert f"seen from {AS_OF}" in calendar.out
    assert run("people", "enrol", "dora", "--role", "DPO", "--key", "dora.key").code == 0
    key = wiring.workplace().open_store("main").read("dossiers")["dossier_key"].iloc[0]
    asked = ("purge", "explain", "main", key, "--as", "dora", "--as-of", AS_OF)
    told = {lang: run(*asked, "--lang", lang) for lang in ("fr", "nl", "de", "en")}
    assert {answer.code for answer in told.values()} == {0}
    assert len({answer.out for answer in told.values()}) == 4
    assert all(key not in answer.out for answer in told.values())
    refused(run("purge", "explain", "main", CANARY, "--as", "dora"), 2, "no such dossier")
    refused(run(*asked, "--lang", "xx"), 2, "no translation")
    refused(run("purge", "explain", "main", key, "--as", "nobody"), 2, "enrolled")
