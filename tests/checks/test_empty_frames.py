"""A store may deliver a frame without a single row: a rule then still answers, each scope by itself."""

from __future__ import annotations

import pytest

from checks.broken_stores import lawful, policy
from checks.lawful_policy import AS_OF
from checks.test_chapters import CHAPTERS, PLANNED, rules_of
from discretio.checks.store_view import StoreView
from discretio.domain.judgements.answers import Circumstances

CASES = [
    pytest.param(chapter, rule, name, id=f"{rule} without {name}")
    for chapter in CHAPTERS
    for rule in rules_of(chapter)
    for name in PLANNED[rule].needs
    if name != PLANNED[rule].frame
]


@pytest.mark.parametrize(("chapter", "rule", "name"), CASES)
def test_a_rule_answers_over_every_row_of_its_frame_though_another_is_empty(chapter: str, rule: str, name: str) -> None:
    frames = lawful(chapter)
    frames[name] = frames[name].iloc[:0]
    outcomes = PLANNED[rule].outcomes(StoreView(frames, Circumstances(policy(), AS_OF)))
    assert len(outcomes) == len(frames[PLANNED[rule].frame])
