"""The findings of a store as the ledger holds them: surrogate ids, categories and offsets."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from discretio.law.special_classes import flags_of
from discretio.ledger import findings, stores
from discretio.steps.whole_files import whole_file
from discretio.steps.workplace import Workplace


def summary(place: Workplace, store_name: str) -> list[tuple[str, int]]:
    """How many findings per category and per special class."""
    store_id = stores.store_named(place.ledger, store_name).store_id
    categories: Counter[int] = Counter()
    flags: Counter[str] = Counter()
    for row in findings.all_findings(place.ledger, store_id):
        if row["category"] is not None:
            categories[row["category"]] += 1
        flags.update(flag.value for flag in flags_of(row["flags"]))
    return [(f"category {number}", categories[number]) for number in sorted(categories)] + sorted(flags.items())


def write(place: Workplace, store_name: str, path: Path) -> int:
    """Write every finding as a line of JSON, all of them or no file; returns how many."""
    store_id = stores.store_named(place.ledger, store_name).store_id
    number = 0
    with whole_file(path) as file:
        for row in findings.all_findings(place.ledger, store_id):
            line = row | {"flags": [flag.value for flag in flags_of(row["flags"])]}
            file.write(json.dumps(line).encode() + b"\n")
            number += 1
    return number


def not_examined(place: Workplace, store_name: str) -> int:
    """How many units of the store could not be (wholly) examined."""
    return findings.unexamined_units(place.ledger, stores.store_named(place.ledger, store_name).store_id)
