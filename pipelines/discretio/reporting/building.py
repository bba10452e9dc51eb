"""Counts of the ledger -> the figures of a report: fixed tables in fixed order, so that two periods can be compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from discretio.domain.figures import Figures, Form, Margins, Section, Table
from discretio.errors import PeriodError, ReportError
from discretio.reporting import vocabulary as words
from discretio.reporting.counts import ReportCounts, ReportHeader
from discretio.reporting.layouts import Layout, Numbers, crossed, known_code, listed, printed_codes

_PERIOD = re.compile(r"\d{4}(-Q[1-4])?|\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")


def build_figures(counts: ReportCounts, header: ReportHeader) -> Figures:
    """The figures of one report, before suppression.

    Args:
        counts: what the ledger counted for this authority, controller and period.
        header: what stands on the cover.

    Returns:
        All seventeen sections of the catalogue (§ d); those without a table were not measured.

    Raises:
        PeriodError: the period is written in no known way.
        ReportError: the counts don't add up, a language is unknown, or there is nothing at all to report on.
    """
    _check_header(header)
    sections = tuple(Section(number, _tables(number, counts)) for number in words.SECTIONS)
    if not any(number for part in sections for table in part.tables for line in table.cells for number in line):
        raise ReportError(
            "there are no figures for this authority, controller and period",
            where=f"{header.authority}, {header.period}",
            remedy="scan and check a store whose controllers report to this authority, or choose another period",
        )
    return Figures(
        report_id=header.report_id,
        authority=header.authority,
        controller=header.controller,
        period=header.period,
        as_of=header.as_of,
        policy=header.policy,
        languages=header.languages,
        sections=sections,
        k=header.k,
        k_special=header.k_special,
        earlier=header.earlier,
        corrects=header.corrects,
        history=header.history,
    )


def _check_header(header: ReportHeader) -> None:
    if not _PERIOD.fullmatch(header.period):
        raise PeriodError(
            "a report's period is a quarter, a year or two dates",
            where=header.period,
            remedy="write it as 2026-Q3, 2026 or 2026-01-01/2026-03-31",
        )
    unknown = [language for language in header.languages if language not in words.LANGUAGES]
    if unknown or not header.languages:
        raise ReportError("a report is written in fr, nl, de or en", where=", ".join(unknown), remedy="choose among these")


def _tables(section: str, counts: ReportCounts) -> tuple[Table, ...]:
    """The tables of one section, those that were measured."""
    made: list[Table | None] = [
        make(frame) for name, make in _MAKERS.get(section, ()) if (frame := getattr(counts, name)) is not None
    ]
    made += [_by_rule(section, "due", counts.dues), _by_rule(section, "outcome", counts.outcomes)]
    made.append(_unjudged(section, counts.unjudged))
    return tuple(table for table in made if table is not None)


def _coverage(frame: pd.DataFrame) -> Table:
    return _list("coverage", frame, ("status", "coverage"), Margins.COLUMNS)


def _purges(frame: pd.DataFrame) -> Table:
    """Only in bands: the steps follow from one another, so that two exact ones would give a small third away."""
    return replace(_list("purges", frame, ("event", "purge"), Margins.NONE), form=Form.BANDS)


def _holds(frame: pd.DataFrame) -> Table:
    return _list("holds", frame, ("state", "hold"), Margins.NONE)


def _requests(frame: pd.DataFrame) -> Table:
    return _list("requests", frame, ("state", "request"), Margins.COLUMNS)


def _not_examined(frame: pd.DataFrame) -> Table:
    return _list("not_examined", frame, ("reason", "reason"), Margins.NONE)


def _list(table_id: str, frame: pd.DataFrame, column: tuple[str, str], margins: Margins) -> Table:
    name, kind = column
    numbers = listed(frame, name, kind)
    rows = printed_codes(kind, (row for row, _ in numbers))
    return Layout(table_id, kind, rows, "count", words.COUNT, margins=margins).filled(numbers)


def _dossiers(frame: pd.DataFrame) -> Table:
    row, column = ("kind", "dossier_kind"), ("status", "dossier_status")
    numbers = crossed(frame, row, column)
    rows, columns = (
        printed_codes(row[1], (code for code, _ in numbers)),
        printed_codes(column[1], (code for _, code in numbers)),
    )
    return Layout("dossiers", row[1], rows, column[1], columns, margins=Margins.BOTH).filled(numbers)


def _categories(frame: pd.DataFrame) -> Table:
    """Three disjoint groups of entries per category, so that the total of a row means something."""
    numbers: Numbers = {}
    for row in frame.to_dict("records"):
        declared, detected, undeclared = (int(row[name]) for name in ("declared", "detected", "undeclared"))
        both = detected - undeclared
        code = known_code("category", str(int(row["category"])))
        numbers |= {(code, "BOTH"): both, (code, "DECLARED_ONLY"): declared - both, (code, "DETECTED_ONLY"): undeclared}
    return Layout(
        "categories", "category", words.CATEGORIES, "found", words.FOUND, sensitive=words.SENSITIVE_CATEGORIES
    ).filled(numbers)


def _special_classes(frame: pd.DataFrame) -> Table:
    numbers: Numbers = {}
    for row in frame.to_dict("records"):
        code = known_code("flag", str(row["flag"]))
        detected, undeclared = int(row["detected"]), int(row["undeclared"])
        numbers |= {(code, "BOTH"): detected - undeclared, (code, "DETECTED_ONLY"): undeclared}
    flags = words.SPECIAL_FLAGS
    return Layout("special_classes", "flag", flags, "found", words.FLAG_FOUND, sensitive=frozenset(flags)).filled(numbers)


def _barred(frame: pd.DataFrame) -> Table:
    """Documents that may not be there at all: only in bands (catalogue § d, suppression 7)."""
    numbers = {(str(row["flag"]), "N"): int(row["detected"]) for row in frame.to_dict("records")}
    return Layout("barred", "flag", words.BARRED_FLAGS, "count", words.COUNT, form=Form.BANDS).filled(numbers)


def _quality(frame: pd.DataFrame) -> Table:
    numbers: Numbers = {}
    for row in frame.to_dict("records"):
        numbers |= {(str(row["target"]), name): int(row[name.lower()]) for name in words.QUALITY}
    rows = tuple(sorted({row for row, _ in numbers}))
    return Layout("quality", "target", rows, "quality", words.QUALITY, sensitive=frozenset(rows), margins=Margins.NONE).filled(
        numbers
    )


def _missed(frame: pd.DataFrame) -> Table:
    """Bounds that were made wide enough beforehand, so that they are published as they are."""
    numbers: Numbers = {}
    for row in frame.to_dict("records"):
        cells = zip(words.MISSED, (int(row[name]) for name in ("reviewed", "low", "high")), strict=True)
        numbers |= {(str(row["target"]), name): number for name, number in cells}
    rows = tuple(dict.fromkeys(row for row, _ in numbers))
    return Layout("missed", "target", rows, "missed", words.MISSED, margins=Margins.NONE, form=Form.OPEN).filled(numbers)


def _actions(frame: pd.DataFrame) -> Table:
    numbers = crossed(frame, ("age", "age"), ("status", "triage"))
    # Most places of such a table are small: with totals, nearly all the rest would have to be closed to protect them.
    return Layout("actions", "age", words.AGES, "triage", words.TRIAGE, margins=Margins.NONE).filled(numbers)


def _overdue(frame: pd.DataFrame) -> Table:
    return _list("overdue", frame, ("overdue", "overdue"), Margins.NONE)


def _unjudged(section: str, frame: pd.DataFrame | None) -> Table | None:
    """The rules of the section that some store could not answer at all; None if there is none."""
    mine = _of_section(section, frame)
    if mine is None:
        return None
    numbers = listed(mine, "rule_id", "rule")
    rows = tuple(sorted(rule for rule, _ in numbers))
    layout = Layout(f"unjudged_{section}", "rule", rows, "count", words.COUNT, margins=Margins.NONE, form=Form.OPEN)
    return layout.filled(numbers)


def _of_section(section: str, frame: pd.DataFrame | None) -> pd.DataFrame | None:
    mine = None if frame is None else frame.loc[[words.section_of(rule) == section for rule in frame["rule_id"]]]
    return None if mine is None or mine.empty else mine


def _by_rule(section: str, kind: str, frame: pd.DataFrame | None) -> Table | None:
    """A row per rule of the section; None if none of them ran."""
    mine = _of_section(section, frame)
    if mine is None:
        return None
    numbers = crossed(mine, ("rule_id", "rule"), ("outcome" if kind == "outcome" else "status", kind))
    rows = tuple(sorted({rule for rule, _ in numbers}))
    form = Form.BANDS if set(rows) <= words.BANDED_RULES else Form.COUNTS
    return Layout(f"{kind}s_{section}", "rule", rows, kind, words.KINDS[kind], form=form).filled(numbers)


_MAKERS: dict[str, tuple[tuple[str, Callable[[pd.DataFrame], Table]], ...]] = {
    "0": (("coverage", _coverage),),
    "3": (("dossiers", _dossiers),),
    "4": (("categories", _categories),),
    "5": (("flags", _special_classes), ("detector_quality", _quality), ("missed", _missed)),
    "7": (("purges", _purges), ("holds", _holds)),
    "10": (("requests", _requests),),
    "12": (("flags", _barred),),
    "14": (("actions", _actions), ("overdue", _overdue)),
    "15": (("not_examined", _not_examined),),
}
