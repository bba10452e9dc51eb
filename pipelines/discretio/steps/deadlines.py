"""Looking for what waits, in the ledger: of a store only who is under title 3 is read, where a rule that alerts failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from discretio.domain.deadlines import Deadline, Duty
from discretio.domain.dues import DueStatus
from discretio.domain.judgements.answers import Circumstances
from discretio.domain.outcomes import Outcome
from discretio.domain.purge_states import PlanState
from discretio.domain.rights_requests import clocks
from discretio.domain.triage.ageing import Overdue, oldest_in_time
from discretio.ledger import counts, runs, stores
from discretio.ledger.plans import latest_plans
from discretio.ledger.triage_queue import Filters, Scale, queue_counts
from discretio.steps.approve import missing
from discretio.steps.rights_register import requests
from discretio.steps.rule_alerts import alerts
from discretio.steps.triage_rows import Rows
from discretio.steps.verify_again import due_again
from discretio.steps.workplace import Workplace

_BRUSSELS = ZoneInfo("Europe/Brussels")
_TRIAGE = {Overdue.ANSWER: Duty.ANSWER_LATE, Overdue.DECISION: Duty.DECISION_LATE, Overdue.ACTION: Duty.CORRECTION_LATE}


def deadlines(place: Workplace, as_of: date) -> list[Deadline]:
    """What waits on that day; what waits for nothing is left out, and so is what is told apart (`rule_alerts.alerts_apart`).

    Raises:
        KeyError: the policy doesn't set `watch.scan_within`, `watch.ahead` or `triage.answer_within`.
    """
    found = [*_by_store(place, as_of), *alerts(place, as_of), *_triage(place, as_of), *_requests(place, as_of), *_plans(place)]
    return [one for one in found if one.number]


def _by_store(place: Workplace, as_of: date) -> Iterator[Deadline]:
    policy = place.policy_on(as_of)
    within = policy.period("watch.scan_within")
    for record in stores.stores(place.ledger):
        ended = [run for run in runs.runs(place.ledger, store_id=record.store_id, verb="scan", limit=10) if run.finished_at]
        # A store that was never scanned is as late as one can be.
        late = not ended or within.after(_day(ended[0].finished_at)) < as_of
        yield Deadline(Duty.SCAN_LATE, int(late), record.name)
        dues = counts.counts_of_store(place.ledger, record.store_id, "status")
        yield Deadline(Duty.TERM_ENDED, int(dues.loc[dues["status"] == DueStatus.OVERDUE.value, "n"].sum()), record.name)


def _triage(place: Workplace, as_of: date) -> Iterator[Deadline]:
    rows = Rows.at(place, as_of)
    scale = Scale(as_of, rows.table, oldest_in_time(as_of, rows.within))
    late: Counter[Overdue] = Counter()
    for _, _, overdue, number in queue_counts(place.ledger, Filters(overdue=True), scale):
        if overdue is not None:
            late[overdue] += number
    return (Deadline(duty, late[overdue]) for overdue, duty in _TRIAGE.items())


def _requests(place: Workplace, as_of: date) -> Iterator[Deadline]:
    policy = place.policy_on(as_of)
    under, soon = Circumstances(policy, as_of), policy.period("watch.ahead").after(as_of)
    late, close = 0, 0
    for request in requests(place):
        if request.reply is not None:
            continue
        running = clocks(request, under)
        if any(clock.judgement.outcome is Outcome.FAIL for clock in running):
            late += 1
        elif any(clock.deadline is not None and clock.deadline <= soon for clock in running):
            close += 1
    yield Deadline(Duty.REQUEST_LATE, late)
    yield Deadline(Duty.REQUEST_SOON, close)


def _plans(place: Workplace) -> Iterator[Deadline]:
    planned = [plan for plan in latest_plans(place.ledger) if plan.state == PlanState.PLANNED and not plan.dry_run_only]
    yield Deadline(Duty.PLAN_WAITS, sum(bool(missing(place, plan)) for plan in planned))
    yield Deadline(Duty.SECOND_VERIFICATION, len(due_again(place)))


def _day(moment: datetime | None) -> date:
    """A moment that is known, as a day in Brussels."""
    if moment is None:
        raise ValueError("a run that has not ended has no day")
    return moment.astimezone(_BRUSSELS).date()
