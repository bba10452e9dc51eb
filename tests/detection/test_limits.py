"""Texts that no pattern may stumble over. A pattern that isn't bounded would not come to its end here."""

from __future__ import annotations

import socket

import pytest

from discretio.detection import Detector, build_detector
from discretio.detection.contact_details import CONTACT_DETAILS
from discretio.detection.identifiers import IDENTIFIERS
from discretio.detection.passage import Passage
from discretio.detection.patterns import PatternFinder, matches
from discretio.detection.person_data import PERSON_DATA
from discretio.domain.detections import Segment

_KILLERS = [
    ".", "1", '"«', "((", "\u0301", "e\u0301", "\u200b", "a\u200d", "A", "A.", "rue ", "né ", "1 ", "0", "+", "@a.", "a.@",
    "BE71", "::",
    "1:", "van de ", "Mme ", "A-", "1-A", "paspoort ", "1234 A", "euro ", "€1",
]  # fmt: skip


@pytest.mark.parametrize("killer", _KILLERS)
def test_a_long_run_of_anything_is_answered(killer: str) -> None:
    result = build_detector([]).detect(killer * (60_000 // len(killer)), lang="fr")
    assert not result.not_examined


def test_a_megabyte_without_a_blank_is_answered(detector: Detector) -> None:
    assert detector.detect("verslaafd" * 110_000, lang="nl").segments


@pytest.mark.parametrize("finder", [*IDENTIFIERS, *CONTACT_DETAILS, *PERSON_DATA], ids=lambda finder: finder.name)
def test_every_match_is_shorter_than_its_trigger_says(finder: PatternFinder) -> None:
    assert finder.trigger is not None
    for killer in _KILLERS:
        text = killer * 3_000
        passage = Passage(text, (Segment(0, len(text), "fr"),))
        assert all(
            match.end() - match.start() < finder.trigger.longest for match in matches(finder.pattern, passage, finder.trigger)
        )


def test_numbers_are_never_taken_for_persons() -> None:
    detector = build_detector([])
    for text in ("Mme 0470 00 00 12", "Dhr. 85.01.01-999.84", "Herr 1-ABC-234", "M. 12345", "Mr 2024-2025", "De heer 4000"):
        assert not [found for found in detector.detect(text).detections if found.type == "PERSON"]


def test_zero_width_characters_move_no_offset() -> None:
    text = "\u200bNN\u200b 85.01.01-999.84\u200b"
    found = build_detector([]).detect(text, lang="fr").detections
    assert [text[each.start : each.end] for each in found] == ["85.01.01-999.84"]


def test_detecting_and_building_the_registry_open_no_socket(detector: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a connection was tried")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    assert detector.detect("a.b@c.example est joignable au 0470 00 00 12").detections
    assert build_detector([]).registry.recognizers
