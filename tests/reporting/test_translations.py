"""No key is ever printed: every word exists in every language, and every code of the layout has one."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from ruamel.yaml import YAML

from discretio.domain.dues import DueStatus
from discretio.domain.retention_reasons import Reason
from discretio.domain.triage.priority import Ground
from discretio.domain.triage.words import Dismissal
from discretio.reporting import vocabulary
from discretio.resources import folder


def words(language: str) -> dict[str, Any]:
    return YAML(typ="safe").load((folder("reports") / "translations" / f"{language}.yaml").read_text(encoding="utf-8"))


def paths(value: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, item in value.items():
        if isinstance(item, Mapping):
            yield from paths(item, f"{before}{key}.")
        else:
            yield f"{before}{key}", item


@pytest.mark.parametrize("language", vocabulary.LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert set(dict(paths(words(language)))) == set(dict(paths(words("fr"))))


@pytest.mark.parametrize("language", vocabulary.LANGUAGES)
def test_no_word_is_empty(language: str) -> None:
    assert [key for key, word in paths(words(language)) if not word] == []


@pytest.mark.parametrize("language", vocabulary.LANGUAGES)
def test_patterns_keep_their_places_in_every_language(language: str) -> None:
    def places(text: object) -> set[str]:
        return {part.split("}")[0] for part in str(text).split("{")[1:]}

    french = dict(paths(words("fr")))
    assert [key for key, word in paths(words(language)) if places(word) != places(french[key])] == []


@pytest.mark.parametrize("language", vocabulary.LANGUAGES)
def test_every_code_of_the_layout_has_a_word(language: str) -> None:
    codes = words(language)["codes"]
    missing = [(kind, code) for kind, known in vocabulary.KINDS.items() for code in known if code not in codes[kind]]
    missing += [(kind, vocabulary.OTHER) for kind in vocabulary.OPEN_KINDS if vocabulary.OTHER not in codes[kind]]
    assert missing == []


@pytest.mark.parametrize("language", vocabulary.LANGUAGES)
def test_every_section_has_its_words(language: str) -> None:
    assert tuple(words(language)["sections"]) == vocabulary.SECTIONS


@pytest.mark.parametrize("language", vocabulary.LANGUAGES)
def test_every_reason_and_status_of_a_term_has_words(language: str) -> None:
    assert set(words(language)["retention_reasons"]) == {reason.value for reason in Reason}
    assert set(words(language)["retention_changes"]) == {status.value for status in DueStatus}


@pytest.mark.parametrize("language", vocabulary.LANGUAGES)
def test_every_reason_of_a_dismissal_and_every_ground_of_a_priority_has_words(language: str) -> None:
    assert set(words(language)["triage_reasons"]) == {reason.value for reason in Dismissal}
    assert set(words(language)["triage_grounds"]) == {ground.value for ground in Ground}
