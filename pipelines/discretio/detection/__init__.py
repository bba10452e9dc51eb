"""text -> detections: Presidio recognisers, compiled lexicons, qualifiers, languages.

Presidio itself is imported when asked for: that takes seconds.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from discretio.detection.detector import Detector, build_detector
    from discretio.detection.evaluation import Evaluation, evaluate
    from discretio.detection.jsonl import detect_lines

_HOMES = {
    "Detector": "detector",
    "build_detector": "detector",
    "detect_lines": "jsonl",
    "Evaluation": "evaluation",
    "evaluate": "evaluation",
}

__all__ = ["Detector", "Evaluation", "build_detector", "detect_lines", "evaluate"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module holds
    """Import a public name from its module when it is first used."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"discretio.detection.{_HOMES[name]}"), name)
