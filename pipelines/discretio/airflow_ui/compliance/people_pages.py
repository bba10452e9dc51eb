"""People on the page: who stands, who waits for a confirmation, and the confirmation itself, signed as approvals are."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from discretio.airflow_ui.compliance.answering import answer, done
from discretio.airflow_ui.compliance.areas import Area
from discretio.airflow_ui.compliance.sent_forms import PASSPHRASE, SentForm
from discretio.airflow_ui.compliance.visits import place_of, visitor_of
from discretio.errors import UsageError
from discretio.ledger.locked_keys import has_locked_key
from discretio.ledger.people import person_id_of
from discretio.steps.confirming import confirm_shown
from discretio.steps.enrolments import enrolments
from discretio.steps.people_keys import locked_signer

router = APIRouter(prefix="/people", default_response_class=HTMLResponse)


@router.get("")
def people(request: Request) -> Response:
    """The enrolments of officers and approvers, and what the visitor may confirm."""
    visitor = visitor_of(request)
    visitor.require(Area.PEOPLE)
    place = place_of(request)
    values = {
        "seen": enrolments(place, visitor.login),
        "may_act": visitor.may_act(Area.PEOPLE),
        "key_kept": has_locked_key(place.ledger, person_id_of(place.ledger, visitor.login)),
        "done": "done" in request.query_params,
    }
    return answer(request, Area.PEOPLE, "people.html.jinja", values)


@router.post("/confirmation")
def confirm(request: Request, form: SentForm) -> Response:
    """Confirm an enrolment with the visitor's own key, which his passphrase opens."""
    visitor = visitor_of(request)
    visitor.require_act(Area.PEOPLE)
    if not form.get("compared"):
        raise UsageError(
            "the public key was not compared", remedy="let the person read his own public key to you, then send the form again"
        )
    place = place_of(request)
    signing = locked_signer(place, visitor.login, form.get(PASSPHRASE, ""), where="")
    confirm_shown(place, form.get("login", ""), form.get("enrolment", ""), signing)
    return done(request, "/people")
