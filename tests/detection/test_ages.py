from __future__ import annotations

import pytest

from discretio.detection import Detector


@pytest.mark.parametrize("text", ["This 63 year old man came alone.", "Eine 55-j. Patientin kam allein."])
def test_an_age_is_found_as_clinics_write_it(detector: Detector, text: str) -> None:
    assert any(each.type == "AGE" for each in detector.detect(text).detections)


@pytest.mark.parametrize("text", ["He was sentenced to 12 years.", "Seit 5 J. in Belgien."])
def test_a_duration_is_no_age(detector: Detector, text: str) -> None:
    assert all(each.type != "AGE" for each in detector.detect(text).detections)
