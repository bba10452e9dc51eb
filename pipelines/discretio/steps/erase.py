"""Execute an approved plan, batch by batch: intent in the ledger, then under the store's lock re-read, delete, commit, done.

Killed at any point it resumes: an intent without a result is read again in the store, which says what happened. An approval
that is withdrawn meanwhile stops it: what was intended is finished, the rest drops out. A run that begins while another goes on
takes its place (ledger/attempts.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from discretio.domain.caps import check_execution
from discretio.domain.purge_states import ItemState, PlanState
from discretio.domain.retention_reasons import Reason
from discretio.errors import PurgeRefusedError
from discretio.ledger import batches, runs, stores
from discretio.ledger.attempts import begin_attempt, require_latest
from discretio.ledger.connection import server_date
from discretio.ledger.plans import PlanRecord, load_plan, plan_items, set_plan_state
from discretio.ledger.replay_origins import origin
from discretio.ledger.tombstones import erased_before
from discretio.steps.approve import missing
from discretio.steps.erasure_jobs import ART8_ROW, ErasureJob
from discretio.steps.other_terms import OVERRIDES
from discretio.steps.paper import require_destroyed
from discretio.steps.plan_facts import ApprovalFacts, rules_by_controller
from discretio.steps.plan_states import start, stop
from discretio.steps.recheck import (
    Recheck,
    Rechecked,
    recheck_art8,
    recheck_dossiers,
    recheck_requested,
    recheck_restored,
    recheck_restored_rows,
)
from discretio.steps.recorded_holds import recorded_hold_rows
from discretio.steps.remembered import Remembered
from discretio.steps.replay import erased_on
from discretio.steps.rights_erasure import VERB as REQUESTED
from discretio.steps.workplace import Workplace
from discretio.stores.casting import records
from discretio.stores.hooks import tell
from discretio.stores.port import ErasableStore


@dataclass(slots=True)
class Erased:
    """What a run did: how many dossiers and rows of the list it deleted, what dropped out and why, rows deleted by table.

    `stopped`: the plan lost its approvals and was not executed to its end.
    """

    plan_id: str
    deleted: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    stopped: bool = False


def run_purge(place: Workplace, plan_id: str, *, catch_up: bool = False) -> Erased:
    """Delete what the plan holds, as far as it is still what was approved.

    Args:
        place: the collaborators.
        plan_id: an approved plan, or one that was interrupted.
        catch_up: the run makes up for a past date, and may not delete.

    Raises:
        ApprovalError: the approvals don't stand.
        PurgeRefusedError: the plan may only dry-run, has ended, or its store can't be erased in; or another run of it began
            since, which goes on.
        StoreUnavailableError: the store died; run it again to resume.
    """
    plan = load_plan(place.ledger, plan_id)
    if plan.state == PlanState.DONE:
        # Only its verification is still to come.
        return Erased(plan_id)
    job = _job(place, plan, catch_up=catch_up)
    state = start(place, plan, job.facts.now_in(place))
    job = replace(job, attempt=begin_attempt(place.ledger, plan_id, state))
    erased = Erased(plan_id)
    if state is PlanState.RUNNING:
        state = _execute(job, erased)
    if state is PlanState.STOPPED:
        erased.stopped = True
        _finish_stopped(job, erased)
    _require_latest(job)
    set_plan_state(place.ledger, plan_id, state, PlanState.DONE)
    return erased


def dry_run(place: Workplace, plan_id: str) -> dict[str, int]:
    """What the plan would delete, by rule; reads the ledger only.

    Raises:
        UsageError: no plan of this id is known.
    """
    load_plan(place.ledger, plan_id)
    return {str(rule): int(number) for rule, number in plan_items(place.ledger, plan_id)["rule_id"].value_counts().items()}


def _job(place: Workplace, plan: PlanRecord, *, catch_up: bool) -> ErasureJob:
    record = next(record for record in stores.stores(place.ledger) if record.store_id == plan.store_id)
    today = server_date(place.ledger)
    check_execution(plan.as_of, today, own_demo_store=record.demo, catch_up=catch_up)
    if plan.dry_run_only:
        raise PurgeRefusedError("this plan may only dry-run", where=plan.plan_id, remedy="make a new plan of today")
    store = place.open_store(record.name)
    if not isinstance(store, ErasableStore):
        raise PurgeRefusedError("nothing can be erased in this store", where=store.kind, remedy="erase by its own means")
    _require_same_layout(plan, store)
    require_destroyed(place, plan)
    # The earlier of the two days: a term that has not ended by the server's clock has not ended.
    as_of = plan.as_of if record.demo else min(plan.as_of, today)
    items = plan_items(place.ledger, plan.plan_id)
    verb = runs.run(place.ledger, plan.run_id).start.verb
    facts = ApprovalFacts.under(place, plan, rules_by_controller(items))
    policy, policy_today = place.policy_on(plan.as_of), place.policy_on(today)
    # A plan dated back doesn't delete what the law keeps by now; the demo's own store may be dated ahead of any law.
    changed = None if record.demo or policy.says_as(policy_today) else policy_today
    remembered = Remembered(place, facts, plan.store_id)
    return ErasureJob(place, plan, store, policy, as_of, items, facts, remembered, record.name, verb, changed)


def _require_same_layout(plan: PlanRecord, store: ErasableStore) -> None:
    if plan.layout_sha256 not in {None, store.layout_sha256}:
        raise PurgeRefusedError(
            "the mapping of the store changed since this plan was made, so that other rows might go than were approved",
            where=plan.plan_id,
            remedy="make a new plan; a plan that was interrupted goes on under its own mapping",
        )


def _execute(job: ErasureJob, erased: Erased) -> PlanState:
    """Batch after batch; RUNNING if all are done, STOPPED if an approval was withdrawn meanwhile."""
    ledger, plan_id = job.place.ledger, job.plan.plan_id
    intended = batches.open_intents(ledger, plan_id)  # by a run that was killed; what this one intends, it finishes
    for kind, item_ids in job.batches(job.unfinished):
        try:
            going = batches.write_intent(ledger, plan_id, item_ids, job.place.now(), job.remembered)
        except PurgeRefusedError:
            _require_latest(job)
            if not missing(job.place, job.plan):
                raise
            return stop(job.place, plan_id)
        if going:
            _erase_batch(job, kind, going, intended, erased)
    return PlanState.RUNNING


def _require_latest(job: ErasureJob) -> None:
    require_latest(job.place.ledger, job.plan.plan_id, job.attempt)


def _finish_stopped(job: ErasureJob, erased: Erased) -> None:
    """Finish what was intended before the plan was stopped; the rest drops out."""
    ledger, plan_id = job.place.ledger, job.plan.plan_id
    intended = batches.open_intents(ledger, plan_id)
    for kind, item_ids in job.batches(intended):
        _erase_batch(job, kind, item_ids, intended, erased)
    now = plan_items(ledger, plan_id)
    rest = now[now["state"] == ItemState.PLANNED]["item_id"].tolist()
    withdrawn = Reason.PLAN_WITHDRAWN.value
    _mark(job, [(item, ItemState.DROPPED.value, withdrawn) for item in rest])
    erased.dropped[withdrawn] += len(rest)


def _erase_batch(job: ErasureJob, kind: str, item_ids: Sequence[str], intended: Collection[str], erased: Erased) -> None:
    keys = job.keys(item_ids)
    judged, rows = _erase(job, kind, keys)
    # What is gone though its intent had no result was deleted by the run that was killed; anything else, by somebody else.
    gone = {keys[item] for item in intended if item in keys} & set(judged.absent)
    reasons = {key: Reason.DOSSIER_GONE.value for key in judged.absent if key not in gone} | dict(judged.dropped)
    results = [(item, _state(reasons.get(keys[item])), reasons.get(keys[item])) for item in item_ids]
    # Told before the result is known to the ledger: a run that is killed here tells it again.
    tell(job.place.hooks, job.store_name, kind, [keys[item] for item, state, _ in results if state == ItemState.DELETED])
    # What a run that was killed deleted was counted by nobody, and is told apart from what this one did.
    _mark(job, [result for result in results if keys[result[0]] in gone])
    _mark(job, [result for result in results if keys[result[0]] not in gone], rows)
    erased.rows.update(rows)
    erased.deleted += len(results) - len(reasons)
    erased.dropped.update(reasons.values())


def _erase(job: ErasureJob, kind: str, keys: Mapping[str, str]) -> tuple[Rechecked, dict[str, int]]:
    """One transaction of the store: lock, read again, judge again, delete, commit; how many rows of each table went."""
    # What is read elsewhere is read before the lock is taken; the holds of the ledger, only after the intent was written.
    judge = _judging(job, kind, {key: job.planned[item].dossier_hash for item, key in keys.items()})
    held, cleared = job.remembered.obstacles()
    recorded = recorded_hold_rows(job.place.ledger, {item: key for item, key in keys.items() if item in held})
    archives = job.waiting_for_archives(keys, cleared)
    secret, frames = job.place.ledger.keys.content_hash, job.store.frames()
    overrides = records(job.store.read(OVERRIDES)) if OVERRIDES in frames else []
    with job.store.erasing() as eraser:
        recheck = Recheck(eraser, job.policy, job.as_of, secret, recorded, archives, overrides, frames)
        judged = judge(recheck)
        if job.policy_today is not None:
            judged = judged.narrowed_by(judge(replace(recheck, policy=job.policy_today)))
        # Only now, with the rows locked: whoever overtakes this run from here on waits for them, and finds them gone.
        _require_latest(job)
        going = judged.deletable
        rows = {"art8_rows": eraser.delete_art8(going)} if kind == ART8_ROW else eraser.delete(going)
        eraser.commit()
    return judged, rows


def _judging(job: ErasureJob, kind: str, expected: Mapping[str, str]) -> Callable[[Recheck], Rechecked]:
    if job.replays:
        repeated = origin(job.place.ledger, job.plan.plan_id) or job.plan.store_id
        erased = erased_on(erased_before(job.place.ledger, repeated, kind, list(expected)))
        again = recheck_restored_rows if kind == ART8_ROW else recheck_restored
        return lambda recheck: again(recheck, expected, erased)
    if job.verb == REQUESTED:
        return lambda recheck: recheck_requested(recheck, expected)
    if kind == ART8_ROW:
        relatives = job.relatives
        return lambda recheck: recheck_art8(recheck, expected, relatives)
    return lambda recheck: recheck_dossiers(recheck, expected)


def _state(reason: str | None) -> str:
    return (ItemState.DELETED if reason is None else ItemState.DROPPED).value


def _mark(job: ErasureJob, results: Sequence[batches.Result], rows: Mapping[str, int] | None = None) -> None:
    if results:
        batches.mark_done(job.place.ledger, job.plan.plan_id, results, rows, job.attempt)
