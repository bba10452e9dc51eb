"""A-21: who closed a dossier decides whether its thirty years have begun, in the plan as in the check."""

from __future__ import annotations

from dataclasses import replace

import pytest

from discretio.ledger import locator
from discretio.ledger.plans import plan_items
from discretio.steps import plan
from discretio.stores.reference import keep_registers
from steps.conftest import AS_OF, Made
from steps.purgeable_rows import DUE_KEYS
from steps.test_purge import sql


def proposed(made: Made) -> bool:
    plan_id = plan.plan_purge(made.place, "main", AS_OF, requester="admin").plan_id
    items = set(plan_items(made.place.ledger, plan_id)["item_id"])
    return DUE_KEYS[0] in locator.natural_keys(made.place.ledger, items).values()


@pytest.mark.parametrize("reading", ["ORGANISER", "PARTICIPANT"])
@pytest.mark.parametrize("closer", ["NULL", "owner", "'K-another'"])
def test_a_closure_starts_the_term_unless_it_was_another_s_exit(made: Made, closer: str, reading: str) -> None:
    """A column that is there and names nobody changes nothing: the recorded closure counts."""
    keep_registers(made.store.database, ["dossiers.closed_by"])
    sql(made, f"UPDATE dossiers SET closed_by = {closer} WHERE dossier_key = '{DUE_KEYS[0]}'")  # noqa: S608 - our own
    policy = made.place.policy_on(AS_OF)
    read = replace(policy, values={**policy.values, "closure.by": reading})
    made = replace(made, place=replace(made.place, policy_on=lambda _: read))
    assert proposed(made) is (closer != "'K-another'" or reading == "PARTICIPANT")
