"""Requests of interested persons: both clocks, a way for each entry, and an erasure that nobody decides alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from discretio.domain.calendar_periods import parse_period
from discretio.domain.judgements.answers import Circumstances
from discretio.domain.judgements.rights import judicial_origins
from discretio.domain.outcomes import Outcome
from discretio.domain.rights_requests import (
    Restriction,
    RightsRequest,
    Route,
    clocks,
    erasure_obstacles,
    route_of,
    standing_routes,
)
from discretio.errors import ApprovalError, UsageError
from discretio.ledger import locator
from discretio.ledger.chain_verification import verify_chain
from discretio.steps import approve as approving
from discretio.steps import erase, rights, verify_purge
from discretio.steps.people_keys import Signer, signer
from discretio.steps.report_counts import REPLY_RULE, counts_for
from discretio.steps.rights_erasure import plan_requested_erasure
from discretio.steps.rights_register import requests
from steps.conftest import AS_OF, Made
from steps.purgeable_rows import CONTROLLERS, DOSSIERS, key
from steps.test_holding import held
from steps.test_purge import left, sql

CANARY = "Jeanne x4711x Dupont"
YOUNG = key(DOSSIERS - 1)
"""A dossier whose term is far from over."""


def ids(made: Made) -> list[str]:
    return sorted(locator.surrogates(made.place.ledger, 1, "controller", CONTROLLERS).values())


def by(made: Made, login: str) -> Signer:
    return signer(made.place, login, made.key(login), where="")


def registered(made: Made, right: str = "ERASURE", person: str = CANARY, received: date = AS_OF) -> RightsRequest:
    order = rights.RequestOrder(person, right, [YOUNG], ids(made)[0], received)
    return rights.register_request(made.place, "main", order, by(made, "dora"))


def granted(made: Made) -> str:
    request = registered(made)
    rights.route_request(made.place, request.request_id, by(made, "dora"), "NONE")
    rights.decide_request(made.place, request.request_id, "GRANTED", AS_OF, by(made, "alice"))
    return request.request_id


def planned(made: Made, request_id: str, *, approved_by: tuple[str, ...] = ("alice", "bob")) -> str:
    plan = plan_requested_erasure(made.place, request_id, requester="admin")
    assert (plan.dossiers, plan.held_back) == (1, {})
    for login in approved_by:
        approving.approve(made.place, plan.plan_id, login, made.key(login))
    return plan.plan_id


def test_a_granted_erasure_goes_the_way_of_any_plan(made: Made) -> None:
    plan_id = planned(made, granted(made))
    assert erase.run_purge(made.place, plan_id).deleted == 1
    assert YOUNG not in left(made)
    assert len(left(made)) == DOSSIERS - 1
    assert '"RIGHTS-ERASURE":1' in verify_purge.verify_purge(made.place, plan_id).body
    verify_chain(made.place.ledger)


def test_one_person_erases_nothing_on_request(made: Made) -> None:
    plan_id = planned(made, granted(made), approved_by=("alice",))
    with pytest.raises(ApprovalError):
        erase.run_purge(made.place, plan_id)
    assert YOUNG in left(made)


@pytest.mark.parametrize(
    ("change", "reason"),
    [(None, "held"), ("UPDATE entries SET text = 'Autre chose.' WHERE entry_key = 'E0-x0059x'", "dossier_changed")],
    ids=["hold", "edit"],
)
def test_what_changed_or_is_held_since_drops_out(change: str | None, reason: str, made: Made) -> None:
    plan_id = planned(made, granted(made))
    if change is None:
        held(made, YOUNG)
    else:
        sql(made, change)
    assert erase.run_purge(made.place, plan_id).dropped == {reason: 1}
    assert YOUNG in left(made)


def test_an_entry_of_which_nobody_knows_whether_it_is_judicial_keeps_its_dossier(made: Made) -> None:
    request = registered(made)
    assert set(request.routes.values()) == {Route.UNKNOWN}
    rights.decide_request(made.place, request.request_id, "GRANTED", AS_OF, by(made, "alice"))
    plan = plan_requested_erasure(made.place, request.request_id, requester="admin")
    assert (plan.dossiers, plan.held_back) == (0, {"way_unknown": 1})


def test_judicial_data_are_not_erased_here(made: Made) -> None:
    request = registered(made)
    routed = rights.route_request(made.place, request.request_id, by(made, "dora"), "FILE")
    assert set(routed.routes.values()) == {Route.JUDICIAL}
    rights.decide_request(made.place, request.request_id, "GRANTED", AS_OF, by(made, "alice"))
    assert plan_requested_erasure(made.place, request.request_id, requester="admin").held_back == {"judicial_way": 1}


def test_without_a_granted_answer_nothing_is_erased(made: Made) -> None:
    request = registered(made)
    rights.route_request(made.place, request.request_id, by(made, "dora"), "NONE")
    assert plan_requested_erasure(made.place, request.request_id, requester="admin").held_back == {"no_erasure_granted": 1}


def test_of_who_asks_only_a_keyed_hash_is_kept(made: Made) -> None:
    first, again = registered(made), registered(made, "ACCESS", f" {CANARY.upper()} ")
    other = registered(made, person="somebody else")
    assert first.person == again.person != other.person
    made.place.ledger.engine.dispose()
    assert not [path for path in _files(made.out) if CANARY.encode() in path.read_bytes()]


def test_only_the_addressee_answers_and_only_once(made: Made) -> None:
    request = registered(made)
    for login in ("dora", "carol"):
        with pytest.raises(ApprovalError):
            rights.decide_request(made.place, request.request_id, "REFUSED", AS_OF, by(made, login))
    rights.decide_request(made.place, request.request_id, "REFUSED", AS_OF, by(made, "eve"))
    with pytest.raises(UsageError, match="answered"):
        rights.decide_request(made.place, request.request_id, "GRANTED", AS_OF, by(made, "eve"))


def test_a_restriction_is_the_prosecutors_within_article_7(made: Made) -> None:
    request = registered(made).request_id
    sound = Restriction(frozenset({"ERASURE"}), "1", AS_OF, AS_OF + timedelta(days=365))
    with pytest.raises(ApprovalError):
        rights.restrict_request(made.place, request, sound, "notes", by(made, "alice"))
    sql(made, "UPDATE controllers SET kind = 'PROSECUTOR'")
    wrong = (
        Restriction(frozenset({"ACCESS"}), "1", AS_OF, AS_OF),
        Restriction(frozenset({"ERASURE"}), "6", AS_OF, AS_OF),
        Restriction(frozenset({"ERASURE"}), "1", AS_OF, AS_OF + timedelta(days=367)),
    )
    for one in wrong:
        with pytest.raises(UsageError):
            rights.restrict_request(made.place, request, one, "notes", by(made, "alice"))
    with pytest.raises(UsageError, match="reason"):
        rights.restrict_request(made.place, request, sound, " ", by(made, "alice"))
    assert rights.restrict_request(made.place, request, sound, "notes", by(made, "alice")).restrictions == (sound,)


@pytest.mark.parametrize(
    ("right", "person", "received"),
    [("FORGETTING", CANARY, AS_OF), ("ERASURE", " ", AS_OF), ("ERASURE", CANARY, AS_OF + timedelta(days=1))],
)
def test_a_request_that_cant_be_is_refused(right: str, person: str, received: date, made: Made) -> None:
    with pytest.raises(UsageError):
        registered(made, right, person, received)
    assert requests(made.place) == []


def test_both_clocks_run_side_by_side(made: Made) -> None:
    request = registered(made, received=date(2026, 8, 31))
    policy = made.place.policy_on(AS_OF)
    told = {clock.rule_id: clock for clock in clocks(request, Circumstances(policy, date(2026, 10, 15)))}
    assert {rule: clock.deadline for rule, clock in told.items()} == {
        "ART7-REPLY-3M": date(2026, 11, 30), "ART7-REPLY-GDPR": date(2026, 9, 30),
    }  # fmt: skip
    assert [clock.judgement.outcome for clock in told.values()] == [Outcome.PASS, Outcome.FAIL]
    extended = rights.extend_reply(made.place, request.request_id, date(2026, 9, 30), "complexe", by(made, "dora"))
    assert clocks(extended, Circumstances(policy, AS_OF))[1].deadline == date(2026, 11, 30)


def test_a_report_counts_the_requests_that_are_registered_here(made: Made) -> None:
    registered(made, received=date(2026, 3, 1))
    found = counts_for(made.place, frozenset(ids(made)), parse_period("2026-Q4"), AS_OF).requests
    assert found is not None
    assert dict(zip(found["state"], found["n"], strict=True)) == {"OVERDUE": 1}
    assert REPLY_RULE == "ART7-REPLY-3M"


@pytest.mark.parametrize(
    ("origin", "regime", "way"),
    [
        ("NONE", "GDPR", Route.GDPR),
        ("NONE", "T2", Route.T2),
        ("NONE", "T3", Route.UNKNOWN),
        ("NONE", None, Route.UNKNOWN),
        (None, "GDPR", Route.UNKNOWN),
        ("SOMEWHERE", "GDPR", Route.UNKNOWN),
        ("FILE", "GDPR", Route.JUDICIAL),
        ("DECISION", None, Route.JUDICIAL),
        ("CRIMINAL_PROC", "T2", Route.JUDICIAL),
        ("INVESTIGATION", "T2", Route.JUDICIAL),
    ],
)
def test_the_judicial_way_comes_first_and_nothing_is_guessed(origin: str | None, regime: str | None, way: Route) -> None:
    assert route_of(origin, regime) is way


def test_an_investigation_alone_goes_the_ordinary_way_where_art_6_needs_both() -> None:
    assert route_of("INVESTIGATION", "GDPR", judicial_origins.WHOLE) is Route.GDPR
    assert route_of("INVESTIGATION", "T3", judicial_origins.WHOLE) is Route.UNKNOWN
    assert route_of("CRIMINAL_PROC", "GDPR", judicial_origins.WHOLE) is Route.JUDICIAL


def test_what_the_store_tells_now_prevails_over_what_was_stated() -> None:
    stated = {"E1": "GDPR", "E2": "GDPR"}
    now = {"E1": "UNKNOWN", "E2": "JUDICIAL_16_44", "E3": "UNKNOWN"}
    assert standing_routes(stated, now) == {"E1": "GDPR", "E2": "JUDICIAL_16_44", "E3": "UNKNOWN"}


def test_one_entry_on_another_way_keeps_the_whole_dossier() -> None:
    request = RightsRequest(
        "Q1", 1, "h", "ERASURE", ("D1",), "C1", "GDPR", None, AS_OF, {"E1": "GDPR", "E2": "T2"}, reply="GRANTED"
    )
    assert erasure_obstacles(request, ["E1", "E2"]) == ()
    assert erasure_obstacles(request, ["E1", "E3"]) == ("way_unknown",)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
