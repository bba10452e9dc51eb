"""Erasure: a purge beside the same locked batches in plain SQL, in one run; writes its table into RESULTS.md.

python benchmarks/erasure.py [--dossiers 10000] [--due 0.1] [--name NAME --store URL --twin URL --ledger URL] [--write]

The plain deletion locks the rows of the same batches and deletes them, without reading, judging, hashing or writing a ledger.
"""

from __future__ import annotations

import argparse
import platform
import resource
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd

from discretio import wiring
from discretio.domain.approvals import Role
from discretio.law.policy import Adoption
from discretio.ledger import locator
from discretio.settings import Settings
from discretio.steps import approve, erase, erasure_jobs, plan, verify_purge
from discretio.steps.archiving import declare_clearance
from discretio.steps.people_keys import enrol_person, new_personal_key, signer
from discretio.steps.registering import register
from discretio.steps.workplace import Workplace
from discretio.stores.loading import load_rows
from discretio.stores.reference import ReferenceStore, create_store

RESULTS = Path(__file__).with_name("RESULTS.md")
BEGIN, END = "<!-- erasure:begin -->", "<!-- erasure:end -->"
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
    archivist = signer(place, "alice", signing["alice"], where="benchmark")
    declare_clearance(place, (controllers[0], "SHARED"), "benchmark", archivist, withdrawn=False)
    plan_id = plan.plan_purge(place, "main", AS_OF, requester="admin").plan_id
    for login, key in signing.items():
        approve.approve(place, plan_id, login, key)
    return plan_id


def plain(store: ReferenceStore, due: int) -> None:
    """Lock and delete the same batches, with nothing around it."""
    size = erasure_jobs.ITEMS_PER_BATCH
    for first in range(0, due, size):
        keys = [f"D{number:07d}" for number in range(first, min(first + size, due))]
        with store.erasing() as eraser:
            eraser.lock(keys)
            eraser.delete(keys)
            eraser.commit()


def measured(places: Places, home: Path, dossiers: int, due: int) -> dict[str, float]:
    """Seconds of each part, and the peak of memory in MB."""
    store, twin = filled(places.store, dossiers, due), filled(places.twin, dossiers, due)
    place = place_in(home, places.ledger)
    register(place, "main", places.store)
    seconds = {"filled": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    begun = time.perf_counter()
    plan_id = approved_plan(place, home)
    seconds["plan and approve"] = time.perf_counter() - begun
    for name, part in (
        ("plain deletion", lambda: plain(twin, due)),
        ("purge", lambda: erase.run_purge(place, plan_id)),
        ("verification", lambda: verify_purge.verify_purge(place, plan_id)),
    ):
        begun = time.perf_counter()
        part()
        seconds[name] = time.perf_counter() - begun
    if store.remaining([f"D{number:07d}" for number in range(due)]):
        raise SystemExit("something remains: these figures mean nothing")
    return seconds | {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def table(name: str, dossiers: int, due: int, seconds: dict[str, float]) -> str:
    """One run as a Markdown table."""
    ratio = seconds["purge"] / seconds["plain deletion"]
    said = (
        f"The purge, its ledger included, takes {ratio:.1f} times the plain deletion of the same locked batches. "
        f"Peak memory {seconds['peak']:.0f} MB, of which {seconds['filled']:.0f} MB after filling the stores."
    )
    lines = [
        f"{name}: {due:,} of {dossiers:,} dossiers with {ENTRIES} entries each, in batches of {erasure_jobs.ITEMS_PER_BATCH}",
        "",
        "| part | seconds |",
        "|---|---|",
        *(f"| {part} | {seconds[part]:.2f} |" for part in ("plan and approve", "plain deletion", "purge", "verification")),
        "",
        said,
    ]
    return "\n".join(lines)


def write_down(run: str, text: str) -> None:
    """Put one run into RESULTS.md, in place of the same run before; runs of other sizes and databases stay."""
    before, _, rest = RESULTS.read_text(encoding="utf-8").partition(BEGIN)
    inside, _, after = rest.partition(END)
    begin, end = f"<!-- run: {run} -->\n", "<!-- end of run -->\n"
    kept, _, others = inside.partition(begin)
    others = others.partition(end)[2] if others else ""
    RESULTS.write_text(f"{before}{BEGIN}{kept}{begin}{text}\n{end}{others}{END}{after}", encoding="utf-8")


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
    with tempfile.TemporaryDirectory() as folder:
        urls = {part: getattr(asked, part) or f"sqlite:///{folder}/{part}.db" for part in ("store", "twin", "ledger")}
        due = int(asked.dossiers * asked.due)
        text = table(asked.name, asked.dossiers, due, measured(Places(**urls), Path(folder), asked.dossiers, due))
    machine = f"Python {platform.python_version()}, {platform.machine()}"
    print(f"{text}\n\n{machine}")
    if asked.write:
        write_down(f"{asked.name} {asked.dossiers}", f"{text}\n\n{machine}")


if __name__ == "__main__":
    main()
