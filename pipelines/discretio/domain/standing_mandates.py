"""Standing mandates: an approver's word, given ahead, that deletions under certain rules need not ask his controller again.

A mandate stands in for the approval of its controller. It never counts as one of the two persons behind a plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.approvals import Person, Role


@dataclass(frozen=True, slots=True)
class StandingMandate:
    """A mandate of one approver for one controller (ids), for these rules, from its giving through a day or its withdrawal."""

    mandate_id: str
    person_id: str
    controller_id: str
    rules: frozenset[str]
    given_at: datetime
    until: date
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class PlannedRules:
    """What of a plan a mandate has to fit: who asked for it, when, and the rules under which it deletes, by controller."""

    requester: str
    created_at: datetime
    rules: Mapping[str, frozenset[str]]


def mandated_controllers(
    plan: PlannedRules, mandates: Iterable[StandingMandate], people: Collection[Person], on: date
) -> frozenset[str]:
    """The controllers of a plan whose approval a mandate stands in for on that day.

    The mandate was given before the plan was made, covers every rule under which the plan deletes something of that
    controller, and its giver could still approve: enrolled for it, no administrator, and not who asked for the plan.
    """
    barred = {person.person_id for person in people if Role.ADMINISTRATOR in person.roles} | {plan.requester}
    entitled = {
        (person.person_id, controller)
        for person in people
        if Role.APPROVER in person.roles and person.person_id not in barred
        for controller in person.controllers
    }
    return frozenset(
        mandate.controller_id
        for mandate in mandates
        if (mandate.person_id, mandate.controller_id) in entitled
        and not mandate.withdrawn
        and mandate.given_at < plan.created_at
        and on <= mandate.until
        and plan.rules.get(mandate.controller_id, frozenset()) <= mandate.rules
    )
