"""Reporting: one quarter's figures beside plain queries for the same cells, and the drawing of a report of 62 pages.

python benchmarks/reporting.py [--findings 100000 1000000] [--dossiers 100000] [--write]

The figures are made in a process of their own, whose policy is loaded before the clock starts; a server's time is in theirs and
in the plain queries'. Ten million findings need 8 GB on the disk: --findings 10000000.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd
import pypdfium2
from generated_ledger import LAST_DAY, QUARTER, fill
from kept_tables import keep
from sqlalchemy import create_engine, text

from discretio import wiring
from discretio.domain.dues import DueStatus
from discretio.domain.outcomes import Outcome
from discretio.ledger.connection import Ledger
from discretio.reporting import ReportCounts, ReportHeader, build_figures, render
from discretio.reporting.policy_words import policy_articles, policy_labels, policy_stamp
from discretio.reporting.vocabulary import LANGUAGES
from discretio.settings import Settings
from discretio.steps.report import ReportOrder, published_figures
from discretio.steps.workplace import Workplace

SERVER = "postgresql+psycopg://postgres@127.0.0.1:5432/test"
AS_OF = date(2026, 10, 1)
ROUNDS = 3
PLAIN = (
    (
        "SELECT status, count(*) FROM (SELECT entry_id, CASE count(not_examined) WHEN 0 THEN 'EXAMINED' WHEN count(*) THEN "
        "'NOT_EXAMINED' ELSE 'PARTLY_EXAMINED' END AS status FROM examined GROUP BY entry_id) AS e GROUP BY status"
    ),
    (
        "SELECT category, count(*), count(*) FILTER (WHERE declared >> category & 1 = 0) FROM (SELECT DISTINCT entry_id, "
        "category FROM findings WHERE score >= 0.5 AND about <> 'nobody' AND category IS NOT NULL) AS f JOIN (SELECT entry_id, "
        "max(declared_categories) AS declared FROM examined GROUP BY entry_id) AS e USING (entry_id) GROUP BY category"
    ),
    (
        "SELECT flags, count(*) FROM (SELECT entry_id, bit_or(flags) AS flags FROM findings WHERE score >= 0.5 AND "
        "about <> 'nobody' GROUP BY entry_id) AS f GROUP BY flags"
    ),
    "SELECT rule_id, outcome, count(DISTINCT scope_id) FROM outcomes GROUP BY rule_id, outcome",
    "SELECT rule_id, status, count(DISTINCT scope_id) FROM dues GROUP BY rule_id, status",
    "SELECT not_examined, count(*) FROM examined WHERE not_examined IS NOT NULL GROUP BY not_examined",
    "SELECT first_seen, count(*) FROM triage_items WHERE gone_on IS NULL GROUP BY first_seen",
)
"""What somebody would write for these cells who has the server at hand, and no report to make of them."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds on the clock, the most memory in MB, and a fingerprint of the figures."""

    clock: float
    memory: float
    figures: str


def workplace(home: str, ledger: str) -> Workplace:
    """A place whose policy is loaded, so that it doesn't count."""
    place = wiring.workplace(replace(Settings.from_environment({"DISCRETIO_HOME": home}), ledger_url=ledger))
    place.policy_on(AS_OF)
    return place


def figures_made(home: str, ledger: str) -> Measured:
    """Make the figures in this process."""
    place = workplace(home, ledger)
    place.ledger.engine.connect().close()
    clock = time.perf_counter()
    facts = published_figures(place, ReportOrder.of("apd", "all", QUARTER, AS_OF))
    clock = time.perf_counter() - clock
    sections = json.dumps(facts["sections"], sort_keys=True)
    return Measured(clock, memory(), sections)


