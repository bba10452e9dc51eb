"""Promise 1, over a whole run: what is planted in a store is found nowhere else.

One run serves all tests here; it takes its own process, so that all it prints and all its temporary files can be searched.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from canary.searching import Searcher

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Run:
    """Where a run worked, what it printed, and what was planted."""

    folder: Path
    printed: str
    code: int
    canaries: tuple[str, ...]

    @property
    def store(self) -> Path:
        """The only place where canaries may be."""
        return next(self.folder.glob("out/Zqxkanariepath*"))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("whole-run")
    for name in ("home", "tmp", "cwd"):
        (folder / name).mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
    # DEV makes Airflow print the local variables of every frame; wide lines keep a word whole.
    kept["PYTHONPATH"] = os.pathsep.join(filter(None, [kept.get("PYTHONPATH"), str(HERE.parent)]))
    environment = kept | {"DEV": "1", "COLUMNS": "1000"} | {"HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp")}
    command = [sys.executable, str(HERE / "whole_run.py"), str(folder / "out")]
    done = subprocess.run(
        command, cwd=folder / "cwd", env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    canaries = json.loads((folder / "canaries.json").read_text(encoding="utf-8"))
    (folder / "canaries.json").unlink()
    return Run(folder, done.stdout + done.stderr, done.returncode, tuple(canaries))


@pytest.fixture(scope="module")
def searcher(run: Run) -> Searcher:
    return Searcher(run.canaries)


def test_the_run_did_all_it_should(run: Run, searcher: Searcher) -> None:
    harmless = [line for line in run.printed.splitlines() if not searcher.found(line.encode())]
    assert run.code == 0, "\n".join(harmless[-30:])
    assert len(run.canaries) > 30
    assert list(run.folder.glob("out/home/reports/*.pdf"))
    assert list(run.folder.glob("out/home/data_docs/**/*.html"))


def test_the_search_finds_what_is_planted_where_it_is(run: Run, searcher: Searcher) -> None:
    found = set().union(*searcher.leaks(run.store.parent).values())
    # The purge took some of them.
    assert len(found) > len(run.canaries) / 2


def test_nothing_of_it_is_in_any_file(run: Run, searcher: Searcher) -> None:
    assert searcher.leaks(run.folder, besides=[run.store]) == {}


def test_nothing_of_it_was_printed(run: Run, searcher: Searcher) -> None:
    leaking = [number for number, line in enumerate(run.printed.splitlines()) if searcher.found(line.encode())]
    assert leaking == []


def test_nothing_is_left_in_the_folder_for_temporary_files(run: Run) -> None:
    assert [str(path.relative_to(run.folder)) for path in (run.folder / "tmp").rglob("*") if path.is_file()] == []


WORD = "Zqxkanarieterm007"


@pytest.mark.parametrize(
    "dress",
    [
        str.encode,
        lambda text: text.upper().encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode().hex().encode(),
        lambda text: base64.b64encode(text.encode()),
        lambda text: "".join(f"%{byte:02X}" for byte in text.encode()).encode(),
    ],
)
@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_the_search_sees_through_every_dress(dress: Callable[[str], bytes], before: str) -> None:
    assert Searcher([WORD, "other"]).found(b"..." + dress(f"{before}{WORD} and more") + b"...") == {WORD}


def test_the_search_unpacks(tmp_path: Path) -> None:
    (tmp_path / "packed").write_bytes(zlib.compress(WORD.encode()))
    assert Searcher([WORD]).leaks(tmp_path) == {"packed": {WORD}}


def test_the_search_reads_names_of_files(tmp_path: Path) -> None:
    (tmp_path / WORD).touch()
    assert Searcher([WORD]).leaks(tmp_path) == {WORD: {WORD}}
