"""A sample from the draw to the estimate: ids only, each reviewer his own, all of a sheet or nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import sqlalchemy as sa

from discretio.domain.approvals import Role
from discretio.errors import ApprovalError, ChainBrokenError, LedgerError, UsageError
from discretio.ledger import locator
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.samples import sampled_entries
from discretio.ledger.triage_forgetting import forget_triage
from discretio.ledger.triage_tables import sample_entries, sample_strata, samples
from discretio.steps import sample, scan
from discretio.steps.people_keys import enrol_person, new_personal_key
from discretio.steps.sample_estimates import ALL, ANY, EstimatedRate, estimate_sample
from steps.conftest import AS_OF, Made
from steps.purgeable_rows import CONTROLLERS


@pytest.fixture
def drawn(made: Made) -> sample.Drawn:
    run_id = scan.begin_scan(made.place, "main", AS_OF)
    list(scan.scan_in_turn(made.place, run_id))
    scan.finish_scan(made.place, run_id)
    ids = sorted(locator.surrogates(made.place.ledger, 1, "controller", CONTROLLERS).values())
    for login, controllers in (("rita", ids), ("rob", ids[:1])):
        enrol_person(made.place, login, [Role.REVIEWER], controllers, new_personal_key(made.key(login)))
    return sample.draw_sample(made.place, "main", AS_OF, size=60, seed=4711)


def sheet(made: Made, drawn: sample.Drawn, login: str = "rita") -> list[str]:
    path = made.out / f"{login}.csv"
    sample.write_sheet(made.place, drawn.sample.sample_id, login, path)
    with path.open(encoding="utf-8") as file:
        return [row["entry"] for row in csv.DictReader(file)]


def answer(made: Made, drawn: sample.Drawn, lines: list[tuple[str, str]], login: str = "rita") -> int:
    path = made.out / "answers.csv"
    path.write_text("entry,categories\n" + "".join(f"{entry},{found}\n" for entry, found in lines), encoding="utf-8")
    return sample.answer_sample(made.place, drawn.sample.sample_id, login, path)


def rates(made: Made, drawn: sample.Drawn) -> dict[tuple[str, str], EstimatedRate]:
    found = estimate_sample(made.place, drawn.sample.sample_id, "dora")
    return {(one.target, one.lang): one for one in found}


def test_the_draw_is_repeated_by_its_seed_and_holds_ids_alone(made: Made, drawn: sample.Drawn) -> None:
    again = sample.draw_sample(made.place, "main", AS_OF, size=60, seed=4711)
    first, second = (sampled_entries(made.place.ledger, one.sample.sample_id) for one in (drawn, again))
    assert first["entry_id"].tolist() == second["entry_id"].tolist()
    assert first["entry_id"].str.startswith("E").all()
    other = sample.draw_sample(made.place, "main", AS_OF, size=60, seed=1)
    assert sampled_entries(made.place.ledger, other.sample.sample_id)["entry_id"].tolist() != first["entry_id"].tolist()


def test_a_reviewer_gets_the_entries_of_his_own_controllers(made: Made, drawn: sample.Drawn) -> None:
    mine, every = sheet(made, drawn, "rob"), sheet(made, drawn)
    assert set(mine) < set(every)
    assert len(every) == drawn.entries == len(sheet(made, drawn, "dora"))
    with pytest.raises(ApprovalError):
        sheet(made, drawn, "alice")
    theirs = next(entry for entry in every if entry not in mine)
    with pytest.raises(UsageError):
        answer(made, drawn, [(theirs, "none")], "rob")
    with pytest.raises(ApprovalError):
        answer(made, drawn, [(every[0], "none")], "dora")


def test_before_an_answer_nothing_is_claimed(made: Made, drawn: sample.Drawn) -> None:
    rate = rates(made, drawn)[ANY, ALL].rate
    assert (rate.estimate, rate.low, rate.high) == (None, 0.0, 1.0)


def test_what_reviewers_find_beside_the_findings_is_missed(made: Made, drawn: sample.Drawn) -> None:
    entries = sheet(made, drawn)
    detected = sampled_entries(made.place.ledger, drawn.sample.sample_id).set_index("entry_id")["detected"]
    known = next(number for number in range(1, 17) if detected[entries[0]] >> number & 1)
    assert not detected[entries[1]] >> 13 & 1
    lines = [(entries[0], str(known)), (entries[1], "13"), *((entry, "none") for entry in entries[2:])]
    assert answer(made, drawn, lines) == len(entries)
    found = rates(made, drawn)
    assert found[ANY, ALL].rate.missed == found["category_13", ALL].rate.missed == 1
    assert found[f"category_{known}", ALL].rate.missed == 0
    assert found["category_13", ALL].rate.high < 0.5
    assert [lang for target, lang in found if target == "category_13" and lang != ALL]


@pytest.mark.parametrize("wrong", ["17", "0", "ten", "1 17", "-1"])
def test_a_sheet_with_one_wrong_line_records_nothing(made: Made, drawn: sample.Drawn, wrong: str) -> None:
    entries = sheet(made, drawn)
    with pytest.raises(UsageError, match="no category") as refusal:
        answer(made, drawn, [(entries[0], "none"), (entries[1], wrong)])
    assert "line 3" in refusal.value.where
    assert sampled_entries(made.place.ledger, drawn.sample.sample_id)["categories"].isna().all()


@pytest.mark.parametrize("content", [b"", b"entry;categories\n", b"\xff\xfe\x00", b"entry,categories\na,b,c\n"])
def test_what_is_no_sheet_is_refused(made: Made, drawn: sample.Drawn, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "no.csv"
    path.write_bytes(content)
    with pytest.raises(UsageError):
        sample.answer_sample(made.place, drawn.sample.sample_id, "rita", path)


def test_an_empty_answer_waits_and_a_second_one_replaces_the_first(made: Made, drawn: sample.Drawn) -> None:
    entries = sheet(made, drawn)
    assert answer(made, drawn, [(entries[0], ""), (entries[1], "none")]) == 1
    assert answer(made, drawn, [(entries[1], "13;15")]) == 1
    kept = sampled_entries(made.place.ledger, drawn.sample.sample_id).set_index("entry_id")["categories"]
    assert kept[entries[1]] == 1 << 13 | 1 << 15
    with pytest.raises(UsageError, match="twice"):
        answer(made, drawn, [(entries[1], "none"), (entries[1], "1")])


def test_an_erased_dossier_leaves_an_answer_without_ids(made: Made, drawn: sample.Drawn) -> None:
    entries = sheet(made, drawn)
    answer(made, drawn, [(entry, "13") for entry in entries])
    before = rates(made, drawn)[ANY, ALL]
    gone = sampled_entries(made.place.ledger, drawn.sample.sample_id)["dossier_id"].iloc[0]
    with made.place.ledger.writing() as connection:
        forget_triage(connection, [gone])
    kept = sampled_entries(made.place.ledger, drawn.sample.sample_id)
    assert gone not in set(kept["dossier_id"].dropna())
    assert kept["entry_id"].isna().any()
    assert rates(made, drawn)[ANY, ALL] == before


def test_a_sample_and_its_answers_can_t_be_changed_or_lost_unseen(made: Made, drawn: sample.Drawn) -> None:
    answer(made, drawn, [(entry, "none") for entry in sheet(made, drawn)])
    verify_chain(made.place.ledger)
    engine = made.place.ledger.engine
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE sample_entries SET categories = 2 WHERE number = 0"))
    with pytest.raises(LedgerError):
        rates(made, drawn)
    with engine.begin() as connection:
        for table in (sample_entries, sample_strata, samples):
            connection.execute(sa.delete(table))
    with pytest.raises(ChainBrokenError):
        verify_chain(made.place.ledger)
