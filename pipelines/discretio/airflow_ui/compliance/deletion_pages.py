"""Deletions on the page: the plans, the exact population of one, and the decisions that approvers and DPOs sign there."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from discretio.airflow_ui.compliance.answering import answer, done
from discretio.airflow_ui.compliance.areas import Area, Visitor
from discretio.airflow_ui.compliance.sent_forms import SentForm, page_number, word_in
from discretio.airflow_ui.compliance.visits import place_of, visitor_of
from discretio.domain.approvals import Decision
from discretio.errors import ApprovalError, UsageError
from discretio.ledger.approvals import POSITIVE
from discretio.ledger.certificates import latest_certificates
from discretio.ledger.locked_keys import has_locked_key
from discretio.ledger.people import person_id_of
from discretio.ledger.plans import latest_plans, rules_listed
from discretio.steps.approve import decide
from discretio.steps.deletion_overview import PlanView, plan_lines, plan_view
from discretio.steps.enrolments import enrolments
from discretio.steps.people_keys import locked_signer
from discretio.steps.plan_decisions import open_decisions
from discretio.steps.plan_population import Part, population_page

router = APIRouter(prefix="/deletions", default_response_class=HTMLResponse)


@router.get("")
def deletions(request: Request) -> Response:
    """The purge plans; who acts for some controllers sees those that concern them."""
    visitor = visitor_of(request)
    visitor.require(Area.DELETIONS)
    place = place_of(request)
    lines = plan_lines(place, latest_plans(place.ledger), visitor.controllers)
    return answer(request, Area.DELETIONS, "deletions.html.jinja", {"lines": lines})


@router.get("/certificates")
def certificates(request: Request) -> Response:
    """The last certificates of deletion; who acts for some controllers sees those of the plans that concern them."""
    visitor = visitor_of(request)
    visitor.require(Area.DELETIONS)
    ledger = place_of(request).ledger
    found = latest_certificates(ledger)
    concerned = {plan_id: rules_listed(ledger, plan_id) for plan_id in {one.plan_id for one in found}}
    shown = [one for one in found if visitor.acts_for(concerned[one.plan_id])]
    return answer(request, Area.DELETIONS, "certificates.html.jinja", {"certificates": shown})


@router.get("/{plan_id}")
def deletion(request: Request, plan_id: str) -> Response:
    """One plan, or the visitor's share: population, what changed, who signed, what lacks, and what he may say."""
    visitor, view = _seen(request, plan_id)
    place = place_of(request)
    offered = open_decisions(place, view, visitor.login) if visitor.may_act(Area.DELETIONS) else ()
    seen = enrolments(place, visitor.login)
    values = {
        "view": view,
        # Who isn't confirmed may refuse and withdraw; if he sends more all the same, the ledger says why that is refused.
        "offered": [one for one in offered if seen.stands or one not in POSITIVE],
        "unconfirmed": bool(offered) and not seen.stands,
        "seen": seen,
        "may_see_people": visitor.may_read(Area.PEOPLE),
        "key_kept": has_locked_key(place.ledger, person_id_of(place.ledger, visitor.login)),
        "asked_for_it": view.plan.requester == person_id_of(place.ledger, visitor.login),
        "done": "done" in request.query_params,
    }
    return answer(request, Area.DELETIONS, "deletion.html.jinja", values)


@router.get("/{plan_id}/items")
def population(request: Request, plan_id: str) -> Response:
    """The items of a plan, or what came or went since the last one, a page at a time."""
    visitor, view = _seen(request, plan_id)
    asked = request.query_params
    part = word_in(Part, asked, "part") or Part.ALL
    page = population_page(place_of(request), plan_id, part, visitor.controllers, page_number(asked))
    values = {"page": page, "plan": view.plan, "part": part, "parts": Part, "asked": asked}
    return answer(request, Area.DELETIONS, "population.html.jinja", values)


@router.post("/{plan_id}/decision")
def sign(request: Request, plan_id: str, form: SentForm) -> Response:
    """Sign a decision with the visitor's own key, which his passphrase opens."""
    visitor, view = _seen(request, plan_id)
    visitor.require_act(Area.DELETIONS)
    decision = word_in(Decision, form, "word")
    if decision is None:
        raise UsageError("nothing was chosen", remedy="choose one of the decisions, then send the form again")
    if form.get("root_hash") != view.plan.root_hash:
        raise ApprovalError(
            "the form is about other dossiers than those of the plan", remedy="load the plan again and look anew"
        )
    place = place_of(request)
    if decision not in open_decisions(place, view, visitor.login):
        raise ApprovalError("this decision on this plan is not yours to give, or not any more", remedy="see who has signed")
    decide(place, plan_id, locked_signer(place, visitor.login, form.get("passphrase", ""), where=plan_id), decision)
    return done(request, f"/deletions/{plan_id}")


def _seen(request: Request, plan_id: str) -> tuple[Visitor, PlanView]:
    visitor = visitor_of(request)
    visitor.require(Area.DELETIONS)
    return visitor, plan_view(place_of(request), plan_id, visitor.controllers)
