from __future__ import annotations

import pytest

from discretio.detection import Detector, build_detector
from discretio.detection.statistical import LinearModel, load_model, with_model
from discretio.policy_files.lexicon_files import load_lexicons
from discretio.resources import folder


@pytest.fixture(scope="session")
def model() -> LinearModel:
    return load_model()


@pytest.fixture(scope="session")
def finders_alone() -> Detector:
    return build_detector(load_lexicons(folder("policies") / "lexicons"))


@pytest.fixture(scope="session")
def judged(finders_alone: Detector, model: LinearModel) -> Detector:
    return Detector(with_model(finders_alone.finders, model))
