"""What the tests hold the layer to: F1 of each class out of fold, from the tallies that training leaves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from discretio.detection.tallies import Tally

RECORD = Path(__file__).parents[2] / "tests" / "detection" / "statistical" / "recorded_out_of_fold.json"


def recorded(tallies: Mapping[str, Any]) -> dict[str, object]:
    """The authors, and F1 by class at entry level of the whole detector on their texts.

    Args:
        tallies: the content of `out_of_fold.json`.
    """
    present: dict[str, dict[str, Tally]] = {}
    for level, _, class_, lang, *counts in tallies["tallies"]["combined"]:
        if level == "entry" and lang.endswith("-all"):
            present.setdefault(class_, {})[lang.removesuffix("-all")] = Tally(*counts)
    authors = sorted({author for by_author in present.values() for author in by_author})
    f1 = {class_: round(sum(of.values(), Tally()).f_score(1), 3) for class_, of in sorted(present.items())}
    return {"authors": authors, "f1": f1}


def record(tallies: Path) -> None:
    """Hold the layer to what was just measured."""
    said = recorded(json.loads(tallies.read_text(encoding="utf-8")))
    RECORD.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
