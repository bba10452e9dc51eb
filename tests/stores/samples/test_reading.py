"""The reader is strict: it names the line and the field, and never what stands there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from discretio.errors import EXIT_USAGE, UsageError
from discretio.stores.samples import fields
from discretio.stores.samples.labelled import labelled_entries
from discretio.stores.samples.multiplying import SAMPLES
from discretio.stores.samples.reading import read_dossiers
from discretio.stores.samples.rows import rows_of

SECRET = "Jan van Geheim"


def refusal(lines: list[str]) -> str:
    with pytest.raises(UsageError) as caught:
        list(read_dossiers(lines))
    assert caught.value.exit_code == EXIT_USAGE
    assert caught.value.__cause__ is None
    return str(caught.value)


def test_a_lawful_line_is_read(line: Callable[..., str]) -> None:
    (dossier,) = read_dossiers([line(), "\n"])
    assert (dossier.id, dossier.purpose, dossier.entries[0].declared_category) == ("D1", "INTEGRITY", 7)


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("entry_id", 3, "entries[0].entry_id"),
        ("date", "2024-02-30", "entries[0].date"),
        ("participant", SECRET, "entries[0].participant"),
        ("declared_category", 17, "entries[0].declared_category"),
        ("declared_category", True, "entries[0].declared_category"),
        ("lang", SECRET, "lang"),
        ("flags", [SECRET], "entries[0].spans[0].flags"),
        ("cat", 0, "entries[0].spans[0].cat"),
        ("start", -1, "entries[0].spans[0].start"),
        ("end", 9999, "entries[0].spans[0].end"),
        ("negated", "no", "entries[0].spans[0].negated"),
        ("purpose", SECRET, "purpose"),
        ("opened", SECRET, "opened"),
        ("closed", "2023-12-31", "closed"),
        ("reopened", "2024-05-01", "reopened"),
        ("legal_hold", None, "legal_hold"),
        ("participants", SECRET, "participants"),
        ("data_subjects", [SECRET], "data_subjects"),
        ("entries", None, "entries"),
        ("retention", None, "retention"),
    ],
)
def test_a_misshapen_field_is_named_and_not_quoted(line: Callable[..., str], field: str, value: object, named: str) -> None:
    message = refusal(["", line(**{field: value})])
    assert f"field {named} " in message
    assert "line 2" in message
    assert SECRET not in message


def test_a_label_must_be_its_evidence(line: Callable[..., str]) -> None:
    shifted = json.loads(line())
    shifted["entries"][0]["spans"][0]["start"] = 1
    message = refusal([json.dumps(shifted)])
    assert "entries[0].spans[0].text" in message


@pytest.mark.parametrize(
    "missing", ["dossier_id", "lang", "purpose", "status", "participants", "opened", "retention", "entries"]
)
def test_a_missing_field_is_named(line: Callable[..., str], missing: str) -> None:
    dossier = json.loads(line())
    del dossier[missing]
    assert f"field {missing} is missing" in refusal([json.dumps(dossier)])


@pytest.mark.parametrize("broken", ["{", "[]", '"text"', "NaN", "[" * 100_000, f'{{"text": "{SECRET}'])
def test_a_line_that_is_no_object_is_refused(broken: str) -> None:
    message = refusal([broken])
    assert "line 1" in message
    assert SECRET not in message


def test_an_id_occurs_once(line: Callable[..., str]) -> None:
    assert "line 2" in refusal([line(), line()])


def test_a_line_over_32_mb_is_refused_by_its_number(line: Callable[..., str], tmp_path: Path) -> None:
    assert "line 2" in refusal([line(), "x" * (fields.LINE_LIMIT + 1)])
    path = tmp_path / "long.jsonl"
    with path.open("wb") as stream:
        stream.write(line().encode() + b"\n")
        stream.truncate(fields.LINE_LIMIT + 100_000)
    with pytest.raises(UsageError, match="longer than 32 MB"):
        rows_of(path)


def test_what_is_not_utf8_is_refused_by_its_number(line: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "latin.jsonl"
    path.write_bytes(line().encode() + b"\n" + '{"dossier_id": "Amélie"}'.encode("latin-1"))
    with pytest.raises(UsageError) as caught:
        rows_of(path)
    assert "line 2" in str(caught.value)
    assert "lie" not in str(caught.value).replace("line", "")


def test_a_byte_order_mark_is_no_content(line: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "marked.jsonl"
    path.write_text(line(), "utf-8-sig")
    assert len(rows_of(path)["dossiers"]) == 1


def test_a_file_that_is_not_there_is_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        rows_of(tmp_path / "absent.jsonl")


def test_labelled_texts_come_from_dossiers_and_from_notes(tmp_path: Path) -> None:
    assert sum(1 for _ in labelled_entries(SAMPLES)) == 463
    note = {
        "id": "n1", "lang": "fr", "register": "note", "topic": "health", "text": "Elle a un diabète.", "hard_negatives": [],
        "spans": [{"start": 10, "end": 17, "text": "diabète", "cat": 10, "alt_cats": [], "flags": ["health"],
                   "negated": False, "implicit": False, "about": "third_party"}],
    }  # fmt: skip
    path = tmp_path / "notes.jsonl"
    path.write_text(json.dumps(note), "utf-8")
    (read,) = labelled_entries(path)
    assert (read.categories, read.flags, read.spans[0].about) == ({10}, {"health"}, "third_party")


_NOTES = Path(__file__).resolve().parents[4] / "shared" / "data" / "notes"


@pytest.mark.shared
@pytest.mark.skipif(not _NOTES.is_dir(), reason="the shared notes are not here")
def test_every_shared_note_is_read() -> None:
    assert sum(1 for path in _NOTES.glob("*.jsonl") for _ in labelled_entries(path)) == 2320
