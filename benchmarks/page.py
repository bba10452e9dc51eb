"""What the Compliance page costs on a large ledger: the time to its first page, and to the first page of each list.

    python benchmarks/page.py [--findings 1000000] [--url sqlite:///FILE | postgresql+psycopg://USER@HOST/DATABASE]

The ledger is generated: four findings to an entry, ten entries to a dossier, ten outcomes to an entry, and an item of triage
for every tenth finding, a hundredth of which somebody answered. Its rows are written straight into the tables; what a page
shows of items is read through their seals all the same.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from fastapi import Request
from fastapi.testclient import TestClient

from discretio import wiring
from discretio.airflow_ui.compliance.application import create_application
from discretio.airflow_ui.compliance.areas import Visitor
from discretio.airflow_ui.compliance.readiness import make_ready
from discretio.domain.outcomes import Outcome
from discretio.domain.triage.standing import Binding, Event
from discretio.domain.triage.words import Answer
from discretio.ledger.columns import METADATA
from discretio.ledger.runs import RunStart, finish_run, start_run
from discretio.ledger.stores import register_store
from discretio.ledger.triage_events import SaidOfItem, record_said
from discretio.settings import Settings
from discretio.steps.people_keys import enrol_person, new_personal_key
from discretio.steps.standing_figures import of_scan
from discretio.steps.workplace import Workplace

AS_OF = date(2026, 11, 21)
MOMENT = datetime(2026, 11, 21, 2, tzinfo=UTC)
HASH = "ab" * 32
RULES = [f"RULE-{number:03}" for number in range(100)]
PIECE = 50_000
TIMES = 7
PAGES = (
    "/",
    "/findings",
    "/triage",
    "/triage?overdue=1",
    "/triage?page=500",
    "/coverage",
    "/calendar",
    "/health",
    "/deletions",
)


def main() -> None:
    """Generate the ledger, ask for each page several times, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--findings", type=int, default=1_000_000)
    arguments.add_argument("--url")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = {"DISCRETIO_HOME": folder} | ({"DISCRETIO_LEDGER_URL": chosen.url} if chosen.url else {})
        place = wiring.workplace(Settings.from_environment(home), now=lambda: MOMENT + timedelta(hours=9))
        began = time.perf_counter()
        generate(place, chosen.findings, Path(folder))
        kind = place.ledger.engine.dialect.name
        print(f"{chosen.findings:,} findings on {kind}, generated in {time.perf_counter() - began:.0f} s")
        print("| page | first, ms | median of the next, ms | of it our process's own, ms |\n|---|---|---|---|")
        make_ready(lambda: place)  # as the server does when it starts
        client = TestClient(create_application(lambda: place, known))
        for address in PAGES:
            taken = [timed(client, address) for _ in range(TIMES)]
            later, own = (statistics.median(one[kind] for one in taken[1:]) for kind in (0, 1))
            print(f"| {address} | {taken[0][0]:.0f} | {later:.0f} | {own:.0f} |")


def known(request: Request) -> None:
    """A data protection officer who may see everything."""
    request.state.visitor = Visitor("dpo", lambda _: True, lambda _: True, "session")


def timed(client: TestClient, address: str) -> tuple[float, float]:
    """Milliseconds until a page is there, and how many of them this process worked."""
    began, worked = time.perf_counter(), time.process_time()
    answer = client.get(address)
    answer.raise_for_status()
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


