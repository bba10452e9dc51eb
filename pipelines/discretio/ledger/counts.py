"""Counts for the reports, per controller: how many entries, scopes, dossiers; never which ones.

Every frame has `controller_id` (a surrogate, null where no controller is known) and is built by sets. `store_id` None means all
stores. Findings, outcomes and dues hold the last run of each store, so the counts do too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Literal

import pandas as pd
from sqlalchemy import Column, ColumnElement, Table, case, false, func, or_, select

from discretio.domain.frames import NUMBER, TEXT
from discretio.domain.outcomes import STORE_SCOPE, Outcome
from discretio.law.special_classes import CATEGORY_NUMBERS, Flag
from discretio.ledger.connection import Ledger
from discretio.ledger.findings import entry_findings
from discretio.ledger.purge_tables import plan_item_controllers, plan_items, plans
from discretio.ledger.rows import frame_of, pieces
from discretio.ledger.scan_tables import dues, examined, locator, outcomes, stores

_OWN = "controller_id"


def coverage_counts(ledger: Ledger, store_id: int | None = None) -> pd.DataFrame:
    """controller_id, status (EXAMINED, PARTLY_EXAMINED, NOT_EXAMINED), n entries."""
    unread = func.count(examined.c.not_examined)
    status = case((unread == 0, "EXAMINED"), (unread == func.count(), "NOT_EXAMINED"), else_="PARTLY_EXAMINED")
    entries = select(func.max(examined.c.controller_id).label(_OWN), status.label("status"))
    entries = entries.where(*_of(examined, store_id), examined.c.entry_id.is_not(None)).group_by(examined.c.entry_id)
    each = entries.subquery()
    query = select(each.c.controller_id, each.c.status, func.count()).group_by(each.c.controller_id, each.c.status)
    return _sorted(ledger, query, _words("status"))


def not_examined_counts(ledger: Ledger, store_id: int | None = None) -> pd.DataFrame:
    """controller_id, reason, n units (entries or attachments) that could not be examined."""
    query = _grouped(examined, ("not_examined",), *_of(examined, store_id), examined.c.not_examined.is_not(None))
    return _sorted(ledger, query, _words("reason"))


def dossier_counts(ledger: Ledger, store_id: int | None = None) -> pd.DataFrame:
    """controller_id, n dossiers, entries: those of which the controller introduced something."""
    own = examined.c.controller_id
    numbers = (func.count(examined.c.dossier_id.distinct()), func.count(examined.c.entry_id.distinct()))
    query = select(own, *numbers).where(*_of(examined, store_id)).group_by(own)
    return _sorted(ledger, query, {_OWN: TEXT, "n": NUMBER, "entries": NUMBER})


def category_counts(ledger: Ledger, threshold: float, store_id: int | None = None) -> pd.DataFrame:
    """controller_id, category (1-16), declared, detected, undeclared (detected but not declared): n entries.

    `declared` and `undeclared` are null for a controller of whose entries one has no declaration on record.
    """
    bits = {number: number for number in CATEGORY_NUMBERS}
    return _mask_counts(_entries(ledger, threshold, store_id), "categories", bits).rename(columns={"code": "category"})


def flag_counts(ledger: Ledger, threshold: float, store_id: int | None = None) -> pd.DataFrame:
    """controller_id, flag, declared, detected, undeclared: n entries, as in `category_counts`."""
    bits = {flag.value: position for position, flag in enumerate(Flag)}
    return _mask_counts(_entries(ledger, threshold, store_id), "flags", bits).rename(columns={"code": "flag"})


def outcome_counts(ledger: Ledger, controllers: Collection[str] | None = None) -> pd.DataFrame:
    """rule_id, outcome, n scopes of which any of these controllers' authorities hear; None for those of every controller.

    A scope that concerns several of them counts once in what they are told together.
    """
    return _scope_counts(ledger, outcomes, "outcome", controllers)


def unjudged_counts(ledger: Ledger, controllers: Collection[str]) -> pd.DataFrame:
    """rule_id, n stores that know any of these controllers and in which the rule could not be judged at all."""
    found: set[tuple[str, int]] = set()
    with ledger.reading() as connection:
        for piece in pieces(sorted(controllers)):
            theirs = select(locator.c.store_id).where(locator.c.kind == "controller", locator.c.surrogate.in_(piece))
            query = select(outcomes.c.rule_id, outcomes.c.store_id).distinct()
            query = query.where(outcomes.c.scope_kind == STORE_SCOPE, outcomes.c.outcome == Outcome.NOT_CHECKABLE.value)
            found |= {
                (rule_id, store_id) for rule_id, store_id in connection.execute(query.where(outcomes.c.store_id.in_(theirs)))
            }
    rules = pd.Series([rule_id for rule_id, _ in found], dtype=TEXT).value_counts().sort_index()
    return pd.DataFrame({"rule_id": rules.index.astype(TEXT), "n": rules.to_numpy(dtype=NUMBER)})


def due_counts(ledger: Ledger, controllers: Collection[str] | None = None) -> pd.DataFrame:
    """rule_id, status, n scopes of which any of these controllers' authorities hear; None for those of every controller."""
    return _scope_counts(ledger, dues, "status", controllers)


