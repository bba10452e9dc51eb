"""What a report may say of the detector: nothing before anybody looked, and never more than its numbers carry."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from pathlib import Path

import pandas as pd
import pytest

from discretio.domain.approvals import Role
from discretio.domain.triage.words import Answer, Decision, Dismissal
from discretio.ledger import locator
from discretio.ledger.samples import sampled_entries
from discretio.ledger.stores import register_store
from discretio.steps import check, sample, scan, triage
from discretio.steps.exact_binomial import clopper_pearson
from discretio.steps.people_keys import enrol_person, new_personal_key
from discretio.steps.quality_counts import action_plan, missed_rates, triage_precision
from discretio.steps.triage import Choice
from steps.conftest import AS_OF, Made
from steps.purgeable_rows import CONTROLLERS


@pytest.fixture
def controllers(made: Made) -> frozenset[str]:
    """A checked place with a reviewer for all its controllers, who are returned."""
    run_id = scan.begin_scan(made.place, "main", AS_OF)
    list(scan.scan_in_turn(made.place, run_id))
    scan.finish_scan(made.place, run_id)
    check.check(made.place, "main", AS_OF)
    ids = sorted(locator.surrogates(made.place.ledger, 1, "controller", CONTROLLERS).values())
    enrol_person(made.place, "rita", [Role.REVIEWER], ids, new_personal_key(made.key("rita")))
    return frozenset(ids)


def answered(made: Made, missed: int = 0) -> None:
    """A reviewed sample of 60 entries; category 13, which nothing tells of, in so many."""
    drawn = sample.draw_sample(made.place, "main", AS_OF, size=60, seed=1)
    entries = sampled_entries(made.place.ledger, drawn.sample.sample_id)["entry_id"]
    lines = [f"{entry},{'13' if number < missed else 'none'}\n" for number, entry in enumerate(entries)]
    path = Path(made.out / "sheet.csv")
    path.write_text("entry,categories\n" + "".join(lines), encoding="utf-8")
    sample.answer_sample(made.place, drawn.sample.sample_id, "rita", path)


def rates(made: Made, controllers: frozenset[str]) -> pd.DataFrame | None:
    found = missed_rates(made.place, controllers, made.place.policy_on(AS_OF), AS_OF)
    return None if found is None else found.set_index("target")


def test_nothing_is_measured_before_anybody_looked(made: Made, controllers: frozenset[str]) -> None:
    assert triage_precision(made.place, controllers) is None
    assert rates(made, controllers) is None
    sample.draw_sample(made.place, "main", AS_OF, size=60, seed=1)
    assert rates(made, controllers) is None


def test_precision_counts_what_was_decided_and_blames_the_detector_for_false_alarms_alone(
    made: Made, controllers: frozenset[str]
) -> None:
    false, right, elsewhere = [i for i in triage.triage_list(made.place, "dora", AS_OF) if i.target == "health"][:3]
    triage.triage_answer(made.place, false.item_id, "rita", Choice(Answer.FALSE_ALARM, Dismissal.OTHER_MEANING))
    triage.triage_answer(made.place, right.item_id, "rita", Choice(Answer.RIGHT))
    triage.triage_decide(made.place, false.item_id, "dora", Choice(Decision.DISMISS, Dismissal.OTHER_MEANING))
    triage.triage_decide(made.place, right.item_id, "dora", Choice(Decision.CONFIRM))
    triage.triage_decide(made.place, elsewhere.item_id, "dora", Choice(Decision.DISMISS, Dismissal.DECLARED_ELSEWHERE))
    found = triage_precision(made.place, controllers)
    assert found is not None
    assert found.to_dict("records") == [{"target": "health", "correct": 2, "wrong": 1}]
    assert triage_precision(made.place, frozenset()) is None


def test_the_action_plan_counts_items_by_age_and_status(made: Made, controllers: frozenset[str]) -> None:
    items = triage.triage_list(made.place, "dora", AS_OF)
    later = AS_OF + timedelta(days=31)
    plan, overdue = action_plan(made.place, controllers, later)
    assert plan is not None
    assert overdue is not None
    own = [item for item in items if item.controller_id in controllers]
    assert plan.to_dict("records") == [{"age": "UP_TO_90", "status": "OPEN", "n": len(own)}]
    assert overdue.to_dict("records") == [{"overdue": "ANSWER", "n": len(own)}]
    assert action_plan(made.place, frozenset(), AS_OF) == (None, None)


@pytest.mark.parametrize("missed", [0, 1, 4])
def test_a_small_number_of_misses_can_t_be_read_from_the_bounds(made: Made, controllers: frozenset[str], missed: int) -> None:
    answered(made, missed)
    found = rates(made, controllers)
    assert found is not None
    assert found.loc["any"].tolist() == [60, 0, ceil(clopper_pearson(4, 60)[1] * 1000)]
    assert found.loc["category_13", "high"] >= found.loc["any", "high"]


def test_more_misses_widen_the_bounds(made: Made, controllers: frozenset[str]) -> None:
    answered(made, 30)
    found = rates(made, controllers)
    assert found is not None
    assert found.loc["any", "low"] > 300
    assert found.loc["category_13", "low"] > 200
    assert found.loc["category_5", "low"] == 0


def test_a_store_that_was_not_sampled_leaves_everything_possible(made: Made, controllers: frozenset[str]) -> None:
    answered(made)
    register_store(made.place.ledger, "other", "reference_store", "sqlite:///nowhere.db")
    assert rates(made, controllers) is not None
    with made.place.ledger.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO examined (unit_id, run_id, store_id, dossier_id, entry_id, controller_id, characters, examined_at) "
            "SELECT 'A' || unit_id, run_id, 2, dossier_id, 'E' || entry_id, controller_id, 1, examined_at FROM examined LIMIT 1"
        )
    found = rates(made, controllers)
    assert found is not None
    assert set(found["high"]) == {1000}
