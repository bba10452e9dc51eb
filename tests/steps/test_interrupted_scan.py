"""A store that dies while it is scanned: what was recorded stays, nothing is lost, doubled or half there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import pytest

from discretio.detection.detector import Detector
from discretio.domain.detections import DetectionResult
from discretio.errors import StoreUnavailableError
from discretio.ledger import findings, locator, recording, runs
from discretio.steps import scan
from steps.conftest import AS_OF, Made
from steps.purgeable_rows import key
from steps.scanned_store import UNITS, DyingStore, scanned, spans, sql


@pytest.fixture(autouse=True)
def small_partitions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "DOSSIERS_PER_PARTITION", 25)


def test_a_store_that_dies_between_partitions_keeps_what_was_recorded_and_nothing_half(made: Made) -> None:
    dying = DyingStore(made.store, at=key(30))
    place = replace(made.place, open_store=lambda _: dying)
    run_id = scan.begin_scan(place, "main", AS_OF)
    with pytest.raises(StoreUnavailableError):
        list(scan.scan_in_turn(place, run_id))
    seen = {row["dossier_id"] for row in findings.all_findings(place.ledger, 1)}
    assert seen == set(locator.surrogates(place.ledger, 1, "dossier", [key(n) for n in range(25)]).values())
    assert runs.run(place.ledger, run_id).state == "FAILED"
    counts = scanned(made)
    assert counts.units == sql(made, UNITS)
    assert counts.read < counts.units


def test_a_store_that_dies_after_some_batches_loses_and_doubles_nothing(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    scanned(made)
    whole = spans(made)
    monkeypatch.setattr(recording, "MOST_ROWS", 5)
    place = replace(made.place, open_store=lambda _: DyingStore(made.store, at=key(30)))
    run_id = scan.begin_scan(place, "main", AS_OF)
    with pytest.raises(StoreUnavailableError):
        list(scan.scan_in_turn(place, run_id, full=True))
    rest = scanned(made, full=True)
    assert (rest.units, spans(made)) == (sql(made, UNITS), whole)


def test_what_was_recorded_before_the_store_died_is_not_read_again(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "MOST_ROWS", 5)
    single = partial(OneByOne, made.place.detector())
    place = replace(made.place, open_store=lambda _: DyingStore(made.store, at=key(24)), detector=single)
    run_id = scan.begin_scan(place, "main", AS_OF)
    with pytest.raises(StoreUnavailableError):
        list(scan.scan_in_turn(place, run_id))
    kept = len({row["entry_id"] for row in findings.all_findings(made.place.ledger, 1)})
    assert kept > 0
    counts = scanned(made)
    assert counts.units == sql(made, UNITS)
    assert counts.read <= counts.units - kept


class OneByOne:
    """Reads no text ahead."""

    def __init__(self, detector: Detector) -> None:
        self._detector = detector

    def detect_many(self, texts: Iterable[tuple[str, Sequence[str]]]) -> Iterator[DetectionResult]:
        for text, known_names in texts:
            yield self._detector.detect(text, None, known_names)
