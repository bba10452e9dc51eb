"""A scan spread over two workers by Celery, whatever befalls them: no finding is lost, none is there twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from deployment.cluster import EVERYONE_ADMINISTRATOR, Cluster, awaited, cluster
from discretio import wiring
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.findings import all_findings
from discretio.settings import Settings
from discretio.steps import scan
from discretio.steps.registering import register
from discretio.steps.workplace import Workplace
from discretio.stores.loading import load_rows
from discretio.stores.reference import create_store
from discretio.stores.samples.multiplying import demo_rows

pytestmark = pytest.mark.services

STORE = "centre"
AS_OF = date(2026, 11, 21)
DOSSIERS = 300
PARTITION_BYTES = 300_000

Findings = list[tuple[str, ...]]


def place_of(airflow: Cluster) -> Workplace:
    return wiring.workplace(Settings.from_environment(airflow.environment))


def found(place: Workplace) -> Findings:
    return sorted(tuple(map(str, row.values())) for row in all_findings(place.ledger, 1))


@pytest.fixture(scope="module")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("workers")) as made:
        made.environment |= EVERYONE_ADMINISTRATOR | {"DISCRETIO_PARTITION_BYTES": str(PARTITION_BYTES)}
        load_rows(create_store(made.url("store")), demo_rows(DOSSIERS))
        opened = place_of(made)
        register(opened, STORE, made.url("store"))
        opened.ledger.close()
        made.migrate()
        made.begin()
        made.enter()
        made.ask("PATCH", "/api/v2/dags/scan_dossiers", {"is_paused": False})
        yield made


@pytest.fixture(scope="module")
def place(airflow: Cluster) -> Iterator[Workplace]:
    opened = place_of(airflow)
    yield opened
    opened.ledger.close()


@pytest.fixture(scope="module")
def expected(place: Workplace) -> Findings:
    """What one process finds, which nothing befalls."""
    run_id = scan.begin_scan(place, STORE, AS_OF)
    list(scan.scan_in_turn(place, run_id))
    assert scan.finish_scan(place, run_id).units > 3_000
    return found(place)


def a_worker_dies(airflow: Cluster) -> None:
    airflow.kill("worker-one")
    airflow.start_worker("worker-one")


def the_scheduler_dies_and_every_connection_breaks(airflow: Cluster) -> None:
    airflow.kill("scheduler")
    assert airflow.cut_connections() > 1
    airflow.start("scheduler")


@pytest.mark.parametrize("mishap", [a_worker_dies, the_scheduler_dies_and_every_connection_breaks])
def test_a_scan_in_the_middle_of_which_something_breaks_ends_with_the_same_findings(
    airflow: Cluster, place: Workplace, expected: Findings, mishap: Callable[[Cluster], None]
) -> None:
    run_id = airflow.trigger("scan_dossiers", {"store": STORE, "as_of": AS_OF.isoformat(), "full": True})
    awaited(lambda: parts(airflow, run_id, "running") == 2 and parts(airflow, run_id, "success") > 0, "two busy workers")
    mishap(airflow)
    assert airflow.ended(run_id) == "success"
    assert parts(airflow, run_id, "success") > 4
    assert found(place) == expected
    assert verify_chain(place.ledger).records > 0


def parts(airflow: Cluster, run_id: str, state: str) -> int:
    """How many parts of the store are in a state."""
    counted = (
        "SELECT count(*) FROM task_instance WHERE task_id = 'scan' AND map_index >= 0 AND run_id = :run AND state = :state"
    )
    return int(airflow.query(counted, run=run_id, state=state)[0][0])
