"""How many entries declare, or were found to hold, each category and class, and how far they were read: in one pass.

The database counts the entries that are alike, and they are taken apart bit by bit here: few rows, however many entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd
from sqlalchemy import CTE, BigInteger, ColumnElement, Select, case, cast, func, literal, literal_column, select, union_all

from discretio.domain.frames import NUMBER, TEXT
from discretio.law.special_classes import CATEGORY_NUMBERS, Flag
from discretio.ledger.connection import Ledger
from discretio.ledger.rows import frame_of
from discretio.ledger.scan_tables import TELLING, examined, findings

_OWN = "controller_id"
_Kind = Literal["category", "flag"]
_BITS: Mapping[_Kind, Mapping[Any, int]] = {
    "category": {number: number for number in CATEGORY_NUMBERS},
    "flag": {flag.value: position for position, flag in enumerate(Flag)},
}
_MASKS: Mapping[_Kind, str] = {"category": "categories", "flag": "flags"}
_DETECTED = tuple(f"detected_{mask}" for mask in _MASKS.values())


def entry_contents(ledger: Ledger, threshold: float, store_id: int | None = None) -> pd.DataFrame:
    """What `category_counts`, `flag_counts` and `read_counts` take apart: kind, controller_id, status, declared, detected, n.

    A row per kind (category or flag), controller, reading status and pair of bit masks, n entries. The same findings count as
    in `findings.entry_findings`: those at or above the threshold that are somebody's datum.
    """
    facts = {name: func.max(examined.c[name]) for name in (_OWN, *(f"declared_{mask}" for mask in _MASKS.values()))}
    entries = select(examined.c.entry_id, *(fact.label(name) for name, fact in facts.items()), read_status().label("status"))
    entries = entries.where(examined.c.entry_id.is_not(None)).group_by(examined.c.entry_id)
    found = _found(threshold)
    if store_id is not None:
        entries, found = entries.where(examined.c.store_id == store_id), found.where(findings.c.store_id == store_id)
    entry, holds = entries.subquery(), found.subquery()
    joined = entry.outerjoin(holds, holds.c.entry_id == entry.c.entry_id)
    detected = (func.coalesce(holds.c[name], literal_column("0")).label(name) for name in _DETECTED)
    facts_of_each = [*(entry.c[name] for name in (*facts, "status")), *detected]
    alike = select(*facts_of_each, func.count().label("n")).select_from(joined).group_by(*facts_of_each).cte("alike")
    query = union_all(*(_told(alike, kind) for kind in _MASKS))
    dtypes = {"kind": TEXT, _OWN: TEXT, "status": TEXT, "declared": "Int64", "detected": NUMBER, "n": NUMBER}
    # Of one store, neither index says which: its rows are looked up, and hashed.
    counting = ledger.counting_in_order if store_id is None else ledger.counting
    with counting() as connection:
        return frame_of(connection, query, dtypes)


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
    once = contents[contents["kind"] == "category"]  # every entry stands under each kind
    return once.groupby([_OWN, "status"], dropna=False, as_index=False)[["n"]].sum()


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
    query = query.where(TELLING, findings.c.score >= threshold)
    return query.group_by(findings.c.entry_id)


def _told(alike: CTE, kind: _Kind) -> Select[Any]:
    """How many entries of a controller, read so far, declare and show the same of a kind."""
    same = (alike.c.controller_id, alike.c.status, *(alike.c[f"{shown}_{_MASKS[kind]}"] for shown in ("declared", "detected")))
    return select(literal(kind), *same, cast(func.sum(alike.c.n), BigInteger)).group_by(*same)


def _counts(contents: pd.DataFrame, kind: _Kind) -> pd.DataFrame:
    """Per controller and bit: how many entries declare it, show it, show it undeclared."""
    ours = contents[contents["kind"] == kind]
    declared, detected = ours["declared"].fillna(0).astype("int64"), ours["detected"]
    whole = ours["declared"].notna().groupby(ours[_OWN], dropna=False).all()
    masks = {"declared": declared, "detected": detected, "undeclared": detected & ~declared}
    sums = {name: _bit_sums(ours, mask, kind) for name, mask in masks.items()}
    for name in ("declared", "undeclared"):
        sums[name] = sums[name].astype("Int64").where(whole, axis=0)
    told = pd.DataFrame({name: numbers.stack() for name, numbers in sums.items()})
    return told.rename_axis([_OWN, kind]).reset_index().sort_values([_OWN, kind], ignore_index=True)


def _bit_sums(rows: pd.DataFrame, mask: pd.Series[int], kind: _Kind) -> pd.DataFrame:
    """A row per controller, a column per bit: of how many entries it is set."""
    places = list(_BITS[kind].values())
    numbers = (mask.to_numpy()[:, None] >> places & 1) * rows["n"].to_numpy()[:, None]
    return pd.DataFrame(numbers, columns=list(_BITS[kind])).groupby(rows[_OWN].to_numpy(), dropna=False).sum()
