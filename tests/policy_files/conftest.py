"""The policies as shipped, and a copy of them."""

import shutil
from pathlib import Path

import pytest

from discretio import resources
from policy_files.copies import Copy


@pytest.fixture(scope="session")
def shipped() -> Path:
    return resources.folder("policies")


@pytest.fixture
def policies(tmp_path: Path, shipped: Path) -> Copy:
    folder = tmp_path / "policies"
    shutil.copytree(shipped, folder, ignore=shutil.ignore_patterns("lexicons"))
    return Copy(folder)
