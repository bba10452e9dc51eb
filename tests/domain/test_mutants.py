"""What the legal cases are worth: they notice most of the wrongs that could be written into a rule's conditions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.services
def test_nine_of_ten_wrongs_drawn_at_random_are_noticed_by_the_legal_cases() -> None:
    """`make mutants` tries them all; the figures stand in benchmarks/RESULTS.md."""
    command = [sys.executable, "benchmarks/mutants", "--sample", "120", "--seed", "20261121", "--least", "90"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
