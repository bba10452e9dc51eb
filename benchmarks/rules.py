"""What the rules cost: all that the suites ask, over 100,000 entries, and how much of it each of the three takes.

The judges, Great Expectations around them, and who hears of their outcomes.

    python benchmarks/rules.py [--entries 100000]

The store is made of the small lawful stores of the tests (tests/checks/stores), copied with keys and days of their own: what
belongs to an entry in each copy, what belongs to a dossier in every tenth, what belongs to an organisation in fifty.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pandas as pd
from ruamel.yaml import YAML

from discretio.checks import CheckRequest, run, run_checks
from discretio.checks.handover import Handover, OutcomesOf, handing_over
from discretio.checks.store_view import StoreView
from discretio.checks.suites import read_suites
from discretio.checks.validation import validate
from discretio.domain.frames import ENTRY_FINDINGS, KNOWN_FRAMES, MOMENT
from discretio.domain.frames.columns import Column, Frame
from discretio.policy_files import load_policy
from discretio.resources import folder

STORES = Path(__file__).resolve().parents[1] / "tests" / "checks" / "stores"
FRAMES: Mapping[str, Frame] = {**KNOWN_FRAMES, ENTRY_FINDINGS.name: ENTRY_FINDINGS}
AS_OF = date(2026, 11, 21)
ORGANISATIONS = 50
ENTRIES_PER_DOSSIER = 10
OF_AN_ENTRY = frozenset({"entry", "attachment"})
OF_A_DOSSIER = frozenset({"dossier", "session", "person"})


def main() -> None:
    """Make the store, check it, and say what that took."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--entries", type=int, default=100_000)
    wanted = arguments.parse_args().entries
    frames = made_store(wanted)
    rows = sum(len(frame) for frame in frames.values())
    print(f"{len(frames['entries']):,} entries, {len(frames['dossiers']):,} dossiers, {rows:,} rows in {len(frames)} frames")
    policy = load_policy(folder("policies"), "BE-BILL-56-0485", AS_OF)
    suites = folder("expectations") / "reference_store"
    planned = [one.expectation for suite in read_suites(suites) for one in suite.expectations]
    run_checks(CheckRequest(frames={}, policy=policy, as_of=AS_OF, suites=suites))
    stopwatch = Stopwatch()
    began, spent = time.perf_counter(), time.process_time()
    with stopwatch.running():
        report = run_checks(CheckRequest(frames=frames, policy=policy, as_of=AS_OF, suites=suites))
    wall, total = time.perf_counter() - began, time.process_time() - spent
    judging = sum(stopwatch.judging.values())
    print(f"{len(planned)} rules, {len(report.outcomes):,} outcomes, {len(report.problems)} problems")
    print(
        f"{wall:.1f} s by the clock; {total:.1f} s of processor time: judging {judging:.1f} s, "
        f"Great Expectations {stopwatch.validating - judging:.1f} s, who hears of it {total - stopwatch.validating:.1f} s"
    )
    print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB, with the store itself")
    for rule, cost in sorted(stopwatch.judging.items(), key=lambda item: -item[1])[:12]:
        print(f"  {cost:5.2f} s  {rule}")
    for problem in report.problems:
        print(f"  {problem.rule_id}: {problem.reason} {problem.error}")


@dataclass(slots=True)
class Stopwatch:
    """Processor time of one run, in seconds: of all that Great Expectations does, and of each judge that it calls meanwhile."""

    validating: float = 0.0
    judging: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count from here on."""
        with mock.patch.object(run, "validate", self.validated), mock.patch.object(run, "handing_over", self.handed_over):
            yield

    def validated(self, *given: Any) -> Any:  # noqa: ANN401 - passes on what it is given
        """Validate, and count how long that takes."""
        began = time.process_time()
        found = validate(*given)
        self.validating += time.process_time() - began
        return found

    def handed_over(self, store: StoreView, judges: Mapping[str, OutcomesOf]) -> AbstractContextManager[Handover]:
        """Hand over judges that are counted."""
        return handing_over(store, {rule: partial(self.judged, rule, judge) for rule, judge in judges.items()})

    def judged(self, rule: str, judge: OutcomesOf, store: StoreView) -> pd.DataFrame:
        """Judge one rule, and count how long that takes."""
        began = time.process_time()
        found = judge(store)
        self.judging[rule] = time.process_time() - began
        return found


def made_store(entries: int) -> dict[str, pd.DataFrame]:
    """The lawful stores of all chapters, copied until they hold so many entries."""
    stores = [YAML(typ="safe").load(path.read_text(encoding="utf-8"))["frames"] for path in sorted(STORES.glob("*.yaml"))]
    copies = max(1, entries // sum(len(store.get("entries") or []) for store in stores))
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in FRAMES}
    for number, store in enumerate(stores):
        for name, rows in store.items():
            if rows:
                parts[name].append(copied(FRAMES[name], plain(FRAMES[name], rows), copies, f"{number}"))
    return {name: pd.concat(some, ignore_index=True) if some else plain(FRAMES[name], []) for name, some in parts.items()}


def plain(frame: Frame, rows: list[dict[str, object]]) -> pd.DataFrame:
    """The rows as the frame describes them."""
    table = pd.DataFrame(rows, columns=list(frame.column_names))
    return table.astype({column.name: column.dtype for column in frame.columns})


def copied(frame: Frame, rows: pd.DataFrame, copies: int, store: str) -> pd.DataFrame:
    """The rows so many times, with keys of their own; days move back by up to ten months, differently in each copy."""
    kinds = {column.kind for column in frame.columns}
    divisor = 1 if kinds & OF_AN_ENTRY else ENTRIES_PER_DOSSIER
    own = bool(kinds & (OF_AN_ENTRY | OF_A_DOSSIER))
    times = copies // divisor if own else ORGANISATIONS
    table = rows.iloc[np.tile(np.arange(len(rows)), times)].reset_index(drop=True)
    copy = pd.Series(np.repeat(np.arange(times), len(rows)))
    for column in frame.columns:
        if column.kind or column.name == frame.key:
            table[column.name] = table[column.name] + "-" + store + "-" + number_of(column, frame, copy, divisor).astype("str")
        elif own and column.dtype == MOMENT:
            table[column.name] = table[column.name] - pd.to_timedelta((copy * 7) % 300, unit="D")
    return table


def number_of(column: Column, frame: Frame, copy: pd.Series, divisor: int) -> pd.Series:
    """Which copy of the thing a key names: entries of one dossier name the same one."""
    if column.kind in OF_AN_ENTRY or column.name == frame.key:
        return copy
    if column.kind in OF_A_DOSSIER:
        return copy if divisor == ENTRIES_PER_DOSSIER else copy // ENTRIES_PER_DOSSIER
    return copy % ORGANISATIONS


if __name__ == "__main__":
    main()
