"""Erasure: a purge beside the same locked batches in plain SQL, in one run; writes its table into RESULTS.md.

python benchmarks/erasure.py [--dossiers 10000] [--due 0.1] [--name NAME --store URL --twin URL --ledger URL] [--write]

The plain deletion locks the rows of the same batches and deletes them, without reading, judging, hashing or writing a ledger.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
from kept_tables import keep
from sqlalchemy import Connection, delete, select

from discretio import wiring
from discretio.domain.approvals import Role
from discretio.domain.frames import STORE_FRAMES
from discretio.law.policy import Adoption
from discretio.ledger import locator
from discretio.settings import Settings
from discretio.steps import approve, erase, erasure_jobs, plan, verify_purge
from discretio.steps.archiving import declare_clearance
from discretio.steps.confirming import confirm_enrolment
from discretio.steps.people_keys import enrol_person, enrolled_person, new_personal_key, signer
from discretio.steps.registering import register
from discretio.steps.workplace import Workplace
from discretio.stores.loading import load_rows
from discretio.stores.reference import ReferenceStore, create_store
from discretio.stores.reference.rows import KEYS_AT_ONCE, dossier_of
from discretio.stores.reference.schema import BASE
from discretio.stores.reference.scrubbing import note_scrubbing_due, scrub
from discretio.stores.reference.store import SCRUBBED_AT_ONCE

AS_OF = date(2026, 11, 21)
ENTRIES = 10
_TEXT = "De cliënt en de dienst spraken over het verloop van de begeleiding, de afspraken en wat volgt. " * 5


@dataclass(frozen=True, slots=True)
class Places:
    """Where the store, its twin for the plain deletion, and the ledger stand."""

    store: str
    twin: str
    ledger: str


def rows(first: int, count: int, due: int) -> dict[str, pd.DataFrame]:
    """Closed dossiers of ten entries each; the first `due` of all have outlived their agreed term."""
    keys = [f"D{number:07d}" for number in range(first, first + count)]
    closed = pd.Timestamp("2020-05-06")
    dossiers = [
        {
            "dossier_key": key, "kind": "SHARED", "status": "CLOSED", "owner": "K", "opened_at": pd.Timestamp("2018-01-02"),
            "closed_at": closed, "closed_precision": "DAY", "agreed_term_start": "EFFECTIVE_CLOSURE",
            "agreed_term": "P1Y" if number < due else "P20Y",
        }
        for number, key in enumerate(keys, start=first)
    ]  # fmt: skip
    entries = [
        {
            "entry_key": f"{key}-{number}", "dossier_key": key, "introduced_by": "K", "lang": "nl", "text": _TEXT,
            "introduced_at": pd.Timestamp("2018-02-03"), "categories": 6,
        }
        for key in keys
        for number in range(ENTRIES)
    ]  # fmt: skip
    made = {"dossiers": pd.DataFrame(dossiers), "entries": pd.DataFrame(entries)}
    if first == 0:
        made["controllers"] = pd.DataFrame([{"controller_key": "K", "regime": "GDPR", "kind": "FEDERAL_GDPR"}])
    return made


def filled(url: str, dossiers: int, due: int) -> ReferenceStore:
    """A store of so many dossiers."""
    store = create_store(url)
    for first in range(0, dossiers, 5_000):
        load_rows(store, rows(first, min(5_000, dossiers - first), due))
    return store


def place_in(home: Path, ledger_url: str) -> Workplace:
    """A workplace whose policy is adopted and whose cap is out of the way."""
    settings = replace(Settings.from_environment({"DISCRETIO_HOME": str(home)}), ledger_url=ledger_url)
    place = wiring.workplace(settings, now=lambda: datetime(2026, 11, 21, 12, tzinfo=UTC) + timedelta(seconds=time.monotonic()))
    policy = place.policy_on(AS_OF)
    values = {**policy.values, "purge.cap_dossiers": 10**9, "purge.cap_share": 1.0}
    raised = replace(policy, values=values, adoption=Adoption("Board", date(2024, 10, 10)))
    return replace(place, policy_on=lambda _: raised)


def approved_plan(place: Workplace, home: Path) -> str:
    """A plan over the registered store, cleared by the archives and approved by two persons."""
    controllers = list(locator.surrogates(place.ledger, 1, "controller", ["K"]).values())
    signing = {login: home / f"{login}.key" for login in ("alice", "bob")}
    for login, key in signing.items():
        enrol_person(place, login, [Role.APPROVER], controllers, new_personal_key(key))
    enrol_person(place, "dora", [Role.DPO], [], new_personal_key(home / "dora.key"))
    officer = signer(place, "dora", home / "dora.key", where="benchmark")
    for login in ("dora", *signing):
        confirm_enrolment(place, login, enrolled_person(place, login, where="benchmark").public_key, officer)
    archivist = signer(place, "alice", signing["alice"], where="benchmark")
    declare_clearance(place, (controllers[0], "SHARED"), "benchmark", archivist, withdrawn=False)
    plan_id = plan.plan_purge(place, "main", AS_OF, requester="admin").plan_id
    for login, key in signing.items():
        approve.approve(place, plan_id, login, key)
    return plan_id


def plain(store: ReferenceStore, due: int) -> None:
    """Lock every row of the same batches, table by table, and delete them, with nothing around it."""
    size = erasure_jobs.ITEMS_PER_BATCH
    for first in range(0, due, size):
        keys = [f"D{number:07d}" for number in range(first, min(first + size, due))]
        with store.database.writing() as connection:
            entries = _locked(connection, keys)
            for name in reversed(BASE.insert_order):
                if name in BASE.of_dossiers:
                    table = BASE.by_name[name]
                    of_dossier = "dossier_key" in table.c
                    column, wanted = (table.c.dossier_key, keys) if of_dossier else (table.c.entry_key, entries)
                    for start in range(0, len(wanted), KEYS_AT_ONCE):
                        connection.execute(delete(table).where(column.in_(wanted[start : start + KEYS_AT_ONCE])))
            note_scrubbing_due(connection)
            connection.commit()
        scrub(store.database, bytes_at_most=SCRUBBED_AT_ONCE)


def _locked(connection: Connection, keys: list[str]) -> list[str]:
    """Lock all rows of these dossiers; the keys of their entries."""
    found: dict[str, list[str]] = {}
    for name in BASE.insert_order:
        if name in BASE.of_dossiers:
            tables, dossier = dossier_of(BASE.by_name[name])
            key = BASE.by_name[name].c[STORE_FRAMES[name].key]
            query = (
                select(key).select_from(tables).where(dossier.in_(keys)).order_by(key).with_for_update(of=BASE.by_name[name])
            )
            found[name] = list(connection.execute(query).scalars())
    return found["entries"]


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock, and of this process's processor (a server's are not in it)."""

    clock: float
    processor: float


