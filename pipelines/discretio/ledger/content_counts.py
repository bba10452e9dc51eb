"""How many entries declare, or were found to hold, each category and class, and how far they were read: in one pass.

The database sums bit by bit, so that a row per controller comes back, however many entries there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import pandas as pd
from sqlalchemy import ColumnElement, FromClause, Select, case, func, literal_column, or_, select

from discretio.domain.detections import About
from discretio.domain.frames import NUMBER, TEXT
from discretio.law.special_classes import CATEGORY_NUMBERS, Flag
from discretio.ledger.connection import Ledger
from discretio.ledger.rows import frame_of
from discretio.ledger.scan_tables import examined, findings

_OWN = "controller_id"
_Kind = Literal["category", "flag"]
_BITS: Mapping[_Kind, Mapping[Any, int]] = {
    "category": {number: number for number in CATEGORY_NUMBERS},
    "flag": {flag.value: position for position, flag in enumerate(Flag)},
}
_MASKS: Mapping[_Kind, str] = {"category": "categories", "flag": "flags"}
_SHOWN = ("declared", "detected", "both")


def entry_contents(ledger: Ledger, threshold: float, store_id: int | None = None) -> pd.DataFrame:
    """What `category_counts`, `flag_counts` and `read_counts` take apart: a row of sums per controller and reading status.

    The same findings count as in `findings.entry_findings`: those at or above the threshold that are somebody's datum.
    """
    facts = {name: func.max(examined.c[name]) for name in (_OWN, *(f"declared_{mask}" for mask in _MASKS.values()))}
    entries = select(examined.c.entry_id, *(fact.label(name) for name, fact in facts.items()), read_status().label("status"))
    entries = entries.where(examined.c.entry_id.is_not(None)).group_by(examined.c.entry_id)
    found = _found(threshold)
    if store_id is not None:
        entries, found = entries.where(examined.c.store_id == store_id), found.where(findings.c.store_id == store_id)
    entry, holds = entries.subquery(), found.subquery()
    sums = dict(_sums(entry, holds))
    query = select(entry.c.controller_id, entry.c.status, func.count(), *sums.values())
    query = query.select_from(entry.outerjoin(holds, holds.c.entry_id == entry.c.entry_id))
    dtypes = {_OWN: TEXT, "status": TEXT, "n": NUMBER} | dict.fromkeys(sums, NUMBER)
    with ledger.counting() as connection:
        return frame_of(connection, query.group_by(entry.c.controller_id, entry.c.status), dtypes)


def category_counts(contents: pd.DataFrame) -> pd.DataFrame:
    """controller_id, category (1-16), declared, detected, undeclared (detected but not declared): n entries.

    `declared` and `undeclared` are null for a controller of whose entries one has no declaration on record.
    """
    return _counts(contents, "category")


def flag_counts(contents: pd.DataFrame) -> pd.DataFrame:
    """controller_id, flag, declared, detected, undeclared: n entries, as in `category_counts`."""
    return _counts(contents, "flag")


def read_counts(contents: pd.DataFrame) -> pd.DataFrame:
    """controller_id, status, n entries: as `counts.coverage_counts`, without asking the database again."""
    return contents[[_OWN, "status", "n"]]


def read_status() -> ColumnElement[str]:
    """How far an entry could be read, over its units: EXAMINED, PARTLY_EXAMINED or NOT_EXAMINED."""
    unread = func.count(examined.c.not_examined)
    return case((unread == 0, "EXAMINED"), (unread == func.count(), "NOT_EXAMINED"), else_="PARTLY_EXAMINED")


def _found(threshold: float) -> Select[Any]:
    """Each entry with the categories and classes that were found in it, as bits."""
    category = literal_column("1").bitwise_lshift(findings.c.category)
    query = select(
        findings.c.entry_id,
        func.coalesce(func.bit_or(category), 0).label("detected_categories"),
        func.bit_or(findings.c.flags).label("detected_flags"),
    )
    # Most findings name somebody, and are of no category and no class.
    telling = or_(findings.c.category.is_not(None), findings.c.flags != 0)
    counted = (findings.c.score >= threshold, findings.c.about != About.NOBODY.value, findings.c.entry_id.is_not(None), telling)
    return query.where(*counted).group_by(findings.c.entry_id)


def _sums(entry: FromClause, holds: FromClause) -> Iterator[tuple[str, ColumnElement[Any]]]:
    """For each category and class: how many entries declare it, show it, do both; and how many say what they declare."""
    for kind, mask in _MASKS.items():
        declared, detected = entry.c[f"declared_{mask}"], func.coalesce(holds.c[f"detected_{mask}"], 0)
        yield f"{kind} known", func.count(declared)
        for code, position in _BITS[kind].items():
            bits = (declared, detected, declared.bitwise_and(detected))
            for shown, bit in zip(_SHOWN, bits, strict=True):
                one = bit.bitwise_rshift(literal_column(str(position))).bitwise_and(literal_column("1"))
                yield f"{kind} {code} {shown}", func.coalesce(func.sum(one), 0)


def _counts(contents: pd.DataFrame, kind: _Kind) -> pd.DataFrame:
    """Per controller and bit: how many entries declare it, show it, show it undeclared."""
    sums = contents.drop(columns="status").groupby(_OWN, dropna=False, as_index=False).sum()
    whole = sums[f"{kind} known"] == sums["n"]
    parts = [
        pd.DataFrame(
            {
                _OWN: sums[_OWN],
                kind: code,
                "declared": sums[f"{kind} {code} declared"].astype("Int64").where(whole),
                "detected": sums[f"{kind} {code} detected"],
                "undeclared": (sums[f"{kind} {code} detected"] - sums[f"{kind} {code} both"]).astype("Int64").where(whole),
            }
        )
        for code in _BITS[kind]
    ]
    return pd.concat(parts, ignore_index=True).sort_values([_OWN, kind], ignore_index=True)
