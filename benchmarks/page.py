"""What the Compliance page costs on a large ledger: the time to its first page, and to the first page of each list.

    python benchmarks/page.py [--findings 1000000] [--url sqlite:///FILE | postgresql+psycopg://USER@HOST/DATABASE]

The ledger is generated: four findings to an entry, ten entries to a dossier, ten outcomes to an entry, and an item of triage
for every tenth finding, a hundredth of which somebody answered. Its rows are written straight into the tables, by the database
itself where they are many; what a page shows of items is read through their seals all the same.

The last lines are those of a visitor who is confined to one of the forty controllers: his pages are counted as he asks.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
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
from discretio.ledger.columns import UtcMoment
from discretio.ledger.runs import RunStart, finish_run, start_run
from discretio.ledger.scan_tables import locator
from discretio.ledger.stores import register_store
from discretio.ledger.triage_events import SaidOfItem, record_said
from discretio.ledger.triage_tables import triage_items
from discretio.settings import Settings
from discretio.steps.people_keys import enrol_person, new_personal_key
from discretio.steps.standing_figures import of_scan
from discretio.steps.workplace import Workplace

AS_OF = date(2026, 11, 21)
MOMENT = datetime(2026, 11, 21, 2, tzinfo=UTC)
HASH = "ab" * 32
TIMES = 7
SERIES = "WITH RECURSIVE series(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM series WHERE n + 1 < :count) "
EACH = "FROM series"
NUMBERED = "'{letter}' || CAST(1000000000000 + {number} AS VARCHAR(13))"
ENTRY, DOSSIER = NUMBERED.format(letter="E", number="{number}"), NUMBERED.format(letter="D", number="{number}")
CONTROLLER = NUMBERED.format(letter="C", number="{number} % 40")
EXAMINED = (
    "INSERT INTO examined (unit_id, run_id, store_id, dossier_id, entry_id, controller_id, content_hash, characters, "
    f"declared_categories, declared_flags, not_examined, examined_at) {SERIES}SELECT {ENTRY.format(number='n')}, :run, :store, "
    f"{DOSSIER.format(number='n / 10')}, {ENTRY.format(number='n')}, {CONTROLLER.format(number='n')}, :hash, 400, 6, 0, "
    f"CASE WHEN n % 50 = 0 THEN 'unreadable' END, :at {EACH}"
)
FINDINGS = (
    "INSERT INTO findings (run_id, store_id, unit_id, dossier_id, entry_id, controller_id, category, flags, type, lang, score, "
    f"negated, about, evidence, span_start, span_end) {SERIES}SELECT :run, :store, {ENTRY.format(number='n / 4')}, "
    f"{DOSSIER.format(number='n / 40')}, {ENTRY.format(number='n / 4')}, {CONTROLLER.format(number='n / 4')}, n % 16 + 1, 0, "
    f"'HEALTH', 'fr', 0.9, false, 'person', 'lexicon', n % 300, n % 300 + 9 {EACH}"
)
OUTCOMES = (
    "INSERT INTO outcomes (run_id, store_id, rule_id, scope_kind, scope_id, dossier_id, controller_id, outcome, reason) "
    f"{SERIES}SELECT :run, :store, 'RULE-' || substr(CAST(1000 + n % 100 AS VARCHAR(4)), 2), 'entry', "
    f"{ENTRY.format(number='n / 10')}, {DOSSIER.format(number='n / 100')}, {CONTROLLER.format(number='n / 10')}, "
    f"CASE n % 4 WHEN 0 THEN 'PASS' WHEN 1 THEN 'FAIL' WHEN 2 THEN 'WARN' ELSE 'N/A' END, 'categories_declared' {EACH}"
)
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
COUNTED = ("/", "/findings", "/triage", "/triage?overdue=1", "/triage?page=40", "/coverage", "/calendar")
CONFINED = frozenset({"C1000000000003"})


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
        for mine, told in ((None, ""), (CONFINED, " (one controller's)")):
            client = TestClient(create_application(lambda: place, seeing("dpo" if mine is None else "one", mine)))
            for address in PAGES if mine is None else COUNTED:
                taken = [timed(client, address) for _ in range(TIMES)]
                later, own = (statistics.median(one[kind] for one in taken[1:]) for kind in (0, 1))
                print(f"| {address}{told} | {taken[0][0]:.0f} | {later:.0f} | {own:.0f} |", flush=True)


def seeing(login: str, controllers: frozenset[str] | None) -> Callable[[Request], None]:
    """A data protection officer who may see everything, of these controllers."""

    def known(request: Request) -> None:
        request.state.visitor = Visitor(login, lambda _: True, lambda _: True, "session", controllers)

    known.__annotations__["request"] = Request  # read by FastAPI, to which a name in a string means nothing here
    return known


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
    told = {"store": store_id, "count": entries, "hash": HASH, "at": MOMENT}
    set_based(place, EXAMINED, run=run_ids["scan"], **told)
    set_based(place, FINDINGS, run=run_ids["scan"], store=store_id, count=findings)
    set_based(place, OUTCOMES, run=run_ids["check"], store=store_id, count=10 * entries)
    rules = sorted(policy.rules)
    with place.ledger.writing() as connection:
        connection.execute(sa.insert(triage_items), [item(store_id, rules, n) for n in range(items)])
        connection.execute(sa.insert(locator), [controller(store_id, n) for n in range(40)])
    if place.ledger.engine.dialect.name == "postgresql":  # what it does by itself some minutes later; SQLite never does
        with place.ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE"))
    person = enrol_person(place, "dpo", ["DPO"], [], new_personal_key(folder / "dpo.key"))
    enrol_person(place, "one", ["DPO"], sorted(CONFINED), new_personal_key(folder / "one.key"))
    for n in range(0, min(items, 100_000), 100):
        event = Event(Answer.RIGHT, AS_OF, Binding(HASH, HASH, HASH))
        record_said(place.ledger, SaidOfItem(f"T{n:012}", person.person_id, MOMENT, event))
    answers = {f"RULE-{number:03}:{one.value}": 25 * entries // 100 for number in range(100) for one in Outcome}
    finish_run(place.ledger, run_ids["scan"], "DONE", of_scan(place.ledger, store_id), MOMENT)
    finish_run(place.ledger, run_ids["check"], "DONE", answers, MOMENT)


def set_based(place: Workplace, statement: str, **values: object) -> None:
    """Let the database itself fill a table."""
    named = sa.text(statement)
    if "at" in values:
        named = named.bindparams(sa.bindparam("at", type_=UtcMoment))
    with place.ledger.writing() as connection:
        connection.execute(named, values)


def controller(store_id: int, n: int) -> dict[str, object]:
    """A controller that the store knows."""
    name = f"C{10**12 + n}"
    return {"surrogate": name, "store_id": store_id, "kind": "controller", "lookup": f"{n:064}", "natural_key": b""}


def item(store_id: int, rules: list[str], n: int) -> dict[str, object]:
    """An item of triage."""
    return {
        "item_id": f"T{n:012}", "fingerprint": f"{n:064}", "store_id": store_id, "rule_id": rules[n % len(rules)],
        "scope_kind": "entry", "scope_id": f"E{10**12 + n}", "dossier_id": f"D{10**12 + n // 4}",
        "controller_id": f"C{10**12 + n % 40}",
        "target": ("health", "category_9", "category_2", "")[n % 4], "outcome": ("FAIL", "WARN")[n % 2], "reason": "undeclared",
        "severity": ("critical", "high", "medium", "low")[n % 4], "minor": (True, False, None)[n % 3], "evidence": "lexicon",
        "types": "HEALTH", "langs": "fr", "record_hash": HASH, "policy_hash": HASH, "evidence_hash": HASH,
        "first_seen": AS_OF - timedelta(days=n % 400),
    }  # fmt: skip


if __name__ == "__main__":
    main()