def timed(part: Callable[[], object]) -> Spent:
    """What a part takes."""
    clock, processor = time.perf_counter(), time.process_time()
    part()
    return Spent(time.perf_counter() - clock, time.process_time() - processor)


def peak() -> float:
    """The most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(places: Places, home: Path, dossiers: int, due: int) -> tuple[dict[str, Spent], tuple[float, float]]:
    """What each part took, and the peak of memory once the stores were filled and at the end."""
    store, twin = filled(places.store, dossiers, due), filled(places.twin, dossiers, due)
    place = place_in(home, places.ledger)
    register(place, "main", places.store)
    before, plans = peak(), list[str]()
    spent = {"plan and approve": timed(lambda: plans.append(approved_plan(place, home)))}
    spent |= {
        "plain deletion": timed(lambda: plain(twin, due)),
        "purge": timed(lambda: erase.run_purge(place, plans[0])),
        "verification": timed(lambda: verify_purge.verify_purge(place, plans[0])),
    }
    if store.remaining([f"D{number:07d}" for number in range(due)]):
        raise SystemExit("something remains: these figures mean nothing")
    return spent, (before, peak())


def table(what: str, load: float, spent: Mapping[str, Spent], memory: tuple[float, float]) -> list[str]:
    """One run as a Markdown table."""
    purge, plainly = spent["purge"], spent["plain deletion"]
    return [
        f"{what}, in batches of {erasure_jobs.ITEMS_PER_BATCH}.",
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, load {load:.1f} at the start.",
        "",
        "| part | s on the clock | s of processor |",
        "|---|---|---|",
        *(f"| {part} | {one.clock:.2f} | {one.processor:.2f} |" for part, one in spent.items()),
        "",
        "The purge, its ledger included, beside the plain deletion of the same locked batches:",
        f"{purge.clock / plainly.clock:.1f} times on the clock, {purge.processor / plainly.processor:.1f} times the processor.",
        f"A server's processor is not counted. Peak memory {memory[1]:.0f} MB, {memory[0]:.0f} MB after filling the stores.",
    ]


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=10_000)
    parser.add_argument("--due", type=float, default=0.1, help="share of the dossiers that are due")
    parser.add_argument("--name", default="SQLite")
    for part in ("store", "twin", "ledger"):
        parser.add_argument(f"--{part}", help="SQLAlchemy URL; a file in a temporary folder by default")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    load, due = os.getloadavg()[0], int(asked.dossiers * asked.due)
    with tempfile.TemporaryDirectory() as folder:
        urls = {part: getattr(asked, part) or f"sqlite:///{folder}/{part}.db" for part in ("store", "twin", "ledger")}
        spent, memory = measured(Places(**urls), Path(folder), asked.dossiers, due)
    what = f"{asked.name}: {due:,} of {asked.dossiers:,} dossiers with {ENTRIES} entries each"
    lines = table(what, load, spent, memory)
    print("\n".join(lines))
    if asked.write:
        keep(f"erasure, {asked.name}, {asked.dossiers} dossiers", lines)


if __name__ == "__main__":
    main()
