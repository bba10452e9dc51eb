"""The sample mapping of each kind of system fits a database, and the rules of its profile are answered through it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import BigInteger, Boolean, Column, DateTime, MetaData, Table, Text, create_engine, insert

from checks.broken_stores import broken
from checks.test_profiles import FIXTURES, POLICIES, PROFILES
from discretio.checks import CheckRequest, run_checks
from discretio.checks.store_view import rows_of
from discretio.domain.frames import ENTRY_FINDINGS, KNOWN_FRAMES, MOMENT, NUMBER, TRUTH
from discretio.policy_files import load_policy
from discretio.resources import folder
from discretio.steps.draft_mapping import check_mapping
from discretio.steps.profiled_rules import rules_of_profile
from discretio.steps.sample_mappings import URL_VARIABLE, sample_mappings
from discretio.stores.foreign.remarks import Gravity
from discretio.stores.mapped import MappedStore
from discretio.stores.mapping import read_mapping
from discretio.stores.reference.schema import TOLD_BY_US

SAMPLES = folder("policies").parent / "docs" / "samples" / "mappings"
SUITES = folder("expectations") / "mapped_store"
AS_OF = date(2026, 11, 21)
TYPES = {MOMENT: DateTime(), NUMBER: BigInteger(), TRUTH: Boolean()}


def database(url: str, frames: Mapping[str, pd.DataFrame]) -> None:
    """A database whose tables are called as the frames."""
    metadata, engine = MetaData(), create_engine(url)
    for name, frame in KNOWN_FRAMES.items():
        columns = [Column(one.name, TYPES.get(one.dtype, Text()), primary_key=one.name == frame.key) for one in frame.columns]
        Table(name, metadata, *columns)
    metadata.create_all(engine)
    with engine.begin() as connection:
        for name, table in metadata.tables.items():
            if rows := [_storable(row) for row in rows_of(frames[name])]:
                connection.execute(insert(table), rows)
    engine.dispose()


def _storable(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as a database takes it: what belongs to no dossier or entry says so, since no row is read without its key."""
    nobodys = {name: "none" for name in ("dossier_key", "entry_key") if name in row and row[name] is None}
    plain = {name: value.to_pydatetime() if isinstance(value, pd.Timestamp) else value for name, value in row.items()}
    return plain | nobodys


def test_the_samples_are_those_of_today() -> None:
    assert {path.name: path.read_text(encoding="utf-8") for path in SAMPLES.glob("*.yaml")} == sample_mappings(), "make docs"


@pytest.mark.parametrize("name", PROFILES)
def test_a_sample_fits_and_the_rules_of_its_profile_and_no_others_are_answered_through_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(URL_VARIABLE, f"sqlite:///{tmp_path / 'system.db'}")
    wrong = FIXTURES[name]["wrong"]
    frames = broken(FIXTURES[name]["store"], wrong)
    database(f"sqlite:///{tmp_path / 'system.db'}", frames)
    policy = load_policy(POLICIES, PROFILES[name].policy_set, AS_OF)
    rules = rules_of_profile(POLICIES, name, policy)

    remarks, missed = check_mapping(SAMPLES / f"{name}.yaml", SUITES)
    assert [each for each in remarks if each.gravity is Gravity.ERROR] == []
    assert not {rule for rule, lacking in missed.items() if set(lacking) - TOLD_BY_US} & rules

    store = MappedStore(read_mapping(SAMPLES / f"{name}.yaml"))
    delivered = {each: store.read(each) for each in store.frames()}
    ours = {each: frames[each] for each in (ENTRY_FINDINGS.name, *TOLD_BY_US)}
    report = run_checks(CheckRequest(frames=delivered | ours, policy=policy, as_of=AS_OF, suites=SUITES, rules=rules))
    assert set(report.counts) == rules == set(report.outcomes["rule_id"])
    assert not report.outcomes["reason"].str.match("missing_(frame|column)_").any()
    found = report.outcomes[report.outcomes["rule_id"] == wrong["rule"]]
    assert (wrong["outcome"], wrong["reason"]) in set(zip(found["outcome"], found["reason"], strict=True))
