"""What a report owes to those issued before it: the period before, the report that it replaces, what it must not give away."""

from __future__ import annotations

from contextlib import suppress

from discretio.domain.calendar_periods import ReportingPeriod, previous_period
from discretio.domain.figures import Correction, CorrectionReason, EarlierReport, Figures
from discretio.domain.linked_reports import guarded
from discretio.domain.rest_of_all import beside_the_others
from discretio.domain.suppression import publish
from discretio.errors import PeriodError, ReportError
from discretio.ledger.connection import Ledger
from discretio.ledger.figures import frozen, frozen_for, last_frozen
from discretio.reporting.themes import themes
from discretio.steps.linked_bounds import width

_CHARTED = 7


def written(period: ReportingPeriod) -> str:
    """A quarter or a year by its name, a month by its two ends: that is how reports write a period."""
    return period.label if period.label[4:6] in ("", "-Q") else f"{period.first.isoformat()}/{period.last.isoformat()}"


def earlier_report(ledger: Ledger, authority: str, controller: str, period: ReportingPeriod) -> EarlierReport | None:
    """The last report over the period before, as it was published; None if none was issued.

    Raises:
        LedgerError: its frozen counts were changed.
    """
    before = _periods_before(period, 1)
    return _last(ledger, authority, controller, before[0]) if before else None


def history(ledger: Ledger, authority: str, controller: str, period: ReportingPeriod) -> tuple[EarlierReport, ...]:
    """The last report over each of the seven periods before, the oldest first; those over which none was issued are left out.

    Raises:
        LedgerError: frozen counts were changed.
    """
    found = [_last(ledger, authority, controller, before) for before in reversed(_periods_before(period, _CHARTED))]
    return tuple(report for report in found if report is not None)


def _periods_before(period: ReportingPeriod, most: int) -> list[ReportingPeriod]:
    """So many periods of the same length that came before, the last first; fewer where the calendar begins."""
    found: list[ReportingPeriod] = []
    with suppress(PeriodError):
        while len(found) < most:
            found.append(previous_period(found[-1] if found else period))
    return found


def _last(ledger: Ledger, authority: str, controller: str, period: ReportingPeriod) -> EarlierReport | None:
    """The last report over a period, as it was published."""
    found = last_frozen(ledger, authority, controller, written(period))
    if found is None:
        return None
    told = tuple((one.section, one.status, one.with_findings) for one in themes(publish(Figures.from_json(found.figures_json))))
    return EarlierReport(found.report_id, written(period), told)


def beside_earlier(ledger: Ledger, figures: Figures) -> Figures:
    """The figures with what must be closed because all reports issued to the authority would give it away.

    Raises:
        LedgerError: frozen counts were changed.
    """
    issued = [Figures.from_json(report.figures_json) for report in frozen_for(ledger, figures.authority)]
    same = [one for one in issued if one.controller == figures.controller]
    others = [one for one in issued if one.controller != figures.controller and one.period == figures.period]
    return guarded(beside_the_others(figures, others), same, width)


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
