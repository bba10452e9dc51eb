"""policies/triage/priority.yaml -> the table of points that says how urgent a finding is."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from discretio.domain.outcomes import Outcome
from discretio.domain.triage.priority import Band, PriorityTable
from discretio.law.rules import Severity
from discretio.policy_files.reading import read
from discretio.policy_files.shapes import Keyed, Record
from discretio.policy_files.trees import MistakeError
from discretio.policy_files.values import COUNT, member

PRIORITY_FILE = "triage/priority.yaml"


def _table(severity: Mapping[Severity, int], bands: Mapping[Band, int], **rest: Any) -> PriorityTable:  # noqa: ANN401 - the other fields
    if missing := [word.value for word in Severity if word not in severity]:
        raise MistakeError(f"no points for the severity {missing[0]}", "give points to each of critical, high, medium, low")
    named = [bands.get(band) for band in Band if band is not Band.LOW]
    thresholds = [number for number in named if number is not None]
    if len(thresholds) < len(named) or any(upper <= lower for upper, lower in pairwise(thresholds)):
        raise MistakeError("the bands are not in order", "give URGENT, HIGH and NORMAL each less than before")
    if not rest["age_days"]:
        raise MistakeError("age_days is zero", "say after how many days points are added, at least 1")
    return PriorityTable(severity=severity, bands=bands, **rest)


PRIORITY = Record(
    into=_table,
    fields={
        "severity": Keyed(member(Severity), COUNT),
        "outcome": Keyed(member(Outcome), COUNT),
        "special_class": COUNT,
        "sensitive_category": COUNT,
        "minor": COUNT,
        "age_days": COUNT,
        "age_points": COUNT,
        "age_most": COUNT,
        "bands": Keyed(member(Band), COUNT),
    },
)


def load_priorities(folder: Path) -> PriorityTable:
    """The points of each ground, and the bands.

    Raises:
        PolicyError: the file is missing or wrong; says where.
    """
    return read(folder, PRIORITY_FILE, PRIORITY).content
