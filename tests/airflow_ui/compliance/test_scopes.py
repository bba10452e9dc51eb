"""Whoever is enrolled for some controllers sees their share on every page, whatever his role; and decides on nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from airflow_ui.compliance.conftest import Visit
from discretio.airflow_ui.compliance.areas import Area, reports_of
from discretio.domain.approvals import Decision
from discretio.errors import ApprovalError
from discretio.ledger import counts, locator
from discretio.ledger.approvals import SignedApproval, approvals, record_approval, sign_approval
from discretio.ledger.people import person_id_of, revoke
from discretio.ledger.plans import latest_plans, load_plan
from discretio.steps.acting import scope_of
from discretio.steps.approve import approve
from discretio.steps.issued_reports import issued_reports
from discretio.steps.people_keys import enrol_person, new_personal_key, personal_key
from discretio.steps.share_figures import figures_for
from discretio.steps.workplace import Workplace

STRANGE = "CAAAAAAAAAAAA"


def controllers(place: Workplace) -> list[str]:
    keys = list(place.open_store("centre").read("controllers")["controller_key"])
    return sorted(locator.surrogates(place.ledger, 1, "controller", keys).values())


def test_an_enrolment_confines_whatever_the_role_says_and_a_revoked_one_leaves_nothing(own: Workplace, tmp_path: Path) -> None:
    assert (scope_of(own, "nobody", unbound=True), scope_of(own, "nobody", unbound=False)) == (None, frozenset())
    assert scope_of(own, "vera", unbound=True) is None, "a data protection officer of all"
    person = enrol_person(own, "dora", ["DPO"], [STRANGE], new_personal_key(tmp_path / "dora.key"))
    assert scope_of(own, "dora", unbound=True) == {STRANGE}
    revoke(own.ledger, person.person_id, own.now())
    assert scope_of(own, "dora", unbound=True) == frozenset()


def test_a_share_is_what_the_ledger_tells_of_these_controllers_and_all_shares_are_the_whole(place: Workplace) -> None:
    whole, ids = figures_for(place.ledger, 1, None), controllers(place)
    shares = [figures_for(place.ledger, 1, [one]) for one in ids]
    covered = counts.coverage_counts(place.ledger, 1)
    for one, share in zip(ids, shares, strict=True):
        mine = covered[covered["controller_id"] == one]
        assert share.coverage == dict(zip(mine["status"], mine["n"], strict=True))
        assert share.ends == {}
    told = covered[covered["controller_id"].notna()]
    assert sum(sum(share.coverage.values()) for share in shares) == told["n"].sum()
    assert sum(whole.coverage.values()) == covered["n"].sum()


@pytest.mark.parametrize("area", [Area.OVERVIEW, Area.FINDINGS, Area.COVERAGE, Area.CALENDAR, Area.DELETIONS])
def test_a_dpo_of_other_controllers_finds_no_store_and_no_plan(place: Workplace, visit: Visit, area: Area) -> None:
    page = html.fromstring(visit(list(Area), [STRANGE]).get(f"/{area.address}").text)
    told = page.xpath("string(//main)")
    assert "centre" not in told
    assert latest_plans(place.ledger)[0].plan_id not in told
    known = html.fromstring(visit(list(Area), controllers(place)[:1]).get(f"/{area.address}").text).xpath("string(//main)")
    assert ("centre" in known) or area is Area.DELETIONS


def test_a_dpo_of_other_controllers_is_refused_the_plan_though_he_sees_the_overview(place: Workplace, visit: Visit) -> None:
    plan_id = latest_plans(place.ledger)[0].plan_id
    client = visit(list(Area), [STRANGE])
    addresses = (f"/deletions/{plan_id}", f"/deletions/{plan_id}/items")
    assert [client.get(address).status_code for address in addresses] == [403, 403]


def test_reports_on_all_controllers_are_not_for_who_acts_for_some_but_for_their_authority(
    place: Workplace, visit: Visit
) -> None:
    issued = issued_reports(place)[0]
    some = visit([Area.REPORTS], controllers(place)[:1])
    assert issued.report_id not in some.get("/reports").text
    assert some.get(f"/reports/{issued.report_id}.pdf").status_code == 404
    # A supervisor is enrolled for nobody: what was issued to his authority is his all the same.
    assert visit([reports_of(issued.authority)], []).get(f"/reports/{issued.report_id}.pdf").status_code == 200


@pytest.mark.parametrize("role", ["APPROVER", "DPO"])
@pytest.mark.parametrize("decision", [Decision.REFUSED, Decision.WITHDRAWN, Decision.APPROVED, Decision.NO_OBJECTION])
def test_who_acts_for_other_controllers_decides_nothing_on_the_command_line_either(
    own: Workplace, tmp_path: Path, role: str, decision: Decision
) -> None:
    plan = load_plan(own.ledger, latest_plans(own.ledger)[0].plan_id)
    key = tmp_path / "zoe.key"
    person = enrol_person(own, "zoe", [role], [STRANGE], new_personal_key(key))
    with pytest.raises(ApprovalError, match="none of the controllers for whom you act"):
        approve(own, plan.plan_id, "zoe", key, decision=decision)
    # Past the verb, the ledger refuses it too.
    unsigned = SignedApproval(plan.plan_id, plan.root_hash, person.person_id, role, None, decision, own.now())
    with pytest.raises(ApprovalError, match="for whom its giver acts"):
        record_approval(own.ledger, sign_approval(unsigned, personal_key(key)))
    assert (approvals(own.ledger, plan.plan_id), load_plan(own.ledger, plan.plan_id)) == ([], plan)


def test_an_approver_without_a_controller_speaks_for_none(own: Workplace, tmp_path: Path) -> None:
    plan = load_plan(own.ledger, latest_plans(own.ledger)[0].plan_id)
    key = tmp_path / "yves.key"
    enrol_person(own, "yves", ["APPROVER"], [], new_personal_key(key))
    with pytest.raises(ApprovalError):
        approve(own, plan.plan_id, "yves", key, decision=Decision.REFUSED)
    unsigned = SignedApproval(
        plan.plan_id, plan.root_hash, person_id_of(own.ledger, "yves"), "APPROVER", None, Decision.REFUSED, own.now()
    )
    with pytest.raises(ApprovalError):
        record_approval(own.ledger, sign_approval(unsigned, personal_key(key)))
