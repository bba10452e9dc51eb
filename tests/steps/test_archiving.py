"""No public record is erased without the word of the archives, and waiting for it never turns into keeping unseen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from discretio.domain.archives import Clearance, cleared_series, needs_clearance, uncleared
from discretio.domain.retention_reasons import Reason
from discretio.errors import ApprovalError, ChainBrokenError, LedgerError, UsageError
from discretio.ledger import batches, locator
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.declaration_tables import declarations
from discretio.steps import archiving, erase, erasure_jobs, explain, plan
from discretio.steps.people_keys import signer
from domain.made_policy import make_policy
from steps.conftest import AS_OF, Made
from steps.purgeable_rows import CONTROLLERS, DUE, DUE_KEYS, DUE_ROWS, key
from steps.test_purge import left, planned, sql


def controllers(made: Made) -> list[str]:
    return sorted(locator.surrogates(made.place.ledger, 1, "controller", CONTROLLERS).values())


def withdrawn(made: Made) -> None:
    """The archives take every clearance back."""
    for controller in controllers(made):
        told(made, controller, withdrawn=True)


def told(made: Made, controller: str, *, by: str = "alice", series: str = "SHARED", withdrawn: bool = False) -> None:
    signing = signer(made.place, by, made.key(by), where="")
    archiving.declare_clearance(made.place, (controller, series), "lettre", signing, withdrawn=withdrawn)


def test_without_clearance_nothing_of_a_public_body_is_planned_but_the_prosecutors_list(made: Made) -> None:
    withdrawn(made)
    found = plan.plan_purge(made.place, "main", AS_OF, requester="admin")
    assert (found.dossiers, found.art8_rows) == (0, len(DUE_ROWS))
    assert found.held_back[Reason.AWAITING_ARCHIVES.value] >= DUE
    assert Reason.AWAITING_ARCHIVES in {one.obstacle for one in explain.explain_dossier(made.place, "main", key(2), AS_OF)}


def test_a_private_body_needs_none(made: Made) -> None:
    withdrawn(made)
    sql(made, "UPDATE controllers SET kind = 'PRIVATE_GDPR'")
    assert plan.plan_purge(made.place, "main", AS_OF, requester="admin").dossiers == DUE


def test_a_body_of_unknown_kind_passes_for_a_public_one(made: Made) -> None:
    withdrawn(made)
    sql(made, "UPDATE controllers SET kind = NULL")
    assert plan.plan_purge(made.place, "main", AS_OF, requester="admin").dossiers == 0


def test_a_clearance_that_is_taken_back_after_the_approvals_stops_what_is_left(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure_jobs, "ITEMS_PER_BATCH", 2)
    plan_id = planned(made)
    mark_done: Callable[..., None] = batches.mark_done
    batch = iter(range(100))

    def withdrawing(*arguments: object) -> None:
        mark_done(*arguments)
        if next(batch) == 1:  # after the list, and two dossiers
            withdrawn(made)

    monkeypatch.setattr(batches, "mark_done", withdrawing)
    assert erase.run_purge(made.place, plan_id).dropped == {Reason.AWAITING_ARCHIVES.value: DUE - 2}
    assert len(left(made) & set(DUE_KEYS)) == DUE - 2


def test_series_are_listed_with_what_waits_and_what_waits_too_long(made: Made) -> None:
    assert {(one.cleared, one.waiting) for one in archiving.series_of(made.place, "main", AS_OF)} == {(True, 0)}
    withdrawn(made)
    found = archiving.series_of(made.place, "main", AS_OF)
    assert {one.cleared for one in found} == {False}
    assert sum(one.waiting for one in found) >= DUE
    assert sum(one.too_long for one in archiving.series_of(made.place, "main", AS_OF + timedelta(days=3650))) >= DUE


@pytest.mark.parametrize(("by", "error"), [("carol", "role"), ("dora", "role"), ("eve", "controller")])
def test_only_an_approver_of_that_body_states_it(by: str, error: str, made: Made) -> None:
    with pytest.raises(ApprovalError, match=error):
        told(made, controllers(made)[-1], by=by)


def test_an_unknown_series_or_a_missing_ground_is_refused(made: Made) -> None:
    with pytest.raises(UsageError, match="series"):
        told(made, controllers(made)[0], series="ALL")
    signing = signer(made.place, "alice", made.key("alice"), where="")
    with pytest.raises(UsageError, match="letter"):
        archiving.declare_clearance(made.place, (controllers(made)[0], "OWN"), " ", signing, withdrawn=False)


@pytest.mark.parametrize(
    "edit",
    [sa.update(declarations).values(body='{"series":"OWN","withdrawn":false}'), sa.delete(declarations)],
    ids=["edited", "gone"],
)
def test_a_declaration_edited_in_the_database_stops_the_planning(edit: sa.Executable, made: Made) -> None:
    with made.place.ledger.writing() as connection:
        connection.execute(edit)
    with pytest.raises((ApprovalError, LedgerError)):
        plan.plan_purge(made.place, "main", AS_OF, requester="admin")


def test_a_declaration_that_is_gone_breaks_the_chain(made: Made) -> None:
    with made.place.ledger.writing() as connection:
        connection.execute(sa.delete(declarations))
    with pytest.raises(ChainBrokenError, match="gone"):
        verify_chain(made.place.ledger)


def test_the_last_word_of_the_archives_counts() -> None:
    yes, no = Clearance("C1", "SHARED", AS_OF), Clearance("C1", "SHARED", AS_OF, withdrawn=True)
    assert cleared_series([yes]) == {("C1", "SHARED")}
    assert cleared_series([yes, no]) == frozenset()
    assert cleared_series([yes, no, yes]) == {("C1", "SHARED")}


def test_in_doubt_a_body_needs_the_archives() -> None:
    policy = make_policy({"archives.bodies": ("FEDERAL_GDPR",)})
    assert [needs_clearance(kind, policy) for kind in ("FEDERAL_GDPR", "PRIVATE_GDPR", None)] == [True, False, True]
    assert needs_clearance("PRIVATE_GDPR", replace(policy, values={}))


def test_every_public_body_concerned_has_to_be_cleared() -> None:
    concerned = {"one": {"C1", "C2"}, "two": {"C1"}, "three": set()}
    kinds = {"one": "SHARED", "two": "OWN", "three": None}
    assert uncleared(kinds, concerned, {("C1", "SHARED"), ("C1", "OWN")}) == {"one": frozenset({("C2", "SHARED")})}
