"""A disk that fills up in the middle: the command says so, what was whole is kept, and all is well once there is room."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import AS_OF, Run

# No file grows beyond the bytes given first; what a person would type follows. Python turns the signal into an error.
FULL = """
import resource, sys
most = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
from discretio.cli import main
main()
"""


def typed(folder: Path, most: int, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", FULL, str(most), *words]
    return subprocess.run(command, cwd=folder, env=dict(os.environ), capture_output=True, text=True, check=False)


@pytest.mark.services  # a process of its own for each command
def test_a_full_disk_ends_a_command_with_a_message_and_costs_nothing_that_was_whole(filled: Path, run: Run) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY, "this test sets a limit of its own"
    told = typed(filled, 50_000, "scan", "main", "--as-of", AS_OF, "--full")
    assert told.returncode == 2
    assert "free space" in told.stderr
    assert "Traceback" not in told.stderr
    report = (filled / "report.pdf").read_bytes()
    authority = (filled / "authority").read_text()
    told = typed(filled, 20_000_000, "figures", "--authority", authority, "--period", "2026-Q4")
    assert told.returncode == 0, told.stderr
    told = typed(filled, 10_000, "report", "--authority", authority, "--period", "2026-Q4", "--out", "report.pdf")
    assert told.returncode == 2
    assert "Traceback" not in told.stderr
    assert (filled / "report.pdf").read_bytes() == report
    assert [path.name for path in filled.glob(".*.part")] == []
    assert run("scan", "main", "--as-of", AS_OF, "--full").code in (0, 3)
    assert run("verify", "--ledger").code == 0
