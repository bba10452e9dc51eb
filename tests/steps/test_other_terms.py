"""A participant's own dossier that another provision keeps longer is neither planned for deletion nor deleted (bill art. 4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd
import pytest

from discretio.domain.dossier_dates import DossierDates
from discretio.law.periods import Period
from discretio.ledger import locator
from discretio.ledger.plans import plan_items
from discretio.steps import erase, plan
from discretio.steps.archiving import declare_clearance
from discretio.steps.explain import explain_dossier
from discretio.steps.other_terms import other_terms, under_other_terms
from discretio.steps.people_keys import signer
from discretio.stores.loading import load_rows
from discretio.stores.reference import keep_registers
from steps.conftest import AS_OF, Made
from steps.purgeable_rows import CONTROLLERS, DUE_KEYS
from steps.test_purge import left, planned, sql

OWN = DUE_KEYS[0]
LONGER = {
    "override_key": "O-1", "controller_key": "K-police", "store_kind": "OWN", "provision": "LAW", "citation": "art. 1",
    "term": "P60Y", "approved_by": "U-1", "valid_from": pd.Timestamp("2015-01-01"), "valid_to": pd.NaT,
}  # fmt: skip


@pytest.fixture
def own(made: Made) -> Made:
    """One dossier is the police's own, closed thirty years ago and more; the store keeps the register of other terms."""
    dates = "opened_at = '1989-01-01 00:00:00', closed_at = '1990-01-01 00:00:00'"
    sql(made, f"UPDATE dossiers SET kind = 'OWN', owner = 'K-police', {dates} WHERE dossier_key = '{OWN}'")  # noqa: S608 - our own
    sql(made, f"DELETE FROM dossier_events WHERE dossier_key = '{OWN}'")  # noqa: S608 - our own
    keep_registers(made.store.database, ["retention_overrides"])
    alice = signer(made.place, "alice", made.key("alice"), where="")
    for controller in locator.surrogates(made.place.ledger, 1, "controller", CONTROLLERS).values():
        declare_clearance(made.place, (controller, "OWN"), "letter", alice, withdrawn=False)
    return made


def with_term(made: Made, **changed: Any) -> None:  # noqa: ANN401 - whatever a column holds
    load_rows(made.store, {"retention_overrides": pd.DataFrame([LONGER | changed])})


def proposed(made: Made) -> bool:
    plan_id = plan.plan_purge(made.place, "main", AS_OF, requester="admin").plan_id
    items = set(plan_items(made.place.ledger, plan_id)["item_id"])
    return OWN in locator.natural_keys(made.place.ledger, items).values()


def test_the_thirty_years_end_what_no_other_provision_keeps(own: Made) -> None:
    assert proposed(own)


def test_a_longer_term_of_its_owner_keeps_it_and_is_explained(own: Made) -> None:
    with_term(own)
    assert not proposed(own)
    explained = [dict(one.due.explanation).get("source") for one in explain_dossier(own.place, "main", OWN, AS_OF)]
    assert "ORGANIC_LAW" in explained


@pytest.mark.parametrize(
    "changed",
    [{"controller_key": "K-cpas"}, {"store_kind": "SHARED"}, {"provision": "PROTOCOL"}, {"approved_by": None},
     {"valid_to": pd.Timestamp("2020-01-01")}],
    ids=["another's", "shared", "no provision", "not approved", "over"],
)  # fmt: skip
def test_what_is_no_such_term_keeps_nothing(own: Made, changed: dict[str, object]) -> None:
    with_term(own, **changed)
    assert proposed(own)


@pytest.mark.parametrize("changed", [{"term": "sixty years"}, {"term": None}, {"store_kind": None}])
def test_a_term_that_can_t_be_read_keeps_it_until_it_can(own: Made, changed: dict[str, object]) -> None:
    with_term(own, **changed)
    assert not proposed(own)


def test_a_term_that_came_after_the_approvals_keeps_it(own: Made) -> None:
    plan_id = planned(own)
    with_term(own)
    erase.run_purge(own.place, plan_id)
    assert OWN in left(own)
    assert not set(DUE_KEYS[1:]) & left(own)


def test_the_shared_dossier_is_judged_by_its_own_term() -> None:
    terms = other_terms([LONGER | {"valid_from": AS_OF - timedelta(days=1)}])
    assert under_other_terms(DossierDates(kind="SHARED"), "K-police", terms).overrides == ()
    assert under_other_terms(DossierDates(kind="OWN"), "K-police", terms).overrides[0].term == Period.parse("P60Y")
