from __future__ import annotations

import textwrap
from pathlib import Path

from discretio.policy_files.lexicon_lint import Gravity, lint
from discretio.resources import folder

_HEAD = "language: nl\nsubject: {subject}\ncategory: {category}\nauthor: somebody\ngroups:\n"


def _lexicon(target: Path, subject: str, category: int, groups: str) -> None:
    (target / "nl").mkdir(exist_ok=True)
    body = textwrap.indent(textwrap.dedent(groups), "  ")
    (target / "nl" / f"{subject}.yaml").write_text(_HEAD.format(subject=subject, category=category) + body, encoding="utf-8")


def _said(target: Path) -> set[tuple[str, Gravity]]:
    return {(remark.where, remark.gravity) for remark in lint([target])}


def test_a_sound_lexicon_has_no_remarks(tmp_path: Path) -> None:
    _lexicon(tmp_path, "health", 10, "- terms: |\n    verslav*\n    griep\n")
    assert not _said(tmp_path)


def test_a_term_of_the_same_class_twice_is_an_error_whatever_its_file(tmp_path: Path) -> None:
    _lexicon(tmp_path, "health", 10, "- terms: |\n    griep\n")
    _lexicon(tmp_path, "illness", 10, "- terms: |\n    koorts\n    Griep\n")
    assert _said(tmp_path) == {("nl/illness.yaml:8", Gravity.ERROR)}


def test_other_flags_for_the_same_term_and_category_are_an_error(tmp_path: Path) -> None:
    _lexicon(tmp_path, "health", 10, "- terms: |\n    griep\n")
    _lexicon(tmp_path, "illness", 10, "- flags: [health]\n  terms: |\n    griep\n")
    assert _said(tmp_path) == {("nl/illness.yaml:8", Gravity.ERROR)}


def test_an_idiom_that_silences_a_term_for_good_is_an_error(tmp_path: Path) -> None:
    _lexicon(tmp_path, "health", 10, "- terms: |\n    griep\n")
    _lexicon(tmp_path, "idioms", 10, "- idiom: true\n  terms: |\n    griep\n")
    assert _said(tmp_path) == {("nl/idioms.yaml:8", Gravity.ERROR)}


def test_a_term_that_an_open_term_finds_anyway_is_named(tmp_path: Path) -> None:
    _lexicon(tmp_path, "health", 10, "- terms: |\n    verslav*\n    verslaving\n- score: 0.95\n  terms: |\n    verslaafdheid\n")
    assert _said(tmp_path) == {("nl/health.yaml:8", Gravity.WARNING)}


def test_accents_alone_make_no_second_term(tmp_path: Path) -> None:
    _lexicon(tmp_path, "health", 10, "- terms: |\n    coma\n- terms: |\n    cóma\n")
    assert _said(tmp_path) == {("nl/health.yaml:9", Gravity.WARNING)}


def test_a_short_term_is_named_unless_something_confirms_it(tmp_path: Path) -> None:
    _lexicon(tmp_path, "health", 10, "- terms: |\n    pil*\n- confirm: |\n    neemt\n  terms: |\n    bad\n    ab\n")
    assert _said(tmp_path) == {("nl/health.yaml:7", Gravity.WARNING)}


def test_a_file_that_cannot_be_read_is_one_error_and_the_others_are_read(tmp_path: Path) -> None:
    _lexicon(tmp_path, "health", 99, "- terms: |\n    griep\n")
    _lexicon(tmp_path, "risk", 11, "- terms: |\n    bijlslag\n    bijl*\n")
    assert _said(tmp_path) == {("nl/health.yaml:3", Gravity.ERROR), ("nl/risk.yaml:7", Gravity.WARNING)}


def test_the_shipped_lexicons_hold_no_error() -> None:
    remarks = lint([folder("policies") / "lexicons"])
    assert not [remark for remark in remarks if remark.gravity is Gravity.ERROR]


def test_a_cue_may_be_short_and_belong_to_several_groups(tmp_path: Path) -> None:
    cues = "- register: negation\n  terms: |\n    zond*\n    ni\n- register: boundary\n  terms: |\n    zonder\n"
    (tmp_path / "nl").mkdir()
    body = textwrap.indent(cues, "  ")
    head = "language: nl\nsubject: cues\nauthor: somebody\ngroups:\n"
    (tmp_path / "nl" / "cues.yaml").write_text(head + body, encoding="utf-8")
    assert not _said(tmp_path)
