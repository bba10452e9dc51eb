"""Counts for the reports, per controller: how many entries, scopes, dossiers; never which ones.

Every frame has `controller_id` (a surrogate, null where no controller is known) and is built by sets. `store_id` None means all
stores. Findings, outcomes and dues hold the last run of each store, so the counts do too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Literal

import pandas as pd
from sqlalchemy import Column, ColumnElement, Table, false, func, or_, select, union_all

from discretio.domain.frames import NUMBER, TEXT
from discretio.domain.outcomes import STORE_KEY, STORE_SCOPE, Outcome
from discretio.ledger.connection import Ledger
from discretio.ledger.content_counts import read_status
from discretio.ledger.purge_tables import plan_item_controllers, plan_items, plans
from discretio.ledger.rows import frame_of, pieces
from discretio.ledger.scan_tables import dues, examined, locator, outcomes

_OWN = "controller_id"


def coverage_counts(ledger: Ledger, store_id: int | None = None, controllers: Collection[str] | None = None) -> pd.DataFrame:
    """controller_id, status (EXAMINED, PARTLY_EXAMINED, NOT_EXAMINED), n entries; of these controllers alone, if given."""
    entries = select(func.max(examined.c.controller_id).label(_OWN), read_status().label("status"))
    mine = (*_of(examined, store_id), *_among(examined, controllers))
    entries = entries.where(*mine, examined.c.entry_id.is_not(None)).group_by(examined.c.entry_id)
    each = entries.subquery()
    query = select(each.c.controller_id, each.c.status, func.count()).group_by(each.c.controller_id, each.c.status)
    return _sorted(ledger, query, _words("status"))


def not_examined_counts(
    ledger: Ledger, store_id: int | None = None, controllers: Collection[str] | None = None
) -> pd.DataFrame:
    """controller_id, reason, n units (entries or attachments) that could not be examined; of these controllers, if given."""
    mine = (*_of(examined, store_id), *_among(examined, controllers))
    query = _grouped(examined, ("not_examined",), *mine, examined.c.not_examined.is_not(None))
    return _sorted(ledger, query, _words("reason"))


def entries_of(ledger: Ledger, store_id: int, controllers: Collection[str]) -> int:
    """How many entries of a store any of these controllers introduced."""
    mine = (examined.c.store_id == store_id, _told_to(examined, controllers), examined.c.entry_id.is_not(None))
    each = select(examined.c.entry_id).where(*mine).distinct().subquery()
    with ledger.counting() as connection:
        return int(connection.execute(select(func.count()).select_from(each)).scalar_one())


def answer_counts(ledger: Ledger, rule_id: str, scope_kind: str, controllers: Collection[str]) -> dict[str, int]:
    """How many scopes of one kind have each reason of a rule's answer, of those that concern any of these controllers."""
    mine = (outcomes.c.rule_id == rule_id, outcomes.c.scope_kind == scope_kind, _told_to(outcomes, controllers))
    query = select(outcomes.c.reason, func.count()).where(*mine).group_by(outcomes.c.reason)
    with ledger.counting() as connection:
        return {reason: int(number) for reason, number in connection.execute(query)}


def due_scopes(ledger: Ledger, rule_id: str, status: str, controllers: Collection[str]) -> int:
    """How many scopes a rule gives this status, of those of which any of these controllers' authorities hear."""
    mine = (dues.c.rule_id == rule_id, dues.c.status == status, _told_to(dues, controllers))
    with ledger.counting() as connection:
        return int(connection.execute(select(func.count(dues.c.scope_id.distinct())).where(*mine)).scalar_one())


def outcome_counts(ledger: Ledger, controllers: Collection[str] | None = None) -> pd.DataFrame:
    """rule_id, outcome, n scopes of which any of these controllers' authorities hear; None for those of every controller.

    A scope that concerns several of them counts once in what they are told together.
    """
    return _scope_counts(ledger, outcomes, "outcome", controllers)


def unjudged_counts(ledger: Ledger, controllers: Collection[str]) -> pd.DataFrame:
    """rule_id, n stores that know any of these controllers and in which the rule could not be judged at all."""
    found: set[tuple[str, int]] = set()
    with ledger.counting() as connection:
        for piece in pieces(sorted(controllers)):
            theirs = select(locator.c.store_id).where(locator.c.kind == "controller", locator.c.surrogate.in_(piece))
            query = select(outcomes.c.rule_id, outcomes.c.store_id).distinct()
            whole = (outcomes.c.scope_id == STORE_KEY, outcomes.c.scope_kind == STORE_SCOPE)
            query = query.where(*whole, outcomes.c.outcome == Outcome.NOT_CHECKABLE.value)
            found |= {
                (rule_id, store_id) for rule_id, store_id in connection.execute(query.where(outcomes.c.store_id.in_(theirs)))
            }
    rules = pd.Series([rule_id for rule_id, _ in found], dtype=TEXT).value_counts().sort_index()
    return pd.DataFrame({"rule_id": rules.index.astype(TEXT), "n": rules.to_numpy(dtype=NUMBER)})


