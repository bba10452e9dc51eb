"""The edge cases that the catalogue lists: each is shown by a case or a test, or is a departure that the guide tells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from discretio.policy_files import load_policy
from discretio.policy_files.library import read_catalogue, read_rules
from discretio.resources import folder
from policy_files.shown import TESTS, is_shown

POLICIES = folder("policies")
RULES = {document.content.id: document.content for document in read_rules(POLICIES)}
Shown = str | Sequence[str] | Mapping[str, str]
EDGES: Mapping[str, Mapping[str, Shown]] = YAML(typ="safe").load(
    (Path(__file__).parent / "edge_cases.yaml").read_text(encoding="utf-8")
)
DEPARTS = "departs"
CATALOGUE = TESTS.parents[1] / "shared" / "law" / "rules.json"
ASIDE = re.compile(r"\([^()]*\)")
# A point ends with its sentence or at a semicolon; not at `art. 7`, nor inside a quotation that ends there.
END = re.compile(r"(?<![Aa]rt\.)(?<!al\.)(?<!Const\.)(?<=[.;])\s+(?!»)")


def points(text: str) -> list[str]:
    """What the catalogue lists for one rule, point by point."""
    while ASIDE.search(text):
        text = ASIDE.sub("", text)
    return END.split(text)


def every_edge() -> Iterator[tuple[str, str, Shown]]:
    for rule, edges in EDGES.items():
        for edge, shown in edges.items():
            yield rule, edge, shown


def is_told(rule: str, shown: Shown) -> bool:
    """Whether what stands beside an edge case is there: the case, the test, the severity, the row of the guide."""
    if isinstance(shown, Mapping):
        severe = bool(shown.get("no_case")) or shown.get("severity") == RULES[rule].severity.value
        return severe and ("case" not in shown or is_told(rule, shown["case"]))
    if shown == DEPARTS:
        return rule in departures()
    return all(
        is_shown(by if "::" in by or ": " in by else f"{rule}: {by}") for by in ([shown] if isinstance(shown, str) else shown)
    )


def rows_of_departures() -> list[list[str]]:
    """The rows of the guide's tables of departures, cell by cell, without heads and rules."""
    guide = (TESTS.parent / "docs" / "rules.md").read_text(encoding="utf-8")
    lines = guide.partition("## Where we depart from the catalogue")[2].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in rows if row[-1] not in {"why", "---"}]


def departures() -> set[str]:
    """The rules that the guide's table names; `-OTHER` goes on with the id before it."""
    named = [name.strip() for row in rows_of_departures() for name in row[0].split(",")]
    return {rule for rule in RULES for name in named if rule == name or (name.startswith("-") and rule.endswith(name))}


def test_every_obligation_has_its_edge_cases() -> None:
    assert set(EDGES) == {rule for listed in read_catalogue(POLICIES).values() for rule in listed}


@pytest.mark.parametrize(("rule", "edge", "shown"), [pytest.param(*each, id=f"{each[0]}: {each[1]}") for each in every_edge()])
def test_what_shows_an_edge_case_is_there(rule: str, edge: str, shown: Shown) -> None:
    assert is_told(rule, shown), edge


def test_every_departure_has_a_reason_of_its_own() -> None:
    rows = rows_of_departures()
    assert len(rows) > 50
    assert not [row for row in rows if len(row) != 3 or not all(row)]
    reasons = [row[2] for row in rows]
    assert not [each for each in reasons if each in {"the same", "as above"} or reasons.count(each) > 1]


@pytest.mark.shared
@pytest.mark.skipif(not CATALOGUE.is_file(), reason="the catalogue is not here")
def test_every_edge_case_of_the_catalogue_has_its_line_in_our_words() -> None:
    listed = {each["id"]: points(each["edge"]) for each in json.loads(CATALOGUE.read_text(encoding="utf-8"))["rules"]}
    assert {rule: len(edges) for rule, edges in EDGES.items()} == {rule: len(each) for rule, each in listed.items()}
    assert not {edge for _, edge, _ in every_edge()} & {point.rstrip(".;") for each in listed.values() for point in each}


def test_the_article_is_no_ground_under_the_law_in_force_either() -> None:
    assert "ART2-2-458TER-NOT-A-GROUND" in load_policy(POLICIES, "GDPR-BASE", date(2026, 11, 21)).rules