def generate(place: Workplace, findings: int, folder: Path) -> None:
    """Fill the ledger as a scan and a check of one store would have left it."""
    store_id = register_store(place.ledger, "centre", "reference_store", "sqlite:///nowhere.db")
    policy = place.policy_on(AS_OF)
    run_ids = {v: start_run(place.ledger, RunStart.under(policy, v, store_id, MOMENT)) for v in ("scan", "check")}
    entries, items = findings // 4, findings // 10
    write(place, "examined", (unit(store_id, run_ids["scan"], n) for n in range(entries)))
    write(place, "findings", (finding(store_id, run_ids["scan"], n) for n in range(findings)))
    write(place, "outcomes", (outcome(store_id, run_ids["check"], n) for n in range(10 * entries)))
    write(place, "triage_items", (item(store_id, sorted(policy.rules), n) for n in range(items)))
    with place.ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))
    person = enrol_person(place, "dpo", ["DPO"], [], new_personal_key(folder / "dpo.key"))
    for n in range(0, min(items, 100_000), 100):
        event = Event(Answer.RIGHT, AS_OF, Binding(HASH, HASH, HASH))
        record_said(place.ledger, SaidOfItem(f"T{n:012}", person.person_id, MOMENT, event))
    rules = {f"{rule}:{one.value}": 25 * entries // 100 for rule in RULES for one in Outcome}
    finish_run(place.ledger, run_ids["scan"], "DONE", of_scan(place.ledger, store_id), MOMENT)
    finish_run(place.ledger, run_ids["check"], "DONE", rules, MOMENT)


def write(place: Workplace, table: str, rows: Iterator[dict[str, object]]) -> None:
    """Rows into a table, a piece at a time."""
    piece: list[dict[str, object]] = []
    for row in rows:
        piece.append(row)
        if len(piece) == PIECE:
            insert(place, table, piece)
            piece = []
    insert(place, table, piece)


def insert(place: Workplace, table: str, piece: list[dict[str, object]]) -> None:
    """One piece."""
    if piece:
        with place.ledger.writing() as connection:
            connection.execute(sa.insert(METADATA.tables[table]), piece)


def unit(store_id: int, run_id: str, n: int) -> dict[str, object]:
    """An entry; each fiftieth could not be read."""
    return {
        "unit_id": f"E{n:012}", "run_id": run_id, "store_id": store_id, "dossier_id": f"D{n // 10:012}",
        "entry_id": f"E{n:012}",
        "controller_id": f"C{n % 40:012}", "content_hash": HASH, "characters": 400, "declared_categories": 6,
        "declared_flags": 0, "not_examined": None if n % 50 else "unreadable", "examined_at": MOMENT,
    }  # fmt: skip


def finding(store_id: int, run_id: str, n: int) -> dict[str, object]:
    """A finding in an entry."""
    entry = f"E{n // 4:012}"
    return {
        "run_id": run_id, "store_id": store_id, "unit_id": entry, "dossier_id": f"D{n // 40:012}", "entry_id": entry,
        "controller_id": f"C{n // 4 % 40:012}", "category": n % 16 + 1, "flags": 0, "type": "HEALTH", "lang": "fr",
        "score": 0.9, "negated": False, "about": "person", "evidence": "lexicon", "span_start": n % 300,
        "span_end": n % 300 + 9,
    }  # fmt: skip


def outcome(store_id: int, run_id: str, n: int) -> dict[str, object]:
    """What a rule answered about an entry."""
    return {
        "run_id": run_id, "store_id": store_id, "rule_id": RULES[n % 100], "scope_kind": "entry", "scope_id": f"E{n // 10:012}",
        "dossier_id": f"D{n // 100:012}", "controller_id": f"C{n // 10 % 40:012}",
        "outcome": ("PASS", "FAIL", "WARN", "N/A")[n % 4], "reason": "categories_declared",
    }  # fmt: skip


def item(store_id: int, rules: list[str], n: int) -> dict[str, object]:
    """An item of triage."""
    return {
        "item_id": f"T{n:012}", "fingerprint": f"{n:064}", "store_id": store_id, "rule_id": rules[n % len(rules)],
        "scope_kind": "entry", "scope_id": f"E{n:012}", "dossier_id": f"D{n // 4:012}", "controller_id": f"C{n % 40:012}",
        "target": ("health", "category_9", "category_2", "")[n % 4], "outcome": ("FAIL", "WARN")[n % 2], "reason": "undeclared",
        "severity": ("critical", "high", "medium", "low")[n % 4], "minor": (True, False, None)[n % 3], "evidence": "lexicon",
        "types": "HEALTH", "langs": "fr", "record_hash": HASH, "policy_hash": HASH, "evidence_hash": HASH,
        "first_seen": AS_OF - timedelta(days=n % 400),
    }  # fmt: skip


if __name__ == "__main__":
    main()
