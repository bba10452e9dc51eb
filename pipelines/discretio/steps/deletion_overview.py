"""The purge plans as those see them who decide: the exact population in counts, what changed, who signed, what lacks.

Who acts for some controllers is told their share alone: what would go of others, who these are, and what they said, is theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from discretio.domain.approvals import Missing
from discretio.domain.purge_states import PlanState
from discretio.errors import NotYoursError
from discretio.ledger import stores
from discretio.ledger.approvals import SignedApproval, approvals
from discretio.ledger.certificates import CertificateRecord, certificates
from discretio.ledger.mentions import Mentions, recorded_mentions
from discretio.ledger.plans import PlanRecord, item_counts, latest_plans, load_plan, plan_items, rules_listed
from discretio.steps.acting import scope_of_plans
from discretio.steps.approve import missing
from discretio.steps.plan_facts import ApprovalFacts
from discretio.steps.plan_population import plan_before, share_of
from discretio.steps.residue import searched_rows
from discretio.steps.workplace import Workplace


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan in a list: its store, how many items it holds, and how much a waiting one lacks."""

    plan: PlanRecord
    store: str
    items: int
    lacking: int


@dataclass(frozen=True, slots=True)
class PlanView:
    """One plan: whole, or the share of some controllers.

    Attributes:
        plan: as it was frozen.
        store: the name of its store.
        by_rule: rule: n items.
        by_controller: controller's surrogate: n items that concern it; an item may concern several.
        by_state: state of the items: n.
        added: items that the plan before it over the same store didn't hold; None if there is no such plan.
        removed: items of the plan before it that this one doesn't hold.
        signed: the decisions, in order.
        lacking: what still keeps it from being run.
        certificates: of its verifications; each counts the whole plan.
        searched: certificate: how many rows were searched for what remains, and how many could not be; none if none was.
        whole: whether the plan concerns nobody but those whose share this is.
    """

    plan: PlanRecord
    store: str
    by_rule: Mapping[str, int]
    by_controller: Mapping[str, int]
    by_state: Mapping[str, int]
    added: int | None
    removed: int | None
    signed: Sequence[SignedApproval]
    lacking: Sequence[Missing]
    certificates: Sequence[CertificateRecord]
    searched: Mapping[str, tuple[int, int]]
    whole: bool


def plan_lines(place: Workplace, plans: Sequence[PlanRecord], controllers: Collection[str] | None = None) -> list[PlanLine]:
    """A line for each of these plans that concerns one of the controllers, None standing for all; counted by the database.

    Items are verified where a plan is shown, and when it runs.
    """
    names = {record.store_id: record.name for record in stores.stores(place.ledger)}
    numbers = item_counts(place.ledger, [plan.plan_id for plan in plans], controllers)
    return [
        PlanLine(plan, names.get(plan.store_id, ""), numbers.get(plan.plan_id, 0), _lacking(place, plan, controllers))
        for plan in plans
        if controllers is None or plan.plan_id in numbers
    ]


def _lacking(place: Workplace, plan: PlanRecord, controllers: Collection[str] | None) -> int:
    if plan.state != PlanState.PLANNED:
        return 0
    facts = ApprovalFacts.under(place, plan, rules_listed(place.ledger, plan.plan_id)).now_in(place)
    return len(_told(facts.missing(place.now()), controllers))


def plan_view(place: Workplace, plan_id: str, controllers: Collection[str] | None = None) -> PlanView:
    """One plan with all that a decision on it needs.

    Args:
        place: the collaborators.
        plan_id: the plan.
        controllers: for whose share somebody asks; None for the whole.

    Raises:
        UsageError: there is no such plan.
        LedgerError: its items are not those that were planned.
        NotYoursError: nothing of it concerns these controllers.
    """
    plan, every = load_plan(place.ledger, plan_id), plan_items(place.ledger, plan_id)
    items, before = share_of(every, controllers), plan_before(place, plan)
    if controllers is not None and items.empty:
        raise _not_concerned(plan_id)
    earlier = None if before is None else _ids(share_of(plan_items(place.ledger, before.plan_id), controllers))
    return PlanView(
        plan=plan,
        store=next(record.name for record in stores.stores(place.ledger) if record.store_id == plan.store_id),
        by_rule=dict(sorted(Counter(items["rule_id"]).items())),
        by_controller=_counted(items),
        by_state=dict(sorted(Counter(items["state"]).items())),
        added=None if earlier is None else len(_ids(items) - earlier),
        removed=None if earlier is None else len(earlier - _ids(items)),
        signed=[one for one in approvals(place.ledger, plan_id) if _concerns(one.controller_id, controllers)],
        lacking=_told(missing(place, plan), controllers),
        certificates=(issued := certificates(place.ledger, plan_id)),
        searched={one.certificate_id: reach for one in issued if (reach := searched_rows(one.body)) is not None},
        whole=len(items) == len(every) and _counted(items) == _counted(share_of(every, None)),
    )


def plan_view_for(place: Workplace, plan_id: str, login: str) -> PlanView:
    """One plan as an enrolled person may see it (`acting.scope_of_plans`).

    Raises:
        ApprovalError: nobody is enrolled under this login.
        NotYoursError: nothing of the plan concerns the controllers for whom he acts.
    """
    return plan_view(place, plan_id, scope_of_plans(place, login))


def plan_lines_for(place: Workplace, login: str) -> list[PlanLine]:
    """A line for each plan that an enrolled person may see.

    Raises:
        ApprovalError: nobody is enrolled under this login.
    """
    controllers = scope_of_plans(place, login)
    return plan_lines(place, latest_plans(place.ledger), controllers)


def mentions_for(place: Workplace, plan_id: str, login: str) -> Mentions:
    """What other dossiers still mention of a plan, as an enrolled person may know it: in what his controllers introduced.

    Raises:
        ApprovalError: nobody is enrolled under this login.
        UsageError: there is no such plan.
        NotYoursError: nothing of the plan concerns the controllers for whom he acts.
    """
    controllers = scope_of_plans(place, login)
    load_plan(place.ledger, plan_id)
    if controllers is not None and not item_counts(place.ledger, [plan_id], controllers):
        raise _not_concerned(plan_id)
    return recorded_mentions(place.ledger, plan_id, controllers)


def _not_concerned(plan_id: str) -> NotYoursError:
    what = "this plan concerns none of the controllers for whom you act"
    return NotYoursError(what, where=plan_id, remedy="ask the administrator")


def _counted(items: pd.DataFrame) -> dict[str, int]:
    return dict(sorted(Counter(one for several in items["shares"] for one in several).items()))


def _ids(items: pd.DataFrame) -> set[str]:
    return set(items["item_id"])


def _concerns(controller: str | None, controllers: Collection[str] | None) -> bool:
    return controller is None or controllers is None or controller in controllers


def _told(lacking: Iterable[Missing], controllers: Collection[str] | None) -> list[Missing]:
    """What lacks; that somebody else's approval does is told once, and not whose."""
    named = (one if _concerns(one.controller_id, controllers) else replace(one, controller_id=None) for one in lacking)
    return list(dict.fromkeys(named))
