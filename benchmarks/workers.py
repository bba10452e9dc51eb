"""Workers: the mapped scan of a PostgreSQL store by one and by two one-slot Celery workers; writes its table into RESULTS.md.

python benchmarks/workers.py [--entries 20000] [--partition-bytes 4000000] [--write]

Needs PostgreSQL and Redis on 127.0.0.1, as the tests do. Each number of workers gets a deployment of its own: Airflow's server,
scheduler and DAG processor, which share the processors with the workers, as PostgreSQL does.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generated_store import filled
from kept_tables import keep

from discretio import wiring
from discretio.ledger.runs import runs
from discretio.settings import Settings
from discretio.steps.registering import register

# The deployment is the one that the tests put under load and break.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from deployment.cluster import EVERYONE_ADMINISTRATOR, WORKERS, Cluster, cluster

AS_OF = date(2026, 11, 21)
STORE = "store"
_SPANS = (
    "SELECT count(*) AS parts, min(start_date) AS first, max(end_date) AS last, "
    "sum(extract(epoch FROM end_date - start_date)) AS busy FROM task_instance "
    "WHERE run_id = :run AND task_id = 'scan' AND map_index >= 0"
)
_RUN = "SELECT extract(epoch FROM end_date - start_date) AS seconds FROM dag_run WHERE run_id = :run"
HEAD = (
    "| entries | MB | parts | workers | whole run, s | reading the parts, s | slots busy | units/s |\n"
    "|---:|---:|---:|---:|---:|---:|---:|---:|"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: seconds in all, seconds from the first part's start to the last one's end, seconds that slots were taken."""

    parts: int
    whole: float
    reading: float
    busy: float
    megabytes: float


def measured(entries: int, partition_bytes: int, workers: int) -> Measured:
    """Scan a fresh store by so many workers."""
    with tempfile.TemporaryDirectory() as folder, cluster(Path(folder)) as airflow:
        airflow.environment |= EVERYONE_ADMINISTRATOR | {"DISCRETIO_PARTITION_BYTES": str(partition_bytes)}
        filled(airflow.url("store"), entries)
        place = wiring.workplace(Settings.from_environment(airflow.environment))
        register(place, STORE, airflow.url("store"))
        airflow.migrate()
        airflow.begin(WORKERS[:workers])
        airflow.enter()
        airflow.ask("PATCH", "/api/v2/dags/scan_dossiers", {"is_paused": False})
        run_id = _scanned(airflow)
        counts = runs(place.ledger, verb="scan")[0].counts
        place.ledger.close()
        if counts["read"] != entries:
            raise SystemExit(f"not everything was read ({counts['read']}): these figures mean nothing")
        (span,), (whole,) = airflow.query(_SPANS, run=run_id), airflow.query(_RUN, run=run_id)
        reading = (span.last - span.first).total_seconds()
        return Measured(span.parts, float(whole.seconds), reading, float(span.busy), counts["characters"] / 1e6)


def _scanned(airflow: Cluster) -> str:
    run_id = airflow.trigger("scan_dossiers", {"store": STORE, "as_of": AS_OF.isoformat()})
    if airflow.ended(run_id, within=24 * 3600) != "success":
        raise SystemExit("the scan failed")
    return run_id


def row(entries: int, workers: int, told: Measured) -> str:
    """A row of the table."""
    taken = told.busy / (workers * told.reading)
    return (
        f"| {entries:,} | {told.megabytes:.1f} | {told.parts} | {workers} | {told.whole:.0f} | {told.reading:.0f} "
        f"| {taken:.0%} | {entries / told.reading:.0f} |"
    )


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--partition-bytes", type=int, default=4_000_000)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f} at the start"
    lines = [f"Command: `{' '.join(['python benchmarks/workers.py', *sys.argv[1:]])}`. {machine}.\n", HEAD]
    told = {workers: measured(asked.entries, asked.partition_bytes, workers) for workers in (1, 2)}
    lines += [row(asked.entries, workers, one) for workers, one in told.items()]
    faster = [getattr(told[1], name) / getattr(told[2], name) for name in ("reading", "whole")]
    lines.append(
        f"\nTwo workers read the parts {faster[0]:.2f} times as fast as one; the whole run is {faster[1]:.2f} times as fast."
    )
    print("\n".join(lines))
    if asked.write:
        keep("workers", lines)


if __name__ == "__main__":
    main()
