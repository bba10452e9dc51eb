from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from checks.lawful_policy import AS_OF, policy_with
from discretio.checks import CheckReport, CheckRequest, run_checks
from discretio.resources import folder


@pytest.fixture(scope="session")
def first_suites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The suites of the reference store alone, without those of every store."""
    return Path(
        shutil.copytree(folder("expectations") / "reference_store", tmp_path_factory.mktemp("suites") / "reference_store")
    )


@pytest.fixture
def check(first_suites: Path) -> Callable[..., CheckReport]:
    """Run the checks over frames, through real Great Expectations, with anything else of the request changed at will."""

    def run(frames: dict[str, pd.DataFrame], **changes: Any) -> CheckReport:  # noqa: ANN401 - any field of a request
        fields = {"policy": policy_with(), "as_of": AS_OF, "suites": first_suites}
        return run_checks(CheckRequest(frames=frames, **{**fields, **changes}))

    return run