def counts_of_store(ledger: Ledger, store_id: int, kind: Literal["outcome", "status"]) -> pd.DataFrame:
    """rule_id, the kind asked for (of outcomes, or of terms), n scopes of one store, whoever hears of them."""
    table = outcomes if kind == "outcome" else dues
    columns = (table.c.rule_id, table.c[kind])
    query = select(*columns, func.count(table.c.scope_id.distinct())).where(table.c.store_id == store_id).group_by(*columns)
    return _sorted(ledger, query, {"rule_id": TEXT, kind: TEXT, "n": NUMBER})


def purge_counts(ledger: Ledger, since: date, until: date, controllers: Collection[str]) -> pd.DataFrame:
    """Event (an ItemState), n items that concern any of these controllers, over the plans whose `as_of` lies in [since, until].

    An item that concerns several of them counts once: it was deleted once.
    """
    shares = plan_item_controllers.c
    same = (plan_items.c.plan_id == shares.plan_id) & (plan_items.c.item_id == shares.item_id)
    found: dict[tuple[str, str], str] = {}
    with ledger.reading() as connection:
        for piece in pieces(sorted(controllers)):
            query = select(plan_items.c.plan_id, plan_items.c.item_id, plan_items.c.state).distinct()
            query = query.join_from(plan_items, plan_item_controllers, same).join(plans, plans.c.plan_id == shares.plan_id)
            query = query.where(shares.controller_id.in_(piece), plans.c.as_of.between(since, until))
            found |= {(plan_id, item_id): state for plan_id, item_id, state in connection.execute(query)}
    events = pd.Series(list(found.values()), dtype=TEXT).value_counts().sort_index()
    return pd.DataFrame({"event": events.index.astype(TEXT), "n": events.to_numpy(dtype=NUMBER)})


def _scope_counts(ledger: Ledger, table: Table, answer: str, controllers: Collection[str] | None) -> pd.DataFrame:
    """How many scopes have each answer of a rule; rows without a controller belong to nobody's report."""
    told = table.c.controller_id
    theirs = (told.in_(piece) for piece in pieces(sorted(controllers or ())))
    concerned = told.is_not(None) if controllers is None else or_(false(), *theirs)
    scopes = select(table.c.rule_id, table.c[answer], table.c.scope_id).where(concerned).distinct().subquery()
    query = select(scopes.c.rule_id, scopes.c[answer], func.count()).group_by(scopes.c.rule_id, scopes.c[answer])
    return _sorted(ledger, query, {"rule_id": TEXT, answer: TEXT, "n": NUMBER})


def _of(table: Table, store_id: int | None) -> list[ColumnElement[bool]]:
    return [] if store_id is None else [table.c.store_id == store_id]


def _words(*names: str) -> dict[str, str]:
    return dict.fromkeys((_OWN, *names), TEXT) | {"n": NUMBER}


def _grouped(table: Table, names: tuple[str, ...], *conditions: ColumnElement[bool]) -> Any:  # noqa: ANN401 - any select
    columns: list[Column[Any]] = [table.c.controller_id, *(table.c[name] for name in names)]
    return select(*columns, func.count()).where(*conditions).group_by(*columns)


def _sorted(ledger: Ledger, query: Any, dtypes: Mapping[str, str]) -> pd.DataFrame:  # noqa: ANN401 - any select
    with ledger.reading() as connection:
        frame = frame_of(connection, query, dtypes)
    return frame.sort_values([name for name in dtypes if dtypes[name] == TEXT], ignore_index=True)


def _entries(ledger: Ledger, threshold: float, store_id: int | None) -> pd.DataFrame:
    """One row per entry: its controller, what it declares and what was detected in it, as bits."""
    names = ("controller_id", "declared_categories", "declared_flags")
    query = select(examined.c.entry_id, *(func.max(examined.c[name]) for name in names))
    query = query.where(*_of(examined, store_id), examined.c.entry_id.is_not(None)).group_by(examined.c.entry_id)
    dtypes = {"entry_key": TEXT, _OWN: TEXT, "declared_categories": "Int64", "declared_flags": "Int64"}
    with ledger.reading() as connection:
        entries = frame_of(connection, query, dtypes)
        known = connection.execute(select(stores.c.store_id)).scalars().all()
    wanted = [number for number in known if store_id in (None, number)]
    found = [entry_findings(ledger, number, threshold) for number in wanted]
    detected = pd.concat(found) if found else pd.DataFrame({"entry_key": pd.Series([], dtype=TEXT)})
    return entries.merge(detected, on="entry_key", how="inner")


def _mask_counts(entries: pd.DataFrame, masks: str, bits: Mapping[Any, int]) -> pd.DataFrame:
    """Per controller and bit: how many entries declare it, show it, show it undeclared."""
    if entries.empty:
        return pd.DataFrame(columns=[_OWN, "code", "declared", "detected", "undeclared"])
    parts = []
    for code, position in bits.items():
        declared = entries[f"declared_{masks}"] // (1 << position) % 2
        detected = (entries[f"detected_{masks}"] // (1 << position) % 2).astype("Int64")
        undeclared = detected * (1 - declared)
        columns = {_OWN: entries[_OWN], "declared": declared, "detected": detected, "undeclared": undeclared}
        sums = pd.DataFrame(columns).groupby(_OWN, dropna=False, as_index=False).agg(_whole_sum)
        sums.insert(1, "code", code)
        parts.append(sums)
    return pd.concat(parts, ignore_index=True).sort_values([_OWN, "code"], ignore_index=True)


def _whole_sum(values: pd.Series[Any]) -> Any:  # noqa: ANN401 - a number or null
    """The sum, null as soon as one part is."""
    return values.sum(skipna=False)
