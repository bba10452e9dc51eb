from __future__ import annotations

from pathlib import Path

import pytest

from discretio.errors import PolicyError
from discretio.policy_files.recogniser_files import load_recognisers

GOOD = """\
supported_languages: [fr, nl, de, en]
recognizers:
  - {name: discretio_iban, class_name: FinderRecogniser, type: predefined}
  - {name: discretio_phone, class_name: FinderRecogniser, type: predefined, supported_languages: [nl]}
  - {name: discretio_email, class_name: FinderRecogniser, type: predefined, enabled: false}
  - {name: Mutuality, type: custom, supported_entity: BE_MUTUALITY, deny_list: [mutualiteit]}
categories: {BE_MUTUALITY: 10}
"""


def test_our_recognisers_and_foreign_ones_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "recognisers.yaml"
    path.write_text(GOOD, encoding="utf-8")
    choice = load_recognisers(path)
    assert choice is not None
    assert choice.own == {"discretio_iban": ("fr", "nl", "de", "en"), "discretio_phone": ("nl",)}
    assert [each["name"] for each in choice.foreign["recognizers"]] == ["Mutuality"]
    assert choice.categories == {"BE_MUTUALITY": 10}


def test_no_file_chooses_everything(tmp_path: Path) -> None:
    assert load_recognisers(tmp_path / "recognisers.yaml") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("categories:", "kategorien:"),
        ("BE_MUTUALITY: 10", "BE_MUTUALITY: 17"),
        ("[fr, nl, de, en]", "[fr, es]"),
        ("{name", "{{name"),
    ],
)
def test_what_is_not_understood_is_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "recognisers.yaml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PolicyError):
        load_recognisers(path)
