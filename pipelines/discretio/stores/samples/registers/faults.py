"""What breaks rules in the registers of the demo, on purpose: which rows, in which rule, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from ruamel.yaml import YAML

from discretio.stores.samples.registers.world import World


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault.

    Attributes:
        violates: the rule that it breaks.
        why: what is wrong, in a sentence.
        frame: the frame whose rows are changed.
        set: columns with what they hold then; a number of days before the demo's day is written `{days_ago: 400}`.
        where: columns with what they have to hold.
        every: of the rows that fit, one of so many is changed.
        first: the number of the first of them.
        drop: the rows are taken away instead.
        warns: the rule warns of it, instead of failing.
    """

    violates: str
    why: str
    frame: str
    set: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, Any] = field(default_factory=dict)
    every: int = 1
    first: int = 0
    drop: bool = False
    warns: bool = False


def shipped_faults() -> tuple[Fault, ...]:
    """The faults of the demo."""
    listed = YAML(typ="safe").load(Path(__file__).with_name("faults.yaml").read_text("utf-8"))
    return tuple(Fault(**item) for item in listed)


def break_rules(world: World, faults: Iterable[Fault]) -> None:
    """Let each fault befall its rows."""
    for fault in faults:
        rows = world.frames[fault.frame]
        fits = pd.Series(data=True, index=rows.index)
        for column, value in fault.where.items():
            fits &= rows[column] == value
        hit = rows.index[fits][fault.first :: fault.every]
        if fault.drop:
            world.frames[fault.frame] = rows.drop(index=hit)
            continue
        for column, value in fault.set.items():
            told = rows[column] if column in rows else pd.Series([None] * len(rows), index=rows.index)
            rows[column] = told.astype(object)
            rows.loc[hit, column] = world.days_ago(value["days_ago"]) if isinstance(value, dict) else value
