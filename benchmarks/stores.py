"""Stores: a scan from the store to the ledger, its memory, a second scan, two workers; writes its table into RESULTS.md.

python benchmarks/stores.py [--entries 10000 100000] [--databases sqlite postgresql] [--layers without with] [--write]

Each scan runs in a process of its own, whose detector is made before the clock starts. Processor time is that of the scanning
process, its writing of the ledger included; a server's own time is not in it. A million entries: --entries 1000000.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import os
import platform
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import islice
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from generated_store import change, filled
from kept_tables import keep
from sqlalchemy import create_engine, text

from discretio import wiring
from discretio.detection import build_detector
from discretio.policy_files.lexicon_files import load_lexicons
from discretio.policy_files.recogniser_files import load_recognisers
from discretio.settings import Settings
from discretio.steps import scan
from discretio.steps.detector import RECOGNISERS, ROWS_BETWEEN_COLLECTIONS, lexicon_folders, policy_folder
from discretio.steps.entry_facts import EntryFacts
from discretio.steps.registering import registered_name
from discretio.steps.workplace import Workplace

AS_OF = date(2026, 11, 21)
MOST_BY_WORKERS = 100_000
MOST_ALONE = 10_000
SERVER = "postgresql+psycopg://postgres@127.0.0.1:5432/test"


@dataclass(frozen=True, slots=True)
class Job:
    """One scan in a process of its own."""

    home: str
    store: str
    ledger: str
    layer: bool
    workers: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """What a scan took: seconds on the clock and of the processor, the most memory in MB, and what it read, in MB.

    `alone` are the seconds of processor of detection alone for the same text, measured in the same process: no scan is faster.
    """

    clock: float
    processor: float
    memory: float
    read: int = 0
    megabytes: float = 0.0
    findings: int = 0
    alone: float = 0.0


def workplace(job: Job) -> Workplace:
    """A place whose detector, policy and version are made, so that they don't count."""
    settings = replace(Settings.from_environment({"DISCRETIO_HOME": job.home}), ledger_url=job.ledger)
    place = wiring.workplace(settings)
    if not job.layer:
        entries = [entry for folder in lexicon_folders(settings) for entry in load_lexicons(folder)]
        chosen = load_recognisers(policy_folder(settings) / RECOGNISERS)
        bare = build_detector(entries, chosen, None)
        gc.freeze()  # this and the next line as the program does with the detector that it makes
        gc.set_threshold(ROWS_BETWEEN_COLLECTIONS)
        place = replace(place, detector=lambda: bare)
    place.detector().detect("Elle est en dépression.")
    place.detector_version()
    for day in (AS_OF, place.now().date()):
        place.policy_on(day)
    return place


def memory() -> float:
    """The most memory that this process ever had, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def scanned(job: Job) -> Measured:
    """Scan the store in this process."""
    place = workplace(job)
    name = registered_name(place, job.store)
    clock, processor = time.perf_counter(), time.process_time()
    run_id = scan.begin_scan(place, name, AS_OF)
    list(scan.scan_in_turn(place, run_id))
    counts = scan.finish_scan(place, run_id)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    most, megabytes = memory(), counts.characters / 1e6
    return Measured(clock, processor, most, counts.read, megabytes, counts.detections, detected_alone(place, name, megabytes))


def detected_alone(place: Workplace, store_name: str, megabytes: float) -> float:
    """Seconds of processor that detection alone takes for so many MB, judged by the first entries of the store."""
    store = place.open_store(store_name)
    names = EntryFacts.read(store, None).names
    texts = [(text.text, names.get(text.dossier_key, ())) for text in islice(store.texts(), MOST_ALONE)]
    processor = time.process_time()
    for _ in place.detector().detect_many(texts):
        pass
    return (time.process_time() - processor) * megabytes * 1e6 / sum(len(text) for text, _ in texts)


def scanned_by_workers(job: Job) -> Measured:
    """Scan the store by several processes, each of which takes the next partition that nobody has."""
    place = workplace(job)
    run_id = scan.begin_scan(place, registered_name(place, job.store), AS_OF)
    parts = len(scan.partitions_of(place, run_id))
    spawning = multiprocessing.get_context("spawn")
    ready, numbers, spent = spawning.Barrier(job.workers + 1), spawning.Queue(), spawning.SimpleQueue()
    for number in [*range(parts), *[None] * job.workers]:
        numbers.put(number)
    workers = [spawning.Process(target=work, args=(job, run_id, ready, numbers, spent)) for _ in range(job.workers)]
    for worker in workers:
        worker.start()
    ready.wait()
    clock = time.perf_counter()
    each = [spent.get() for _ in workers]
    clock = time.perf_counter() - clock
    counts = scan.finish_scan(place, run_id)
    total, most = sum(one for one, _ in each), max(most for _, most in each)
    return Measured(clock, total, most, counts.read, counts.characters / 1e6, counts.detections)


def work(job: Job, run_id: str, ready: Barrier, numbers: Any, spent: Any) -> None:  # noqa: ANN401 - queues, which have no type
    """One worker with one slot: it takes the next number of a partition until there is none."""
    place = workplace(job)
    ready.wait()
    processor = time.process_time()
    while (number := numbers.get()) is not None:
        scan.scan_partition(place, run_id, number)
    spent.put((time.process_time() - processor, memory()))


def apart(job: Job) -> Measured:
    """The job in a process of its own."""
    command = [sys.executable, __file__, "--job", json.dumps(asdict(job))]
    done = subprocess.run(command, capture_output=True, check=True, text=True, env=dict(os.environ))
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


@contextmanager
def database(kind: str, folder: str) -> Iterator[str]:
    """The URL of an empty database, dropped afterwards."""
    name = f"bench_{secrets.token_hex(4)}"
    if kind == "sqlite":
        yield f"sqlite:///{folder}/{name}.db"
        Path(folder, f"{name}.db").unlink(missing_ok=True)
        return
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
        try:
            yield f"{SERVER}?options=-csearch_path%3D{name}"
        finally:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))


def twice(kind: str, entries: int, *, layer: bool) -> str:
    """A full scan, and one after a change of one entry in a hundred, as a row of the table."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        urls = [stack.enter_context(database(kind, folder)) for _ in range(2)]
        store = filled(urls[0], entries)
        first = apart(Job(folder, *urls, layer))
        change(store, entries)
        second = apart(Job(folder, *urls, layer))
    changed = len(range(50, entries, 100))
    # A changed entry that bears a mark stays in quarantine until somebody releases it.
    if first.read != entries or not changed / 2 < second.read <= changed:
        raise SystemExit(f"not everything was read ({first.read}, {second.read}): these figures mean nothing")
    return (
        f"| {kind} | {entries:,} | {'with' if layer else 'without'} | {first.megabytes:.1f} | {first.findings:,} "
        f"| {first.clock:.1f} | {first.processor:.1f} | {first.megabytes / first.processor:.2f} "
        f"| {first.megabytes / first.alone:.2f} | {first.memory:.0f} "
        f"| {second.clock:.2f} | {second.processor:.2f} | {second.processor / first.processor:.1%} "
        f"({second.clock / first.clock:.1%}) | {second.memory:.0f} |"
    )