def memory() -> float:
    """The most memory that this process ever had, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def apart(home: str, ledger: str) -> Measured:
    """The figures in a process of their own."""
    done = subprocess.run([sys.executable, __file__, "--job", home, ledger], capture_output=True, check=True, text=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def plain(ledger: Ledger) -> float:
    """How long the plain queries take together, in seconds."""
    with ledger.engine.connect() as connection:
        clock = time.perf_counter()
        for query in PLAIN:
            connection.execute(text(query)).all()
        return time.perf_counter() - clock


@contextmanager
def schema() -> Iterator[str]:
    """The URL of an empty schema, dropped afterwards."""
    name = f"bench_{secrets.token_hex(4)}"
    with create_engine(SERVER, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
        try:
            yield f"{SERVER}?options=-csearch_path%3D{name}"
        finally:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))


def quarter(findings: int, dossiers: int) -> str:
    """The figures of one quarter beside the plain queries, in turn, the best of the rounds; a row of the table."""
    with tempfile.TemporaryDirectory() as home, schema() as ledger, schema() as store:
        place = workplace(home, ledger)
        fill(place, store, findings, dossiers)
        rounds = [(apart(home, ledger), plain(place.ledger)) for _ in range(ROUNDS)]
        place.ledger.close()
    if len({made.figures for made, _ in rounds}) != 1:
        raise SystemExit("the same ledger gave different figures: these measurements mean nothing")
    ours, theirs = min(made.clock for made, _ in rounds), min(seconds for _, seconds in rounds)
    most = max(made.memory for made, _ in rounds)
    return f"| {findings:,} | {dossiers:,} | {ours:.2f} | {theirs:.2f} | {ours / theirs:.2f} | {most:.0f} |"


def long_report() -> str:
    """How long it takes to draw a report on all rules in four languages; a row of the table."""
    with tempfile.TemporaryDirectory() as home:
        place = workplace(home, f"sqlite:///{home}/ledger.db")
        policy = place.policy_on(AS_OF)
        rules = [(rule, one.value, 40 + n) for n, rule in enumerate(sorted(policy.rules)) for one in Outcome]
        header = ReportHeader(
            "REPBENCH", "apd", "all", QUARTER, LAST_DAY, policy_stamp(policy), LANGUAGES, demo=True,
            labels=policy_labels(policy, place.authorities().authorities["apd"]), articles=policy_articles(policy),
        )  # fmt: skip
        dues = [(rule, one.value, 40 + n) for n, rule in enumerate(sorted(policy.rules)[::3]) for one in DueStatus]
        counts = ReportCounts(
            outcomes=pd.DataFrame(rows_for(rules), columns=["rule_id", "outcome", "n"]),
            dues=pd.DataFrame(rows_for(dues), columns=["rule_id", "status", "n"]),
        )
        place.ledger.close()
    clocks = []
    for number in range(ROUNDS):  # each another report: Typst remembers what it has drawn
        figures = build_figures(counts, replace(header, report_id=f"REPBENCH{number}"))
        clock = time.perf_counter(), time.process_time()
        pdf = render(figures, header)
        clocks.append((time.perf_counter() - clock[0], time.process_time() - clock[1]))
    clock, processor = min(one for one, _ in clocks), min(one for _, one in clocks)
    return f"| {len(pypdfium2.PdfDocument(pdf))} | {clock:.2f} | {processor:.2f} | {len(pdf) / 1000:,.0f} |"


def rows_for(rules: Sequence[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """Some of everything, so that numbers, small numbers and closed ones stand in the tables."""
    return [(rule, outcome, 1 + number * 37 % 400) for number, (rule, outcome, _) in enumerate(rules)]


HEAD = (
    "| findings | dossiers | figures, s on the clock | plain queries, s | so many times | most memory, MB |\n"
    "|---:|---:|---:|---:|---:|---:|"
)
DRAWN = "\n| pages | drawing them, s on the clock | s of processor | KB |\n|---:|---:|---:|---:|"


def section(asked: argparse.Namespace) -> Iterator[str]:
    """The lines of the whole section."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    yield f"Command: `{' '.join(['python benchmarks/reporting.py', *sys.argv[1:]])}`. {machine}, load {os.getloadavg()[0]:.1f}."
    yield f"PostgreSQL with its usual settings; 12 findings an entry; the best of {ROUNDS} rounds.\n"
    yield HEAD
    for findings in asked.findings:
        yield quarter(findings, min(asked.dossiers, findings // 12))
    yield DRAWN
    yield long_report()


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--findings", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--job", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.job:
        made = figures_made(*asked.job)
        print(json.dumps({"clock": made.clock, "memory": made.memory, "figures": made.figures}))
        return
    lines = []
    for line in section(asked):
        print(line, flush=True)
        lines.append(line)
    if asked.write:
        keep("reporting", lines)


if __name__ == "__main__":
    main()
