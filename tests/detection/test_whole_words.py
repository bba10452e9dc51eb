from __future__ import annotations

import pytest

from discretio.detection import build_detector
from discretio.detection.automaton import TermAutomaton
from discretio.detection.folding import fold
from discretio.detection.whole_words import WholeWords
from discretio.domain.lexicon import LexiconEntry

_TERMS = ["Aya", "aya", "S.H.", "S. H.", "H", "Zoë", "Zoe\u0308s", "van A", "A-a", "a a", "a", "'s"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AYA aya Ayas",
        "s.h. en S. H., S.H.S.H.",
        "zoe Zoës ZOE\u0308S zo\u00ebs",
        "a a a-a a-a-a Ivan a",
        "Ay4 a's 'sa",
        "xH H1 (H)",
    ],
)
def test_terms_sought_one_by_one_are_those_that_an_automaton_finds(text: str) -> None:
    folded = fold(text)
    automaton = TermAutomaton([LexiconEntry(term, "en", "name", 1) for term in _TERMS]).hits(folded)
    assert set(WholeWords(_TERMS).hits(folded, 0, len(folded.data))) == set(automaton)


def test_a_term_is_sought_between_the_offsets_alone() -> None:
    assert [hit.start for hit in WholeWords(["Aya"]).hits(fold("Aya Aya Aya"), 1, 8)] == [4]


@pytest.mark.parametrize("name", ["J***", "*J"])
def test_a_star_in_a_name_stands_for_no_letters(name: str) -> None:
    found = build_detector([]).detect("Jansen en DJ", known_names=(f"{name} Peeters",)).detections
    assert not [each for each in found if each.type == "KNOWN_NAME"]
