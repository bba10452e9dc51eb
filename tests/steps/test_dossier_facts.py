"""What the plan is told of a dossier: who closed it, and whether its owner held it before."""

from __future__ import annotations

from typing import Any

import pytest

from discretio.steps.dossier_facts import facts_of_rows

DOSSIER: dict[str, Any] = {"dossier_key": "d1", "kind": "OWN", "status": "CLOSED", "owner": "cpas"}


@pytest.mark.parametrize(
    ("told", "by_organiser"),
    [
        ({}, True), ({"closed_by": "cpas"}, True), ({"closed_by": "police"}, False), ({"closed_by": None}, True),
        ({"closed_by": "cpas", "owner": None}, None),
    ],
)  # fmt: skip
def test_a_store_that_records_who_closes_is_believed(told: dict[str, Any], by_organiser: bool | None) -> None:
    ((_, facts),) = facts_of_rows({"dossiers": [DOSSIER | told]})
    assert facts.closed_by_organiser is by_organiser


@pytest.mark.parametrize(
    ("told", "before"),
    [({}, False), ({"held_before": True}, True), ({"held_before": False}, False), ({"held_before": None}, None)],
)
def test_a_source_file_is_told_apart_where_the_store_does(told: dict[str, Any], before: bool | None) -> None:
    ((_, facts),) = facts_of_rows({"dossiers": [DOSSIER | told]})
    assert facts.held_before is before
