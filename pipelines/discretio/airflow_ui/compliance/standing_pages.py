"""What stands over the whole pipeline: what falls due, what was not examined and how it changed, whether everything runs."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from discretio.airflow_ui.compliance.answering import answer, done
from discretio.airflow_ui.compliance.areas import Area
from discretio.airflow_ui.compliance.sent_forms import SentForm
from discretio.airflow_ui.compliance.visits import place_of, visitor_of
from discretio.domain.due_calendar import calendar_ends
from discretio.steps.pipeline_health import pipeline_health, verify_and_note
from discretio.steps.share_figures import figures_for
from discretio.steps.standing_figures import trend
from discretio.steps.store_overview import stores_of

router = APIRouter(default_response_class=HTMLResponse)


@router.get("/calendar")
def calendar(request: Request) -> Response:
    """How many dossiers end when, by rule, as the last planning of each store counted them."""
    visitor = visitor_of(request)
    visitor.require(Area.CALENDAR)
    place = place_of(request)
    lines = []
    for record in stores_of(place, visitor.controllers):
        figures = figures_for(place.ledger, record.store_id, visitor.controllers)
        ends = calendar_ends(figures.planned.start.as_of)[:-1] if figures.planned else ()
        lines.append((record.name, figures, ends))
    policy = place.policy_on(place.now().date())
    values = {"lines": lines, "policy": policy, "whole": visitor.controllers is None}
    return answer(request, Area.CALENDAR, "calendar.html.jinja", values)


@router.get("/coverage")
def coverage(request: Request) -> Response:
    """What was not examined or could not be checked, and how the answers of the rules changed from check to check."""
    visitor = visitor_of(request)
    visitor.require(Area.COVERAGE)
    place, mine = place_of(request), visitor.controllers
    # Earlier checks are known by their sums alone, which are every controller's.
    earlier = trend if mine is None else lambda *_: []
    lines = [
        (record.name, figures_for(place.ledger, record.store_id, mine), earlier(place.ledger, record.store_id))
        for record in stores_of(place, mine)
    ]
    values = {"lines": lines, "policy": place.policy_on(place.now().date()), "whole": mine is None}
    return answer(request, Area.COVERAGE, "coverage.html.jinja", values)


@router.get("/health")
def health(request: Request) -> Response:
    """When everything last ran, and when the audit chain was last found whole."""
    visitor = visitor_of(request)
    visitor.require(Area.HEALTH)
    values = {
        "health": pipeline_health(place_of(request)),
        "dag_runs": request.app.state.dag_runs(),
        "may_verify": visitor.may_act(Area.HEALTH),
        "done": "done" in request.query_params,
    }
    return answer(request, Area.HEALTH, "health.html.jinja", values)


@router.post("/health/verification")
def verify(request: Request, _form: SentForm) -> Response:
    """Verify the audit chain now."""
    visitor_of(request).require_act(Area.HEALTH)
    verify_and_note(place_of(request).ledger)
    return done(request, "/health")
