from __future__ import annotations

from pathlib import Path

import pytest

from discretio.domain.lexicon import LANGUAGES
from discretio.errors import PolicyError
from discretio.law.special_classes import Flag
from discretio.policy_files.lexicon_files import load_lexicons
from discretio.resources import folder

GOOD = """\
language: fr
subject: health
category: 10
flags: [health]
author: somebody
groups:
  - register: medical
    score: 0.9
    cancel: |
      financière
    terms: |
      dépress*
      santé
"""


def written(tmp_path: Path, text: str) -> Path:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "health.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_lexicon_is_read_with_all_that_its_groups_say(tmp_path: Path) -> None:
    first, second = load_lexicons(written(tmp_path, GOOD))
    assert (first.term, first.stem, first.open_right, first.open_left) == ("dépress*", "dépress", True, False)
    assert (second.category, second.flags, second.score, second.cancel) == (10, (Flag.HEALTH,), 0.9, ("financière",))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("author: somebody", "auteur: somebody", 5),
        ("author: somebody", "subject: again", 5),
        ("category: 10", "category: 17", 3),
        ("flags: [health]", "flags: [wealth]", 4),
        ("score: 0.9", "score: 9", 8),
        ("      santé", "      DÉPRESS*", 13),
        ("      santé", "      s", 13),
        ("      santé", "      sa*nté", 13),
        ("language: fr", "language: nl", 1),
        ("groups:", "groups: [", 7),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    with pytest.raises(PolicyError) as refused:
        load_lexicons(written(tmp_path, GOOD.replace(old, new)))
    assert refused.value.where == f"fr/health.yaml:{line}"
    assert refused.value.remedy


def test_the_shipped_lexicons_cover_every_class_in_every_language() -> None:
    entries = [entry for entry in load_lexicons(folder("policies") / "lexicons") if not entry.idiom]
    for lang in LANGUAGES:
        mine = [entry for entry in entries if entry.lang == lang]
        assert {entry.category for entry in mine} >= set(range(1, 17))
        assert {flag for entry in mine for flag in entry.flags} == set(Flag)