def due_counts(ledger: Ledger, controllers: Collection[str] | None = None) -> pd.DataFrame:
    """rule_id, status, n scopes of which any of these controllers' authorities hear; None for those of every controller."""
    return _scope_counts(ledger, dues, "status", controllers)


def counts_of_store(
    ledger: Ledger, store_id: int, kind: Literal["outcome", "status"], controllers: Collection[str] | None = None
) -> pd.DataFrame:
    """rule_id, the kind asked for (of outcomes, or of terms), n scopes of one store, whoever hears of them.

    Of these controllers alone, if given; what could not be judged in the whole store concerns every one of them.
    """
    table = outcomes if kind == "outcome" else dues
    columns = (table.c.rule_id, table.c[kind])
    query = select(*columns, func.count(table.c.scope_id.distinct())).group_by(*columns)
    here = table.c.store_id == store_id
    dtypes = {"rule_id": TEXT, kind: TEXT, "n": NUMBER}
    if controllers is None:
        return _sorted(ledger, query.where(here), dtypes)
    # Each in a query of its own: a database uses no index for a condition or another, and counts in the order of one unsorted.
    mine = query.where(here, _told_to(table, controllers), table.c.scope_id != STORE_KEY)
    # The sum keeps a database that knows nothing of its rows from looking through all of the store for the few of the whole.
    whole = query.where(table.c.store_id + 0 == store_id, table.c.scope_id == STORE_KEY, table.c.scope_kind == STORE_SCOPE)
    found = _sorted(ledger, union_all(mine, whole), dtypes)
    return found.groupby(["rule_id", kind], as_index=False)[["n"]].sum()


def purge_counts(ledger: Ledger, since: date, until: date, controllers: Collection[str]) -> pd.DataFrame:
    """Event (an ItemState), n items that concern any of these controllers, over the plans whose `as_of` lies in [since, until].

    An item that concerns several of them counts once: it was deleted once.
    """
    shares = plan_item_controllers.c
    same = (plan_items.c.plan_id == shares.plan_id) & (plan_items.c.item_id == shares.item_id)
    found: dict[tuple[str, str], str] = {}
    with ledger.counting() as connection:
        for piece in pieces(sorted(controllers)):
            query = select(plan_items.c.plan_id, plan_items.c.item_id, plan_items.c.state).distinct()
            query = query.join_from(plan_items, plan_item_controllers, same).join(plans, plans.c.plan_id == shares.plan_id)
            query = query.where(shares.controller_id.in_(piece), plans.c.as_of.between(since, until))
            found |= {(plan_id, item_id): state for plan_id, item_id, state in connection.execute(query)}
    events = pd.Series(list(found.values()), dtype=TEXT).value_counts().sort_index()
    return pd.DataFrame({"event": events.index.astype(TEXT), "n": events.to_numpy(dtype=NUMBER)})


def _scope_counts(ledger: Ledger, table: Table, answer: str, controllers: Collection[str] | None) -> pd.DataFrame:
    """How many scopes have each answer of a rule; rows without a controller belong to nobody's report."""
    concerned = table.c.controller_id.is_not(None) if controllers is None else _told_to(table, controllers)
    told = (table.c.rule_id, table.c[answer])
    # Most scopes have one row; only those of which several controllers may hear are compared.
    alone = select(*told, func.count()).where(concerned, table.c.shared.is_(False)).group_by(*told)
    several = select(*told, table.c.scope_id).where(concerned, table.c.shared.is_not(False)).distinct().subquery()
    once = select(several.c.rule_id, several.c[answer], func.count()).group_by(several.c.rule_id, several.c[answer])
    found = _sorted(ledger, union_all(alone, once), {"rule_id": TEXT, answer: TEXT, "n": NUMBER})
    return found.groupby(["rule_id", answer], as_index=False)[["n"]].sum()


def _told_to(table: Table, controllers: Collection[str]) -> ColumnElement[bool]:
    return or_(false(), *(table.c.controller_id.in_(piece) for piece in pieces(sorted(controllers))))


def _of(table: Table, store_id: int | None) -> list[ColumnElement[bool]]:
    return [] if store_id is None else [table.c.store_id == store_id]


def _among(table: Table, controllers: Collection[str] | None) -> list[ColumnElement[bool]]:
    return [] if controllers is None else [_told_to(table, controllers)]


def _words(*names: str) -> dict[str, str]:
    return dict.fromkeys((_OWN, *names), TEXT) | {"n": NUMBER}


def _grouped(table: Table, names: tuple[str, ...], *conditions: ColumnElement[bool]) -> Any:  # noqa: ANN401 - any select
    columns: list[Column[Any]] = [table.c.controller_id, *(table.c[name] for name in names)]
    return select(*columns, func.count()).where(*conditions).group_by(*columns)


def _sorted(ledger: Ledger, query: Any, dtypes: Mapping[str, str]) -> pd.DataFrame:  # noqa: ANN401 - any select
    with ledger.counting() as connection:
        frame = frame_of(connection, query, dtypes)
    return frame.sort_values([name for name in dtypes if dtypes[name] == TEXT], ignore_index=True)