def by_workers(entries: int, *, layer: bool) -> str:
    """One worker beside two on PostgreSQL, as a row of the table."""
    taken = []
    for workers in (1, 2):
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            urls = [stack.enter_context(database("postgresql", folder)) for _ in range(2)]
            filled(urls[0], entries)
            taken.append(apart(Job(folder, *urls, layer, workers)))
    one, two = taken
    return (
        f"| {entries:,} | {'with' if layer else 'without'} | {one.clock:.1f} | {two.clock:.1f} | {one.clock / two.clock:.2f} "
        f"| {one.processor:.1f} | {two.processor:.1f} |"
    )


TOLD = """\
Data: stores filled from the texts of the sample dossiers, about 500 characters an entry, 20 entries and one known name a
dossier, four languages; store and ledger are databases of the same kind. Each scan is a process whose detector is made before
the clock starts. Seconds of processor are those of that process, the writing of the ledger included, a server's not;
"detection alone" is what the same process detects in a second when it neither reads nor writes. Then one
entry in a hundred gets another sentence, spread evenly, so that 20 % of the dossiers hold one, and a second process scans.
"""
HEAD = (
    "| database | entries | statistical layer | MB | findings | s on the clock | s of processor | MB/s per core "
    "| detection alone | memory, MB "
    "| 1 % changed: s on the clock | s of processor | of the first (by the clock) | memory, MB |\n"
    "|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)
WORKERS_HEAD = (
    "\n| PostgreSQL, entries | statistical layer | one worker: s on the clock | two workers | so many times as fast "
    "| one worker: s of processor | two workers |\n|---:|---|---:|---:|---:|---:|---:|"
)


def section(asked: argparse.Namespace) -> Iterator[str]:
    """The lines of the whole section."""
    load = os.getloadavg()[0]
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f} at the start"
    yield f"Command: `{' '.join(['python benchmarks/stores.py', *sys.argv[1:]])}`. {machine}.\n"
    yield TOLD
    yield HEAD
    for kind in asked.databases:
        for entries in asked.entries:
            for layer in asked.layers:
                yield twice(kind, entries, layer=layer == "with")
    if "postgresql" in asked.databases:
        yield WORKERS_HEAD
        for layer in asked.layers:
            yield by_workers(min(max(asked.entries), MOST_BY_WORKERS), layer=layer == "with")


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    parser.add_argument("--layers", nargs="+", choices=("without", "with"), default=["without", "with"])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--job", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.job:
        job = Job(**json.loads(asked.job))
        print(json.dumps(asdict(scanned_by_workers(job) if job.workers else scanned(job))))
        return
    lines = []
    for line in section(asked):
        print(line, flush=True)
        lines.append(line)
    if asked.write:
        keep("stores", lines)


if __name__ == "__main__":
    main()
