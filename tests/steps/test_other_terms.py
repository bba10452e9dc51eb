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


def test_the_shared_dossier_is_never_kept_longer_and_an_own_one_never_by_terms_of_shared_ones() -> None:
    terms = other_terms([LONGER | {"valid_from": AS_OF - timedelta(days=1)}])
    shared = under_other_terms(DossierDates(kind="SHARED"), "K-police", ["K-police"], terms)
    assert (shared.overrides, shared.overrides_by_introducer) == ((), ((),))
    assert under_other_terms(DossierDates(kind="OWN"), "K-police", [], terms).overrides[0].term == Period.parse("P60Y")


SHARED = DUE_KEYS[1]
SHORTER = LONGER | {"store_kind": "SHARED", "provision": "DECREE", "term": "P3Y"}


@pytest.fixture
def together(made: Made) -> Made:
    """A shared dossier without agreed term, closed six years ago, into which two introduced something."""
    closed = "opened_at = '2018-01-01 00:00:00', closed_at = '2020-01-01 00:00:00', agreed_term = NULL"
    sql(made, f"UPDATE dossiers SET kind = 'SHARED', {closed} WHERE dossier_key = '{SHARED}'")  # noqa: S608 - our own
    sql(made, f"DELETE FROM dossier_events WHERE dossier_key = '{SHARED}'")  # noqa: S608 - our own
    keep_registers(made.store.database, ["retention_overrides"])
    entries = made.store.read("entries")
    mine = entries[entries["dossier_key"] == SHARED]["entry_key"].tolist()
    sql(made, f"UPDATE entries SET introduced_by = 'K-police' WHERE dossier_key = '{SHARED}'")  # noqa: S608 - our own
    others = pd.DataFrame([{"introducer_key": "I-1", "entry_key": mine[0], "controller_key": "K-cpas"}])
    load_rows(made.store, {"entry_introducers": others})
    return made


def shorter_for(made: Made, *controllers: str, **changed: Any) -> None:  # noqa: ANN401 - whatever a column holds
    rows = [SHORTER | {"override_key": key, "controller_key": key} | changed for key in controllers]
    load_rows(made.store, {"retention_overrides": pd.DataFrame(rows)})


def due_by_decree(made: Made) -> bool:
    return any(
        dict(one.due.explanation).get("source") == "DECREE" for one in explain_dossier(made.place, "main", SHARED, AS_OF)
    )


def test_a_shorter_term_of_all_who_introduced_something_ends_a_shared_dossier_earlier_and_is_explained(together: Made) -> None:
    shorter_for(together, "K-police", "K-cpas")
    assert due_by_decree(together)


@pytest.mark.parametrize(
    "changed",
    [{"term": "three years"}, {"approved_by": None}, {"provision": "PROTOCOL"}, {"store_kind": "OWN"}, {"term": "P40Y"}],
)
def test_what_is_no_shorter_term_of_one_of_them_ends_nothing_earlier(together: Made, changed: dict[str, object]) -> None:
    shorter_for(together, "K-police")
    shorter_for(together, "K-cpas", **changed)
    assert not due_by_decree(together)


def test_a_shorter_term_of_one_alone_ends_nothing_earlier(together: Made) -> None:
    shorter_for(together, "K-police")
    assert not due_by_decree(together)


def test_an_entry_that_does_not_say_who_introduced_it_keeps_its_dossier(together: Made) -> None:
    shorter_for(together, "K-police", "K-cpas")
    sql(together, f"UPDATE entries SET introduced_by = NULL WHERE dossier_key = '{SHARED}'")  # noqa: S608 - our own
    assert not due_by_decree(together)


def test_a_shorter_term_of_one_of_them_that_was_taken_back_after_the_approvals_keeps_it(together: Made) -> None:
    shorter_for(together, "K-police", "K-cpas")
    sql(together, f"UPDATE entries SET introduced_by = NULL WHERE dossier_key <> '{SHARED}'")  # noqa: S608 - our own
    plan_id = planned(together)
    sql(together, "DELETE FROM retention_overrides WHERE override_key = 'K-cpas'")
    done = erase.run_purge(together.place, plan_id)
    assert SHARED in left(together)
    assert not ({*DUE_KEYS} - {SHARED}) & left(together)
    assert done.dropped == {"no_longer_overdue": 1}
