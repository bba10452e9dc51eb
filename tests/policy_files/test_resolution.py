"""From files to the policy of one day: dates, order of instruments, adoption, hash."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from discretio.errors import PolicyError
from discretio.law.periods import Period
from discretio.law.policy import Adoption, Status
from discretio.policy_files import load_policy, policy_set_ids
from policy_files.copies import Copy

AS_OF = date(2026, 11, 21)
SET = "BE-BILL-56-0485"
NOT_LOADED = ("future_law", "law_livc_2018", "vl_decree_2023_06_30", "vl_decree_2024_03_29")
CAP = "be/bill_56_0485/art2_retention_cap.yaml"
LATER = """  2030-01-01:
    value: {value}
    reference:
      title: A later law
      reason: a test
      checked_on: null
"""


def test_the_leading_instrument_gives_version_status_and_title(shipped: Path) -> None:
    bill = load_policy(shipped, SET, AS_OF)
    assert (bill.policy_set_id, bill.version, bill.status, bill.as_of) == (SET, "2024-10-03", Status.BILL, AS_OF)
    assert "56 0485" in bill.titles["nl"]
    assert load_policy(shipped, "GDPR-BASE", AS_OF).status is Status.LAW


def test_a_value_applies_from_its_date_on(policies: Copy) -> None:
    path = policies.folder / CAP
    path.write_text(path.read_text(encoding="utf-8") + LATER.format(value="P10Y"), encoding="utf-8")
    before = load_policy(policies.folder, SET, date(2029, 12, 31))
    after = load_policy(policies.folder, SET, date(2030, 1, 1))
    assert before.period("retention.cap") == Period(months=360)
    assert after.period("retention.cap") == Period(months=120)
    assert after.references["retention.cap"].title == "A later law"


def test_a_value_that_the_law_ended_is_absent_from_that_day_on(policies: Copy) -> None:
    path = policies.folder / CAP
    path.write_text(path.read_text(encoding="utf-8") + LATER.format(value="null"), encoding="utf-8")
    assert "retention.cap" in load_policy(policies.folder, SET, date(2029, 12, 31)).values
    ended = load_policy(policies.folder, SET, date(2030, 1, 1))
    assert "retention.cap" not in ended.values
    assert "retention.cap" not in ended.references


def test_where_two_instruments_set_a_parameter_the_earlier_wins(policies: Copy) -> None:
    shutil.copy(policies.folder / "defaults/suppression_k.yaml", policies.folder / "be/bill_56_0485/k.yaml")
    policies.replace("be/bill_56_0485/k.yaml", "value: 5", "value: 7")
    policies.replace("be/bill_56_0485/k.yaml", "2017-08-03", "2025-01-01")
    assert load_policy(policies.folder, SET, AS_OF).number("suppression.k") == 7
    assert load_policy(policies.folder, SET, date(2024, 12, 31)).number("suppression.k") == 5
    assert load_policy(policies.folder, "GDPR-BASE", AS_OF).number("suppression.k") == 5


def test_a_policy_set_does_not_exist_before_its_leading_instrument(shipped: Path) -> None:
    assert load_policy(shipped, SET, date(2024, 10, 3)).version == "2024-10-03"
    with pytest.raises(PolicyError, match="does not exist on 2024-10-02") as caught:
        load_policy(shipped, SET, date(2024, 10, 2))
    assert "2024-10-03" in caught.value.remedy


def test_an_instrument_that_ended_sets_nothing_any_more(policies: Copy) -> None:
    policies.replace("defaults/instrument.yaml", "valid_to: null", "valid_to: 2026-11-20")
    assert "suppression.k" in load_policy(policies.folder, SET, date(2026, 11, 20)).values
    assert "suppression.k" not in load_policy(policies.folder, SET, AS_OF).values


def test_nothing_is_adopted_as_shipped(shipped: Path) -> None:
    for policy_set_id in policy_set_ids(shipped):
        assert load_policy(shipped, policy_set_id, AS_OF).adoption is None
    assert not load_policy(shipped, SET, AS_OF).may_delete


def test_a_controller_adopts_in_its_own_folder_or_by_an_argument(policies: Copy, shipped: Path) -> None:
    policies.replace("adoption.yaml", "adopted_by: null\n  adopted_at: null", "adopted_by: Board\n  adopted_at: 2026-11-21")
    in_folder = load_policy(policies.folder, SET, AS_OF)
    assert in_folder.adoption == Adoption("Board", AS_OF)
    assert in_folder.may_delete
    assert not load_policy(policies.folder, SET, date(2026, 11, 20)).may_delete
    by_argument = load_policy(shipped, SET, AS_OF, Adoption("Board", AS_OF))
    assert by_argument == in_folder


def test_a_rule_has_the_force_of_the_first_of_its_sources_that_applies(shipped: Path) -> None:
    assert load_policy(shipped, SET, AS_OF).rules["ART2-3-1-PRESIGNAL-STALE"].force is Status.BILL
    assert load_policy(shipped, "GDPR-BASE", AS_OF).rules["ART2-3-1-PRESIGNAL-STALE"].force is Status.LAW


def test_a_rule_of_the_bill_is_as_old_as_its_adoption_unless_the_law_in_force_grounds_it_too(shipped: Path) -> None:
    adopted = load_policy(shipped, SET, AS_OF, Adoption("Board", date(2026, 11, 1))).rules
    assert adopted["ART2-3-4-RETENTION-MAX"].since == adopted["ART8-ERASURE"].since == date(2026, 11, 1)
    assert adopted["ART2-3-1-PRESIGNAL-STALE"].since == date(2018, 5, 25)
    assert load_policy(shipped, SET, AS_OF).rules["ART2-3-4-RETENTION-MAX"].since is None
    assert load_policy(shipped, "VL-DECREE-2024-03-29", AS_OF).rules["ART2-3-4-RETENTION-MAX"].since == date(2024, 3, 29)


def test_the_hash_is_the_same_on_another_machine_and_another_day(policies: Copy, shipped: Path) -> None:
    assert load_policy(policies.folder, SET, date(2031, 5, 5)).sha256 == load_policy(shipped, SET, AS_OF).sha256


def test_the_hash_does_not_change_with_comments_or_order(policies: Copy, shipped: Path) -> None:
    policies.replace(CAP, "unit: term", "unit: term # as the bill says")
    policies.replace(CAP, "parameter: retention.cap\n", "")
    path = policies.folder / CAP
    path.write_text(path.read_text(encoding="utf-8") + "parameter: retention.cap\n", encoding="utf-8")
    assert load_policy(policies.folder, SET, AS_OF) == load_policy(shipped, SET, AS_OF)


def test_a_change_in_any_file_that_a_policy_is_made_of_changes_its_hash(policies: Copy) -> None:
    hashes = [load_policy(policies.folder, SET, AS_OF).sha256]
    names = sorted(path.relative_to(policies.folder).as_posix() for path in policies.folder.rglob("*.yaml"))
    used = [name for name in names if name.split("/")[0] in ("be", "defaults", "rules") or SET in name]
    used = [name for name in used if name.split("/")[1] not in NOT_LOADED]
    for name in used:
        path = policies.folder / name
        changed, count = re.subn(r'(\b[nf][lr]: "?)(?=[\w(])', r"\1Changed ", path.read_text(encoding="utf-8"), count=1)
        assert count == 1
        path.write_text(changed, encoding="utf-8")
        hashes.append(load_policy(policies.folder, SET, AS_OF).sha256)
    assert len(used) > 50
    assert len(set(hashes)) == len(used) + 1


def test_a_change_in_what_a_policy_does_not_use_leaves_its_hash_alone(policies: Copy, shipped: Path) -> None:
    before = load_policy(shipped, "GDPR-BASE", AS_OF).sha256
    policies.replace(CAP, "value: P30Y", "value: P20Y")
    assert load_policy(policies.folder, "GDPR-BASE", AS_OF).sha256 == before
