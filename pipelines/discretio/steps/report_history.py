"""What a report says of those issued before it: the period before, and the report that it replaces."""

from __future__ import annotations

from discretio.domain.calendar_periods import ReportingPeriod, previous_period
from discretio.domain.figures import Correction, CorrectionReason, EarlierReport, Figures
from discretio.domain.suppression import publish
from discretio.errors import PeriodError, ReportError
from discretio.ledger.connection import Ledger
from discretio.ledger.figures import frozen, last_frozen
from discretio.reporting.themes import themes


def written(period: ReportingPeriod) -> str:
    """A quarter or a year by its name, a month by its two ends: that is how reports write a period."""
    return period.label if period.label[4:6] in ("", "-Q") else f"{period.first.isoformat()}/{period.last.isoformat()}"


def earlier_report(ledger: Ledger, authority: str, controller: str, period: ReportingPeriod) -> EarlierReport | None:
    """The last report over the period before, as it was published; None if none was issued.

    Raises:
        LedgerError: its frozen counts were changed.
    """
    try:
        before = written(previous_period(period))
    except PeriodError:
        return None
    found = last_frozen(ledger, authority, controller, before)
    if found is None:
        return None
    told = themes(publish(Figures.from_json(found.figures_json)))
    return EarlierReport(found.report_id, before, tuple((theme.section, theme.status, theme.with_findings) for theme in told))


def correction(ledger: Ledger, report_id: str, reason: CorrectionReason, order: tuple[str, str, str]) -> Correction:
    """The issued report that a new one replaces.

    Args:
        ledger: where it was issued.
        report_id: its number.
        reason: why it is replaced.
        order: authority, controller and period (written) of the new report.

    Raises:
        ReportError: no such report was issued, or it was about something else.
    """
    found = frozen(ledger, report_id)
    if found is None:
        raise ReportError("no report was issued under this number", where=report_id, remedy="name one that this ledger issued")
    if (found.authority, found.controller, found.period) != order:
        raise ReportError(
            "a report is replaced by one for the same authority, controller and period",
            where=f"{report_id}: {found.authority}, {found.controller}, {found.period}",
            remedy="order the new report over the same",
        )
    return Correction(report_id, reason)
