"""The reports that were issued, and where their files are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from discretio.domain.figures import Figures
from discretio.errors import ReportError
from discretio.ledger.figures import FrozenReport, frozen, frozen_reports
from discretio.steps.workplace import Workplace


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """One report: whom it is for, what it is about, when it was issued, which one it replaces, whether its file lies here."""

    report_id: str
    authority: str
    controller: str
    period: str
    issued_at: datetime
    corrects: str | None
    at_hand: bool


def issued_reports(place: Workplace) -> list[IssuedReport]:
    """All issued reports, the last first.

    Raises:
        LedgerError: frozen figures were changed in the database.
    """
    found = [frozen(place.ledger, report_id) for report_id in frozen_reports(place.ledger)]
    return [_issued(place, report) for report in found if report is not None]


def report_file(place: Workplace, report_id: str) -> Path:
    """The file of an issued report, where reports are filed by default.

    Raises:
        ReportError: no such report was issued, or its file isn't here.
    """
    if frozen(place.ledger, report_id) is None:
        raise ReportError("no report was issued under this number", where=report_id, remedy="see the list of reports")
    path = _path(place, report_id)
    if path is None:
        raise ReportError("the file of this report isn't here", where=report_id, remedy="ask whoever issued it")
    return path


def _issued(place: Workplace, report: FrozenReport) -> IssuedReport:
    corrects = Figures.from_json(report.figures_json).corrects
    return IssuedReport(
        report_id=report.report_id,
        authority=report.authority,
        controller=report.controller,
        period=report.period,
        issued_at=report.issued_at,
        corrects=corrects.report_id if corrects else None,
        at_hand=_path(place, report.report_id) is not None,
    )


def _path(place: Workplace, report_id: str) -> Path | None:
    # The id was issued by this ledger: letters and digits, no pattern of its own.
    return next(iter((place.settings.home / "reports").glob(f"*-{report_id}.pdf")), None)
