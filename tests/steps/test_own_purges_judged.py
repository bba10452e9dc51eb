"""A purge of ours is judged by the rules like anybody's, from what the ledger holds of it, before and after its certificate."""

from __future__ import annotations

from discretio.ledger import stores
from discretio.ledger.outcomes import latest_outcomes
from discretio.steps import check, erase, verify_purge
from steps.conftest import AS_OF, Made
from steps.test_purge import planned

RULE = "PIPE-NO-AUTO-DELETE"


def answers(made: Made) -> set[tuple[str, str]]:
    check.check(made.place, "main", AS_OF, rules=frozenset({RULE}))
    found = latest_outcomes(made.place.ledger, stores.stores(made.place.ledger)[0].store_id)
    ours = found[found["rule_id"] == RULE]
    return set(zip(ours["outcome"], ours["reason"], strict=True))


def test_a_purge_that_two_persons_approved_passes(made: Made) -> None:
    plan_id = planned(made)
    assert answers(made) == {("N/A", "nothing_to_judge")}
    erase.run_purge(made.place, plan_id)
    passed = {("PASS", "purged_with_two_approvals")}
    assert answers(made) == passed
    verify_purge.verify_purge(made.place, plan_id)
    assert answers(made) == passed
