from __future__ import annotations

import pytest

from discretio.detection import Detector, build_detector
from discretio.policy_files.lexicon_files import load_lexicons
from discretio.resources import folder


@pytest.fixture(scope="session")
def detector() -> Detector:
    return build_detector(load_lexicons(folder("policies") / "lexicons"))
