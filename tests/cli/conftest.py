"""The command line as a person types it, in this process; a home with a scanned, checked store, made once and copied."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from discretio import wiring
from discretio.cli import main
from discretio.cli.app import console
from discretio.domain.lexicon import LexiconEntry
from discretio.ledger import stores
from discretio.policy_files.lexicon_files import load_lexicons
from discretio.reporting.keys import make_demo_key
from discretio.resources import folder
from discretio.settings import Settings
from discretio.steps import check, detector, report, scan
from discretio.steps.registering import register
from discretio.stores.loading import load_rows
from discretio.stores.reference import create_store
from discretio.stores.samples.multiplying import demo_rows

AS_OF = "2026-11-21"
ADOPTION = (
    "BE-BILL-56-0485:\n  adopted_by: Board\n  adopted_at: 2024-10-10\nGDPR-BASE:\n  adopted_by: null\n  adopted_at: null\n"
) + "".join(
    f"{name}: {{adopted_by: null, adopted_at: null}}\n"
    for name in ("VL-DECREE-2023-06-30", "VL-DECREE-2024-03-29", "BE-LAW-LIVC-2018", "BE-FUTURE-LAW")
)


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


Run = Callable[..., Answer]


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'dossiers.db'}"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("template")
    shutil.copytree(folder("policies"), out / "home" / "policies")
    (out / "home" / "policies" / "adoption.yaml").write_text(ADOPTION, encoding="utf-8")
    place = wiring.workplace(Settings.from_environment({"DISCRETIO_HOME": str(out / "home")}))
    make_demo_key(place.settings.signing_key_file, place.now())
    load_rows(create_store(url(out), demo=True), demo_rows(40))
    register(place, "main", url(out))
    day = date.fromisoformat(AS_OF)
    run_id = scan.begin_scan(place, "main", day)
    list(scan.scan_in_turn(place, run_id))
    scan.finish_scan(place, run_id)
    check.check(place, "main", day)
    authority = report.authorities_to_report(place)[0]
    report.file_report(place, report.ReportOrder.of(authority, "all", "2026-Q4", day).in_languages(("fr",)), out / "report.pdf")
    (out / "authority").write_text(authority)
    place.ledger.close()
    return out


_READ: dict[tuple[tuple[str, bytes], ...], tuple[LexiconEntry, ...]] = {}


def lexicons_read_once(folder: Path) -> tuple[LexiconEntry, ...]:
    """The entries; the same files, in whatever home, are read once, for that takes a second of every command that detects."""
    files = tuple((path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(folder.glob("*/*.yaml")))
    if files not in _READ:
        _READ[files] = load_lexicons(folder)
    return _READ[files]


@pytest.fixture(autouse=True)
def bare_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees the home of whoever runs it; commands run in an empty folder."""
    for name in ("LEDGER_URL", "LEDGER_KEY", "LEDGER_KEY_FILE", "POLICIES", "POLICY_SET", "SIGNING_KEY_FILE"):
        monkeypatch.delenv(f"DISCRETIO_{name}", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DISCRETIO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    # Whoever imported the command line first made its console, as wide as COLUMNS said then; it asks anew if it has no width.
    monkeypatch.setattr(console, "_width", None)
    monkeypatch.setattr(detector, "load_lexicons", lexicons_read_once)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def filled(template: Path, tmp_path: Path) -> Path:
    """A folder with a home, a store of 40 dossiers that was scanned and checked, and a report."""
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    place = wiring.workplace()
    stores.register_store(place.ledger, "main", "reference_store", url(tmp_path), demo=True)
    place.ledger.close()
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Types a command, with these bytes on standard input; no answer may hold a traceback."""

    def typed(*words: object, stdin: bytes = b"") -> Answer:
        monkeypatch.setattr(sys, "argv", ["discretio", *(str(word) for word in words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        assert "Traceback" not in told.err + told.out
        code = ended.value.code
        return Answer(code if isinstance(code, int) else int(code is not None), told.out, told.err)

    return typed


def refused(answer: Answer, code: int, *words: str) -> None:
    """The command ended with this code, and its error says these words and what to do."""
    assert answer.code == code, answer
    assert all(word in answer.err for word in words), answer.err
    assert "what to do:" in answer.err
