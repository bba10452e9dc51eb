"""Triage on the page: the queue, one item, the reviewer's answer and the data protection officer's decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from discretio.airflow_ui.compliance.answering import answer, done
from discretio.airflow_ui.compliance.areas import Area
from discretio.airflow_ui.compliance.sent_forms import SentForm, day_in, page_number, word_in
from discretio.airflow_ui.compliance.visits import place_of, visitor_of
from discretio.domain.approvals import Role
from discretio.domain.triage.words import FALSE_ALARMS, Answer, Decision, Dismissal, Status
from discretio.errors import UsageError
from discretio.ledger import stores
from discretio.ledger.connection import server_date
from discretio.ledger.triage_queue import Filters
from discretio.steps.acting import acting
from discretio.steps.triage import WAITING, Choice, TriageItem, triage_answer, triage_decide, triage_show
from discretio.steps.triage_queue import queue_page
from discretio.steps.workplace import Workplace

Verb = Callable[[Workplace, str, str, Choice], TriageItem]
router = APIRouter(prefix="/triage", default_response_class=HTMLResponse)


@router.get("")
def queue(request: Request) -> Response:
    """What waits, the most urgent first, a page at a time."""
    visitor = visitor_of(request)
    visitor.require(Area.TRIAGE)
    place, asked = place_of(request), request.query_params
    today = server_date(place.ledger)
    names = {record.name: record.store_id for record in stores.stores(place.ledger)}
    filters = _filters(asked, names)
    page = queue_page(place, visitor.login, today, filters, page_number(asked))
    values = {"page": page, "names": sorted(names), "asked": asked, "statuses": Status, "policy": place.policy_on(today)}
    return answer(request, Area.TRIAGE, "triage.html.jinja", values)


@router.get("/{item_id}")
def item(request: Request, item_id: str) -> Response:
    """One item: why it is here, what was said of it, and what this visitor may say."""
    visitor = visitor_of(request)
    visitor.require(Area.TRIAGE)
    place = place_of(request)
    today = server_date(place.ledger)
    found, said = triage_show(place, item_id, visitor.login, today)
    person, policy = acting(place, visitor.login), place.policy_on(today)
    acts = visitor.may_act(Area.TRIAGE) and found.standing.status is not Status.RESOLVED
    values = {
        "item": found,
        "said": said,
        "rule": policy.rules.get(found.rule_id),
        "answers": acts and Role.REVIEWER in person.roles and found.controller_id in person.controllers,
        "decides": acts and Role.DPO in person.roles and Role.ADMINISTRATOR not in person.roles,
        "today": today,
        "latest": policy.period("triage.accept_at_most").after(today),
        "false_alarms": [reason for reason in Dismissal if reason in FALSE_ALARMS],
        "reasons": Dismissal,
        "words_of_answers": Answer,
        "done": "done" in request.query_params,
    }
    return answer(request, Area.TRIAGE, "triage_item.html.jinja", values)


@router.post("/{item_id}/answer")
def say(request: Request, item_id: str, form: SentForm) -> Response:
    """Take a reviewer's answer."""
    word = word_in(Answer, form, "word")
    if word is None:
        raise UsageError("nothing was chosen", remedy="choose one of the answers, then send the form again")
    return _taken(request, item_id, triage_answer, Choice(word, word_in(Dismissal, form, "reason")))


@router.post("/{item_id}/decision")
def decide(request: Request, item_id: str, form: SentForm) -> Response:
    """Take a data protection officer's decision."""
    word = word_in(Decision, form, "word")
    if word is None:
        raise UsageError("nothing was chosen", remedy="choose one of the decisions, then send the form again")
    reason, assignee = word_in(Dismissal, form, "reason"), form.get("assignee", "")
    choice = Choice(word, reason, assignee, due=day_in(form, "due"), until=day_in(form, "until"))
    return _taken(request, item_id, triage_decide, choice)


def _taken(request: Request, item_id: str, verb: Verb, choice: Choice) -> Response:
    visitor = visitor_of(request)
    visitor.require_act(Area.TRIAGE)
    verb(place_of(request), item_id, visitor.login, choice)
    return done(request, f"/triage/{item_id}")


def _filters(asked: Mapping[str, str], names: Mapping[str, int]) -> Filters:
    store = asked.get("store", "")
    if store and store not in names:
        raise UsageError("no store has this name", remedy="choose one from the list")
    status = word_in(Status, asked, "status")
    return Filters(
        store_id=names.get(store),
        statuses=WAITING if status is None else {status},
        rule_id=asked.get("rule", ""),
        dossier_id=asked.get("dossier", ""),
        overdue=bool(asked.get("overdue")),
    )
