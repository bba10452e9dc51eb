"""Which tests share a worker: those of a file, and all that run DAGs, since an Airflow home is expensive.

Property tests try the same examples each time, so that a verdict doesn't depend on luck; DISCRETIO_EXPLORE=1 tries others.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

settings.register_profile("judge", derandomize=True)
settings.load_profile("default" if os.environ.get("DISCRETIO_EXPLORE") else "judge")


class ByHome(LoadScopeScheduling):  # type: ignore[misc] # xdist ships no types
    """Hands out tests by file. (The marks of xdist 3.8's own loadgroup are ignored under pytest 9.2.)"""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return "dags" if file.startswith("tests/dags/") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByHome:
    """What xdist calls, once, in the process that hands out."""
    return ByHome(config, log)
