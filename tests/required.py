"""What a bare machine may lack: a test that needs it skips there, and fails where everything must be there."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def absent(what: str) -> NoReturn:
    """Ends the test that found this missing; DISCRETIO_REQUIRE_SERVICES=1 says that nothing may be."""
    if os.environ.get("DISCRETIO_REQUIRE_SERVICES") == "1":
        pytest.fail(what)
    pytest.skip(what)
