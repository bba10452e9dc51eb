from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dags import homes

homes.airflow_folder()


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo that was scanned, checked and planned for; nobody approved yet."""
    out = tmp_path_factory.mktemp("planned")
    homes.dag_bag()
    with homes.at_home(out / "home"):
        homes.build(out, homes.small_rows())
        for dag_id in ("scan_dossiers", "check_minimisation", "plan_retention"):
            finished = homes.run(dag_id, {"store": homes.STORE, "as_of": homes.AS_OF})
            assert finished.state == "success", homes.states(finished)
    return out


@pytest.fixture
def demo(planned: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the planned demo, of the test's own."""
    with homes.at_home(tmp_path / "home"):
        homes.copy(planned, tmp_path)
        yield tmp_path
