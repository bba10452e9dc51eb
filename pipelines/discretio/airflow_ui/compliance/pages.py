"""The pages, a route each: what an area shows, read only once the visitor may see it."""

from __future__ import annotations

import hashlib

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from discretio import wiring
from discretio.airflow_ui.compliance.answering import answer
from discretio.airflow_ui.compliance.areas import Area
from discretio.airflow_ui.compliance.visits import place_of, visitor_of
from discretio.domain.purge_states import PlanState
from discretio.errors import ReportError
from discretio.ledger.plans import latest_plans
from discretio.steps.deletion_overview import plan_lines
from discretio.steps.issued_reports import IssuedReport, issued_reports, report_file
from discretio.steps.store_overview import rule_counts, store_overviews, stores_of
from discretio.steps.verify_report import verify_report

router = APIRouter(default_response_class=HTMLResponse)


@router.get("/")
def overview(request: Request) -> Response:
    """How every store stands; who may not see that is led to what he may."""
    visitor = visitor_of(request)
    if not visitor.may_read(Area.OVERVIEW):
        first = next(iter(visitor.areas()), Area.REPORTS).address
        return RedirectResponse(f"{request.scope.get('root_path', '')}/{first}", status_code=303)
    place = place_of(request)
    waiting = [plan for plan in latest_plans(place.ledger) if plan.state == PlanState.PLANNED and not plan.dry_run_only]
    lines = plan_lines(place, waiting, visitor.controllers)
    values = {"stores": store_overviews(place, visitor.controllers), "waiting": lines}
    return answer(request, Area.OVERVIEW, "overview.html.jinja", values)


@router.get("/findings")
def findings(request: Request, store: str | None = None) -> Response:
    """What every rule answered over one store, by counts."""
    visitor = visitor_of(request)
    visitor.require(Area.FINDINGS)
    place = place_of(request)
    names = [record.name for record in stores_of(place, visitor.controllers)]
    chosen = store or next(iter(names), None)
    rules = rule_counts(place, chosen, visitor.controllers) if chosen else {}
    worst_first = sorted(rules.items(), key=lambda told: (-told[1].get("FAIL", 0), -told[1].get("WARN", 0), told[0]))
    values = {"names": names, "chosen": chosen, "rules": worst_first, "policy": place.policy_on(place.now().date())}
    return answer(request, Area.FINDINGS, "findings.html.jinja", values)


@router.get("/reports")
def reports(request: Request) -> Response:
    """The issued reports that the visitor may read."""
    visitor = visitor_of(request)
    place = place_of(request)
    names = {key: authority.names for key, authority in place.authorities().authorities.items()}
    found = [report for report in issued_reports(place) if visitor.may_read_report(report.authority, report.controller)]
    if not found and not any(visitor.may_read_reports_of(authority) for authority in names):
        visitor.require(Area.REPORTS)
    return answer(request, Area.REPORTS, "reports.html.jinja", {"reports": found, "names": names})


@router.get("/reports/{report_id}.pdf", response_class=FileResponse)
def download(request: Request, report_id: str) -> Response:
    """The sealed file of one report."""
    _readable(request, report_id)
    file = report_file(place_of(request), report_id)
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return FileResponse(file, filename=file.name, media_type="application/pdf", headers=headers)


@router.get("/reports/{report_id}")
def verification(request: Request, report_id: str) -> Response:
    """Whether the file of one report is what was issued, verified now."""
    place, found = place_of(request), _readable(request, report_id)
    file = report_file(place, report_id)
    values = {
        "report": found,
        "found": verify_report(file, wiring.trusted_roots(place.settings), place.ledger),
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
    }
    return answer(request, Area.REPORTS, "verification.html.jinja", values)


@router.get("/policies")
def policies(request: Request) -> Response:
    """The policy in force today, its rules and the source of each."""
    visitor_of(request).require(Area.POLICIES)
    place = place_of(request)
    today = place.now().date()
    return answer(request, Area.POLICIES, "policies.html.jinja", {"policy": place.policy_on(today), "today": today})


def _readable(request: Request, report_id: str) -> IssuedReport:
    visitor = visitor_of(request)
    found = next((report for report in issued_reports(place_of(request)) if report.report_id == report_id), None)
    # A report to somebody else is refused as one that doesn't exist: its number tells nothing.
    if found is None or not visitor.may_read_report(found.authority, found.controller):
        raise ReportError("no report was issued under this number", remedy="see the list of reports")
    return found
