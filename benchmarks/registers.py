"""The register and the lists of who may see sensitive data, by the command line, on the demonstration and on a ledger of size.

python benchmarks/registers.py [--findings 1000000] [--dossiers 100000] [--users 100000] [--write]

Whole commands, the start of the program with them, as for somebody who asks. Needs PostgreSQL, as benchmarks/reporting.py.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from generated_ledger import fill
from kept_tables import keep
from sqlalchemy import text

from discretio.stores.reference import ReferenceStore
from discretio.stores.reference.registers import keep_registers
from reporting import schema, workplace

ROUNDS = 3
_PROGRAM = str(Path(sys.executable).with_name("discretio"))
_LISTED = datetime(2026, 9, 1)  # noqa: DTZ001 - Brussels time, as the store holds it
_ACCESS = (
    (
        "INSERT INTO users (user_key, controller_key, is_generic, persons_category) SELECT 'U' || n, CASE WHEN n % 3 = 0 THEN "
        "'L' ELSE 'K' END, false, 'team ' || n % 40 FROM generate_series(0, :users - 1) AS n"
    ),
    (
        "INSERT INTO confidentiality_duties (confidentiality_duty_row, user_key, kind) SELECT 'C' || n, 'U' || n, 'LEGAL' "
        "FROM generate_series(0, :users - 1) AS n"
    ),
    (
        "INSERT INTO access_lists (access_list_row, controller_key, data_type, persons_category, updated_at) SELECT "
        "controller || kind || n, controller, kind, 'team ' || n, :listed FROM generate_series(0, 39) AS n, "
        "unnest(ARRAY['K', 'L']) AS controller, unnest(ARRAY['HEALTH', 'GENETIC', 'BIOMETRIC', 'CRIMINAL']) AS kind"
    ),
)
"""Forty categories of persons with each controller, every one listed for every type of data."""


def told(environment: Mapping[str, str], *words: str) -> tuple[float, float]:
    """Seconds on the clock and of processor for a command, the best of the rounds."""
    clocks = []
    for _ in range(ROUNDS):
        clock, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [_PROGRAM, *words]
        subprocess.run(command, env={**os.environ, **environment}, capture_output=True, check=True)
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        clocks.append((time.perf_counter() - clock, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime))
    return min(clock for clock, _ in clocks), min(processor for _, processor in clocks)


def row(what: str, environment: Mapping[str, str], home: Path) -> str:
    """A line of the table."""
    register = told(environment, "register", "write", "--out", str(home / "register.xlsx"))
    lists = told(environment, "register", "access-lists", "--format", "json")
    return f"| {what} | {register[0]:.1f} | {register[1]:.1f} | {lists[0]:.1f} | {lists[1]:.1f} |"


def demonstration() -> str:
    """On the demonstration's store and ledger."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([_PROGRAM, "demo"], cwd=folder, capture_output=True, check=True)
        return row("the demonstration", {"DISCRETIO_HOME": f"{folder}/discretio-demo/home"}, Path(folder))


def of_size(findings: int, dossiers: int, users: int) -> str:
    """On a ledger with so many findings, and a store with so many dossiers and users."""
    with tempfile.TemporaryDirectory() as folder, schema() as ledger, schema() as store:
        place = workplace(folder, ledger)
        fill(place, store, findings, dossiers)
        place.ledger.close()
        opened = ReferenceStore(store)
        keep_registers(opened.database, ("users", "confidentiality_duties", "access_lists"))
        with opened.database.writing() as connection:
            for statement in _ACCESS:
                values = {"users": users, "listed": _LISTED}
                asked = {name: value for name, value in values.items() if f":{name}" in statement}
                connection.execute(text(statement), asked)
            connection.commit()
        what = f"{findings:,} findings, {dossiers:,} dossiers, {users:,} users"
        return row(what, {"DISCRETIO_HOME": folder, "DISCRETIO_LEDGER_URL": ledger}, Path(folder))


HEAD: Sequence[str] = (
    "| on | register write, s on the clock | s of processor | access-lists, s on the clock | s of processor |",
    "|---|---:|---:|---:|---:|",
)


def section(asked: argparse.Namespace) -> Iterator[str]:
    """The lines of the whole section."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    yield f"Command: `{' '.join(['python benchmarks/registers.py', *sys.argv[1:]])}`. {machine}, load {os.getloadavg()[0]:.1f}."
    yield f"Whole commands with the start of the program; the best of {ROUNDS}; a server's processor time isn't counted.\n"
    yield from HEAD
    yield demonstration()
    yield of_size(asked.findings, min(asked.dossiers, asked.findings // 12), asked.users)


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--findings", type=int, default=1_000_000)
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument("--users", type=int, default=100_000)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    lines = []
    for line in section(asked):
        print(line, flush=True)
        lines.append(line)
    if asked.write:
        keep("registers", lines)


if __name__ == "__main__":
    main()
