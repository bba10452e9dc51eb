"""The pages, a route each: what an area shows, read only once the visitor may see it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from discretio.airflow_ui.compliance.answering import answer, place_of, visitor_of
from discretio.airflow_ui.compliance.areas import Area, Visitor
from discretio.errors import ReportError
from discretio.ledger import stores
from discretio.steps.deletion_overview import PlanView, plan_lines, plan_view
from discretio.steps.issued_reports import issued_reports, report_file
from discretio.steps.store_overview import rule_counts, store_overviews

router = APIRouter(default_response_class=HTMLResponse)


@router.get("/")
def overview(request: Request) -> Response:
    """How every store stands; who may not see that is led to what he may."""
    visitor = visitor_of(request)
    if not visitor.may_read(Area.OVERVIEW):
        first = "deletions" if visitor.may_read(Area.DELETIONS) else "reports"
        return RedirectResponse(f"{request.scope.get('root_path', '')}/{first}", status_code=303)
    waiting = [line for line in plan_lines(place_of(request)) if line.plan.state == "PLANNED"]
    values = {"stores": store_overviews(place_of(request)), "waiting": waiting}
    return answer(request, Area.OVERVIEW, "overview.html.jinja", values)


@router.get("/findings")
def findings(request: Request, store: str | None = None) -> Response:
    """What every rule answered over one store, by counts."""
    visitor_of(request).require(Area.FINDINGS)
    place = place_of(request)
    names = sorted(record.name for record in stores.stores(place.ledger))
    chosen = store or next(iter(names), None)
    rules = rule_counts(place, chosen) if chosen else {}
    worst_first = sorted(rules.items(), key=lambda told: (-told[1].get("FAIL", 0), -told[1].get("WARN", 0), told[0]))
    values = {"names": names, "chosen": chosen, "rules": worst_first, "policy": place.policy_on(place.now().date())}
    return answer(request, Area.FINDINGS, "findings.html.jinja", values)


@router.get("/deletions")
def deletions(request: Request) -> Response:
    """The purge plans; who acts for some controllers sees those that concern them."""
    visitor = visitor_of(request)
    visitor.require(Area.DELETIONS)
    place = place_of(request)
    lines = plan_lines(place)
    if visitor.controllers is not None:
        lines = [line for line in lines if _concerns(visitor, plan_view(place, line.plan.plan_id))]
    return answer(request, Area.DELETIONS, "deletions.html.jinja", {"lines": lines})


@router.get("/deletions/{plan_id}")
def deletion(request: Request, plan_id: str) -> Response:
    """One plan: the exact population, what changed since the last one, who signed, what lacks."""
    visitor = visitor_of(request)
    visitor.require(Area.DELETIONS)
    view = plan_view(place_of(request), plan_id)
    if not _concerns(visitor, view):
        visitor.require(Area.OVERVIEW)
    return answer(request, Area.DELETIONS, "deletion.html.jinja", {"view": view, "own": visitor.controllers})


@router.get("/reports")
def reports(request: Request) -> Response:
    """The issued reports that the visitor may read."""
    visitor = visitor_of(request)
    place = place_of(request)
    names = {key: authority.names for key, authority in place.authorities().authorities.items()}
    found = [report for report in issued_reports(place) if visitor.may_read_reports_of(report.authority)]
    if not found and not any(visitor.may_read_reports_of(authority) for authority in names):
        visitor.require(Area.REPORTS)
    return answer(request, Area.REPORTS, "reports.html.jinja", {"reports": found, "names": names})


@router.get("/reports/{report_id}.pdf", response_class=FileResponse)
def download(request: Request, report_id: str) -> Response:
    """The sealed file of one report."""
    visitor = visitor_of(request)
    place = place_of(request)
    found = next((report for report in issued_reports(place) if report.report_id == report_id), None)
    # A report to another authority is refused as one that doesn't exist: its number tells nothing.
    if found is None or not visitor.may_read_reports_of(found.authority):
        raise ReportError("no report was issued under this number", remedy="see the list of reports")
    file = report_file(place, report_id)
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return FileResponse(file, filename=file.name, media_type="application/pdf", headers=headers)


@router.get("/policies")
def policies(request: Request) -> Response:
    """The policy in force today, its rules and the source of each."""
    visitor_of(request).require(Area.POLICIES)
    place = place_of(request)
    today = place.now().date()
    return answer(request, Area.POLICIES, "policies.html.jinja", {"policy": place.policy_on(today), "today": today})


def _concerns(visitor: Visitor, view: PlanView) -> bool:
    return visitor.controllers is None or not visitor.controllers.isdisjoint(view.by_controller)
