from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from checks.lawful_policy import AS_OF, policy_with
from discretio.checks import CheckReport, CheckRequest, run_checks
from discretio.resources import folder


@pytest.fixture
def check() -> Callable[..., CheckReport]:
    """Run the checks over frames, through real Great Expectations, with anything else of the request changed at will."""

    def run(frames: dict[str, pd.DataFrame], **changes: Any) -> CheckReport:  # noqa: ANN401 - any field of a request
        fields = {"policy": policy_with(), "as_of": AS_OF, "suites": folder("expectations") / "reference_store"}
        return run_checks(CheckRequest(frames=frames, **{**fields, **changes}))

    return run
