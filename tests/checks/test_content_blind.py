"""Canaries planted in keys, names, reasons and exceptions are found nowhere in what Great Expectations keeps or writes."""

from __future__ import annotations

import io
import json
import logging
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import great_expectations as gx
import pandas as pd
import pytest
from great_expectations.datasource.fluent.pandas_datasource import DataFrameAsset

from checks.frames_of_a_lawful_store import lawful_frames
from checks.lawful_policy import RULES
from discretio.checks import CheckReport
from discretio.checks import run as run_module
from discretio.checks.entry_expectations import ExpectEveryEntryToFallInADeclaredCategory
from discretio.domain.frames import STORE_FRAMES
from discretio.resources import folder

Check = Callable[..., CheckReport]
Shown = Callable[[], str]
CANARY = "Zylphranx"


def canary_frames() -> dict[str, pd.DataFrame]:
    """The lawful store with a canary in every text column, keys included; its rules then answer all sorts of things."""
    frames = lawful_frames()
    for table in frames.values():
        for column in table.columns[table.dtypes == "str"]:
            table[column] = CANARY + "-" + table[column].fillna("nobody")
    return frames


@pytest.fixture
def everything_logged() -> Iterator[io.StringIO]:
    """All that anybody logs, from the finest level on."""
    sink = io.StringIO()
    handler, root = logging.StreamHandler(sink), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield sink
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def kept_results(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every result of a checkpoint."""
    results: list[Any] = []
    real = gx.Checkpoint.run

    def run(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - passes on what it is given
        results.append(real(*arguments, **named))
        return results[-1]

    monkeypatch.setattr(gx.Checkpoint, "run", run)
    return results


@pytest.fixture
def shown(everything_logged: io.StringIO, kept_results: list[Any], capfd: pytest.CaptureFixture[str]) -> Shown:
    """All that was kept as a result, logged or printed."""

    def text() -> str:
        runs = [run.to_json_dict() for result in kept_results for run in result.run_results.values()]
        results = json.dumps(runs + [result.describe_dict() for result in kept_results])
        return results + everything_logged.getvalue() + "".join(capfd.readouterr())

    return text


def test_no_result_log_output_or_data_docs_holds_a_value(
    check: Check, tmp_path: Path, shown: Shown, kept_results: list[Any]
) -> None:
    report = check(canary_frames(), data_docs=tmp_path / "docs")
    assert set(report.outcomes["rule_id"]) == set(RULES)
    assert report.outcomes["scope_key"].str.startswith(CANARY).any(), "the canary never reached the checks"
    written = [path for path in (tmp_path / "docs").rglob("*") if path.is_file()]
    assert any(path.name == "index.html" for path in written)
    assert [path for path in written if CANARY.encode() in path.read_bytes()] == []
    (one_checkpoint,) = kept_results
    assert len(one_checkpoint.run_results) == len(list((folder("expectations") / "reference_store").glob("*.json")))
    assert CANARY not in shown() + repr(report.problems) + repr(report.counts)


def test_an_expectation_that_raises_tells_its_kind_and_nothing_else(
    check: Check, tmp_path: Path, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judgements(store: Any) -> None:  # noqa: ANN401 - as the method that it replaces
        raise KeyError(store.frames["entries"]["cat16_justification"].dropna().iloc[0] + CANARY)

    monkeypatch.setattr(ExpectEveryEntryToFallInADeclaredCategory, "judgements", judgements)
    report = check(canary_frames(), data_docs=tmp_path / "docs")
    row = report.outcomes[report.outcomes["rule_id"] == "ART2-2-CAT"].iloc[0]
    assert (row["outcome"], row["reason"]) == ("NOT_CHECKABLE", "expectation_raised")
    assert [problem.error for problem in report.problems if problem.rule_id == "ART2-2-CAT"] == ["KeyError"]
    assert (report.outcomes["rule_id"] == "ART2-2-SPECIAL-DETECT").sum() > 1, "the other rules are answered all the same"
    assert CANARY not in shown() + repr(report.problems)
    assert [path for path in (tmp_path / "docs").rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()] == []


def test_great_expectations_breaking_down_tells_its_kind_and_nothing_else(
    check: Check, everything_logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def validate(*_: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr(run_module, "validate", validate)
    report = check(canary_frames())
    assert set(report.outcomes["outcome"]) == {"NOT_CHECKABLE"}
    assert {problem.error for problem in report.problems} == {"ValueError"}
    assert CANARY not in everything_logged.getvalue() + repr(report.problems)


def test_great_expectations_gets_no_content_not_even_for_its_fingerprint(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each result keeps an unkeyed hash of its batch: of surrogate ids, dates and codes, never of a name or a reason."""
    seen: list[list[str]] = []
    real = DataFrameAsset.get_batch

    def get_batch(self: Any, batch_request: Any) -> Any:  # noqa: ANN401 - passes on what it is given
        seen.append(list(batch_request.options["dataframe"].columns))
        return real(self, batch_request)

    monkeypatch.setattr(DataFrameAsset, "get_batch", get_batch)
    check(canary_frames())
    content = {column.name for frame in STORE_FRAMES.values() for column in frame.columns if column.content}
    assert seen
    assert not content & {name for columns in seen for name in columns}


def test_a_run_prints_nothing_calls_nobody_and_writes_nothing_but_the_data_docs(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("home", "temporary", "here"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("somebody was called"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("somebody was looked up"))
    check(lawful_frames(), data_docs=tmp_path / "docs")
    assert "".join(capfd.readouterr()) == ""
    assert {path.name for path in tmp_path.iterdir()} == {"home", "temporary", "here", "docs"}
    assert [path for name in ("home", "temporary", "here") for path in (tmp_path / name).iterdir()] == []


def test_without_a_folder_for_data_docs_none_are_written(check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    check(lawful_frames())
    assert list(tmp_path.iterdir()) == []


def test_importing_the_checks_does_not_import_great_expectations() -> None:
    """Its import takes seconds, and every command line and DAG file would pay for it."""
    code = "import sys, discretio.checks; sys.exit('great_expectations' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
