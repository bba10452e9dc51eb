"""The shadow commands as they are typed, from the mandate to its end."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cli.conftest import Run, refused


@pytest.fixture
def share(tmp_path: Path, run: Run) -> Path:
    """A registered folder with one note, a DPO, and a share with a copy of the note."""
    text = " ".join(f"woord{number}" for number in range(60))
    for folder in ("dossiers/one", "share"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "note.txt").write_text(text, encoding="utf-8")
    assert run("scan", tmp_path / "dossiers").code == 3, "these words are of no language"
    assert run("people", "enrol", "dora", "--role", "DPO", "--key", "dora.key").code == 0
    return tmp_path / "share"


def days(first: str = "2020-01-01", last: str = "2099-12-31") -> list[str]:
    return ["--from", first, "--until", last, "--as", "dora", "--key", "dora.key"]


def test_from_mandate_to_end(share: Path, run: Run) -> None:
    given = run("shadow", "mandate", share, "--store", "document-tree-1", "--controller", "C1", *days())
    mandate = str(re.search(r"MANDATE\w+", given.out)[0])  # type: ignore[index]
    assert run("shadow", "search", share, "--mandate", mandate).code == 0
    assert run("shadow", "copies", mandate, "--as", "dora", "--key", "dora.key", "--out", "copies.jsonl").code == 0
    assert json.loads(Path("copies.jsonl").read_text(encoding="utf-8"))["file"] == "note.txt"
    assert mandate in run("shadow", "list").out
    assert run("shadow", "end", mandate, "--as", "dora").code == 0
    refused(run("shadow", "search", share, "--mandate", mandate), 2, "doesn't stand")


def test_wrong_days_and_places_are_refused(share: Path, run: Run) -> None:
    terms = ["--store", "document-tree-1", "--controller", "C1"]
    refused(run("shadow", "mandate", share, *terms, *days("2026-13-01")), 2, "no such day")
    refused(run("shadow", "mandate", share, *terms, *days("2026-02-01", "2026-01-01")), 2, "before it begins")
    refused(run("shadow", "mandate", share / "nowhere", *terms, *days()), 2, "no such place")
    refused(run("shadow", "mandate", share.parent / "dossiers", *terms, *days()), 2, "registered store")
