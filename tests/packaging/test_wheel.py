"""What is installed from the wheel works without the checkout: it carries the law, the DAGs, the suites and the templates."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CARRIED = ("dags", "expectations", "policies", "reports")
# What a person with an empty account has.
PLAIN = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
COMMAND = ("-c", "from discretio.cli import main; main()")


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize("carried", CARRIED)
def test_the_wheel_carries_every_file_of(carried: str, names: set[str]) -> None:
    files = [str(path.relative_to(ROOT)) for path in (ROOT / carried).rglob("*.*") if path.is_file() and path.suffix != ".pyc"]
    assert files
    assert {f"discretio/data/{file}" for file in files} - names == set()


@pytest.mark.parametrize(
    "file",
    [
        "discretio/py.typed",
        "discretio/stores/samples/dossiers.jsonl",
        "discretio/stores/samples/enrichment.yaml",
        "discretio/stores/samples/names.yaml",
        "discretio/ledger/migrations/versions/r0001_scan.py",
    ],
)
def test_the_wheel_carries(file: str, names: set[str]) -> None:
    assert file in names


def test_the_wheel_carries_the_licence_and_nothing_of_the_workshop(names: set[str]) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"discretio"}
    assert [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".db", ".key", ".p12"))] == []


def _run(folder: Path, *command: str, path: str = "") -> subprocess.CompletedProcess[str]:
    """A command in an empty folder of an empty account; `path` goes before the editable install of the workshop."""
    for name in ("home", "cwd"):
        (folder / name).mkdir(exist_ok=True)
    environment = PLAIN | {"HOME": str(folder / "home")} | ({"PYTHONPATH": path} if path else {})
    return subprocess.run(command, cwd=folder / "cwd", env=environment, capture_output=True, text=True, check=False)


def test_its_resources_are_found_in_the_wheel_itself(unpacked: Path, tmp_path: Path) -> None:
    script = f"from discretio.resources import folder; [print(folder(name)) for name in {CARRIED}]"
    done = _run(tmp_path, sys.executable, "-c", script, path=str(unpacked))
    assert [Path(line) for line in done.stdout.splitlines()] == [unpacked / "discretio" / "data" / name for name in CARRIED]


def test_a_store_can_be_made_filled_and_checked_from_the_wheel_alone(unpacked: Path, tmp_path: Path) -> None:
    sample = str(unpacked / "discretio" / "stores" / "samples" / "dossiers.jsonl")
    url = "sqlite:///store.db"
    for arguments in (("store", "create", url), ("store", "load", url, sample), ("check", url, "--as-of", "2026-11-21")):
        done = _run(tmp_path, sys.executable, *COMMAND, *arguments, path=str(unpacked))
        assert done.returncode == 0, done.stderr
    assert "PASS" in done.stdout


def test_the_dags_load_from_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    script = (
        "from pathlib import Path; from discretio.airflow_ui import home; home.prepare(Path('airflow'));"
        "from discretio.airflow_ui.runner import load_dags; print(*sorted(load_dags().dag_ids))"
    )
    done = _run(tmp_path, sys.executable, "-c", script, path=str(unpacked))
    assert done.stdout.split() == sorted(path.stem for path in (ROOT / "dags").glob("*.py")), done.stderr


@pytest.mark.services
def test_the_demo_runs_from_a_clean_environment_and_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    binaries = tmp_path / "venv" / "bin"
    for arguments in (["--no-deps", "--require-hashes", "-r", str(ROOT / "requirements.lock")], ["--no-deps", str(wheel)]):
        done = _run(tmp_path, str(binaries / "python"), "-m", "pip", "install", "--quiet", *arguments)
        assert done.returncode == 0, done.stderr
    done = _run(tmp_path, str(binaries / "discretio"), "demo")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "cwd").iterdir()] == ["discretio-demo"]
    made = tmp_path / "cwd" / "discretio-demo" / "home"
    reports = sorted((made / "reports").glob("*.pdf"))
    assert len(reports) >= 3
    verified = _run(tmp_path, "env", f"DISCRETIO_HOME={made}", str(binaries / "discretio"), "verify", str(reports[0]))
    assert verified.returncode == 0, verified.stdout + verified.stderr
